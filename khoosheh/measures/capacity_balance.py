"""Capacity balance of a chain: what each stage needs of the stage before it, and what that stage can supply.

The capacity of a stage is the sum over its projects whose capacity was stated as a mass a year; capacities of a part
of a project are left out. With plans, a project's planned capacity replaces its stated one. The need is the capacity
times the stage's coefficient (tonnes of input a tonne of output, an interval with its source). The gap is the
capacity of the stage before (the supply) less the need. All of it is interval arithmetic in tonnes a year; what was
not stated stays missing.

Where the need is more than ``MOST_PLAUSIBLE_RATIO`` times the supply, the two figures cannot both be meant as read:
the link is called implausible, without a verdict on which of the two is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias, TypedDict

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common, intervals
from khoosheh.measures.intervals import ClosedInterval, Ends, Interval
from khoosheh.measures.rows import FrameT, Table, build_table, read_rows
from khoosheh.measures.scenario import Scenario, apply_assumed_capacities

T_PER_YEAR = {"mt_per_year": 10**6, "kt_per_year": 10**3}
STATED, PLANNED = "capacity", "capacity_planned"
MOST_PLAUSIBLE_RATIO = 10
SUBJECT = ["stage_id", "project_id", "measure"]
NO_CAPACITY, NO_COEFFICIENT, NO_SUPPLY = "no_capacity", "no_coefficient", "no_supply"
SURPLUS, DEFICIT, EITHER, IMPLAUSIBLE = "surplus", "deficit", "either", "implausible"

# a stage's capacity in tonnes a year, and the ids of the statements it is computed from
StageCapacity: TypeAlias = tuple[Interval, str]


class PlantCapacityRow(TypedDict):
    """The capacity of one project at one stage, in tonnes a year; a missing high end means 'at least'.

    ``project_id`` is empty for a capacity of the stage itself; ``measure`` is 'capacity' or 'capacity_planned'.
    """

    stage_id: str
    project_id: str
    measure: str
    low_t_per_year: float
    high_t_per_year: float | None
    statement_ids: str


class LinkBalanceRow(TypedDict):
    """The balance of one link, from the stage ``input_stage_id`` to ``stage_id``, in tonnes a year.

    ``capacity``: of the stage; ``need``: its input at that capacity; ``supply``: the capacity of the stage before;
    ``makes``: the output for which the supply suffices; ``gap``: supply less need. ``verdict``: 'no_capacity',
    'no_coefficient' or 'no_supply' where one was not stated; 'implausible'; 'surplus', 'deficit', or 'either' where
    the intervals allow both.
    """

    chain_id: str
    stage_id: str
    input_stage_id: str
    capacity_low_t_per_year: float | None
    capacity_high_t_per_year: float | None
    need_low_t_per_year: float | None
    need_high_t_per_year: float | None
    supply_low_t_per_year: float | None
    supply_high_t_per_year: float | None
    makes_low_t_per_year: float | None
    makes_high_t_per_year: float | None
    gap_low_t_per_year: float | None
    gap_high_t_per_year: float | None
    verdict: str
    coefficient_source_id: str | None
    statement_ids: str


class _StageInput(TypedDict):
    """The columns of the register's table of stages that a balance reads; the coefficient in tonnes a tonne."""

    chain_id: str
    stage_id: str
    input_stage_id: str | None
    input_t_per_t_low: float | None
    input_t_per_t_high: float | None
    coefficient_source_id: str | None


class _Link(NamedTuple):
    """The intervals of a link in tonnes a year, as in :class:`LinkBalanceRow`; its coefficient in tonnes a tonne."""

    coefficient: ClosedInterval | None
    capacity: Interval | None
    need: Interval | None
    supply: Interval | None
    makes: Ends | None
    gap: Ends | None


def compute_plant_capacities(statements: Frame, *, planned: bool) -> Table:
    """Compute the capacity of each project at each stage: rows of :class:`PlantCapacityRow`.

    ``planned``: a project's planned capacity replaces its stated one. A capacity stated of a stage, of no named
    project, has a row of its own.
    """
    rows = select_capacity_statements(statements, [STATED, PLANNED] if planned else [STATED])
    in_force = collect_frame(
        common.latest_statements(rows, SUBJECT).select(*SUBJECT, "statement_id", "low_t_per_year", "high_t_per_year")
    )
    reconciled = common.reconcile_intervals(in_force, SUBJECT, "low_t_per_year", "high_t_per_year")
    # sorted last, 'capacity_planned' replaces 'capacity'
    plants = reconciled.sort(*SUBJECT).unique(["stage_id", "project_id"], keep="last", maintain_order=True)
    return common.add_statement_ids(plants, in_force, SUBJECT)


def select_capacity_statements(statements: FrameT, measures: Sequence[str]) -> FrameT:
    """Return the plausible statements of a mass a year of a whole project or stage, with its ends in tonnes added.

    ``measures``: 'capacity', 'capacity_planned' or both.
    """
    capacities = common.plausible_statements(statements).filter(
        nw.col("measure").is_in(measures),
        nw.col("unit").is_in(list(T_PER_YEAR)),
        ~nw.col("stage_id").is_null(),
        ~nw.col("value_low").is_null(),
        ~nw.col("is_part").fill_null(False),
    )
    factor = nw.col("unit").replace_strict(T_PER_YEAR, default=0.0, return_dtype=nw.Float64)
    return common.fill_blank_keys(capacities, SUBJECT).with_columns(
        (nw.col("value_low") * factor).alias("low_t_per_year"),
        (nw.col("value_high") * factor).alias("high_t_per_year"),
    )


def compute_stage_capacities(statements: Frame, *, planned: bool) -> dict[str, StageCapacity]:
    """Compute the capacity of each stage in tonnes a year, with the ids of its statements, by stage id."""
    return sum_stage_capacities(compute_plant_capacities(statements, planned=planned))


def sum_stage_capacities(plants: Table) -> dict[str, StageCapacity]:
    """Sum the capacities of :func:`compute_plant_capacities` by stage, with the ids of their statements."""
    capacities: dict[str, StageCapacity] = {}
    for row in read_rows(plants, PlantCapacityRow):
        total, ids = capacities.get(row["stage_id"], ((0.0, 0.0), ""))
        capacities[row["stage_id"]] = (
            intervals.add_intervals(total, (row["low_t_per_year"], row["high_t_per_year"])),
            common.join_ids([ids, row["statement_ids"]]),
        )
    return capacities


def compute_chain_balance(statements: Frame, stages: Table, *, planned: bool, scenario: Scenario = ()) -> Table:
    """Compute the balance of each stage that has a stage before it: rows of :class:`LinkBalanceRow`.

    ``stages``: the register's table. ``scenario``: assumed capacities, which replace the stated ones. The stage
    before is the one that ``input_stage_id`` names, else the previous one of the chain.
    """
    capacities = apply_assumed_capacities(compute_stage_capacities(statements, planned=planned), scenario)
    rows: list[LinkBalanceRow] = []
    previous: dict[str, str] = {}
    for stage in read_rows(stages.sort("chain_id", "seq"), _StageInput):
        input_stage_id = stage["input_stage_id"] or previous.get(stage["chain_id"])
        previous[stage["chain_id"]] = stage["stage_id"]
        if input_stage_id:
            rows.append(_build_link_row(stage, input_stage_id, capacities))
    return build_table(rows, LinkBalanceRow, stages)


def _build_link_row(
    stage: _StageInput, input_stage_id: str, capacities: Mapping[str, StageCapacity]
) -> LinkBalanceRow:
    capacity, capacity_ids = capacities.get(stage["stage_id"], (None, ""))
    supply, supply_ids = capacities.get(input_stage_id, (None, ""))
    link = _compute_link(stage, capacity, supply)
    missing: Ends = (None, None)
    capacity_ends, need_ends, supply_ends = capacity or missing, link.need or missing, supply or missing
    makes_ends, gap_ends = link.makes or missing, link.gap or missing
    return {
        "chain_id": stage["chain_id"],
        "stage_id": stage["stage_id"],
        "input_stage_id": input_stage_id,
        "capacity_low_t_per_year": capacity_ends[0],
        "capacity_high_t_per_year": capacity_ends[1],
        "need_low_t_per_year": need_ends[0],
        "need_high_t_per_year": need_ends[1],
        "supply_low_t_per_year": supply_ends[0],
        "supply_high_t_per_year": supply_ends[1],
        "makes_low_t_per_year": makes_ends[0],
        "makes_high_t_per_year": makes_ends[1],
        "gap_low_t_per_year": gap_ends[0],
        "gap_high_t_per_year": gap_ends[1],
        "verdict": _judge_link(link),
        "coefficient_source_id": stage["coefficient_source_id"],
        "statement_ids": common.join_ids([capacity_ids, supply_ids]),
    }


def _compute_link(stage: _StageInput, capacity: Interval | None, supply: Interval | None) -> _Link:
    low, high = stage["input_t_per_t_low"], stage["input_t_per_t_high"]
    coefficient = None if low is None or high is None else (low, high)
    need = intervals.multiply_interval(capacity, coefficient) if capacity and coefficient else None
    makes = intervals.divide_interval(supply, coefficient) if supply and coefficient else None
    gap = intervals.subtract_intervals(supply, need) if supply and need else None
    return _Link(coefficient, capacity, need, supply, makes, gap)


def _judge_link(link: _Link) -> str:
    if link.capacity is None:
        return NO_CAPACITY
    if link.coefficient is None or link.need is None:
        return NO_COEFFICIENT
    if link.supply is None or link.gap is None:
        return NO_SUPPLY
    if link.supply[1] is not None and link.need[0] > MOST_PLAUSIBLE_RATIO * link.supply[1]:
        return IMPLAUSIBLE
    gap_low, gap_high = link.gap
    if gap_low is not None and gap_low >= 0:
        return SURPLUS
    return DEFICIT if gap_high is not None and gap_high < 0 else EITHER
