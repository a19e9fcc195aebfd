"""The board of commitments: what became of them by subject, and how long ago those past due were due.

Groups of verdicts (see :mod:`khoosheh.measures.commitments`):

``kept``     reached, in time or late
``moved``    another deadline was stated, or that it was not yet reached after its deadline
``silent``   the deadline has passed, and no statement tells what became of it
``pending``  the deadline has not certainly passed, or none was stated
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypedDict

import narwhals as nw

from khoosheh.measures import common
from khoosheh.measures.rows import Table, build_table, read_rows

KEPT, MOVED, SILENT, PENDING = "kept", "moved", "silent", "pending"
GROUPS: Mapping[str, str] = {
    "kept": KEPT, "kept_or_late": KEPT, "kept_late": KEPT, "moved": MOVED, "late": MOVED, "no_later_word": SILENT,
    "open_or_past": PENDING, "open": PENDING, "no_date": PENDING,
}  # fmt: skip
SUBJECT = ("project_id", "stage_id", "chain_id")
PLACE = ("group", *SUBJECT)
SLIP = ("slip_low_months", "slip_high_months")
MINUTES_OF_DAY = 24 * 60


class BoardRow(TypedDict):
    """The commitments of one subject (project; or stage, chain, province, where no project is named) in one group.

    ``count``: how many they are. ``overdue``: days since the deadline of the one that was due first, missing where
    no deadline has certainly passed. ``slip``: the longest delay in months, negative where it is earlier, as in
    :class:`khoosheh.measures.commitments.CommitmentRow`; only of the group ``moved``.
    """

    group: str
    project_id: str | None
    stage_id: str | None
    chain_id: str | None
    count: int
    overdue_low_days: float | None
    overdue_high_days: float | None
    slip_low_months: float | None
    slip_high_months: float | None
    statement_ids: str


class _GroupInput(TypedDict):
    group: str
    project_id: str
    stage_id: str
    chain_id: str
    count: int
    overdue_low_days: float | None
    overdue_high_days: float | None
    slip_low_months: float | None
    slip_high_months: float | None


def group_commitments(commitments: Table, day: date) -> Table:
    """Return rows of :class:`BoardRow`, in each group the longest overdue or delayed first.

    ``commitments``: rows of :class:`khoosheh.measures.commitments.CommitmentRow`; ``day``: the day of the view.
    """
    if not len(commitments):
        return build_table([], BoardRow, commitments)
    placed = _add_measures(_narrow_subjects(commitments), day)
    grouped = placed.group_by(*PLACE).agg(
        nw.len().alias("count"),
        *(nw.col(name).max() for name in ("overdue_low_days", "overdue_high_days", *SLIP)),
    )
    ids = _collect_ids(placed)
    rows = [_build_board_row(row, ids) for row in read_rows(grouped, _GroupInput)]
    rows.sort(key=lambda row: (-(row["overdue_low_days"] or 0), -(row["slip_low_months"] or 0), find_subject(row)))
    return build_table(rows, BoardRow, commitments)


def find_subject(row: Mapping[str, object]) -> tuple[str, str, str]:
    """Return the narrowest of project, stage and chain that a commitment names; the others are empty."""
    project, stage, chain = (str(row[field] or "") for field in SUBJECT)
    return (project, "" if project else stage, "" if project or stage else chain)


def _narrow_subjects(commitments: Table) -> Table:
    """Return commitments with only the narrowest of project, stage and chain; the others are empty."""
    filled = common.fill_blank_keys(commitments, SUBJECT)
    project, stage, chain = map(nw.col, SUBJECT)
    return filled.with_columns(
        nw.when(project == "").then(stage).otherwise(nw.lit("")).alias("stage_id"),
        nw.when((project == "") & (stage == "")).then(chain).otherwise(nw.lit("")).alias("chain_id"),
    )


def _add_measures(commitments: Table, day: date) -> Table:
    """Add the group of each commitment, the days it is overdue, and its slip, endless where it has no end."""
    group = nw.col("verdict").replace_strict(list(GROUPS), list(GROUPS.values()), return_dtype=nw.String)
    grouped = commitments.with_columns(group.alias("group"))
    silent, moved = nw.col("group") == SILENT, nw.col("group") == MOVED
    today, low, high = nw.lit(day).cast(nw.Datetime), *map(nw.col, SLIP)

    def count_days(deadline: str) -> nw.Expr:
        return (today - nw.col(deadline)).dt.total_minutes().cast(nw.Float64) / MINUTES_OF_DAY

    return grouped.with_columns(
        nw.when(silent).then(count_days("deadline_high_day")).alias("overdue_low_days"),
        nw.when(silent).then(count_days("deadline_low_day")).alias("overdue_high_days"),
        nw.when(moved).then(low).alias("slip_low_months"),
        nw.when(moved).then(high.fill_null(float("inf"))).alias("slip_high_months"),
    )


def _collect_ids(placed: Table) -> dict[tuple[str, ...], list[str]]:
    ids: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for *place, statement_ids in placed.select(*PLACE, "statement_ids").iter_rows():
        ids[tuple(place)].append(statement_ids)
    return ids


def _build_board_row(row: _GroupInput, ids: Mapping[tuple[str, ...], Sequence[str]]) -> BoardRow:
    place = (row["group"], row["project_id"], row["stage_id"], row["chain_id"])
    endless = row["slip_high_months"] == float("inf")
    return {
        "group": row["group"],
        "project_id": row["project_id"] or None,
        "stage_id": row["stage_id"] or None,
        "chain_id": row["chain_id"] or None,
        "count": row["count"],
        "overdue_low_days": row["overdue_low_days"],
        "overdue_high_days": row["overdue_high_days"],
        "slip_low_months": row["slip_low_months"],
        "slip_high_months": None if endless else row["slip_high_months"],
        "statement_ids": common.join_ids(ids[place]),
    }


def select_whole_subjects(commitments: Table, most: int) -> Table:
    """Return all commitments of the subjects of the first ``most`` commitments."""
    if len(commitments) <= most:
        return commitments
    subject = nw.concat_str(*SUBJECT, separator=" ")
    subjects = _narrow_subjects(commitments.select(*SUBJECT)).select(subject.alias("subject"))["subject"]
    return commitments.filter(subjects.is_in(subjects.head(most).unique().to_list()))
