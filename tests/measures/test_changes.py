"""Changes between two days: against a slow comparison, and worked out by hand."""

import random
from datetime import date, timedelta

import pytest
import random_registers

from khoosheh import calendar, queries
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry

DAYS = [
    calendar.parse_jalali_date(words).last_day
    for words in ("1392-12", "1401-04", "1403-06", "1404-06", "1404-09", "1405-09")
]


def test_new_statements_are_those_of_the_days_between(shipped):
    since, until = calendar.parse_jalali_date("1404-08").last_day, calendar.parse_jalali_date("1404-09").last_day
    found = queries.select_newly_known_statements(shipped, Selection(as_of=until), since)
    every = queries.select_statements(shipped, Selection())
    slow = {
        row["statement_id"] for row in every.iter_rows(named=True) if since < row["said_last_day"].date() <= until
    }
    assert set(found["statement_id"].to_list()) == slow and "S15" in slow


@pytest.mark.parametrize("since", DAYS)
@pytest.mark.parametrize("until", DAYS)
def test_what_changed_turns_the_earlier_table_into_the_later(shipped, since, until):
    selection = Selection(as_of=until)
    for name, pairs in registry.compare_days(shipped, selection, since).items():
        compared = registry.BY_ID[name]
        before = rows(compared, shipped, Selection(as_of=since))
        for old, new in pairs:
            if old is not None:
                del before[key(compared, old)]
            if new is not None:
                before[key(compared, new)] = values(compared, new)
        assert before == rows(compared, shipped, selection), name


def key(compared, row) -> tuple:
    return tuple(row[one] for one in compared.compared.keys)


def values(compared, row) -> tuple:
    return tuple(str(row[one]).replace("None", "nan") for one in compared.compared.values)


def rows(compared, register, selection) -> dict:
    table = compared.query(register, selection)
    return {key(compared, row): values(compared, row) for row in table.iter_rows(named=True)}


def test_a_place_that_was_worked_out_replaces_that_none_was_stated(shipped):
    pairs = registry.compare_days(shipped, Selection(), date(2026, 11, 21))["ranking"]
    assert [(old["kind"], old["known"], new["kind"]) for old, new in pairs] == [("stated", 0, "computed")]


def test_the_word_of_azar_1404_moved_the_plant(shipped):
    pairs = registry.compare_days(shipped, Selection(as_of=date(2025, 12, 21)), date(2025, 11, 21))["schedule"]
    moved = {new["statement_id"]: (old and old["verdict"], new["verdict"]) for old, new in pairs}
    assert moved["A29"] == ("open_or_past", "moved")
    assert moved["S15"] == (None, "open")


@pytest.mark.parametrize("seed", range(6))
def test_contradictions_are_those_of_a_slow_comparison(seed):
    found, chance = random_registers.register(seed), random.Random(seed)
    until = queries.find_as_of_day(found, Selection())
    since = until - timedelta(chance.randrange(100, 2000))
    kinds = {*queries.list_measure_codes(found, "investment"), "rank"}
    rows = [
        row
        for row in queries.select_statements(found, Selection()).iter_rows(named=True)
        if row["measure"] in kinds
        and row["value_low"] is not None
        and not row["is_part"]
        and row["quality_flag"] != "implausible"
    ]
    same = ("project_id", "indicator_id", "measure", "unit")
    slow = set()
    for row in rows:
        group = [other for other in rows if all(other[name] == row[name] for name in same)]
        newest = max(other["said_first_day"] for other in group)
        force = [other for other in group if other["said_last_day"] >= newest]
        ends = [
            (other["value_low"], float("inf") if other["value_high"] is None else other["value_high"])
            for other in force
        ]
        low, high = row["value_low"], float("inf") if row["value_high"] is None else row["value_high"]
        if row in force and row["said_last_day"].date() > since and any(a > high or b < low for a, b in ends):
            slow.add(row["statement_id"])
    assert set(queries.list_contradicting_ids(found, Selection(), since)) == slow
