"""Investment: how much money was said to be planned, allocated, spent, needed, and for how many projects.

Kinds of amount are never added to each other, nor are two statements about the same thing. An amount that covers
only part of a project is a lower bound, and only where no whole amount was stated. Amounts without a rate into
the wanted unit stay in their own unit, in rows of their own.
"""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import money
from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common

SUBJECT = ["project_id", "measure", "amount_unit"]
NEEDED = [
    "statement_id", "project_id", "measure", "unit", "is_part", "value_low", "value_high", "said_first_day",
    "said_last_day", "said_first_year", "said_last_year",
]  # fmt: skip
DIMENSIONS = ("project_id", "chain_id", "stage_id", "county_id", "sector", "said_year", "iso_3166_2")
BENEFIT = "benefit"


def convert_stated_amounts(
    statements: Frame, kinds: Sequence[str], unit: str, rates: object, also: Sequence[str] = ()
) -> nw.DataFrame:
    """Return the plausible amounts of some kinds, with ``amount_low`` and ``amount_high`` in ``amount_unit``.

    ``statements``: with the register's derived columns. ``kinds``: codes of ``measure`` that are kinds of amount.
    ``unit``: a display unit of :mod:`khoosheh.money`. ``also``: columns that are kept besides those needed here.
    Neither the day nor the scope matters, so a register's amounts can be converted once and asked for many times.
    """
    # few columns first: pandas copies all of them for each filter
    money_rows = common.plausible_statements(statements.select(*NEEDED, *also, "quality_flag")).filter(
        nw.col("measure").is_in(list(kinds)), ~nw.col("project_id").is_null(), ~nw.col("value_low").is_null()
    )
    # in one order, so that sums of many amounts are the same to the last digit on every engine
    told = collect_frame(money_rows.drop("quality_flag")).sort("statement_id")
    return money.convert_frame(told, unit, rates).filter(~nw.col("amount_unit").is_null())


def latest_amounts(rows: nw.DataFrame) -> tuple[nw.DataFrame, nw.DataFrame]:
    """Return the amounts in force, one row a project, kind and unit, and the statements they rest on.

    ``rows``: of :func:`convert_stated_amounts`, those known and in scope. The amounts have ``low`` and ``high`` in
    ``amount_unit``; ``low`` alone means 'at least'.
    """
    partial = nw.col("is_part").fill_null(False)
    whole, part = rows.filter(~partial), rows.filter(partial)
    held = common.latest_statements(whole, SUBJECT)
    agreed = common.reconcile_intervals(held, SUBJECT, "amount_low", "amount_high")
    lonely = part.join(whole.select(*SUBJECT).unique(), on=SUBJECT, how="anti") if len(part) else part
    if len(lonely):
        at_least = (
            lonely.group_by(*SUBJECT)
            .agg(nw.col("amount_low").max())
            .with_columns(nw.lit(None, dtype=nw.Float64).alias("amount_high"))
        )
        agreed = nw.concat([agreed, at_least.select(*agreed.columns)], how="vertical")
        held = nw.concat([held, lonely], how="vertical")
    return agreed.rename({"amount_low": "low", "amount_high": "high"}), held


def compute_stated_amounts(
    statements: Frame, kinds: Sequence[str], unit: str, rates: object
) -> tuple[nw.DataFrame, nw.DataFrame]:
    """Return the amounts in force among statements that are known and in scope; see :func:`latest_amounts`."""
    return latest_amounts(convert_stated_amounts(statements, kinds, unit, rates))


def compute_investment(
    statements: Frame,
    projects: nw.DataFrame,
    *,
    by: str,
    kinds: Sequence[str],
    unit: str,
    rates: object,
) -> nw.DataFrame:
    """Sum the stated amounts of each kind by ``by``; see :func:`compute_stated_amounts` and :func:`sum_amounts`."""
    return sum_amounts(*compute_stated_amounts(statements, kinds, unit, rates), projects, by=by)


def sum_amounts(table: nw.DataFrame, trail: nw.DataFrame, projects: nw.DataFrame, *, by: str) -> nw.DataFrame:
    """Sum amounts of each kind by ``by``, one of ``DIMENSIONS``; ``table`` and ``trail``: of :func:`compute_stated_amounts`.

    ``known``: projects with a stated amount of this kind and unit; ``of``: projects in the group. The sum covers
    the known ones only, and says nothing of the others. Rows: ``group`` (empty where the dimension was not
    stated), ``measure``, ``unit``, ``low``, ``high``, ``known``, ``of``, ``statement_ids``.
    """
    table = _add_group_column(table, trail, projects, by)
    trail = _add_group_column(trail, trail, projects, by)
    keys = ["group", "measure", "amount_unit"]
    sums = common.clear_endless_bound(
        table.with_columns(nw.col("high").fill_null(float("inf")))
        .group_by(*keys)
        .agg(nw.col("low").sum(), nw.col("high").sum(), nw.col("project_id").n_unique().alias("known")),
        "high",
    )
    out = common.add_statement_ids(
        sums.join(_count_group_projects(projects, by), on="group", how="left"), trail, keys
    )
    out = out.with_columns(nw.col("of").fill_null(projects.shape[0])).rename({"amount_unit": "unit"})
    return out.sort("measure", "unit", "low", "group", descending=[False, False, True, False])


def _add_group_column(frame: nw.DataFrame, trail: nw.DataFrame, projects: nw.DataFrame, by: str) -> nw.DataFrame:
    """Put each row's value of the dimension into ``group``."""
    if by == "project_id":
        return frame.with_columns(nw.col("project_id").alias("group"))
    if by == "said_year":
        return frame.join(_build_year_groups(trail), on=SUBJECT, how="left")
    groups = projects.select("project_id", nw.col(by).fill_null("").alias("group"))
    return frame.join(groups, on="project_id", how="left")


def _build_year_groups(trail: nw.DataFrame) -> nw.DataFrame:
    """Name the Jalali years in which each amount may have been said: '1404', or '1401/1404' where not exact."""
    years = trail.group_by(*SUBJECT).agg(nw.col("said_first_year").min(), nw.col("said_last_year").max())
    spans = years.with_columns(
        nw.col("said_first_year").cast(nw.Int64).cast(nw.String).alias("_first"),
        nw.col("said_last_year").cast(nw.Int64).cast(nw.String).alias("_last"),
    ).drop("said_first_year", "said_last_year")
    span = nw.concat_str(["_first", "_last"], separator="/")
    one = nw.col("_first") == nw.col("_last")
    return spans.with_columns(nw.when(one).then(nw.col("_first")).otherwise(span).alias("group")).drop(
        "_first", "_last"
    )


def _count_group_projects(projects: nw.DataFrame, by: str) -> nw.DataFrame:
    """Count the projects in each group; for years, where projects have none, all count everywhere."""
    if by == "said_year":
        return projects.select(nw.col("project_id").alias("group"), nw.lit(1).cast(nw.Int64).alias("of")).head(0)
    groups = projects.select(nw.col(by).fill_null("").alias("group"))
    return groups.group_by("group").agg(nw.len().alias("of"))
