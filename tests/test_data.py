"""The shipped package: whole, licensed, honest about its doubts."""

import re
from pathlib import Path

import pytest

from khoosheh import calendar, queries
from khoosheh.measures.scope import Selection

DATA = Path(__file__).parents[1] / "data"


def rows(shipped, table: str) -> list[dict]:
    return list(queries.read_register_table(shipped, table).iter_rows(named=True))


def test_sizes(shipped):
    assert len(shipped.table("provinces")) == 31
    assert len(shipped.table("counties")) == 12
    assert (len(shipped.table("projects")), len(shipped.table("statements"))) == (16, 131)
    assert shipped.table("provinces").set_index("iso_3166_2").loc["IR-24", "iso_3166_2_before_2020_11_24"] == "IR-03"
    assert shipped.table("chains")["chain_id"].tolist() == [
        "water_agriculture",
        "copper",
        "steel",
        "textile",
        "engineering_services",
    ]


def test_county_names_are_clean(shipped):
    for row in rows(shipped, "counties"):
        assert "County" not in row["name_en"] and "city" not in row["name_en"]


def test_the_undated_report_has_an_interval_and_its_reasoning(shipped):
    report = next(row for row in rows(shipped, "sources") if row["source_id"] == "governor-report")
    assert (report["published_from"], report["published_to"]) == ("1401-04", "1404-06-04")
    assert len(report["date_reasoning_fa"]) > 200 and len(report["date_reasoning_en"]) > 200
    for row in rows(shipped, "statements"):
        if row["source_id"] == "governor-report":
            assert (row["said_from"], row["said_to"]) == ("1401-04", "1404-06-04")
            if row["due_from"]:
                assert (row["due_from"], row["due_to"]) == ("1401", "1404"), "'this year' inherits the interval"


def test_a_wide_interval_always_has_its_reasoning(shipped):
    for row in rows(shipped, "sources"):
        first, last = row["published_from"], row["published_to"]
        if (
            isinstance(first, str)
            and first
            and calendar.parse_jalali_date(first).last_day < calendar.parse_jalali_date(last).first_day
        ):
            assert isinstance(row["date_reasoning_fa"], str) or row["source_id"] == "ifpnews-2023", row["source_id"]


def test_conflicting_statements_stand_side_by_side(shipped):
    values = {row["statement_id"]: row["value_low"] for row in rows(shipped, "statements")}
    assert (values["A25"], values["C02"]) == (350, 70)
    assert (values["S01"], values["S07"], values["S13"]) == (1.1, 1, 1.2)
    assert (values["S04"], values["S06"]) == (68, 70)


def test_what_is_implausible_is_flagged_and_never_counted(shipped):
    flagged = [row["statement_id"] for row in rows(shipped, "statements") if row["quality_flag"] == "implausible"]
    assert flagged == ["C14"]
    for ask in (
        queries.query_investment_amounts,
        queries.query_stage_states,
        queries.query_chain_completion,
        queries.query_province_rankings,
    ):
        assert not any("C14" in ids.split() for ids in ask(shipped, Selection())["statement_ids"].to_list())


def test_addresses_are_whole_or_absent(shipped):
    for row in rows(shipped, "sources"):
        address = row["address"]
        assert not isinstance(address, str) or re.fullmatch(r"https?://\S+", address), row["source_id"]


def test_every_coefficient_has_its_source(shipped):
    for row in rows(shipped, "stages"):
        if row["input_t_per_t_low"] is not None:
            assert isinstance(row["coefficient_source_id"], str) and isinstance(row["coefficient_basis_fa"], str)


@pytest.mark.parametrize(
    "name", ["README.md", "README.fa.md", "licences/ODbL-1.0.txt", "licences/CC-BY-4.0.txt", "licences/MIT.txt"]
)
def test_licences_and_guides_lie_beside_the_data(name):
    assert (DATA / name).stat().st_size > 500


def test_claims_are_in_both_languages_with_persian_digits(shipped):
    for row in rows(shipped, "statements"):
        assert not re.search("[0-9]", row["claim_fa"]), row["statement_id"]
        assert not re.search("[يكۀ]", row["claim_fa"]), row["statement_id"]
        assert not re.search("[\u0600-\u06ff]", row["claim_en"]), row["statement_id"]


def test_every_field_of_the_dictionary_has_words_and_every_code_is_used_or_useful(shipped):
    for table in shipped.tables:
        if table in ("exchange_rates", "price_index"):
            continue
        assert set(shipped.table(table).columns) >= set(shipped.dictionary.fields(table))
