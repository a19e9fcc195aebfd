"""The rows of the figure of commitments: one a subject, with all its commitments and stated progress."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khoosheh import labels, queries
from khoosheh.figures.commitments import Lane, Row, Span, build_commitments_figure
from khoosheh.figures.theme import Figure, FigureFactory, Theme
from khoosheh.formatting import format_alt_text, is_missing
from khoosheh.locale import format_message
from khoosheh.measures.commitment_board import find_subject, select_whole_subjects
from khoosheh.measures.commitments import CommitmentRow, ProgressRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.commitments import sentences
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.request import Row as Cells

# verdict: place in the palette
COLOURS = {
    "kept": 2, "kept_or_late": 2, "kept_late": 6, "late": 5, "moved": 1, "no_later_word": 7, "open_or_past": 4,
    "open": 0, "no_date": 7,
}  # fmt: skip
PROGRESS_COLOUR = 3


@dataclass(frozen=True)
class Timeline:
    """The rows of the figure, the number of commitments and progresses that they tell of, and their statements.

    ``statement_ids``: separated by blanks; an id may be repeated.
    """

    rows: tuple[Row, ...]
    told: int
    statement_ids: str


def read_timeline(request: FindingRequest, most: int) -> Timeline:
    """Return whole rows for a request, in the order of deadlines, that tell of ``most`` at most.

    The first row is returned even if it tells of more.
    """
    commitments = queries.query_commitments(request.register, request.selection)
    progress = queries.query_physical_progress(request.register, request.selection)
    by_subject = _group_by_subject(
        read_rows(select_whole_subjects(commitments, most), CommitmentRow),
        read_rows(progress.head(most), ProgressRow),
    )
    shown: list[tuple[Sequence[Cells], Sequence[Cells]]] = []
    told = 0
    for group in by_subject:
        size = sum(map(len, group))
        if shown and told + size > most:
            break
        shown.append(group)
        told += size
    statements = index_commitment_statements(request.register)
    rows = tuple(_build_row(request.register, *group, statements, request.lang) for group in shown)
    return Timeline(rows, told, " ".join(row["statement_ids"] for group in shown for part in group for row in part))


def build_timeline_rows(
    register: Register, rows: Sequence[Cells], progress: Sequence[Cells], statements: Mapping[str, Cells], lang: str
) -> list[Row]:
    """Return commitments and progress as rows of a figure, in the order in which their subjects first occur."""
    return [_build_row(register, *group, statements, lang) for group in _group_by_subject(rows, progress)]


def _group_by_subject(
    commitments: Sequence[Cells], progress: Sequence[Cells]
) -> list[tuple[Sequence[Cells], Sequence[Cells]]]:
    """Return the commitments and the progress of each subject, those without a commitment last."""
    groups: dict[tuple[str, str, str], tuple[list[Cells], list[Cells]]] = {}
    for row in commitments:
        groups.setdefault(find_subject(row), ([], []))[0].append(row)
    for row in progress:
        groups.setdefault((row["project_id"], "", ""), ([], []))[1].append(row)
    return list(groups.values())


def _build_row(
    register: Register,
    commitments: Sequence[Cells],
    progress: Sequence[Cells],
    statements: Mapping[str, Cells],
    lang: str,
) -> Row:
    lanes = [
        Lane(
            sentences.format_commitment_row(register, row, statements, lang),
            _build_commitment_spans(row, statements),
            row["statement_ids"],
            COLOURS[row["verdict"]],
        )
        for row in commitments
        if not is_missing(row["deadline_high_day"])
    ]
    lanes += [
        Lane(
            sentences.format_progress_row(register, row, lang),
            (Span(row["said_first_day"].date(), row["said_last_day"].date(), "progress"),),
            row["statement_ids"],
            PROGRESS_COLOUR,
        )
        for row in progress
    ]
    return Row(_format_row_label(register, commitments, progress, lang), tuple(lanes))


def _format_row_label(register: Register, commitments: Sequence[Cells], progress: Sequence[Cells], lang: str) -> str:
    if not commitments:
        return labels.find_row_label(register, "projects", progress[0]["project_id"], lang)
    return format_message(
        lang,
        "schedule.row",
        subject=sentences.format_commitment_subject(register, commitments[0], lang),
        parts=sentences.format_verdict_counts(commitments, lang),
    )


def _build_commitment_spans(row: Cells, statements: Mapping[str, Cells]) -> tuple[Span, ...]:
    first, low, high = (row[name].date() for name in ("due_first_day", "deadline_low_day", "deadline_high_day"))
    spans = [Span(first, low, "certain")]
    if high > low:
        spans.append(Span(low, high, "possible"))
    moves = [statements[statement_id]["deadline_high_day"].date() for statement_id in row["moved_ids"].split()]
    if moves and max(moves) > high:
        spans.append(Span(high, max(moves), "slip"))
    return tuple(spans)


def make_timeline_figure_factory(rows: Sequence[Row], now: date, lang: str) -> FigureFactory:
    """Return a function that draws the rows of commitments and progress in a theme."""

    def build_figure(theme: Theme) -> Figure:
        told = [lane.words for row in rows for lane in row.lanes] or [row.label for row in rows]
        return build_commitments_figure(
            rows=rows,
            now=now,
            now_words=format_as_of_label(now, lang),
            theme=theme,
            alt=format_alt_text(format_message(lang, "nav.schedule"), told, lang),
        )

    return build_figure


def format_as_of_label(now: date, lang: str) -> str:
    """Return the label of the line at the day as of which a figure is drawn."""
    return format_message(lang, "schedule.now", day=sentences.format_jalali_day(now, lang))
