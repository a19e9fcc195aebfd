"""The balance of a chain: what each stage needs of the one before it at its stated capacity, and what that one has.

A capacity is the sum over the projects of a stage whose capacity was stated as a mass a year; capacities of a part of
a project are left out. With plans, a project's planned capacity takes the place of its stated one. The need is the
capacity times the stage's coefficient (tonnes of input a tonne of output, an interval with its source); the gap is
the capacity of the stage that gives the input, less the need. Everything is interval arithmetic, in tonnes a year;
what was not stated stays missing.

One rule finds figures that cannot be meant as they are read: a need of more than ``ABSURD`` times what the stage
before has is called implausible. It says so of both figures, not of one by name.
"""

from collections.abc import Mapping

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures import common, intervals
from khoosheh.measures.scenario import Scenario, Span, apply_assumed_capacities

T_PER_YEAR = {"mt_per_year": 10**6, "kt_per_year": 10**3}
STATED, PLANNED = "capacity", "capacity_planned"
ABSURD = 10
SUBJECT = ["stage_id", "project_id", "measure"]
HELD = [*SUBJECT, "statement_id", "low_t_per_year", "high_t_per_year"]
NO_CAPACITY, NO_COEFFICIENT, NO_SUPPLY = "no_capacity", "no_coefficient", "no_supply"
SURPLUS, DEFICIT, EITHER, IMPLAUSIBLE = "surplus", "deficit", "either", "implausible"
SPANS = ("capacity", "need", "supply", "makes", "gap")


def compute_plant_capacities(statements: Frame, *, planned: bool) -> nw.DataFrame:
    """Return the capacity of each project at each stage: one row a project, or the stage itself where none is named.

    ``stage_id``, ``project_id`` (empty for the stage itself), ``measure``, ``low_t_per_year``, ``high_t_per_year``,
    ``statement_ids``. With plans, a project's planned capacity takes the place of its stated one.
    """
    told = common.plausible_statements(statements).filter(
        nw.col("measure").is_in([STATED, PLANNED] if planned else [STATED]),
        nw.col("unit").is_in(list(T_PER_YEAR)),
        ~nw.col("stage_id").is_null(),
        ~nw.col("value_low").is_null(),
        ~nw.col("is_part").fill_null(False),
    )
    factor = nw.col("unit").replace_strict(T_PER_YEAR, default=0.0, return_dtype=nw.Float64)
    rows = common.fill_blank_keys(told, SUBJECT).with_columns(
        (nw.col("value_low") * factor).alias("low_t_per_year"),
        (nw.col("value_high") * factor).alias("high_t_per_year"),
    )
    held = collect_frame(common.latest_statements(rows, SUBJECT).select(HELD))
    agreed = common.reconcile_intervals(held, SUBJECT, "low_t_per_year", "high_t_per_year")
    # 'capacity_planned' comes after 'capacity' and takes its place
    found = agreed.sort(*SUBJECT).unique(["stage_id", "project_id"], keep="last", maintain_order=True)
    return common.add_statement_ids(found, held, SUBJECT)


def compute_stage_capacities(statements: Frame, *, planned: bool) -> dict[str, tuple[Span, str]]:
    """Return the capacity of each stage in tonnes a year, and the statements it rests on."""
    return sum_stage_capacities(compute_plant_capacities(statements, planned=planned))


def sum_stage_capacities(plants: nw.DataFrame) -> dict[str, tuple[Span, str]]:
    """Return the sum of the capacities of :func:`compute_plant_capacities` by stage, and the statements it rests on."""
    found: dict[str, tuple[Span, str]] = {}
    for row in plants.iter_rows(named=True):
        span = (row["low_t_per_year"], None if is_missing(row["high_t_per_year"]) else row["high_t_per_year"])
        before, trail = found.get(row["stage_id"], ((0.0, 0.0), ""))
        found[row["stage_id"]] = intervals.add_intervals(before, span), common.join_ids([trail, row["statement_ids"]])
    return found


def compute_chain_balance(
    statements: Frame, stages: nw.DataFrame, *, planned: bool, scenario: Scenario = ()
) -> nw.DataFrame:
    """Return one row a stage that has one before it: low and high of ``SPANS`` in tonnes a year, and a ``verdict``.

    ``makes``: what the supply would be enough for. ``scenario``: capacities assumed in place of those. Also
    ``chain_id``, ``stage_id``, ``input_stage_id``, ``coefficient_source_id``, ``statement_ids``.
    """
    having = apply_assumed_capacities(compute_stage_capacities(statements, planned=planned), scenario)
    rows, before = [], {}
    for stage in stages.sort("chain_id", "seq").iter_rows(named=True):
        giver = before.get(stage["chain_id"]) if is_missing(stage["input_stage_id"]) else stage["input_stage_id"]
        before[stage["chain_id"]] = stage["stage_id"]
        if giver:
            rows.append(_build_link_row(stage, giver, having))
    ends = {f"{name}_{end}_t_per_year": nw.Float64 for name in SPANS for end in ("low", "high")}
    schema = {
        "chain_id": nw.String, "stage_id": nw.String, "input_stage_id": nw.String, **ends, "verdict": nw.String,
        "coefficient_source_id": nw.String, "statement_ids": nw.String,
    }  # fmt: skip
    columns = {name: [row.get(name) for row in rows] for name in schema}
    return nw.from_dict(columns, schema=schema, backend=stages.implementation)


def _build_link_row(stage: Mapping, giver: str, having: Mapping) -> dict:
    capacity, behind = having.get(stage["stage_id"], (None, ""))
    supply, trail = having.get(giver, (None, ""))
    low, high = stage["input_t_per_t_low"], stage["input_t_per_t_high"]
    coefficient = None if is_missing(low) or is_missing(high) else (low, high)
    need = intervals.multiply_interval(capacity, coefficient) if capacity and coefficient else None
    spans = {
        "capacity": capacity,
        "need": need,
        "supply": supply,
        "makes": intervals.divide_interval(supply, coefficient) if supply and coefficient else None,
        "gap": intervals.subtract_intervals(supply, need) if supply and need else None,
    }
    row = {
        "chain_id": stage["chain_id"],
        "stage_id": stage["stage_id"],
        "input_stage_id": giver,
        "coefficient_source_id": None
        if is_missing(stage["coefficient_source_id"])
        else stage["coefficient_source_id"],
        "statement_ids": common.join_ids([behind, trail]),
        "verdict": _judge_link(spans, coefficient),
    }
    for name, span in spans.items():
        row[f"{name}_low_t_per_year"], row[f"{name}_high_t_per_year"] = span or (None, None)
    return row


def _judge_link(spans: Mapping[str, Span | None], coefficient: Span | None) -> str:
    need, supply, gap = spans["need"], spans["supply"], spans["gap"]
    if spans["capacity"] is None:
        return NO_CAPACITY
    if coefficient is None:
        return NO_COEFFICIENT
    if supply is None:
        return NO_SUPPLY
    if supply[1] is not None and need[0] > ABSURD * supply[1]:
        return IMPLAUSIBLE
    if gap[0] is not None and gap[0] >= 0:
        return SURPLUS
    return DEFICIT if gap[1] is not None and gap[1] < 0 else EITHER
