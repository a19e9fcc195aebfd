"""Earned value: an example worked out by hand, intervals, and inputs that are missing."""

import narwhals as nw
import pandas as pd
import pytest

from khoosheh import queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures.earned_value import EarnedValueRow, compute_earned_value, compute_progress_shares
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from testing import made_up

DAY = pd.Timestamp("2023-01-01")
# 40 % of 100 bn rial planned, 30 to 36 % done, 35 bn rial spent
INPUTS = [
    ("E1", "garden", "", "progress_planned", 40, 40, "pct", "1402-06-01", "1402-06-01", {}),
    ("E2", "garden", "", "physical_progress", 30, 36, "pct", "1402-06-01", "1402-06-01", {}),
    ("E3", "garden", "", "cost_planned", 100, 100, "bn_irr", "1402-06-01", "1402-06-01", {}),
    ("E4", "garden", "", "cost_to_date", 3.5, 3.5, "bn_toman", "1402-06-01", "1402-06-01", {}),
]


def earned(rows) -> dict:
    tables = made_up.tables()
    tables["statements"] = [made_up.statement(row) for row in rows]
    table = queries.query_earned_value(made_up.unchecked(tables), Selection(unit="thousand_bn_irr"))
    return {row["project_id"]: row for row in table.iter_rows(named=True)}


def test_worked_out_by_hand():
    row = earned(INPUTS)["garden"]
    spans = {
        name: (row[f"{name}_low"], row[f"{name}_high"])
        for name in (
            "planned_value",
            "earned_value",
            "actual_cost",
            "schedule_variance",
            "schedule_performance",
            "cost_performance",
        )
    }
    assert spans["planned_value"] == pytest.approx((0.040, 0.040))
    assert spans["earned_value"] == pytest.approx((0.030, 0.036))
    assert spans["actual_cost"] == pytest.approx((0.035, 0.035))
    assert spans["schedule_variance"] == pytest.approx((-0.010, -0.004))
    assert spans["schedule_performance"] == pytest.approx((0.75, 0.9))
    assert spans["cost_performance"] == pytest.approx((30 / 35, 36 / 35))
    assert (row["missing"], row["unit"], row["statement_ids"]) == ("", "thousand_bn_irr", "E1 E2 E3 E4")


@pytest.mark.parametrize(("left", "missing"), [(0, "planned"), (1, "earned"), (2, "budget"), (3, "actual")])
def test_a_missing_input_is_named_and_nothing_computed(left, missing):
    row = earned([one for place, one in enumerate(INPUTS) if place != left])["garden"]
    assert row["missing"] == missing
    assert row["earned_value_low"] is None


def test_progress_of_another_time_is_not_compared():
    early = ("E1", "garden", "", "progress_planned", 40, 40, "pct", "1401-06-01", "1401-06-01", {})
    assert earned([early, *INPUTS[1:]])["garden"]["missing"] == "same_time"


def test_costs_of_another_currency_are_not_compared():
    euro = ("E4", "garden", "", "cost_to_date", 3, 3, "m_eur", "1402-06-01", "1402-06-01", {})
    assert earned([*INPUTS[:3], euro])["garden"]["missing"] == "actual"


def test_the_shipped_register_names_what_nobody_stated(shipped):
    table = queries.query_earned_value(shipped, Selection())
    lacking = dict(zip(table["project_id"].to_list(), table["missing"].to_list(), strict=True))
    assert lacking == {
        "artavil-sponge-iron": "planned",
        "khodaafarin-network": "planned budget",
        "saheb-divan-mine": "planned earned",
    }


def test_progress_beyond_the_whole_turns_nothing_upside_down():
    rows = {"project_id": "p", "is_part": False, "quality_flag": None, "said_first_day": None, "said_last_day": None}
    told = [("progress_planned", 50.0, 50.0), ("physical_progress", 110.0, 110.0)]
    statements = pd.DataFrame([
        {**rows, "statement_id": f"E{n}", "measure": name, "unit": "pct", "value_low": low, "value_high": high}
        for n, (name, low, high) in enumerate(told)
    ]).assign(said_first_day=DAY, said_last_day=DAY)  # fmt: skip
    statements = statements.astype({"quality_flag": "str"})
    amounts = pd.DataFrame({
        "project_id": "p", "measure": ["cost_planned", "cost_to_date"], "low": [100.0, 80.0], "high": [100.0, 80.0],
        "amount_unit": "bn_irr", "statement_ids": ["E2", "E3"],
    })  # fmt: skip
    table = compute_earned_value(*(nw.from_native(one, eager_only=True) for one in (statements, amounts)))
    row = next(table.iter_rows(named=True))
    assert (row["schedule_performance_low"], row["schedule_performance_high"]) == pytest.approx((2.2, 2.2))
    assert (row["cost_performance_low"], row["cost_performance_high"]) == pytest.approx((1.375, 1.375))


def test_at_least_leaves_everything_up_to_the_whole():
    at_least = ("E2", "garden", "", "physical_progress", 30, "", "pct", "1402-06-01", "1402-06-01", {})
    row = earned([INPUTS[0], at_least, *INPUTS[2:]])["garden"]
    assert (row["earned_value_low"], row["earned_value_high"]) == pytest.approx((0.030, 0.100))


def test_at_least_more_than_the_whole_is_no_less_than_it_says():
    assert _progress_span(110.0, None) == (1.1, 1.1)
    assert _progress_span(90.0, 120.0) == (0.9, 1.2)


def _progress_span(low: float, high: float | None) -> tuple[float, float]:
    row = {"statement_id": "E1", "project_id": "p", "measure": "physical_progress", "unit": "pct", "is_part": False}
    frame = pd.DataFrame([{**row, "value_low": low, "value_high": high}]).astype({"value_high": float})
    frame = frame.assign(quality_flag=pd.Series([None], dtype="str"), said_first_day=DAY, said_last_day=DAY)
    return compute_progress_shares(nw.from_native(frame, eager_only=True))["p"]["earned"].share


def progress(*rows: tuple):
    """Return statements of progress: project, measure, both values, first and last day of March 2024, and more."""
    usual = {"unit": "pct", "is_part": None, "quality_flag": None}
    frame = pd.DataFrame([
        {**usual, "statement_id": f"E{place}", "project_id": project, "measure": measure, "value_low": low,
         "value_high": high, "said_first_day": DAY.replace(day=first), "said_last_day": DAY.replace(day=last),
         **(more[0] if more else {})}
        for place, (project, measure, low, high, first, last, *more) in enumerate(rows)
    ])  # fmt: skip
    texts = dict.fromkeys(("project_id", "unit", "quality_flag"), "str")
    return make_arrow_frame(frame.astype({**texts, "is_part": "boolean", "value_low": float, "value_high": float}))


def test_progress_in_force_of_whole_projects_and_the_days_between_which_it_was_stated():
    physical, planned = "physical_progress", "progress_planned"
    found = compute_progress_shares(progress(
        # the first was certainly said before the others, which agree on 30 to 40
        ("p", physical, 90, 90, 1, 2), ("p", physical, 20, 40, 3, 6), ("p", physical, 30, 50, 5, 9),
        ("p", planned, 60, None, 4, 4), ("q", planned, 0, 0, 8, 8),
        ("q", physical, 10, 10, 1, 1, {"is_part": True}), ("q", physical, 10, 10, 1, 1, {"unit": "ha"}),
        ("q", physical, 10, 10, 1, 1, {"quality_flag": "implausible"}), ("q", physical, None, None, 1, 1),
        ("q", "jobs", 10, 10, 1, 1), (None, physical, 10, 10, 1, 1),
    ))  # fmt: skip
    day = {number: DAY.replace(day=number).to_pydatetime() for number in range(1, 10)}
    assert {project: dict(shares) for project, shares in found.items()} == {
        "p": {"earned": ((0.3, 0.4), day[3], day[9], "E1 E2"), "planned": ((0.6, 1.0), day[4], day[4], "E3")},
        "q": {"planned": ((0.0, 0.0), day[8], day[8], "E4")},
    }


def amounts(*rows: tuple):
    """Return amounts of the project "p": measure, both ends, unit, and of which statements."""
    names = ["measure", "low", "high", "amount_unit", "statement_ids"]
    frame = pd.DataFrame(rows, columns=names).assign(project_id="p")
    return make_arrow_frame(frame.astype({"low": float, "high": float}))


BUDGET = ("cost_planned", 100, 200, "bn_irr", "B1")
SPENT = ("cost_to_date", 50, 80, "bn_irr", "B2")


def row_of(statements, costs) -> EarnedValueRow:
    rows = read_rows(compute_earned_value(statements, costs), EarnedValueRow)
    assert [row["project_id"] for row in rows] == ["p"]
    return rows[0]


def test_every_result_of_intervals_worked_out_by_hand():
    told = progress(("p", "progress_planned", 40, 50, 1, 5), ("p", "physical_progress", 20, 60, 5, 9))
    found = row_of(told, amounts(BUDGET, SPENT, ("jobs", 7, 7, "bn_irr", "B3")))
    values = [pytest.approx(value) for value in (40, 100, 20, 120, 50, 80, -60, 40, 0.4, 1.5, 0.25, 2.4)]
    assert tuple(found.values()) == ("p", "bn_irr", *values, "", "B1 B2 E0 E1")


@pytest.mark.parametrize(
    ("days", "costs", "missing"),
    [
        ((1, 5, 5, 9), (BUDGET, SPENT), ""),
        ((5, 9, 1, 5), (BUDGET, SPENT), ""),
        ((1, 5, 6, 9), (BUDGET, SPENT), "same_time"),
        ((6, 9, 1, 5), (BUDGET, SPENT), "same_time"),
        ((1, 1, 1, 1), (BUDGET,), "actual"),
        ((1, 1, 1, 1), (), "budget actual"),
        ((1, 1, 1, 1), (BUDGET, ("cost_to_date", 50, None, "bn_irr", "B2")), "actual"),
        ((1, 1, 1, 1), (BUDGET, ("cost_to_date", 50, 50, "m_eur", "B2")), "actual"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_computed(days, costs, missing):
    told = progress(("p", "progress_planned", 40, 50, *days[:2]), ("p", "physical_progress", 20, 60, *days[2:]))
    found = row_of(told, amounts(*costs))
    assert found["missing"] == missing
    if missing:
        ids = " ".join([*(cost[4] for cost in costs if cost[2] is not None), "E0", "E1"])
        assert tuple(found.values()) == ("p", *(None,) * 13, missing, ids)


@pytest.mark.parametrize(
    ("kept", "missing"),
    [((0,), "earned"), ((1,), "planned"), ((), "planned earned")],
)
def test_a_progress_that_was_not_stated_is_missing(kept, missing):
    rows = [("p", "progress_planned", 40, 50, 1, 1), ("p", "physical_progress", 20, 60, 1, 1)]
    told = progress(*(rows[place] for place in kept), ("p", "jobs", 1, 1, 1, 1))
    found = row_of(told, amounts(BUDGET, SPENT))
    assert (found["missing"], found["unit"], found["cost_performance_low"]) == (missing, None, None)


@pytest.mark.parametrize(("planned", "spent"), [((0, 50), (50, 80)), ((40, 50), (0, 80)), ((0.5, 0.5), (0.5, 0.5))])
def test_a_ratio_needs_a_divisor_that_cannot_be_zero(planned, spent):
    told = progress(("p", "progress_planned", *planned, 1, 1), ("p", "physical_progress", 20, 60, 1, 1))
    found = row_of(told, amounts(BUDGET, ("cost_to_date", *spent, "bn_irr", "B2")))
    for name, divisor in (("schedule", planned), ("cost", spent)):
        ends = (found[f"{name}_performance_low"], found[f"{name}_performance_high"])
        assert (ends == (None, None)) is (divisor[0] == 0)
