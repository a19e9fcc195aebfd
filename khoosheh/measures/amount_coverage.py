"""Coverage of amounts: of how many projects each kind was stated, and the days on which each amount was said."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict

import narwhals as nw

from khoosheh.measures import common
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import Table, build_table, read_rows


class CoverageRow(TypedDict):
    """Of how many projects an amount of one kind (``measure``) was stated, whatever the unit.

    The row with an empty ``measure`` is about an amount of any kind. ``known``: projects with one; ``of``: all
    projects; ``project_ids``: those with one, sorted and separated by blanks.
    """

    measure: str
    known: int
    of: int
    project_ids: str
    statement_ids: str


class DatedAmountRow(TypedDict):
    """One stated amount in ``unit``, said on a day from ``said_first_day`` to ``said_last_day``.

    Without ``high`` 'at least'. ``in_force``: whether it counts; otherwise a later one took its place, or it covers
    a part of a project whose whole was stated. ``statement_ids``: the id of its statement.
    """

    project_id: str
    measure: str
    unit: str
    low: float
    high: float | None
    said_first_day: datetime
    said_last_day: datetime
    in_force: bool
    statement_ids: str


def count_projects_by_kind(amounts: Table, projects: Table, kinds: Sequence[str]) -> Table:
    """Count the projects of which each kind was stated: rows of :class:`CoverageRow`, first that of any kind.

    ``amounts``: rows of :class:`khoosheh.measures.investment.AmountRow` by project; ``projects``: those that are
    counted; ``kinds``: all codes of ``measure`` that amounts may have, in order; those that nobody stated have a row
    as well.
    """
    counted = set(projects["project_id"].to_list())
    rows = [row for row in read_rows(amounts, AmountRow) if row["group"] in counted]
    by_kind: dict[str, list[AmountRow]] = {"": rows, **{kind: [] for kind in kinds}}
    for row in rows:
        by_kind[row["measure"]].append(row)
    coverage = [_build_coverage_row(kind, stated, len(counted)) for kind, stated in by_kind.items()]
    return build_table(coverage, CoverageRow, amounts)


def _build_coverage_row(kind: str, rows: Sequence[AmountRow], of: int) -> CoverageRow:
    projects = {row["group"] for row in rows}
    return {
        "measure": kind,
        "known": len(projects),
        "of": of,
        "project_ids": " ".join(sorted(projects)),
        "statement_ids": common.join_ids(row["statement_ids"] for row in rows),
    }


def list_dated_amounts(amounts: Table, in_force: Table) -> Table:
    """Return each amount with the days it was said, in order of time: rows of :class:`DatedAmountRow`.

    ``amounts``: rows of :class:`khoosheh.measures.investment.ConvertedAmountRow` that are known and in scope;
    ``in_force``: those of them that count.
    """
    counting = set(in_force["statement_id"].to_list())
    flags = [statement_id in counting for statement_id in amounts["statement_id"].to_list()]
    dated = amounts.select(
        "project_id",
        "measure",
        nw.col("amount_unit").alias("unit"),
        nw.col("amount_low").alias("low"),
        nw.col("amount_high").alias("high"),
        "said_first_day",
        "said_last_day",
        nw.new_series("in_force", flags, nw.Boolean, backend=amounts.implementation),
        nw.col("statement_id").alias("statement_ids"),
    )
    return dated.sort("said_last_day", "said_first_day", "statement_ids")
