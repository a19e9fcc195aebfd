"""The page of promises and time."""

from collections.abc import Mapping

import streamlit as st

from khoosheh import board, names
from khoosheh.figures.schedule import Point, Row, Span, progress_figure, promises_figure
from khoosheh.figures.theme import Theme
from khoosheh.findings import alt
from khoosheh.findings import schedule as findings
from khoosheh.measures.earned_value import RESULTS
from khoosheh.ui import changes, show, statements
from khoosheh.ui.shell import Page
from khoosheh.ui.table import Cell
from khoosheh.words import missing

# verdict: place in the palette
COLOURS = {
    "kept": 2, "kept_or_late": 2, "kept_late": 6, "late": 5, "moved": 1, "no_later_word": 7, "open_or_past": 4,
    "open": 0, "no_date": 7,
}  # fmt: skip
PROGRESS_COLOUR = 3
CURVE = 2


def draw(page: Page) -> None:
    """Draw the page."""
    promises = board.promises(page.register, page.view.selection)
    rows = list(promises.iter_rows(named=True))
    progress = list(board.progress(page.register, page.view.selection).iter_rows(named=True))
    said = _said(page)
    show.heading(findings.title(rows, page.lang), 1)
    st.caption(page.t("schedule.lead"))
    if not rows and not progress:
        show.nothing(page)
    else:
        _gantt(page, rows, progress, said)
        if rows:
            _ledger(page, promises, rows, said)
        _curves(page, progress)
    _confidence(page)
    _earned(page)
    changes.draw(page, said)


def _said(page: Page) -> dict[str, Mapping]:
    return {row["statement_id"]: row for row in board.table(page.register, "statements").iter_rows(named=True)}


def _now(page: Page) -> tuple[object, str]:
    now = board.day_of(page.register, page.view.selection)
    return now, page.t("schedule.now", day=findings.day(now, page.lang))


def _gantt(page: Page, rows: list[dict], progress: list[dict], said: Mapping) -> None:
    drawn = []
    for row in rows:
        words = findings.promise_row(page.register, row, said, page.lang)
        colour = COLOURS[row["verdict"]]
        drawn.append(
            (
                (_key(row), 0, str(row["deadline_high_day"])),
                Row(words, _spans(row, said), row["statement_ids"], colour),
            )
        )
    for row in progress:
        words = findings.progress_row(page.register, row, page.lang)
        span = Span(row["said_first_day"].date(), row["said_last_day"].date(), "progress")
        drawn.append(
            (
                (row["project_id"], 1, str(row["said_last_day"])),
                Row(words, (span,), row["statement_ids"], PROGRESS_COLOUR),
            )
        )
    drawn.sort(key=lambda one: one[0])
    shown = [row for _, row in drawn]
    now, now_words = _now(page)
    figure = promises_figure(
        rows=shown,
        now=now,
        now_words=now_words,
        theme=Theme(page.lang, page.scheme),
        alt=alt(page.t("nav.schedule"), [row.words for row in shown], page.lang),
    )
    show.chart(page, figure, "schedule")
    st.caption(page.t("schedule.key"))
    show.sources(page, " ".join(row.statement_ids for row in shown), "schedule")


def _key(row: Mapping) -> str:
    return next((row[name] for name in ("project_id", "stage_id", "chain_id") if not missing(row[name])), "")


def _spans(row: Mapping, said: Mapping) -> tuple[Span, ...]:
    if missing(row["deadline_high_day"]):
        return ()
    first, low, high = (row[name].date() for name in ("due_first_day", "deadline_low_day", "deadline_high_day"))
    spans = [Span(first, low, "certain")]
    if high > low:
        spans.append(Span(low, high, "possible"))
    moves = [said[one]["deadline_high_day"].date() for one in row["moved_ids"].split()]
    if moves and max(moves) > high:
        spans.append(Span(high, max(moves), "slip"))
    return tuple(spans)


def _ledger(page: Page, promises: object, rows: list[dict], said: Mapping) -> None:
    show.heading(page.t("schedule.ledger"))
    headings = [
        page.t(f"column.{name}") for name in ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    ]
    cells = []
    for row in rows:
        statement = said[row["statement_id"]]
        moves = [said[one] for one in row["moved_ids"].split()]
        cells.append([
            Cell(findings.subject(page.register, row, page.lang)),
            Cell(findings.promised(page.register, statement, page.lang)),
            Cell(findings.when(statement, page.lang), sort=_stamp(row["deadline_high_day"])),
            Cell(statements.said(page, statement), sort=_stamp(row["said_last_day"])),
            Cell(findings.verdict(row, moves, page.lang)),
            _later(page, row["later_ids"]),
            show.evidence_cell(page, row["statement_ids"]),
        ])  # fmt: skip
    show.open_table(page, "promises", headings, cells, promises, page.t("schedule.ledger"))


def _later(page: Page, ids: str) -> Cell:
    if not ids:
        return Cell(page.t("schedule.nothing_later"), muted=True, sort=0)
    count = len(ids.split())
    return Cell(page.t("evidence.count", count=count), show.evidence_query(page, ids), "/evidence", sort=count)


def _stamp(day: object) -> str:
    return "" if missing(day) else day.date().isoformat()


def _curves(page: Page, progress: list[dict]) -> None:
    now, now_words = _now(page)
    for project in sorted({row["project_id"] for row in progress}):
        mine = [row for row in progress if row["project_id"] == project]
        if len(mine) < CURVE:
            continue
        title = page.t("schedule.curve", project=names.of_row(page.register, "projects", project, page.lang))
        show.heading(title)
        st.caption(page.t("schedule.curve.lead"))
        points = [
            Point(
                row["said_first_day"].date(), row["said_last_day"].date(), row["low_pct"],
                None if missing(row["high_pct"]) else row["high_pct"],
                row["statement_ids"], findings.percent(row, page.lang),
            )
            for row in mine
        ]  # fmt: skip
        words = [findings.progress_row(page.register, row, page.lang) for row in mine]
        figure = progress_figure(
            points=points,
            now=now,
            now_words=now_words,
            colour=PROGRESS_COLOUR,
            theme=Theme(page.lang, page.scheme),
            alt=alt(title, words, page.lang),
        )
        show.chart(page, figure, f"curve-{project}")
        show.sources(page, " ".join(row["statement_ids"] for row in mine), f"curve-{project}")


def _confidence(page: Page) -> None:
    show.heading(page.t("schedule.confidence"), 3)
    told = board.confidence(page.register, page.view.selection)
    if len(told):
        statements.rows_table(page, told, "confidence", page.t("schedule.confidence"))
    else:
        st.caption(page.t("schedule.confidence.none"))


def _earned(page: Page) -> None:
    table = board.earned(page.register, page.view.selection)
    rows = list(table.iter_rows(named=True))
    show.heading(page.t("schedule.earned"), 3)
    st.caption(page.t("schedule.earned.lead"))
    if not rows:
        return
    headings = [
        page.t("column.project_id"),
        *(page.t(f"earned.{name}") for name in RESULTS),
        page.t("column.missing"),
        page.t("column.evidence"),
    ]
    cells = [
        [
            Cell(names.of_row(page.register, "projects", row["project_id"], page.lang)),
            *(_result(page, row, name) for name in RESULTS),
            Cell(findings.lacking(row["missing"], page.lang)),
            show.evidence_cell(page, row["statement_ids"]),
        ]
        for row in rows
    ]
    show.open_table(page, "earned", headings, cells, table, page.t("schedule.earned"))


def _result(page: Page, row: Mapping, name: str) -> Cell:
    return Cell(findings.earned(page.register, row, name, page.lang), muted=missing(row[f"{name}_low"]))
