"""Slides of time: promises and what came of them, and stated progress."""

from collections.abc import Mapping, Sequence
from datetime import date

from khoosheh import formatting, labels, queries
from khoosheh.figures.commitments import Point, Row, Span, build_commitments_figure, build_progress_figure
from khoosheh.figures.theme import Figure, FigureFactory, Theme
from khoosheh.formatting import format_alt_text, is_missing
from khoosheh.locale import format_message
from khoosheh.measures.commitments import CommitmentRow, ProgressRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.columns import select_columns
from khoosheh.topics.commitments import sentences as findings
from khoosheh.topics.commitments.columns import COMMITMENT_COLUMNS, PROGRESS_COLUMNS
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.request import Row as Cells
from khoosheh.topics.slide import BARS, POSSIBLE, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import build_slide_table, collect_statement_ids, join_sentences

PAGE = "schedule"
# verdict: place in the palette
COLOURS = {
    "kept": 2, "kept_or_late": 2, "kept_late": 6, "late": 5, "moved": 1, "no_later_word": 7, "open_or_past": 4,
    "open": 0, "no_date": 7,
}  # fmt: skip
PROGRESS_COLOUR = 3
CURVE, WHOLE = 2, 100
# their words take two lines each
MOST = 5
# what came of them, the most telling first: a slide shows only some
TELLING = (
    "late", "moved", "kept_late", "kept_or_late", "kept", "open_or_past", "no_later_word", "open", "no_date",
)  # fmt: skip


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the ledger of promises, and a slide for each project whose progress was stated more than once."""
    rows = read_rows(queries.query_commitments(request.register, request.selection), CommitmentRow)
    progress = read_rows(queries.query_physical_progress(request.register, request.selection), ProgressRow)
    now = queries.find_as_of_day(request.register, request.selection)
    told = index_commitment_statements(request.register)
    found = [_build_commitments_slide(request, rows, progress, told, now)] if rows else []
    return [*found, *(_build_progress_slide(request, mine, now) for mine in select_progress_curves(progress))]


def select_progress_curves(progress: Sequence[Cells]) -> list[list[Cells]]:
    """Return the stated progress of each project that has as many points as make a curve."""
    by_project: dict[str, list[Cells]] = {}
    for row in progress:
        by_project.setdefault(row["project_id"], []).append(row)
    return [by_project[one] for one in sorted(by_project) if len(by_project[one]) >= CURVE]


def build_timeline_rows(
    register: Register, rows: Sequence[Cells], progress: Sequence[Cells], told: Mapping[str, Cells], lang: str
) -> list[Row]:
    """Return promises and progress as rows of a figure, those of one project together."""
    drawn = []
    for row in rows:
        said = findings.format_commitment_row(register, row, told, lang)
        order = (_find_subject_id(row), 0, str(row["deadline_high_day"]))
        drawn.append(
            (order, Row(said, _build_commitment_spans(row, told), row["statement_ids"], COLOURS[row["verdict"]]))
        )
    for row in progress:
        span = Span(row["said_first_day"].date(), row["said_last_day"].date(), "progress")
        order = (row["project_id"], 1, str(row["said_last_day"]))
        said = findings.format_progress_row(register, row, lang)
        drawn.append((order, Row(said, (span,), row["statement_ids"], PROGRESS_COLOUR)))
    return [row for _, row in sorted(drawn, key=lambda one: one[0])]


def _find_subject_id(row: Cells) -> str:
    return next((row[name] for name in ("project_id", "stage_id", "chain_id") if not is_missing(row[name])), "")


def _build_commitment_spans(row: Cells, told: Mapping[str, Cells]) -> tuple[Span, ...]:
    if is_missing(row["deadline_high_day"]):
        return ()
    first, low, high = (row[name].date() for name in ("due_first_day", "deadline_low_day", "deadline_high_day"))
    spans = [Span(first, low, "certain")]
    if high > low:
        spans.append(Span(low, high, "possible"))
    moves = [told[one]["deadline_high_day"].date() for one in row["moved_ids"].split()]
    if moves and max(moves) > high:
        spans.append(Span(high, max(moves), "slip"))
    return tuple(spans)


def make_gantt_figure_factory(drawn: Sequence[Row], now: date, lang: str) -> FigureFactory:
    """Return what draws the rows of promises and progress in a theme."""

    def build_figure(theme: Theme) -> Figure:
        said = format_alt_text(format_message(lang, "nav.schedule"), [row.words for row in drawn], lang)
        return build_commitments_figure(
            rows=drawn, now=now, now_words=_format_as_of_label(now, lang), theme=theme, alt=said
        )

    return build_figure


def _format_as_of_label(now: date, lang: str) -> str:
    return format_message(lang, "schedule.now", day=findings.format_jalali_day(now, lang))


def format_progress_title(register: Register, mine: Sequence[Cells], lang: str) -> str:
    """Return what the figure of the stated progress of a project is called."""
    return format_message(
        lang, "schedule.curve", project=labels.find_row_label(register, "projects", mine[0]["project_id"], lang)
    )


def make_progress_figure_factory(register: Register, mine: Sequence[Cells], now: date, lang: str) -> FigureFactory:
    """Return what draws the stated progress of one project in a theme; its words are written only when it draws."""

    def build_figure(theme: Theme) -> Figure:
        return _prepare_progress_figure(register, mine, now, lang)(theme)

    return build_figure


def _prepare_progress_figure(register: Register, mine: Sequence[Cells], now: date, lang: str) -> FigureFactory:
    """Return the same with all words written: slides are kept, and must not keep the register with them."""
    said = [findings.format_progress_row(register, row, lang) for row in mine]
    told = format_alt_text(format_progress_title(register, mine, lang), said, lang)
    points, label = [_build_progress_point(row, lang) for row in mine], _format_as_of_label(now, lang)
    return lambda theme: build_progress_figure(
        points=points, now=now, now_words=label, colour=PROGRESS_COLOUR, theme=theme, alt=told
    )


def _build_progress_point(row: Cells, lang: str) -> Point:
    high = None if is_missing(row["high_pct"]) else row["high_pct"]
    first, last = row["said_first_day"].date(), row["said_last_day"].date()
    return Point(first, last, row["low_pct"], high, row["statement_ids"], findings.format_progress_percent(row, lang))


def _build_commitments_slide(
    request: FindingRequest, rows: Sequence[Cells], progress: Sequence[Cells], told: Mapping[str, Cells], now: date
) -> Slide:
    drawn = build_timeline_rows(request.register, rows, progress, told, request.lang)
    rows = sorted(rows, key=lambda row: TELLING.index(row["verdict"]))
    shown = build_slide_table(
        request, select_columns(COMMITMENT_COLUMNS, "subject", "promised", "due", "verdict"), rows, MOST
    )
    return Slide(
        key=PAGE,
        page=PAGE,
        title=findings.format_commitments_summary(rows, request.lang),
        known=formatting.format_known_count(
            sum(not is_missing(row["deadline_high_day"]) for row in rows), len(rows), request.lang
        ),
        figure=make_gantt_figure_factory(
            build_timeline_rows(request.register, rows[:MOST], (), told, request.lang), now, request.lang
        ),
        table=shown,
        statement_ids=tuple(dict.fromkeys(" ".join(row.statement_ids for row in drawn).split())),
    )


def _build_progress_slide(request: FindingRequest, mine: Sequence[Cells], now: date) -> Slide:
    more = tuple(
        None
        if is_missing(row["high_pct"]) or row["high_pct"] == row["low_pct"]
        else formatting.compute_interval_width(row["low_pct"], row["high_pct"])
        for row in mine
    )
    told = tuple(
        (findings.format_statement_days(row, request.lang), findings.format_progress_percent(row, request.lang))
        for row in mine
    )
    shown = build_slide_table(request, select_columns(PROGRESS_COLUMNS, "said", "value"), mine)
    certain = tuple(float(row["low_pct"]) for row in mine)
    return Slide(
        key=f"progress-{mine[0]['project_id']}",
        page=PAGE,
        title=format_progress_title(request.register, mine, request.lang),
        note=join_sentences(request.t("slide.points", count=len(mine)), request.t("schedule.curve.lead")),
        figure=_prepare_progress_figure(request.register, mine, now, request.lang),
        native=NativeChart(
            form=BARS,
            categories=tuple(day for day, _ in told),
            series=(
                Series(request.t("slide.at_least"), certain, colour=PROGRESS_COLOUR),
                Series(request.t("slide.possible"), more, POSSIBLE, PROGRESS_COLOUR),
            ),
            unit=request.t("unit.percent"),
            most=WHOLE,
            labels=tuple(percent for _, percent in told),
            instead=request.t("slide.instead.progress"),
        ),
        table=shown,
        statement_ids=collect_statement_ids(mine),
    )
