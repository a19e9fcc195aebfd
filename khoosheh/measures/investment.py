"""Investment: the money stated as planned, allocated, spent or needed, and the projects of which it was stated.

Kinds of amount are never added to each other, nor are two statements about the same subject. An amount that covers
only part of a project is a lower bound, and counts only where no whole amount was stated. Amounts without an exchange
rate into the wanted unit stay in their own unit, in rows of their own.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from math import fsum
from typing import TypedDict

import narwhals as nw

from khoosheh import money
from khoosheh.engines import Frame, collect_frame, is_among
from khoosheh.measures import common
from khoosheh.measures.rows import Table, build_table, read_rows

SUBJECT = ["project_id", "measure", "amount_unit"]
NEEDED = [
    "statement_id", "project_id", "measure", "unit", "is_part", "value_low", "value_high", "said_first_day",
    "said_last_day", "said_first_year", "said_last_year",
]  # fmt: skip
DIMENSIONS = ("project_id", "chain_id", "stage_id", "county_id", "sector", "said_year", "iso_3166_2")


class ConvertedAmountRow(TypedDict):
    """One stated amount: the columns ``NEEDED`` of its statement, and the amount in ``amount_unit``.

    ``value_low``, ``value_high``: the amount as stated, in ``unit``. A missing high end means 'at least'.
    ``missing_rate``: the exchange rate for want of which the amount stays in its own currency ('EUR:market:1404').
    """

    statement_id: str
    project_id: str
    measure: str
    unit: str
    is_part: bool | None
    value_low: float
    value_high: float | None
    said_first_day: datetime
    said_last_day: datetime
    said_first_year: int
    said_last_year: int
    amount_unit: str
    missing_rate: str | None
    amount_low: float
    amount_high: float | None


class StatedAmountRow(TypedDict):
    """The stated amount of one kind (``measure``) of a project, in ``amount_unit``; without ``high`` 'at least'."""

    project_id: str
    measure: str
    amount_unit: str
    low: float
    high: float | None


class TracedAmountRow(StatedAmountRow):
    """A stated amount with the ids of its statements."""

    statement_ids: str


class AmountRow(TypedDict):
    """The sum of the stated amounts of one kind (``measure``) in one group of projects, in ``unit``.

    ``group``: a value of the dimension, empty for projects without one. ``high`` is missing where the sum means 'at
    least'. ``known``: projects with a stated amount of this kind and unit; ``of``: projects in the group.
    """

    group: str
    measure: str
    unit: str
    low: float
    high: float | None
    known: int
    of: int
    statement_ids: str


def convert_stated_amounts(
    statements: Frame, kinds: Sequence[str], unit: str, rates: money.Rates, also: Sequence[str] = ()
) -> Table:
    """Convert the plausible amounts of some kinds: rows of :class:`ConvertedAmountRow`, with the columns ``also``.

    ``statements``: with the register's derived columns. ``kinds``: codes of ``measure`` that are kinds of amount.
    ``unit``: a display unit of :mod:`khoosheh.money`. ``also``: columns to keep besides those of ``NEEDED``. The
    result depends on neither day nor scope, so callers can keep it.
    """
    # the columns are selected first, since each filter copies all of them
    amounts = common.plausible_statements(statements.select(*dict.fromkeys((*NEEDED, *also)), "quality_flag")).filter(
        is_among("measure", kinds), ~nw.col("project_id").is_null(), ~nw.col("value_low").is_null()
    )
    # one order on every engine, so that sums are equal to the last digit
    collected = collect_frame(amounts.drop("quality_flag")).sort("statement_id")
    return money.convert_frame(collected, unit, rates).filter(~nw.col("amount_unit").is_null())


def latest_amounts(amounts: Table) -> tuple[Table, Table]:
    """Return the amounts in force, rows of :class:`StatedAmountRow`, and their statements.

    ``amounts``: rows of :class:`ConvertedAmountRow` that are known and in scope, as the second result.
    """
    is_part = nw.col("is_part").fill_null(False)
    whole, partial = amounts.filter(~is_part), amounts.filter(is_part)
    in_force = common.latest_statements(whole, SUBJECT)
    reconciled = common.reconcile_intervals(in_force, SUBJECT, "amount_low", "amount_high")
    # parts of projects without a whole amount
    lower_bounds = partial.join(whole.select(*SUBJECT).unique(), on=SUBJECT, how="anti") if len(partial) else partial
    if len(lower_bounds):
        at_least = (
            lower_bounds.group_by(*SUBJECT)
            .agg(nw.col("amount_low").max())
            .with_columns(nw.lit(None, dtype=nw.Float64).alias("amount_high"))
        )
        reconciled = nw.concat([reconciled, at_least.select(*reconciled.columns)], how="vertical")
        in_force = nw.concat([in_force, lower_bounds], how="vertical")
    return reconciled.rename({"amount_low": "low", "amount_high": "high"}), in_force


def compute_stated_amounts(
    statements: Frame, kinds: Sequence[str], unit: str, rates: money.Rates
) -> tuple[Table, Table]:
    """Return the amounts in force of statements that are known and in scope; see :func:`latest_amounts`."""
    return latest_amounts(convert_stated_amounts(statements, kinds, unit, rates))


def compute_investment(
    statements: Frame, projects: Table, *, by: str, kinds: Sequence[str], unit: str, rates: money.Rates
) -> Table:
    """Sum the stated amounts of each kind by ``by``; see :func:`compute_stated_amounts` and :func:`sum_amounts`."""
    return sum_amounts(*compute_stated_amounts(statements, kinds, unit, rates), projects, by=by)


def sum_amounts(amounts: Table, statements: Table, projects: Table, *, by: str) -> Table:
    """Sum the amounts of each kind by the dimension ``by``, one of ``DIMENSIONS``: rows of :class:`AmountRow`.

    ``amounts``, ``statements``: of :func:`latest_amounts`. A sum covers the projects with a stated amount only. Sums
    are exactly rounded, so that they do not depend on the order of rows.
    """
    ids = common.group_statement_ids(statements, SUBJECT)
    groups, sizes = _find_groups(statements, projects, by), _count_group_projects(projects, by)
    summands: dict[tuple[str, str, str], list[StatedAmountRow]] = defaultdict(list)
    for row in read_rows(amounts, StatedAmountRow):
        group = groups.get((row["project_id"], row["measure"], row["amount_unit"]), "")
        summands[group, row["measure"], row["amount_unit"]].append(row)
    sums = [_sum_group(key, rows, sizes.get(key[0], len(projects)), ids) for key, rows in summands.items()]
    ordered = sorted(sums, key=lambda row: (row["measure"], row["unit"], -row["low"], row["group"]))
    return build_table(ordered, AmountRow, amounts)


def _sum_group(
    key: tuple[str, str, str], rows: Sequence[StatedAmountRow], size: int, ids: Mapping[tuple[str, ...], str]
) -> AmountRow:
    """Sum the amounts of one group, measure and unit; ``size``: projects of the group."""
    group, measure, unit = key
    highs = [row["high"] for row in rows if row["high"] is not None]
    return {
        "group": group,
        "measure": measure,
        "unit": unit,
        "low": fsum(row["low"] for row in rows),
        "high": fsum(highs) if len(highs) == len(rows) else None,
        "known": len({row["project_id"] for row in rows}),
        "of": size,
        "statement_ids": common.join_ids(ids.get((row["project_id"], measure, unit), "") for row in rows),
    }


def _find_groups(statements: Table, projects: Table, by: str) -> dict[tuple[str, str, str], str]:
    """Return the group of each amount by project, measure and unit; empty where its project has none.

    The group of years is '1404', or '1401/1404' where an amount may have been said in any of them.
    """
    years = defaultdict[tuple[str, str, str], list[tuple[int, int]]](list)
    for *subject, first, last in statements.select(*SUBJECT, "said_first_year", "said_last_year").iter_rows():
        project, measure, unit = subject
        years[project, measure, unit].append((int(first), int(last)))
    if by == "said_year":
        return {subject: _format_years(spans) for subject, spans in years.items()}
    if by == "project_id":
        return {subject: subject[0] for subject in years}
    attributes = dict(projects.select("project_id", nw.col(by).fill_null("")).iter_rows())
    return {subject: attributes.get(subject[0], "") for subject in years}


def _format_years(spans: Sequence[tuple[int, int]]) -> str:
    first, last = min(first for first, _ in spans), max(last for _, last in spans)
    return str(first) if first == last else f"{first}/{last}"


def _count_group_projects(projects: Table, by: str) -> Counter[str]:
    """Count the projects of each group; none for years, to which projects do not belong."""
    return Counter() if by == "said_year" else Counter(projects[by].fill_null("").to_list())
