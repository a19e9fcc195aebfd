"""Spread of a stage's capacity: all that its sources stated, also where a later statement took the place of another.

A balance needs one figure and takes the one in force (:mod:`khoosheh.measures.capacity_balance`). A reader who is
shown this figure alone cannot see that sources differ: of one plant three of them may state three capacities.
"""

from collections import defaultdict
from typing import TypedDict

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common, intervals
from khoosheh.measures.capacity_balance import STATED, SUBJECT, select_capacity_statements
from khoosheh.measures.intervals import Interval
from khoosheh.measures.rows import Table, build_table, read_rows


class CapacitySpreadRow(TypedDict):
    """The capacities that were ever stated of one stage, in tonnes a year; a missing high end means 'at least'.

    ``low``: the sum, over the projects of the stage, of the least that was stated of each; ``high``: of the most.
    ``sources``: how many sources stated them.
    """

    stage_id: str
    low_t_per_year: float
    high_t_per_year: float | None
    sources: int
    statement_ids: str


class _ProjectSpread(TypedDict):
    stage_id: str
    low_t_per_year: float
    high_t_per_year: float | None


def compute_capacity_spreads(statements: Frame) -> Table:
    """Compute the spread of capacity of each stage of which one was stated: rows of :class:`CapacitySpreadRow`."""
    needed = [*SUBJECT, "statement_id", "source_id", "low_t_per_year", "high_t_per_year"]
    stated = collect_frame(select_capacity_statements(statements, [STATED]).select(needed))
    ids = common.group_statement_ids(stated, ["stage_id"])
    sources: dict[str, set[str]] = defaultdict(set)
    for stage, source in stated.select("stage_id", "source_id").iter_rows():
        sources[stage].add(source)
    rows: list[CapacitySpreadRow] = [
        {
            "stage_id": stage,
            "low_t_per_year": low,
            "high_t_per_year": high,
            "sources": len(sources[stage]),
            "statement_ids": ids[stage,],
        }
        for stage, (low, high) in sorted(_sum_project_spreads(stated).items())
    ]
    return build_table(rows, CapacitySpreadRow, stated)


def _sum_project_spreads(stated: Table) -> dict[str, Interval]:
    """Return, by stage, the sum of the least and of the most that was stated of each of its projects."""
    closed = stated.with_columns(nw.col("high_t_per_year").fill_null(float("inf")))
    ends = closed.group_by("stage_id", "project_id").agg(
        nw.col("low_t_per_year").min(), nw.col("high_t_per_year").max()
    )
    spreads: dict[str, Interval] = {}
    for row in read_rows(common.clear_endless_bound(ends, "high_t_per_year"), _ProjectSpread):
        total = spreads.get(row["stage_id"], (0.0, 0.0))
        spreads[row["stage_id"]] = intervals.add_intervals(total, (row["low_t_per_year"], row["high_t_per_year"]))
    return spreads
