"""The page of promises and time."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from khoosheh import board, names, slides
from khoosheh.findings import schedule as findings
from khoosheh.measures.earned_value import RESULTS
from khoosheh.ui import changes, show, statements
from khoosheh.ui.shell import Page
from khoosheh.ui.table import Cell
from khoosheh.words import missing

# nobody reads more bars, nor more curves one below the other; tables and downloads have the rest
MOST_BARS, MOST_CURVES = 60, 12


def draw(page: Page) -> None:
    """Draw the page."""
    promises = board.promises(page.register, page.view.selection)
    rows = list(promises.iter_rows(named=True))
    progress = list(board.progress(page.register, page.view.selection).iter_rows(named=True))
    said = slides.promises.statements_by_id(page.register)
    show.heading(findings.title(rows, page.lang), 1)
    st.caption(page.t("schedule.lead"))
    if not rows and not progress:
        show.nothing(page)
    else:
        _gantt(page, rows, progress, said)
        if rows:
            _ledger(page, promises, said)
        _curves(page, progress)
    _confidence(page)
    _earned(page)
    changes.draw(page, said)


def _gantt(page: Page, rows: list[dict], progress: list[dict], said: Mapping) -> None:
    shown = slides.promises.bars(page.register, rows[:MOST_BARS], progress[:MOST_BARS], said, page.lang)[:MOST_BARS]
    now = board.day_of(page.register, page.view.selection)
    show.chart(page, slides.promises.gantt(shown, now, page.lang), "schedule")
    st.caption(page.t("schedule.key"))
    show.more(page, len(shown), len(rows) + len(progress))
    show.sources(page, " ".join(row.statement_ids for row in shown), "schedule")


def _ledger(page: Page, promises: object, said: Mapping) -> None:
    show.heading(page.t("schedule.ledger"))
    headings = [
        page.t(f"column.{name}") for name in ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    ]
    show.open_table(page, "promises", headings, partial(_promised, page, said), promises, page.t("schedule.ledger"))


def _promised(page: Page, said: Mapping, row: Mapping) -> list[Cell]:
    statement = said[row["statement_id"]]
    moves = [said[one] for one in row["moved_ids"].split()]
    return [
        Cell(findings.subject(page.register, row, page.lang)),
        Cell(findings.promised(page.register, statement, page.lang)),
        Cell(findings.when(statement, page.lang), sort=_stamp(row["deadline_high_day"])),
        Cell(statements.said(page, statement), sort=_stamp(row["said_last_day"])),
        Cell(findings.verdict(row, moves, page.lang)),
        _later(page, row["later_ids"]),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _later(page: Page, ids: str) -> Cell:
    if not ids:
        return Cell(page.t("schedule.nothing_later"), muted=True, sort=0)
    count = len(ids.split())
    return Cell(page.t("evidence.count", count=count), show.evidence_query(page, ids), "/evidence", sort=count)


def _stamp(day: object) -> str:
    return "" if missing(day) else day.date().isoformat()


def _curves(page: Page, progress: list[dict]) -> None:
    now = board.day_of(page.register, page.view.selection)
    every = slides.promises.curves(progress)
    for mine in every[:MOST_CURVES]:
        project = mine[0]["project_id"]
        show.heading(slides.promises.curve_title(page.register, mine, page.lang))
        st.caption(page.t("schedule.curve.lead"))
        figure = slides.promises.curve(page.register, mine, now, page.lang)
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
    show.heading(page.t("schedule.earned"), 3)
    st.caption(page.t("schedule.earned.lead"))
    if not len(table):
        return
    headings = [
        page.t("column.project_id"),
        *(page.t(f"earned.{name}") for name in RESULTS),
        page.t("column.missing"),
        page.t("column.evidence"),
    ]
    show.open_table(page, "earned", headings, partial(_results, page), table, page.t("schedule.earned"))


def _results(page: Page, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "projects", row["project_id"], page.lang)),
        *(_result(page, row, name) for name in RESULTS),
        Cell(findings.lacking(row["missing"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _result(page: Page, row: Mapping, name: str) -> Cell:
    return Cell(findings.earned(page.register, row, name, page.lang), muted=missing(row[f"{name}_low"]))
