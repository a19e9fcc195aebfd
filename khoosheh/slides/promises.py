"""Slides of time: promises and what came of them, and stated progress."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import narwhals as nw

from khoosheh import board, names, words
from khoosheh.figures.schedule import Point, Row, Span, progress_figure, promises_figure
from khoosheh.figures.theme import Theme
from khoosheh.findings import alt
from khoosheh.findings import schedule as findings
from khoosheh.locale import text
from khoosheh.register import Register, remembered
from khoosheh.slides.asked import Asked, behind, lines, table
from khoosheh.slides.slide import BARS, POSSIBLE, Native, Series, Slide
from khoosheh.words import missing

PAGE = "schedule"
COLUMNS = ("subject", "promised", "due", "verdict")
# verdict: place in the palette
COLOURS = {
    "kept": 2, "kept_or_late": 2, "kept_late": 6, "late": 5, "moved": 1, "no_later_word": 7, "open_or_past": 4,
    "open": 0, "no_date": 7,
}  # fmt: skip
PROGRESS_COLOUR = 3
CURVE, WHOLE = 2, 100
# their words take two lines each
MOST = 5
# what came of them, the most telling first: a room sees only some
TELLING = (
    "late", "moved", "kept_late", "kept_or_late", "kept", "open_or_past", "no_later_word", "open", "no_date",
)  # fmt: skip

Cells = Mapping[str, object]


def slides(asked: Asked) -> list[Slide]:
    """Return the ledger of promises, and a slide for each project whose progress was stated more than once."""
    rows = list(board.promises(asked.register, asked.selection).iter_rows(named=True))
    progress = list(board.progress(asked.register, asked.selection).iter_rows(named=True))
    now = board.day_of(asked.register, asked.selection)
    told = statements_by_id(asked.register)
    found = [_ledger(asked, rows, progress, told, now)] if rows else []
    return [*found, *(_curve(asked, mine, now) for mine in curves(progress))]


@remembered
def statements_by_id(register: Register) -> dict[str, Cells]:
    """Return all promises by the ids of their statements."""
    promised = ~nw.col("due_state").is_null() | ~nw.col("deadline_high_day").is_null()
    return {row["statement_id"]: row for row in board.own(register).filter(promised).iter_rows(named=True)}


def curves(progress: Sequence[Cells]) -> list[list[Cells]]:
    """Return the stated progress of each project that has as many points as make a curve."""
    by_project: dict[str, list[Cells]] = {}
    for row in progress:
        by_project.setdefault(row["project_id"], []).append(row)
    return [by_project[one] for one in sorted(by_project) if len(by_project[one]) >= CURVE]


def bars(
    register: Register, rows: Sequence[Cells], progress: Sequence[Cells], told: Mapping[str, Cells], lang: str
) -> list[Row]:
    """Return promises and progress as rows of a figure, those of one project together."""
    drawn = []
    for row in rows:
        said = findings.promise_row(register, row, told, lang)
        order = (_key(row), 0, str(row["deadline_high_day"]))
        drawn.append((order, Row(said, _spans(row, told), row["statement_ids"], COLOURS[row["verdict"]])))
    for row in progress:
        span = Span(row["said_first_day"].date(), row["said_last_day"].date(), "progress")
        order = (row["project_id"], 1, str(row["said_last_day"]))
        said = findings.progress_row(register, row, lang)
        drawn.append((order, Row(said, (span,), row["statement_ids"], PROGRESS_COLOUR)))
    return [row for _, row in sorted(drawn, key=lambda one: one[0])]


def _key(row: Cells) -> str:
    return next((row[name] for name in ("project_id", "stage_id", "chain_id") if not missing(row[name])), "")


def _spans(row: Cells, told: Mapping[str, Cells]) -> tuple[Span, ...]:
    if missing(row["deadline_high_day"]):
        return ()
    first, low, high = (row[name].date() for name in ("due_first_day", "deadline_low_day", "deadline_high_day"))
    spans = [Span(first, low, "certain")]
    if high > low:
        spans.append(Span(low, high, "possible"))
    moves = [told[one]["deadline_high_day"].date() for one in row["moved_ids"].split()]
    if moves and max(moves) > high:
        spans.append(Span(high, max(moves), "slip"))
    return tuple(spans)


def gantt(drawn: Sequence[Row], now: date, lang: str) -> Callable[[Theme], object]:
    """Return what draws the rows of promises and progress in a theme."""

    def draw(theme: Theme) -> object:
        said = alt(text(lang, "nav.schedule"), [row.words for row in drawn], lang)
        return promises_figure(rows=drawn, now=now, now_words=_now(now, lang), theme=theme, alt=said)

    return draw


def _now(now: date, lang: str) -> str:
    return text(lang, "schedule.now", day=findings.day(now, lang))


def curve_title(register: Register, mine: Sequence[Cells], lang: str) -> str:
    """Return what the figure of the stated progress of a project is called."""
    return text(lang, "schedule.curve", project=names.of_row(register, "projects", mine[0]["project_id"], lang))


def curve(register: Register, mine: Sequence[Cells], now: date, lang: str) -> Callable[[Theme], object]:
    """Return what draws the stated progress of one project in a theme."""

    def draw(theme: Theme) -> object:
        said = [findings.progress_row(register, row, lang) for row in mine]
        told = alt(curve_title(register, mine, lang), said, lang)
        return progress_figure(
            points=[_point(row, lang) for row in mine], now=now, now_words=_now(now, lang), colour=PROGRESS_COLOUR,
            theme=theme, alt=told,
        )  # fmt: skip

    return draw


def _point(row: Cells, lang: str) -> Point:
    high = None if missing(row["high_pct"]) else row["high_pct"]
    first, last = row["said_first_day"].date(), row["said_last_day"].date()
    return Point(first, last, row["low_pct"], high, row["statement_ids"], findings.percent(row, lang))


def _ledger(
    asked: Asked, rows: Sequence[Cells], progress: Sequence[Cells], told: Mapping[str, Cells], now: date
) -> Slide:
    drawn = bars(asked.register, rows, progress, told, asked.lang)
    rows = sorted(rows, key=lambda row: TELLING.index(row["verdict"]))
    shown = table(asked, COLUMNS, (_cells(asked, row, told) for row in rows), MOST)
    return Slide(
        key=PAGE,
        page=PAGE,
        title=findings.title(rows, asked.lang),
        known=words.known_of(sum(not missing(row["deadline_high_day"]) for row in rows), len(rows), asked.lang),
        figure=gantt(bars(asked.register, rows[:MOST], (), told, asked.lang), now, asked.lang),
        table=shown,
        statement_ids=tuple(dict.fromkeys(" ".join(row.statement_ids for row in drawn).split())),
    )


def _cells(asked: Asked, row: Cells, told: Mapping[str, Cells]) -> tuple[str, ...]:
    statement = told[row["statement_id"]]
    moves = [told[one] for one in row["moved_ids"].split()]
    return (
        findings.subject(asked.register, row, asked.lang),
        findings.promised(asked.register, statement, asked.lang),
        findings.when(statement, asked.lang),
        findings.verdict(row, moves, asked.lang),
    )


def _curve(asked: Asked, mine: Sequence[Cells], now: date) -> Slide:
    more = tuple(
        None
        if missing(row["high_pct"]) or row["high_pct"] == row["low_pct"]
        else words.apart(row["low_pct"], row["high_pct"])
        for row in mine
    )
    told = tuple((findings.said_on(row, asked.lang), findings.percent(row, asked.lang)) for row in mine)
    shown = table(asked, ("said", "value"), told)
    certain = tuple(float(row["low_pct"]) for row in mine)
    return Slide(
        key=f"progress-{mine[0]['project_id']}",
        page=PAGE,
        title=curve_title(asked.register, mine, asked.lang),
        note=lines(asked.t("slide.points", count=len(mine)), asked.t("schedule.curve.lead")),
        figure=curve(asked.register, mine, now, asked.lang),
        native=Native(
            form=BARS,
            categories=tuple(day for day, _ in told),
            series=(
                Series(asked.t("slide.at_least"), certain, colour=PROGRESS_COLOUR),
                Series(asked.t("slide.possible"), more, POSSIBLE, PROGRESS_COLOUR),
            ),
            unit=asked.t("unit.percent"),
            most=WHOLE,
            labels=tuple(percent for _, percent in told),
            instead=asked.t("slide.instead.progress"),
        ),
        table=shown,
        statement_ids=behind(mine),
    )
