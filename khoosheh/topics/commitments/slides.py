"""Slides about time: commitments with their outcome, and stated progress."""

from collections.abc import Mapping, Sequence
from datetime import date

from khoosheh import formatting, labels, queries
from khoosheh.figures.stated_progress import Point, build_progress_figure
from khoosheh.figures.theme import Figure, FigureFactory, Theme
from khoosheh.formatting import format_alt_text, is_missing
from khoosheh.locale import format_message
from khoosheh.measures.commitment_board import find_subject
from khoosheh.measures.commitments import CommitmentRow, ProgressRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.columns import select_columns
from khoosheh.topics.commitments import sentences as findings
from khoosheh.topics.commitments.columns import COMMITMENT_COLUMNS, PROGRESS_COLUMNS
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.commitments.timeline import (
    PROGRESS_COLOUR,
    build_timeline_rows,
    format_as_of_label,
    make_timeline_figure_factory,
)
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.request import Row as Cells
from khoosheh.topics.slide import BARS, POSSIBLE, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import build_slide_table, collect_statement_ids, join_sentences

PAGE = "schedule"
CURVE, WHOLE = 2, 100
# rows of the slide's table, of two lines each
MOST = 5
# verdicts in the order in which a slide shows commitments, of which it has room for few
SLIDE_ORDER = (
    "late", "moved", "kept_late", "kept_or_late", "kept", "open_or_past", "no_later_word", "open", "no_date",
)  # fmt: skip


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slide of commitments, and a slide for each project whose progress was stated more than once."""
    rows = read_rows(queries.query_commitments(request.register, request.selection), CommitmentRow)
    progress = read_rows(queries.query_physical_progress(request.register, request.selection), ProgressRow)
    now = queries.find_as_of_day(request.register, request.selection)
    statements = index_commitment_statements(request.register)
    slides = [_build_commitments_slide(request, rows, progress, statements, now)] if rows else []
    return [
        *slides,
        *(_build_progress_slide(request, project_rows, now) for project_rows in select_progress_curves(progress)),
    ]


def select_progress_curves(progress: Sequence[Cells]) -> list[list[Cells]]:
    """Return the stated progress of each project with at least ``CURVE`` points."""
    by_project: dict[str, list[Cells]] = {}
    for row in progress:
        by_project.setdefault(row["project_id"], []).append(row)
    return [by_project[project_id] for project_id in sorted(by_project) if len(by_project[project_id]) >= CURVE]


def format_progress_title(register: Register, rows: Sequence[Cells], lang: str) -> str:
    """Return the title of the figure of the stated progress of a project."""
    return format_message(
        lang, "schedule.curve", project=labels.find_row_label(register, "projects", rows[0]["project_id"], lang)
    )


def make_progress_figure_factory(register: Register, rows: Sequence[Cells], now: date, lang: str) -> FigureFactory:
    """Return a function that draws the stated progress of a project in a theme, and formats its texts only then."""

    def build_figure(theme: Theme) -> Figure:
        return _prepare_progress_figure(register, rows, now, lang)(theme)

    return build_figure


def _prepare_progress_figure(register: Register, rows: Sequence[Cells], now: date, lang: str) -> FigureFactory:
    """Return the same function with all texts formatted: a cached slide must not refer to the register."""
    sentences = [findings.format_progress_row(register, row, lang) for row in rows]
    alt_text = format_alt_text(format_progress_title(register, rows, lang), sentences, lang)
    points, now_words = [_build_progress_point(row, lang) for row in rows], format_as_of_label(now, lang)
    return lambda theme: build_progress_figure(
        points=points, now=now, now_words=now_words, colour=PROGRESS_COLOUR, theme=theme, alt=alt_text
    )


def _build_progress_point(row: Cells, lang: str) -> Point:
    high = None if is_missing(row["high_pct"]) else row["high_pct"]
    first, last = row["said_first_day"].date(), row["said_last_day"].date()
    return Point(first, last, row["low_pct"], high, row["statement_ids"], findings.format_progress_percent(row, lang))


def _build_commitments_slide(
    request: FindingRequest,
    rows: Sequence[Cells],
    progress: Sequence[Cells],
    statements: Mapping[str, Cells],
    now: date,
) -> Slide:
    rows = sorted(rows, key=lambda row: SLIDE_ORDER.index(row["verdict"]))
    # a row of the figure tells of all commitments of its subject
    drawn = {find_subject(row) for row in rows[:MOST]}
    drawn_rows = [row for row in rows if find_subject(row) in drawn]
    table = build_slide_table(
        request, select_columns(COMMITMENT_COLUMNS, "subject", "promised", "due", "verdict"), rows, MOST
    )
    return Slide(
        key=PAGE,
        page=PAGE,
        title=findings.format_commitments_summary(rows, request.lang),
        known=formatting.format_known_count(
            sum(not is_missing(row["deadline_high_day"]) for row in rows), len(rows), request.lang
        ),
        figure=make_timeline_figure_factory(
            build_timeline_rows(request.register, drawn_rows, (), statements, request.lang), now, request.lang
        ),
        table=table,
        statement_ids=collect_statement_ids([*rows, *progress]),
    )


def _build_progress_slide(request: FindingRequest, rows: Sequence[Cells], now: date) -> Slide:
    more = tuple(
        None
        if is_missing(row["high_pct"]) or row["high_pct"] == row["low_pct"]
        else formatting.compute_interval_width(row["low_pct"], row["high_pct"])
        for row in rows
    )
    table = build_slide_table(request, select_columns(PROGRESS_COLUMNS, "said", "value"), rows)
    certain = tuple(float(row["low_pct"]) for row in rows)
    return Slide(
        key=f"progress-{rows[0]['project_id']}",
        page=PAGE,
        title=format_progress_title(request.register, rows, request.lang),
        note=join_sentences(request.t("slide.points", count=len(rows)), request.t("schedule.curve.lead")),
        figure=_prepare_progress_figure(request.register, rows, now, request.lang),
        native=NativeChart(
            form=BARS,
            categories=tuple(findings.format_statement_days(row, request.lang) for row in rows),
            series=(
                Series(request.t("slide.at_least"), certain, colour=PROGRESS_COLOUR),
                Series(request.t("slide.possible"), more, POSSIBLE, PROGRESS_COLOUR),
            ),
            unit=request.t("unit.percent"),
            most=WHOLE,
            labels=tuple(findings.format_progress_percent(row, request.lang) for row in rows),
            instead=request.t("slide.instead.progress"),
        ),
        table=table,
        statement_ids=collect_statement_ids(rows),
    )
