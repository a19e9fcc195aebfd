"""The board of commitments in words: kept, moved, and past due without a later word, by subject."""

from collections.abc import Sequence
from dataclasses import dataclass

from khoosheh import formatting
from khoosheh.locale import format_message
from khoosheh.measures.commitment_board import KEPT, MOVED, SILENT, BoardRow
from khoosheh.measures.common import join_ids
from khoosheh.topics.commitments import sentences
from khoosheh.topics.commitments.timeline import COLOURS
from khoosheh.topics.request import FindingRequest

# group: the verdict in whose colour the figure draws it
COLUMNS = {KEPT: "kept", MOVED: "moved", SILENT: "no_later_word"}


@dataclass(frozen=True)
class BoardEntry:
    """A subject in a column: its name, what is said of its commitments, and the ids of their statements."""

    subject: str
    words: str
    statement_ids: str


@dataclass(frozen=True)
class BoardColumn:
    """A column: the number of its commitments, its title, place in the palette, statement ids and subjects.

    ``entries``: the first ``most``, the longest overdue or delayed first; ``more``: how many subjects are left out.
    """

    count: int
    title: str
    colour: int
    statement_ids: str
    entries: tuple[BoardEntry, ...]
    more: int


def build_board_columns(request: FindingRequest, rows: Sequence[BoardRow], most: int) -> list[BoardColumn]:
    """Return the three columns, also those without a commitment; commitments that are pending are in none."""
    return [_build_column(request, group, [row for row in rows if row["group"] == group], most) for group in COLUMNS]


def _build_column(request: FindingRequest, group: str, rows: Sequence[BoardRow], most: int) -> BoardColumn:
    return BoardColumn(
        sum(row["count"] for row in rows),
        request.t("board.kept.none" if group == KEPT and not rows else f"board.{group}"),
        COLOURS[COLUMNS[group]],
        join_ids(row["statement_ids"] for row in rows),
        tuple(_build_entry(request, row) for row in rows[:most]),
        max(0, len(rows) - most),
    )


def _build_entry(request: FindingRequest, row: BoardRow) -> BoardEntry:
    return BoardEntry(
        sentences.format_commitment_subject(request.register, row, request.lang),
        _format_entry(row, request.lang),
        row["statement_ids"],
    )


def _format_entry(row: BoardRow, lang: str) -> str:
    """Return how long a subject is silent, or by how much its deadline was moved; else how many were kept."""
    if row["overdue_low_days"] is not None:
        unit = format_message(lang, "unit.days_counted", count=row["overdue_high_days"])
        days = formatting.format_value_range(row["overdue_low_days"], row["overdue_high_days"], lang, unit)
        return format_message(lang, "board.overdue", count=row["count"], days=days)
    if row["slip_low_months"] is not None:
        slip = sentences.format_deadline_slip(row["slip_low_months"], row["slip_high_months"], lang)
        return format_message(lang, "board.slip", count=row["count"], slip=slip)
    return format_message(lang, "board.count", count=row["count"])
