"""Scenarios: capacities that a reader assumes in place of the stated ones.

A scenario is a tuple of (stage id, tonnes a year): the stage is taken to operate at that capacity; 0 means that it
does not operate; ``None`` means that it operates at the capacity that was stated, if any. Nobody stated an
assumption, so an assumed state or capacity has no statement ids.
"""

from collections.abc import Mapping
from typing import TypeAlias

from khoosheh.measures.intervals import Interval
from khoosheh.measures.rows import Table, build_table, read_rows
from khoosheh.measures.value_chains import StageStateRow

Scenario: TypeAlias = tuple[tuple[str, float | None], ...]


def apply_assumed_states(states: Table, scenario: Scenario, top: int) -> Table:
    """Replace the states of the assumed stages: rung ``top`` where the stage operates, 0 where it does not.

    ``states``: rows of :class:`khoosheh.measures.value_chains.StageStateRow`, as the result.
    """
    rungs = {stage: 0.0 if capacity == 0 else float(top) for stage, capacity in scenario}
    rows = [_replace_state(row, rungs.get(row["stage_id"])) for row in read_rows(states, StageStateRow)]
    return build_table(rows, StageStateRow, states)


def _replace_state(row: StageStateRow, rung: float | None) -> StageStateRow:
    if rung is None:
        return row
    return {**row, "low": rung, "high": rung, "known": max(1, row["known"]), "statement_ids": ""}


def apply_assumed_capacities(
    capacities: Mapping[str, tuple[Interval, str]], scenario: Scenario
) -> dict[str, tuple[Interval, str]]:
    """Replace the capacities of the assumed stages, in tonnes a year; without statement ids.

    ``capacities``: of :func:`khoosheh.measures.capacity_balance.compute_stage_capacities`. A stage that is assumed to
    operate at no named capacity keeps the stated one.
    """
    assumed = {stage: ((capacity, capacity), "") for stage, capacity in scenario if capacity is not None}
    return {**capacities, **assumed}
