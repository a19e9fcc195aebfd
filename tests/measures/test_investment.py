"""Investment: kinds apart, one statement a thing, intervals kept, every number traceable."""

import random

import pandas as pd
import pytest
import twins

from khoosheh import money, queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import investment
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection

KINDS = ["cost_planned", "cost_to_date"]
RATES = money.Rates({("USD", "market", year): (400000 + year, 500000 + year) for year in (1400, 1401, 1402)})


def rows_of(register, **question) -> dict:
    table = queries.query_investment_amounts(register, Selection(**question))
    return {(row["group"], row["measure"], row["unit"]): row for row in table.iter_rows(named=True)}


def test_by_project_worked_out_by_hand(invented):
    """Given 10 billion rial twice said, an interval, parts with and without a whole, and euro without a rate."""
    rows = rows_of(invented, unit="bn_toman")
    found = {
        key: (row["low"], row["high"], row["known"], row["of"], row["statement_ids"]) for key, row in rows.items()
    }
    assert found == {
        # said 10 in Ordibehesht 1401, then 20 in Khordad 1402: the later one holds
        ("garden", "cost_planned", "bn_toman"): (20, 20, 1, 1, "M02"),
        ("garden", "cost_to_date", "bn_toman"): (1000, 1000, 1, 1, "M07"),
        # a part is not added where the whole was stated
        ("dryer", "cost_planned", "bn_toman"): (30, 40, 1, 1, "M03"),
        # a part alone is a lower bound
        ("packer", "cost_planned", "bn_toman"): (7, None, 1, 1, "M05"),
        # no euro rate: it stays in euro
        ("furnace", "cost_planned", "m_eur"): (3, 3, 1, 1, "M06"),
    }


def test_by_chain_sums_the_known_and_counts_them(invented):
    rows = rows_of(invented, unit="bn_toman", by="chain_id")
    tea = rows["tea", "cost_planned", "bn_toman"]
    assert (tea["low"], tea["known"], tea["of"], tea["statement_ids"]) == (57, 3, 3, "M02 M03 M05")
    assert tea["high"] is None, "open, since the packing plant's cost is only bounded from below"
    assert rows["glass", "cost_planned", "m_eur"]["of"] == 1


def test_by_year_names_the_years_no_more_exactly_than_they_are(invented):
    groups = {group for group, _, _ in rows_of(invented, by="said_year")}
    assert groups == {"1402", "1401/1402"}


def test_by_year_all_projects_count_in_every_year(invented):
    """A project has no year, so each of the five may have been spoken of in any."""
    assert {row["of"] for row in rows_of(invented, by="said_year").values()} == {5}


def test_as_known_on_a_day_later_words_do_not_exist(invented):
    early = pd.Timestamp("2022-12-01").date()
    rows = rows_of(invented, unit="bn_toman", as_of=early)
    assert {key: row["statement_ids"] for key, row in rows.items()} == {("garden", "cost_planned", "bn_toman"): "M01"}
    assert rows["garden", "cost_planned", "bn_toman"]["low"] == 10


def test_kinds_and_places_can_be_chosen(invented):
    assert {key[1] for key in rows_of(invented, kinds=("cost_to_date",))} == {"cost_to_date"}
    assert {key[0] for key in rows_of(invented, counties=("pain",))} == {"packer", "furnace"}
    assert rows_of(invented, sectors=("M",)) == {}
    assert {key[0] for key in rows_of(invented, projects=("furnace", "garden"))} == {"furnace", "garden"}
    assert rows_of(invented, projects=("garden",), counties=("pain",)) == {}


def test_dollars_are_an_interval_of_the_years_rates(invented):
    row = rows_of(invented, unit="m_usd_market")["garden", "cost_planned", "m_usd_market"]
    assert (row["low"], row["high"]) == (pytest.approx(2e11 / 600000 / 1e6), pytest.approx(2e11 / 400000 / 1e6))


def test_the_three_meanings_of_sixty_thousand_billion_stay_three(shipped):
    rows = rows_of(shipped, chains=("water_agriculture",))
    same = {kind: row["statement_ids"] for (_, kind, _), row in rows.items() if row["low"] == row["high"] == 60}
    assert same == {"cost_allocated": "K01", "cost_in_year": "A18", "cost_to_date": "K08"}


def test_euro_of_the_sponge_iron_plant_are_not_turned_into_rial(shipped):
    rows = rows_of(shipped, chains=("steel",))
    assert {unit for _, _, unit in rows} == {"m_eur"}
    assert (rows["artavil-sponge-iron", "cost_kind_not_stated", "m_eur"]["low"],
            rows["artavil-sponge-iron", "cost_kind_not_stated", "m_eur"]["high"]) == (150, 160)  # fmt: skip
    assert rows["artavil-sponge-iron", "cost_to_date", "m_eur"]["statement_ids"] == "S02"


def made_up_rows(dice: random.Random, count: int, place: int) -> list[dict]:
    """Statements about money of up to six projects, at random; the place tells their projects from those of others."""
    rows = []
    for number in range(count):
        first = dice.randrange(0, 900)
        low = dice.randrange(1, 50)
        rows.append({
            "statement_id": f"R{place}-{number:03}", "project_id": f"{dice.choice('abcdef')}{place}", "measure": dice.choice(KINDS),
            "is_part": dice.choice([True, False, False]), "quality_flag": None, "unit": dice.choice(["hemat", "bn_irr", "m_eur", "m_usd"]),
            "value_low": float(low), "value_high": dice.choice([float(low), low + 9.0, float("nan")]),
            "said_first_day": pd.Timestamp("2021-06-01") + pd.Timedelta(first, "D"),
            "said_last_day": pd.Timestamp("2021-06-01") + pd.Timedelta(first + dice.choice([0, 0, 40]), "D"),
            "said_first_year": 1400 + first // 400, "said_last_year": 1400 + first // 400,
        })  # fmt: skip
    return rows


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("unit", ["hemat", "m_usd_market"])
def test_agrees_with_the_slow_twin(seed, unit):
    # ten lots of projects, each with two chains of its own, in one table
    dice = random.Random(seed)
    rows, chain_of = [], {}
    for place in range(10):
        rows += made_up_rows(dice, dice.randrange(1, 60), place)
        chain_of |= {f"{project}{place}": dice.choice([f"x{place}", f"y{place}"]) for project in "abcdef"}
    statements = pd.DataFrame(rows).astype({"is_part": "boolean", "quality_flag": "str"})
    frame = make_arrow_frame(statements)
    projects = make_arrow_frame(pd.DataFrame(chain_of.items(), columns=["project_id", "chain_id"]))
    table = investment.compute_investment(frame, projects, by="chain_id", kinds=KINDS, unit=unit, rates=RATES)
    converted = money.convert_frame(frame, unit, RATES).iter_rows(named=True)
    rows = [
        {**row, "amount_high": float("inf") if row["amount_high"] is None else row["amount_high"]}
        for row in converted
    ]
    expected = twins.sums(rows, chain_of)
    found = {
        (row["group"], row["measure"], row["unit"]): (
            row["low"],
            float("inf") if row["high"] is None else row["high"],
            row["known"],
            set(row["statement_ids"].split()),
        )
        for row in table.iter_rows(named=True)
    }
    assert found.keys() == expected.keys()
    for key, (low, high, known, ids) in expected.items():
        assert found[key][:2] == pytest.approx((low, high), rel=1e-12)
        assert found[key][2:] == (known, ids)


def stated(*amounts: tuple):
    """Return statements of money in 1401: project, measure, both ends, unit, and more."""
    usual = {"is_part": None, "quality_flag": None, "said_first_year": 1401, "said_last_year": 1401}
    days = dict.fromkeys(("said_first_day", "said_last_day"), pd.Timestamp("2022-06-01"))
    frame = pd.DataFrame([
        {**usual, **days, "statement_id": f"A{place}", "project_id": project, "measure": measure, "value_low": low,
         "value_high": high, "unit": unit, **(more[0] if more else {})}
        for place, (project, measure, low, high, unit, *more) in enumerate(amounts)
    ])  # fmt: skip
    texts = dict.fromkeys(("project_id", "quality_flag", "unit"), "str")
    return make_arrow_frame(frame.astype({**texts, "is_part": "boolean", "value_low": float, "value_high": float}))


def summed(statements, by: str) -> list[tuple]:
    projects = pd.DataFrame({
        "project_id": list("abcd"), "chain_id": pd.Series(["tea", "tea", "steel", None], dtype="str"),
    })  # fmt: skip
    table = investment.compute_investment(
        statements, make_arrow_frame(projects), by=by, kinds=KINDS, unit="bn_irr", rates=RATES
    )
    return [tuple(row.values()) for row in read_rows(table, AmountRow)]


def test_only_plausible_amounts_of_the_wanted_kinds_with_a_project_and_a_figure_count():
    statements = stated(
        ("a", "cost_planned", 5, 6, "bn_irr"), ("a", "jobs", 7, 7, "bn_irr"), (None, "cost_planned", 7, 7, "bn_irr"),
        ("b", "cost_planned", None, None, "bn_irr"), ("b", "cost_planned", 7, 7, "ha"),
        ("b", "cost_planned", 7, 7, "bn_irr", {"quality_flag": "implausible"}),
    )  # fmt: skip
    assert summed(statements, "project_id") == [("a", "cost_planned", "bn_irr", 5, 6, 1, 1, "A0")]
    table = investment.convert_stated_amounts(statements, KINDS, "bn_irr", RATES)
    assert table["statement_id"].to_list() == ["A0"]
    assert table.columns == list(investment.ConvertedAmountRow.__annotations__)


def test_groups_are_listed_by_kind_and_unit_the_greatest_first_and_those_without_a_name_too():
    statements = stated(
        ("c", "cost_planned", 5, 5, "bn_irr"), ("a", "cost_planned", 4, 5, "bn_irr"),
        ("b", "cost_planned", 3, None, "bn_irr"), ("d", "cost_planned", 6, 6, "bn_irr"),
        ("new", "cost_planned", 1, 1, "bn_irr"), ("a", "cost_to_date", 9, 9, "bn_irr"),
        ("a", "cost_planned", 8, 8, "m_eur"),
    )  # fmt: skip
    kind, unit = "cost_planned", "bn_irr"
    assert summed(statements, "chain_id") == [
        # d has no chain, and the project "new" is not in the table of projects
        ("", kind, unit, 7, 7, 2, 1, "A3 A4"), ("tea", kind, unit, 7, None, 2, 2, "A1 A2"),
        ("steel", kind, unit, 5, 5, 1, 1, "A0"), ("tea", kind, "m_eur", 8, 8, 1, 2, "A6"),
        ("tea", "cost_to_date", unit, 9, 9, 1, 2, "A5"),
    ]  # fmt: skip
    assert [row[0] for row in summed(statements, "project_id")] == ["d", "c", "a", "b", "new", "a", "a"]


def test_years_of_statements_are_named_by_their_ends_and_all_projects_are_of_them():
    statements = stated(
        ("a", "cost_planned", 5, 5, "bn_irr"),
        ("b", "cost_planned", 4, 4, "bn_irr", {"said_first_year": 1399}),
        ("b", "cost_planned", 4, 4, "bn_irr", {"said_last_year": 1402}),
    )
    assert summed(statements, "said_year") == [
        ("1401", "cost_planned", "bn_irr", 5, 5, 1, 4, "A0"),
        ("1399/1402", "cost_planned", "bn_irr", 4, 4, 1, 4, "A1 A2"),
    ]


def test_a_part_is_the_lower_bound_of_a_project_without_a_whole():
    part = {"is_part": True}
    statements = stated(
        ("a", "cost_planned", 5, 5, "bn_irr"), ("a", "cost_planned", 9, 9, "bn_irr", part),
        ("b", "cost_planned", 3, 4, "bn_irr", part), ("b", "cost_planned", 2, 8, "bn_irr", part),
        ("a", "cost_to_date", 1, 1, "bn_irr", part),
    )  # fmt: skip
    assert summed(statements, "project_id") == [
        ("a", "cost_planned", "bn_irr", 5, 5, 1, 1, "A0"),
        ("b", "cost_planned", "bn_irr", 3, None, 1, 1, "A2 A3"),
        ("a", "cost_to_date", "bn_irr", 1, None, 1, 1, "A4"),
    ]
