"""The board of commitments: what became of them by subject, and how long ago those past due were due.

Groups of verdicts (see :mod:`khoosheh.measures.commitments`):

``kept``     reached, in time or late
``moved``    another deadline was stated, or that it was not yet reached after its deadline
``silent``   the deadline has passed, and no statement tells what became of it
``pending``  the deadline has not certainly passed, or none was stated
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
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


class _CommitmentInput(TypedDict):
    project_id: str | None
    stage_id: str | None
    chain_id: str | None
    deadline_low_day: datetime | None
    deadline_high_day: datetime | None
    verdict: str
    slip_low_months: float | None
    slip_high_months: float | None
    statement_ids: str


def group_commitments(commitments: Table, day: date) -> Table:
    """Return rows of :class:`BoardRow`, in each group the longest overdue or delayed first.

    ``commitments``: rows of :class:`khoosheh.measures.commitments.CommitmentRow`; ``day``: the day of the view.
    """
    by_place: dict[tuple[str, tuple[str, str, str]], list[_CommitmentInput]] = {}
    for row in read_rows(commitments, _CommitmentInput):
        by_place.setdefault((GROUPS[row["verdict"]], find_subject(row)), []).append(row)
    rows = [_build_board_row(group, subject, members, day) for (group, subject), members in by_place.items()]
    rows.sort(key=lambda row: (-(row["overdue_low_days"] or 0), -(row["slip_low_months"] or 0)))
    return build_table(rows, BoardRow, commitments)


def find_subject(row: Mapping[str, object]) -> tuple[str, str, str]:
    """Return the narrowest of project, stage and chain that a commitment names; the others are empty."""
    project, stage, chain = (str(row[field] or "") for field in SUBJECT)
    return (project, "" if project else stage, "" if project or stage else chain)


def _build_board_row(
    group: str, subject: tuple[str, str, str], members: Sequence[_CommitmentInput], day: date
) -> BoardRow:
    project, stage, chain = (code or None for code in subject)
    overdue = _find_longest([_count_days_overdue(row, day) for row in members]) if group == SILENT else None
    slip = _find_longest([(row["slip_low_months"], row["slip_high_months"]) for row in members])
    overdue_low, overdue_high = overdue or (None, None)
    slip_low, slip_high = slip if slip and group == MOVED else (None, None)
    return {
        "group": group,
        "project_id": project,
        "stage_id": stage,
        "chain_id": chain,
        "count": len(members),
        "overdue_low_days": overdue_low,
        "overdue_high_days": overdue_high,
        "slip_low_months": slip_low,
        "slip_high_months": slip_high,
        "statement_ids": common.join_ids(row["statement_ids"] for row in members),
    }


def _count_days_overdue(row: _CommitmentInput, day: date) -> tuple[float | None, float | None]:
    earliest, latest = row["deadline_low_day"], row["deadline_high_day"]
    if earliest is None or latest is None:
        return None, None
    return float((day - latest.date()).days), float((day - earliest.date()).days)


def _find_longest(
    spans: Sequence[tuple[float | None, float | None]],
) -> tuple[float, float | None] | None:
    """Return the interval of the longest of some intervals; one without an end makes it endless."""
    known = [(low, high) for low, high in spans if low is not None]
    if not known:
        return None
    highs = [high for _, high in known if high is not None]
    return max(low for low, _ in known), max(highs) if len(highs) == len(known) else None


def select_whole_subjects(commitments: Table, most: int) -> Table:
    """Return all commitments of the subjects of the first ``most`` commitments."""
    if len(commitments) <= most:
        return commitments
    subjects = [find_subject(row) for row in commitments.select(*SUBJECT).iter_rows(named=True)]
    chosen = set(subjects[:most])
    kept = nw.new_series(
        "kept", [subject in chosen for subject in subjects], nw.Boolean, backend=commitments.implementation
    )
    return commitments.filter(kept)
