"""Values against their bounds: each value beyond one is a fault that names the bound, and no other value is."""

import pandas as pd
import pytest

from khoosheh.register import value_checks
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from testing import made_up

DICTIONARY = Dictionary(made_up.descriptor())
# rows of statements: M01 is a planned cost, M13 an implausible capacity; M14 is a place and M15 a climb of an
# indicator of ten places, M16 a tier
COST, IMPLAUSIBLE, RANK, CLIMB, TIER = 2, 14, 15, 16, 17


def find_faults(tables) -> list[Fault]:
    return list(value_checks.check_bounds(tables, DICTIONARY))


def fault(row: int, field: str, value: str, code: str, *, file: str = "statements.csv", **params: str) -> Fault:
    return Fault(code, file, row, field, value, params)


def as_measure(row: int, measure: str, unit: str, **cells: str) -> dict:
    return {("statements", row, field): value for field, value in {"measure": measure, "unit": unit, **cells}.items()}


# what is changed -> the only fault that it gives
BEYOND = {
    "cost below zero": ({("statements", COST, "value_low"): "-0.5"}, fault(COST, "value_low", "-0.5", "value_below_least", least="0")),
    "high cost below zero": ({("statements", COST, "value_high"): "-1"}, fault(COST, "value_high", "-1", "value_below_least", least="0")),
    "tier below one": ({("statements", TIER, "value_low"): "0"}, fault(TIER, "value_low", "0", "value_below_least", least="1")),
    "place below one": ({("statements", RANK, "value_low"): "0.5"}, fault(RANK, "value_low", "0.5", "value_below_least", least="1")),
    "progress above the whole": (as_measure(COST, "physical_progress", "pct", value_high="100.5"), fault(COST, "value_high", "100.5", "value_above_most", most="100")),
    "low progress above the whole": (as_measure(COST, "physical_progress", "pct", value_low="101"), fault(COST, "value_low", "101", "value_above_most", most="100")),
    "confidence above five": (as_measure(COST, "delivery_confidence", "confidence_of_five", value_low="2", value_high="6"), fault(COST, "value_high", "6", "value_above_most", most="5")),
    "place beyond the list": ({("statements", RANK, "value_high"): "11"}, fault(RANK, "value_high", "11", "place_beyond_field", most="10")),
    "low place beyond the list": ({("statements", RANK, "value_low"): "12"}, fault(RANK, "value_low", "12", "place_beyond_field", most="10")),
    "place beyond a long list": ({("indicators", 2, "field_size"): "12345678", ("statements", RANK, "value_high"): "12345679"}, fault(RANK, "value_high", "12345679", "place_beyond_field", most="12345678")),
    "climb beyond a long list": ({("indicators", 2, "field_size"): "12345678", ("statements", CLIMB, "value_high"): "12345678"}, fault(CLIMB, "value_high", "12345678", "climb_beyond_field", most="12345678")),
    "climb beyond the list": ({("statements", CLIMB, "value_high"): "10"}, fault(CLIMB, "value_high", "10", "climb_beyond_field", most="10")),
    "fall beyond the list": ({("statements", CLIMB, "value_low"): "-10"}, fault(CLIMB, "value_low", "-10", "climb_beyond_field", most="10")),
    "place of the table beyond its list": ({("indicators", 3, "field_size"): "3", ("ranks", 4, "rank_high"): "4"}, fault(4, "rank_high", "4", "place_beyond_field", file="ranks.csv", most="3")),
    "low place of the table beyond its list": ({("indicators", 3, "field_size"): "3", ("ranks", 4, "rank_low"): "5"}, fault(4, "rank_low", "5", "place_beyond_field", file="ranks.csv", most="3")),
}  # fmt: skip


@pytest.mark.parametrize("name", BEYOND)
def test_a_value_beyond_its_bound_is_a_fault_that_names_the_bound(name, change_cells):
    changes, expected = BEYOND[name]
    assert find_faults(change_cells(changes)) == [expected]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        as_measure(COST, "cost_planned", "bn_irr", value_low="0", value_high="0"),
        as_measure(COST, "physical_progress", "pct", value_low="0", value_high="100"),
        # no measure is a percentage of the whole in each of its units
        as_measure(COST, "grade", "g_per_t", value_low="200", value_high="200"),
        as_measure(COST, "income_per_year", "bn_irr", value_low="-5", value_high="-5"),
        {("statements", IMPLAUSIBLE, "value_low"): "-9"},
        {**as_measure(IMPLAUSIBLE, "physical_progress", "pct"), ("statements", IMPLAUSIBLE, "value_high"): "900"},
        {("statements", RANK, "value_low"): "10", ("statements", RANK, "value_high"): "10"},
        {("statements", RANK, "value_high"): "99", ("statements", RANK, "quality_flag"): "implausible"},
        {("statements", CLIMB, "value_low"): "-9", ("statements", CLIMB, "value_high"): "9"},
        {("statements", CLIMB, "value_high"): "99", ("statements", CLIMB, "quality_flag"): "implausible"},
        # an indicator whose number of places nobody stated
        {("statements", RANK, "value_high"): "99", ("statements", RANK, "indicator_id"): "height"},
        {("ranks", 2, "rank_high"): "99"},
        # other checks name what is no number
        {("statements", COST, "value_low"): "minus one", ("ranks", 2, "rank_low"): "first"},
        {("indicators", 2, "field_size"): "ten", ("statements", RANK, "value_high"): "99"},
    ],
)
def test_values_within_their_bounds_or_without_one_are_no_faults(changes, change_cells):
    assert find_faults(change_cells(changes)) == []


def test_faults_of_one_column_come_by_bound_and_row(change_cells):
    changes = {("statements", row, "value_low"): "-1" for row in (TIER, RANK, COST, COST + 1)}
    found = [(one.row, one.params["least"]) for one in find_faults(change_cells(changes))]
    assert found == [(COST, "0"), (COST + 1, "0"), (RANK, "1"), (TIER, "1")]


def test_of_an_indicator_listed_twice_the_first_size_counts(change_cells):
    tables = change_cells({("statements", RANK, "value_high"): "11"})
    indicators = tables["indicators"]
    blank = indicators.assign(indicator_id=None)
    tables["indicators"] = pd.concat([blank, indicators, indicators.assign(field_size="99")], ignore_index=True)
    assert [one.params for one in find_faults(tables)] == [{"most": "10"}]


COMPARED = {
    "statements": ("value_low", "value_high", "measure", "unit", "indicator_id", "quality_flag"),
    "indicators": ("indicator_id", "field_size"),
    "ranks": ("indicator_id", "rank_low", "rank_high"),
}


@pytest.mark.parametrize("table", COMPARED)
def test_tables_and_columns_that_were_not_read_are_passed_over(table, change_cells):
    tables = change_cells({})
    assert find_faults({name: frame for name, frame in tables.items() if name != table}) == []
    for field in COMPARED[table]:
        assert find_faults({**tables, table: tables[table].drop(columns=field)}) == [], field


def test_what_can_still_be_compared_is_compared_where_a_column_was_not_read(change_cells):
    changes = {
        ("indicators", 3, "field_size"): "2",
        ("ranks", 2, "rank_low"): "4",
        ("statements", COST, "value_low"): "-1",
    }
    tables = change_cells(changes)
    tables["ranks"] = tables["ranks"].drop(columns="rank_high")
    tables["statements"] = tables["statements"].drop(columns="statement_id")
    assert [(one.file, one.field) for one in find_faults(tables)] == [
        ("statements.csv", "value_low"),
        ("ranks.csv", "rank_low"),
    ]


def test_the_columns_that_are_compared_are_enough(change_cells):
    tables = change_cells({("statements", RANK, "value_high"): "11", ("ranks", 2, "rank_low"): "4"})
    tables["indicators"] = tables["indicators"][["indicator_id", "field_size"]].assign(field_size="3")
    tables["ranks"] = tables["ranks"][["indicator_id", "rank_low"]]
    tables["statements"] = tables["statements"][[*COMPARED["statements"]]]
    found = [(one.code, one.file, one.row, one.params) for one in find_faults(tables)]
    assert found == [
        ("climb_beyond_field", "statements.csv", CLIMB, {"most": "3"}),
        ("place_beyond_field", "statements.csv", RANK, {"most": "3"}),
        ("climb_beyond_field", "statements.csv", CLIMB, {"most": "3"}),
        ("place_beyond_field", "ranks.csv", 2, {"most": "3"}),
    ]


@pytest.mark.parametrize("table", ["statements", "ranks", "indicators"])
def test_a_table_without_rows_has_no_faults(table, change_cells):
    tables = change_cells({})
    tables[table] = tables[table].head(0)
    assert find_faults(tables) == []
