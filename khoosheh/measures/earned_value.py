"""Earned value management (EVM) of the projects of which all inputs were stated.

The terms are those of ISO 21508:2018, Earned value management in project and programme management:

================================  ==========================================  =======================
term                              computed as                                 columns
================================  ==========================================  =======================
planned value (PV)                stated planned progress × budget            ``planned_value``
earned value (EV)                 stated physical progress × budget           ``earned_value``
actual cost (AC)                  stated cost to date                         ``actual_cost``
schedule variance (SV)            EV - PV                                     ``schedule_variance``
schedule performance index (SPI)  EV / PV                                     ``schedule_performance``
cost performance index (CPI)      EV / AC                                     ``cost_performance``
================================  ==========================================  =======================

PV, EV, AC and SV are money; SPI and CPI are ratios, where 1 means 'as planned'. The column of the CPI is not called
so, since CPI in this register is the index of consumer prices. Every result is an interval over all values that the
statements allow.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple, TypedDict

import narwhals as nw

from khoosheh.engines import Frame, collect_frame, is_among
from khoosheh.measures import common, intervals
from khoosheh.measures.intervals import ClosedInterval, Ends
from khoosheh.measures.investment import TracedAmountRow
from khoosheh.measures.rows import Table, build_table, read_rows

# each input, and the code of the measure that states it
INPUTS = {
    "planned": "progress_planned", "earned": "physical_progress", "budget": "cost_planned", "actual": "cost_to_date",
}  # fmt: skip
NEEDED = ["statement_id", "project_id", "measure", "value_low", "value_high", "said_first_day", "said_last_day"]
PROGRESS = ("planned", "earned")
SAME_TIME = "same_time"
WHOLE_PCT = 100.0
RESULTS = (
    "planned_value", "earned_value", "actual_cost", "schedule_variance", "schedule_performance", "cost_performance",
)  # fmt: skip


class EarnedValueRow(TypedDict):
    """The earned value of one project: low and high ends of each of ``RESULTS``, money in ``unit``.

    ``missing``: the inputs that were not stated ('planned', 'earned', 'budget', 'actual', blank-separated), or
    'same_time' where planned and physical progress were certainly not stated for the same time; empty where all
    results are computed. Otherwise no result is computed and ``unit`` is missing. The ends of a ratio are missing
    where its divisor may be 0.
    """

    project_id: str
    unit: str | None
    planned_value_low: float | None
    planned_value_high: float | None
    earned_value_low: float | None
    earned_value_high: float | None
    actual_cost_low: float | None
    actual_cost_high: float | None
    schedule_variance_low: float | None
    schedule_variance_high: float | None
    schedule_performance_low: float | None
    schedule_performance_high: float | None
    cost_performance_low: float | None
    cost_performance_high: float | None
    missing: str
    statement_ids: str


class ProgressShare(NamedTuple):
    """The stated progress of a project as a share (1 is the whole), and the days between which it was stated."""

    share: ClosedInterval
    first_day: datetime
    last_day: datetime
    statement_ids: str


class CostInput(NamedTuple):
    """A stated budget or actual cost of a project, in ``unit``."""

    amount: ClosedInterval
    unit: str
    statement_ids: str


class _ProgressInput(TypedDict):
    """A stated progress in per cent."""

    project_id: str
    value_low: float
    value_high: float | None
    said_first_day: datetime
    said_last_day: datetime
    statement_ids: str


def compute_earned_value(statements: Frame, amounts: Table) -> Table:
    """Compute the earned value of each project that has at least one of the inputs: rows of :class:`EarnedValueRow`.

    ``amounts``: rows of :class:`khoosheh.measures.investment.TracedAmountRow`, converted to one unit where there is
    an exchange rate.
    """
    shares, costs = compute_progress_shares(statements), _select_cost_inputs(amounts)
    rows = [
        _build_project_row(project, shares.get(project, {}), costs.get(project, {}))
        for project in sorted({*shares, *costs})
    ]
    return build_table(rows, EarnedValueRow, amounts)


def compute_progress_shares(statements: Frame) -> dict[str, dict[str, ProgressShare]]:
    """Return the progress of whole projects that is in force, by project id and input ('planned', 'earned')."""
    of_projects = common.plausible_statements(statements).filter(
        ~nw.col("project_id").is_null(),
        ~nw.col("is_part").fill_null(False),
        nw.col("unit") == "pct",
        ~nw.col("value_low").is_null(),
    )
    stated = collect_frame(of_projects.select(NEEDED))
    shares: dict[str, dict[str, ProgressShare]] = defaultdict(dict)
    for name in PROGRESS:
        for row in _read_progress(stated.filter(nw.col("measure") == INPUTS[name])):
            shares[row["project_id"]][name] = _compute_progress_share(row)
    return dict(shares)


def _read_progress(stated: Table) -> list[_ProgressInput]:
    """Return the progress in force of each project, from the statements of one measure."""
    if not len(stated):
        return []
    in_force = common.latest_statements(stated, ["project_id"])
    days = in_force.group_by("project_id").agg(nw.col("said_first_day").min(), nw.col("said_last_day").max())
    reconciled = common.reconcile_intervals(in_force, ["project_id"], "value_low", "value_high")
    table = reconciled.join(days, on="project_id", how="left")
    return read_rows(common.add_statement_ids(table, in_force, ["project_id"]), _ProgressInput)


def _compute_progress_share(row: _ProgressInput) -> ProgressShare:
    low, high = row["value_low"], row["value_high"]
    # 'at least 40 per cent' allows everything up to the whole; more than the whole is kept as stated
    end = max(low, WHOLE_PCT) if high is None else high
    share = (low / WHOLE_PCT, end / WHOLE_PCT)
    return ProgressShare(share, row["said_first_day"], row["said_last_day"], row["statement_ids"])


def _select_cost_inputs(amounts: Table) -> dict[str, dict[str, CostInput]]:
    """Return the budget and actual cost of each project; an amount without an upper end allows no result."""
    costs: dict[str, dict[str, CostInput]] = defaultdict(dict)
    names = {measure: name for name, measure in INPUTS.items() if name not in PROGRESS}
    for row in read_rows(amounts.filter(is_among("measure", names)), TracedAmountRow):
        if row["high"] is not None:
            cost = CostInput((row["low"], row["high"]), row["amount_unit"], row["statement_ids"])
            costs[row["project_id"]][names[row["measure"]]] = cost
    return dict(costs)


def _build_project_row(
    project: str, shares: Mapping[str, ProgressShare], costs: Mapping[str, CostInput]
) -> EarnedValueRow:
    planned, earned = shares.get("planned"), shares.get("earned")
    budget, actual = costs.get("budget"), costs.get("actual")
    progress_ids = common.join_ids(share.statement_ids for share in shares.values())
    ids = common.join_ids([progress_ids, *(cost.statement_ids for cost in costs.values())])
    if planned is None or earned is None or budget is None or actual is None:
        return _build_missing_row(project, " ".join(name for name in INPUTS if name not in {*shares, *costs}), ids)
    if planned.first_day > earned.last_day or earned.first_day > planned.last_day:
        return _build_missing_row(project, SAME_TIME, ids)
    if budget.unit != actual.unit:
        return _build_missing_row(project, "actual", ids)
    return _build_computed_row(project, (planned.share, earned.share), budget, actual.amount, ids)


def _build_missing_row(project: str, missing: str, statement_ids: str) -> EarnedValueRow:
    return {
        "project_id": project,
        "unit": None,
        "planned_value_low": None,
        "planned_value_high": None,
        "earned_value_low": None,
        "earned_value_high": None,
        "actual_cost_low": None,
        "actual_cost_high": None,
        "schedule_variance_low": None,
        "schedule_variance_high": None,
        "schedule_performance_low": None,
        "schedule_performance_high": None,
        "cost_performance_low": None,
        "cost_performance_high": None,
        "missing": missing,
        "statement_ids": statement_ids,
    }


def _build_computed_row(
    project: str, shares: tuple[ClosedInterval, ClosedInterval], budget: CostInput, actual: ClosedInterval, ids: str
) -> EarnedValueRow:
    """Compute the results of one project; ``shares``: planned and earned."""
    planned_share, earned_share = shares
    planned_value = intervals.multiply_interval(budget.amount, planned_share)
    earned_value = intervals.multiply_interval(budget.amount, earned_share)
    # PV and EV have the same budget: computed from the shares, its uncertainty is not counted twice
    variance = intervals.multiply_interval(intervals.subtract_intervals(earned_share, planned_share), budget.amount)
    spi, cpi = _compute_ratio(earned_share, planned_share), _compute_ratio(earned_value, actual)
    return {
        "project_id": project,
        "unit": budget.unit,
        "planned_value_low": planned_value[0],
        "planned_value_high": planned_value[1],
        "earned_value_low": earned_value[0],
        "earned_value_high": earned_value[1],
        "actual_cost_low": actual[0],
        "actual_cost_high": actual[1],
        "schedule_variance_low": variance[0],
        "schedule_variance_high": variance[1],
        "schedule_performance_low": spi[0],
        "schedule_performance_high": spi[1],
        "cost_performance_low": cpi[0],
        "cost_performance_high": cpi[1],
        "missing": "",
        "statement_ids": ids,
    }


def _compute_ratio(dividend: ClosedInterval, divisor: ClosedInterval) -> Ends:
    """Divide two intervals; both ends are missing where the divisor may be 0, which leaves no upper end."""
    return intervals.divide_interval(dividend, divisor) if divisor[0] > 0 else (None, None)
