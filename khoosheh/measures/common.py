"""Rules that all measures share: what is known on a day, what still holds, how statements agree.

Three written rules (see docs/data-guide.en.md):

*Known*: a statement is known from the last day of the interval in which it was said.

*In force*: a statement holds until another one about the same thing was certainly said later, that is until
the interval of the other one starts after its own has ended.

*Agreement*: statements in force that can all be true narrow each other to what they have in common; where they
contradict each other, all of them are covered.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

import narwhals as nw

from khoosheh.engines import Frame

IMPLAUSIBLE = "implausible"


def statements_known_on(statements: Frame, day: date | None) -> Frame:
    """Keep the statements that were certainly said by ``day``; all of them where no day is given."""
    if day is None:
        return statements
    return statements.filter(nw.col("said_last_day") <= nw.lit(day).cast(nw.Datetime))


def statements_perhaps_known_on(statements: Frame, day: date) -> Frame:
    """Keep the statements that may have been said by ``day``, but were certainly said only later."""
    limit = nw.lit(day).cast(nw.Datetime)
    return statements.filter(nw.col("said_first_day") <= limit, nw.col("said_last_day") > limit)


def plausible_statements(statements: Frame) -> Frame:
    """Leave out statements that the register flags as implausible."""
    return statements.filter(nw.col("quality_flag").fill_null("") != IMPLAUSIBLE)


def filter_by_province(statements: Frame, province: str) -> Frame:
    """Keep the statements about one province (ISO 3166-2 code)."""
    return statements.filter(nw.col("iso_3166_2").fill_null("") == province)


def fill_blank_keys(frame: Frame, keys: Sequence[str]) -> Frame:
    """Give missing keys the empty text, since engines differ in how they group what is missing."""
    return frame.with_columns(*(nw.col(key).fill_null("") for key in keys))


def latest_statements(frame: Frame, subject: Sequence[str]) -> Frame:
    """Drop every statement after whose interval another one about the same ``subject`` was said."""
    newest = frame.group_by(*subject).agg(nw.col("said_first_day").max().alias("newest_first_day"))
    joined = frame.join(newest, on=list(subject), how="left")
    return joined.filter(nw.col("said_last_day") >= nw.col("newest_first_day")).drop("newest_first_day")


def reconcile_intervals(frame: Frame, subject: Sequence[str], low: str, high: str) -> Frame:
    """Return one row a subject with the interval ``low``..``high`` that its statements leave.

    A missing ``high`` beside a ``low`` is open ('at least').
    """
    ends = frame.with_columns(nw.col(high).fill_null(float("inf")).alias("_end"))
    hull = ends.group_by(*subject).agg(
        nw.col(low).max().alias("_low_max"),
        nw.col(low).min().alias("_low_min"),
        nw.col("_end").min().alias("_end_min"),
        nw.col("_end").max().alias("_end_max"),
    )
    fits = nw.col("_low_max") <= nw.col("_end_min")
    both = hull.with_columns(
        nw.when(fits).then(nw.col("_low_max")).otherwise(nw.col("_low_min")).alias(low),
        nw.when(fits).then(nw.col("_end_min")).otherwise(nw.col("_end_max")).alias(high),
    )
    return clear_endless_bound(both, high).select(*subject, low, high)


def clear_endless_bound(frame: Frame, high: str) -> Frame:
    """Write an endless upper bound as missing."""
    endless = nw.col(high) == float("inf")
    return frame.with_columns(nw.when(~endless).then(nw.col(high)).alias(high))


def group_statement_ids(frame: nw.DataFrame, keys: Sequence[str]) -> dict[tuple, str]:
    """Return the statement ids behind each value of ``keys``, sorted and blank-separated."""
    found: dict[tuple, set[str]] = defaultdict(set)
    for row in frame.select(*keys, "statement_id").iter_rows():
        found[row[:-1]].add(row[-1])
    return {key: " ".join(sorted(ids)) for key, ids in found.items()}


def add_statement_ids(table: nw.DataFrame, trail: nw.DataFrame, keys: Sequence[str]) -> nw.DataFrame:
    """Add ``statement_ids`` to a small table from the longer frame it was made of."""
    ids = group_statement_ids(trail, keys)
    column = [ids.get(row, "") for row in table.select(*keys).iter_rows()]
    return table.with_columns(
        nw.new_series("statement_ids", column, nw.String, backend=table.implementation).alias("statement_ids")
    )


def join_ids(texts: Iterable[str]) -> str:
    """Join blank-separated ids to one such text, sorted and without repeats."""
    return " ".join(sorted({one for text in texts for one in text.split()}))
