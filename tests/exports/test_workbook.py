"""The workbook, read back cell by cell: the figures of the pages, real dates, and nothing that acts by itself."""

from datetime import date

import made_up_cluster
import pytest
from reading import parts, read, rows

from khoosheh import calendar, labels, queries, register
from khoosheh.digits import to_latin_digits
from khoosheh.exports import workbook
from khoosheh.formatting import is_missing
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.measures.scope import Selection
from khoosheh.topics.commitments import sentences
from testing import made_up

ALL = Selection()
SHEETS = (
    "about", "investment", "ranking", "standings", "stages", "chains", "balance", "schedule", "progress", "earned_value",
    "cluster_needs", "phases", "firms", "links", "specialities", "projects", "statements", "sources",
)  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sheets_stand_in_order_and_in_the_direction_of_reading(lang, invented):
    whole = workbook.build_selection_workbook(invented, ALL, lang)
    assert list(read(whole)) == [format_message(lang, f"workbook.sheet.{name}") for name in SHEETS]
    pages = [content for name, content in parts(whole).items() if name.startswith("xl/worksheets/sheet")]
    assert len(pages) == len(SHEETS)
    assert all(('rightToLeft="1"' in page) == (lang == "fa") for page in pages)


# Worked out by hand from the statements in tests/made_up.py.
def test_amounts_stand_under_their_own_unit(invented):
    found = {
        (row["Project"], row["Kind of amount"]): row
        for row in rows(invented, "investment", Selection(unit="bn_toman"))
    }
    rial = ("Amount, at least (billion toman)", "Amount, at most (billion toman)")
    euro = ("Amount, at least (million euro)", "Amount, at most (million euro)")
    cells = {key: [row[name] for name in (*rial, *euro)] for key, row in found.items()}
    assert cells == {
        ("Bala tea garden", "Planned cost"): [20, 20, "", ""],
        ("Tea dryer", "Planned cost"): [30, 40, "", ""],
        ("Packing plant", "Planned cost"): [7, "", "", ""],
        ("Glass furnace", "Planned cost"): ["", "", 3, 3],
        ("Bala tea garden", "Spent to date"): [1000, 1000, "", ""],
    }
    garden = found["Bala tea garden", "Planned cost"]
    assert (garden["Number known"], garden["Number in all"], garden["Statements"]) == (1, 1, "M02")


@pytest.mark.parametrize(
    "selection", [Selection(unit="m_usd_market"), Selection(as_of=date(2024, 7, 15), by="chain_id")]
)
def test_amounts_are_those_of_the_page(selection, shipped):
    by = format_message("en", f"column.{selection.by}")
    expected = {}
    for row in queries.query_investment_amounts(shipped, selection).iter_rows(named=True):
        group = labels.find_group_label(shipped, selection.by, row["group"], "en")
        expected[group, labels.find_measure_label(shipped, row["measure"], "en"), row["unit"]] = row
    found = rows(shipped, "investment", selection)
    seen = set()
    for row in found:
        for unit in {key[2] for key in expected}:
            label = labels.find_unit_label(shipped, unit, "en")
            low, high = (row[f"Amount, {end} ({label})"] for end in ("at least", "at most"))
            if low == "":
                continue
            twin = expected[row[by], row["Kind of amount"], unit]
            seen.add((row[by], row["Kind of amount"], unit))
            assert low <= twin["low"] * (1 + 1e-12) and low == pytest.approx(twin["low"], rel=0.01)
            assert (high == "") == is_missing(twin["high"])
            assert high == "" or (
                high >= twin["high"] * (1 - 1e-12) and high == pytest.approx(twin["high"], rel=0.01)
            )
            assert unit == "m_usd_market" or (low, high) == (
                twin["low"],
                "" if is_missing(twin["high"]) else twin["high"],
            )
            assert row["Statements"] == twin["statement_ids"]
    assert seen == set(expected) and len(found) == len(expected)


def test_promises_have_real_days_and_the_words_of_the_page(shipped):
    table = list(queries.query_commitments(shipped, ALL).iter_rows(named=True))
    said = {row["statement_id"]: row for row in queries.select_statements(shipped, ALL).iter_rows(named=True)}
    found = rows(shipped, "schedule", ALL, "fa")
    assert len(found) == len(table) > 5
    for cells, row in zip(found, table, strict=True):
        moves = [said[one] for one in row["moved_ids"].split()]
        assert cells["چه شد"] == sentences.format_commitment_outcome(row, moves, "fa")
        assert cells["گفته‌ها"] == row["statement_ids"]
        for heading, field in (
            ("زمان گفتن، از", "said_first_day"), ("زمان گفتن، تا", "said_last_day"),
            ("پایان موعد، از", "deadline_low_day"), ("پایان موعد، تا", "deadline_high_day"),
        ):  # fmt: skip
            real, words = cells[f"{heading} (میلادی)"], cells[heading]
            if is_missing(row[field]):
                assert real == words == ""
            else:
                assert real == row[field].date()
                assert calendar.parse_jalali_date(words).first_day == real


def test_states_and_completion_are_those_of_the_page(shipped):
    ladder = queries.list_stage_states(shipped)
    states = list(queries.query_stage_states(shipped, ALL).iter_rows(named=True))
    for cells, row in zip(rows(shipped, "stages"), states, strict=True):
        ends = [
            shipped.dictionary.value_label("statements", "state_low", ladder[int(row[end])], "en")
            for end in ("low", "high")
        ]
        assert [cells["State, at least"], cells["State, at most"]] == (ends if row["known"] else ["", ""])
        assert (cells["Number known"], cells["Number in all"]) == (row["known"], row["of"])
    table = list(queries.query_chain_completion(shipped, ALL).iter_rows(named=True))
    for cells, row in zip(rows(shipped, "chains"), table, strict=True):
        share = [cells[f"Value, {end} (per cent)"] for end in ("at least", "at most")]
        run = [cells[f"Value, {end} (stages)"] for end in ("at least", "at most")]
        if not row["known"]:
            assert share == run == ["", ""], "0 to 100 would say that somebody said so"
        elif row["definition"] == "longest_run":
            assert (run, share) == ([row["low"], row["high"]], ["", ""])
        else:
            assert share[0] <= row["low"] * 100 + 1e-9 and share[0] == pytest.approx(row["low"] * 100, abs=1)
            assert share[1] >= row["high"] * 100 - 1e-9 and share[1] == pytest.approx(row["high"] * 100, abs=1)


def test_balances_are_those_of_the_chosen_chains(shipped):
    found = rows(shipped, "balance", Selection(chains=("steel",)))
    assert {row["Value chain"] for row in found} == {"Steel"}
    billet = next(
        row for row in found if row["Stage"] == labels.find_row_label(shipped, "stages", "steel-billet", "en")
    )
    need = [billet[f"Input needed, {end} (thousand tonnes a year)"] for end in ("at least", "at most")]
    assert need == [460, 468], "400 thousand tonnes a year, times 1.15 to 1.17"


@pytest.mark.parametrize("day", [None, date(2023, 6, 1)])
def test_places_and_standings_are_those_of_the_page(day, shipped):
    selection = Selection(as_of=day)
    table = list(queries.query_province_rankings(shipped, selection).iter_rows(named=True))
    for cells, row in zip(rows(shipped, "ranking", selection), table, strict=True):
        ends = ["" if is_missing(row[end]) else row[end] for end in ("low", "high")]
        assert [cells[f"Place, {end} (place)"] for end in ("at least", "at most")] == ends
        assert cells["Statements"] == row["statement_ids"]
    table = list(queries.query_computed_rankings(shipped, selection).iter_rows(named=True))
    found = rows(shipped, "standings", selection)
    assert [cells["Place"] for cells in found] == [row["place"] for row in table]
    for cells, row in zip(found, table, strict=True):
        values = [cells[name] for name in cells if name.startswith("Value (") and cells[name] != ""]
        assert values == [pytest.approx(row["value"], rel=0.01)]


def test_progress_and_earned_value(shipped):
    table = list(queries.query_physical_progress(shipped, ALL).iter_rows(named=True))
    for cells, row in zip(rows(shipped, "progress"), table, strict=True):
        ends = [cells[f"Physical progress, {end} (per cent)"] for end in ("at least", "at most")]
        assert ends == [row["low_pct"], row["high_pct"]]
    table = list(queries.query_earned_value(shipped, ALL).iter_rows(named=True))
    for cells, row in zip(rows(shipped, "earned_value"), table, strict=True):
        assert cells["Not stated"] == sentences.format_missing_inputs(row["missing"], "en")


def test_the_cluster_is_that_of_the_page(tmp_path):
    found = register.load_register(made_up.write(tmp_path, made_up_cluster.tables()))
    selection = Selection(counties=("bala",), chains=("tea",))
    firms = {row["Firm id"]: row for row in rows(found, "firms", selection)}
    assert set(firms) == set(queries.query_firms(found, selection)["firm_id"].to_list())
    exported = [
        {end: row[f"Exports a year, {end} (US dollar)"] for end in ("at least", "at most")} for row in (firms["f06"],)
    ]
    assert exported == [{"at least": "", "at most": ""}] and firms["f06"]["Exports"] == "yes"
    every = {row["Firm id"]: row for row in rows(found, "firms")}
    assert len(every) == 12 and every["f10"]["Knowledge-based"] == every["f10"]["ISIC classes"] == ""
    ends = [every["f04"][f"Exports a year, {end} (US dollar)"] for end in ("at least", "at most")]
    assert ends == [5000, ""], "at least 5,000"
    for name, ask in (
        ("links", queries.select_firm_links),
        ("specialities", queries.query_stage_specialities),
        ("phases", queries.query_cluster_phases),
    ):
        assert len(rows(found, name, selection)) == len(ask(found, selection)) > 0
    packing = next(row for row in rows(found, "specialities") if row["Stage"] == "Packing")
    assert [packing[f"Firms, {end} (firms)"] for end in ("at least", "at most")] == [0, 1], "f10 has no stated class"
    needs = rows(found, "cluster_needs", selection)
    assert [(row["Statements that name it"], row["Who named it"], row["Evidence"]) for row in needs] == [
        (1, "M18", "")
    ]
    assert (needs[0]["Newest statement, from"], needs[0]["Newest statement, to (Gregorian)"]) == (
        "1 Shahrivar 1402",
        date(2023, 9, 22),
    )


def test_statements_keep_figure_unit_and_exactness(shipped):
    selection = Selection(as_of=date(2024, 7, 15))
    found = {row["Statement id"]: row for row in rows(shipped, "statements", selection)}
    chosen = {row["statement_id"]: row for row in queries.select_statements(shipped, selection).iter_rows(named=True)}
    assert set(chosen) <= set(found)
    every = {
        row["statement_id"]: row for row in queries.read_register_table(shipped, "statements").iter_rows(named=True)
    }
    for one, cells in found.items():
        row = every[one]
        assert row["said_last_day"].date() <= date(2024, 7, 15)
        assert cells["Claim in our words (English)"] == row["claim_en"]
        for heading, field in (("Value, low", "value_low"), ("Value, high", "value_high")):
            assert cells[heading] == ("" if is_missing(row[field]) else row[field])
        assert cells["Unit"] == (
            "" if is_missing(row["unit"]) else labels.find_unit_label(shipped, row["unit"], "en")
        )
        assert str(calendar.parse_jalali_date(cells["Said, from"])) == str(
            calendar.parse_jalali_date(row["said_from"])
        ), "as exact as printed"
        assert cells["Said, to (Gregorian)"] == row["said_last_day"].date()


def test_sources_are_those_that_something_rests_on(invented, shipped):
    found = {row["Source id"]: row for row in rows(shipped, "sources")}
    assert set(found) == set(shipped.table("sources")["source_id"])
    report = found["governor-report"]
    assert report["Address"] == "" and report["Published, from"] == "Tir 1401"
    assert (report["Published, from (Gregorian)"], report["Published, to (Gregorian)"]) == (
        date(2022, 6, 22),
        date(2025, 8, 26),
    )
    assert {row["Source id"] for row in rows(invented, "sources", Selection(as_of=date(2022, 6, 1)))} == {"paper-1"}


def test_the_first_sheet_says_what_the_workbook_is(shipped):
    selection = Selection(chains=("steel", "copper"), as_of=date(2024, 9, 21), unit="hemat")
    first = read(workbook.build_selection_workbook(shipped, selection, "fa"))["دربارهٔ این پرونده"]
    told = dict(row for row in first if row[0] != "راهنمای خواندن")
    assert told["آنچه تا این روز دانسته بود"] == "۳۱ شهریور ۱۴۰۳"
    assert told["زنجیره"] == "فولاد، مس" and told["شهرستان"] == "همه" and told["واحد"] == "همت"
    assert told["نسخهٔ دفتر"] == shipped.version and "MIT" in told["مجوز"]
    count = len(queries.select_statements(shipped, selection))
    assert to_latin_digits(told["شمار گفته‌های این گزینش"]) == str(count)
