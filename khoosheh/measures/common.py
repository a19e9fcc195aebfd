"""Rules that all measures share: which statements are known on a day, which are in force, how they are reconciled.

Three written rules (see docs/data-guide.en.md):

*Known*: a statement is known from the last day of the interval in which it was said.

*In force*: a statement is in force until another one about the same subject was certainly said later, that is until
the interval of the other one starts after its own has ended.

*Agreement*: statements in force that can all be true narrow each other to what they have in common; where they
contradict each other, the result covers all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import narwhals as nw

from khoosheh.measures.rows import FrameT, Table

IMPLAUSIBLE = "implausible"


def statements_known_on(statements: FrameT, day: date | None) -> FrameT:
    """Return the statements that were certainly said by ``day``; all of them where no day is given."""
    if day is None:
        return statements
    return statements.filter(nw.col("said_last_day") <= nw.lit(day).cast(nw.Datetime))


def statements_perhaps_known_on(statements: FrameT, day: date) -> FrameT:
    """Return the statements that may have been said by ``day``, but were certainly said only later."""
    limit = nw.lit(day).cast(nw.Datetime)
    return statements.filter(nw.col("said_first_day") <= limit, nw.col("said_last_day") > limit)


def plausible_statements(statements: FrameT) -> FrameT:
    """Return the statements that the register does not flag as implausible."""
    return statements.filter(nw.col("quality_flag").fill_null("") != IMPLAUSIBLE)


def filter_by_province(statements: FrameT, province: str) -> FrameT:
    """Return the statements about one province (ISO 3166-2 code)."""
    return statements.filter(nw.col("iso_3166_2").fill_null("") == province)


def fill_blank_keys(frame: FrameT, keys: Sequence[str]) -> FrameT:
    """Replace missing keys with the empty string, since engines differ in how they group missing values."""
    return frame.with_columns(*(nw.col(key).fill_null("") for key in keys))


def latest_statements(frame: FrameT, subject: Sequence[str]) -> FrameT:
    """Return the statements in force: those after which no other one about the same ``subject`` was said.

    ``subject``: the columns that tell what a statement is about.
    """
    newest = frame.group_by(*subject).agg(nw.col("said_first_day").max().alias("newest_first_day"))
    # both frames are of one kind, which mypy cannot tell where it does not know the kind of `frame`
    joined = frame.join(newest, on=list(subject), how="left")  # type: ignore[arg-type]
    return joined.filter(nw.col("said_last_day") >= nw.col("newest_first_day")).drop("newest_first_day")


def reconcile_intervals(frame: FrameT, subject: Sequence[str], low: str, high: str) -> FrameT:
    """Return one row a subject with the interval ``low``..``high`` on which its statements agree.

    ``low``, ``high``: names of the columns with the ends. A missing ``high`` means 'at least ``low``'. Columns:
    those of ``subject``, ``low`` and ``high``.
    """
    closed = frame.with_columns(nw.col(high).fill_null(float("inf")).alias("_end"))
    extremes = closed.group_by(*subject).agg(
        nw.col(low).max().alias("_low_max"),
        nw.col(low).min().alias("_low_min"),
        nw.col("_end").min().alias("_end_min"),
        nw.col("_end").max().alias("_end_max"),
    )
    overlap = nw.col("_low_max") <= nw.col("_end_min")
    reconciled = extremes.with_columns(
        nw.when(overlap).then(nw.col("_low_max")).otherwise(nw.col("_low_min")).alias(low),
        nw.when(overlap).then(nw.col("_end_min")).otherwise(nw.col("_end_max")).alias(high),
    )
    return clear_endless_bound(reconciled, high).select(*subject, low, high)


def is_among(column: str, values: Iterable[str]) -> nw.Expr:
    """Return whether the text in a column is one of ``values``, of which there may be none."""
    # an empty list has no type that Arrow could compare; no cell of a register is an empty text
    return nw.col(column).is_in(list(values) or [""])


def clear_endless_bound(frame: FrameT, high: str) -> FrameT:
    """Replace an infinite upper bound in the column ``high`` with a missing value."""
    infinite = nw.col(high) == float("inf")
    return frame.with_columns(nw.when(~infinite).then(nw.col(high)).alias(high))


def group_statement_ids(table: Table, keys: Sequence[str]) -> dict[tuple[str, ...], str]:
    """Return the statement ids of each value of ``keys``, sorted and blank-separated."""
    groups: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in table.select(*keys, "statement_id").iter_rows():
        groups[row[:-1]].add(row[-1])
    return {key: " ".join(sorted(ids)) for key, ids in groups.items()}


def add_statement_ids(table: Table, statements: Table, keys: Sequence[str]) -> Table:
    """Add the column ``statement_ids`` to a table: the ids of the ``statements`` that share its ``keys``."""
    ids = group_statement_ids(statements, keys)
    column = [ids.get(row, "") for row in table.select(*keys).iter_rows()]
    return table.with_columns(
        nw.new_series("statement_ids", column, nw.String, backend=table.implementation).alias("statement_ids")
    )


def join_ids(texts: Iterable[str]) -> str:
    """Join texts of blank-separated ids into one, sorted and without repeats."""
    return " ".join(sorted({statement_id for text in texts for statement_id in text.split()}))
