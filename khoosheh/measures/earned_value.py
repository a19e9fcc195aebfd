"""Earned value: planned, earned and actual, for the projects of which somebody stated all the inputs.

Planned value = stated planned progress × budget; earned value = stated physical progress × budget; actual cost =
cost to date. Schedule variance SV = earned - planned, schedule performance SPI = earned / planned, cost performance
= earned / actual. The last is called ``cost_performance`` here, never CPI, which in this register is the index of
consumer prices. Every result is an interval over what the statements leave open.
"""

from collections.abc import Mapping

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures import common, intervals

# what is needed: its measure
INPUTS = {
    "planned": "progress_planned", "earned": "physical_progress", "budget": "cost_planned", "actual": "cost_to_date",
}  # fmt: skip
TOLD = ["statement_id", "project_id", "measure", "value_low", "value_high", "said_first_day", "said_last_day"]
PROGRESS = ("planned", "earned")
SAME_TIME = "same_time"
WHOLE_PCT = 100.0
RESULTS = (
    "planned_value", "earned_value", "actual_cost", "schedule_variance", "schedule_performance", "cost_performance",
)  # fmt: skip

Span = tuple[float, float]


def compute_earned_value(statements: Frame, amounts: nw.DataFrame) -> nw.DataFrame:
    """Return one row a project that has at least one of the inputs.

    ``amounts``: stated amounts in force, converted to one unit where there is a rate, as
    :func:`khoosheh.measures.investment.compute_stated_amounts` gives them with their statements. Columns:
    ``project_id``, ``unit``, low and high of ``RESULTS``, ``missing`` (inputs that nobody stated, blank-separated, or
    'same_time' where planned and physical progress were certainly not stated for the same time), ``statement_ids``.
    """
    inputs = compute_progress_shares(statements)
    for (project, name), told in _select_cost_inputs(amounts).items():
        inputs.setdefault(project, {})[name] = told
    rows = [_build_project_row(project, told) for project, told in sorted(inputs.items())]
    ends = {f"{name}_{end}": nw.Float64 for name in RESULTS for end in ("low", "high")}
    schema = {
        "project_id": nw.String, "unit": nw.String, **ends, "missing": nw.String, "statement_ids": nw.String,
    }  # fmt: skip
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return nw.from_dict(columns, schema=schema, backend=amounts.implementation)


def compute_progress_shares(statements: Frame) -> dict[str, dict]:
    """Return the stated shares (0..1) of whole projects that are in force, with the days they were said in."""
    found: dict[str, dict] = {}
    whole = common.plausible_statements(statements).filter(
        ~nw.col("project_id").is_null(), ~nw.col("is_part").fill_null(False), nw.col("unit") == "pct"
    )
    whole = collect_frame(whole.select(TOLD))
    for name in PROGRESS:
        told = whole.filter(nw.col("measure") == INPUTS[name], ~nw.col("value_low").is_null())
        if not len(told):
            continue
        held = common.latest_statements(told, ["project_id"])
        days = held.group_by("project_id").agg(nw.col("said_first_day").min(), nw.col("said_last_day").max())
        spans = {project: (first, last) for project, first, last in days.iter_rows()}
        ids = common.group_statement_ids(held, ["project_id"])
        agreed = common.reconcile_intervals(held, ["project_id"], "value_low", "value_high")
        for project, low, high in agreed.iter_rows():
            # 'at least 40 per cent' leaves everything up to the whole; what was stated is never cut to fit
            top = max(low, WHOLE_PCT) if is_missing(high) else high
            span, behind = (low / WHOLE_PCT, top / WHOLE_PCT), ids[(project,)]
            found.setdefault(project, {})[name] = {"span": span, "days": spans[project], "ids": behind}
    return found


def _select_cost_inputs(amounts: nw.DataFrame) -> dict[tuple[str, str], dict]:
    """Return budget and actual cost of each project; amounts that are only bounded from below tell no share."""
    found = {}
    names = {measure: name for name, measure in INPUTS.items() if name not in PROGRESS}
    for row in amounts.filter(nw.col("measure").is_in(list(names))).iter_rows(named=True):
        if not is_missing(row["high"]):
            told = {"span": (row["low"], row["high"]), "unit": row["amount_unit"], "ids": row["statement_ids"]}
            found[row["project_id"], names[row["measure"]]] = told
    return found


def _build_project_row(project: str, told: Mapping[str, Mapping]) -> dict:
    lacking = [name for name in INPUTS if name not in told]
    row = {"project_id": project, "statement_ids": common.join_ids(one["ids"] for one in told.values())}
    if not lacking and not _is_overlapping(told["planned"]["days"], told["earned"]["days"]):
        lacking = [SAME_TIME]
    if not lacking and told["budget"]["unit"] != told["actual"]["unit"]:
        lacking = ["actual"]
    if lacking:
        return {**row, "missing": " ".join(lacking)}
    planned, earned, budget, actual = (told[name]["span"] for name in INPUTS)
    results = {
        "planned_value": intervals.multiply_interval(budget, planned),
        "earned_value": intervals.multiply_interval(budget, earned),
        "actual_cost": actual,
        # the budget is the same in both, so the difference of the shares is taken first
        "schedule_variance": intervals.multiply_interval(intervals.subtract_intervals(earned, planned), budget),
        "schedule_performance": _compute_ratio(earned, planned),
        "cost_performance": _compute_ratio(intervals.multiply_interval(budget, earned), actual),
    }
    ends = {
        f"{name}_{end}": span[place] for name, span in results.items() for place, end in enumerate(("low", "high"))
    }
    return {**row, **ends, "unit": told["budget"]["unit"], "missing": ""}


def _is_overlapping(one: tuple, other: tuple) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _compute_ratio(one: Span, other: Span) -> intervals.Ends:
    """Divide two intervals; nothing where the divisor may be zero: a ratio without an upper end tells nothing."""
    return intervals.divide_interval(one, other) if other[0] > 0 else (None, None)
