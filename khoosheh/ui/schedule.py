"""The page of promises and time."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, names, slides
from khoosheh.findings import schedule as findings
from khoosheh.measures.earned_value import RESULTS
from khoosheh.ui import changes, show, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.table import Cell
from khoosheh.words import missing

# nobody reads more bars, nor more curves one below the other; tables and downloads have the rest
MOST_BARS, MOST_CURVES = 60, 12


def draw(page: PageContext) -> None:
    """Draw the page."""
    promises = board.promises(page.register, page.view.selection)
    progress = board.progress(page.register, page.view.selection)
    said = slides.promises.statements_by_id(page.register)
    show.heading(kept(page, "promises", lambda: findings.title(_rows(promises), page.lang)), 1)
    st.caption(page.t("schedule.lead"))
    if not len(promises) and not len(progress):
        show.nothing(page)
    else:
        _gantt(page, promises, progress, said)
        if len(promises):
            _ledger(page, promises, said)
        _curves(page, progress)
    _confidence(page)
    _earned(page)
    changes.draw(page, said)


def _rows(frame: nw.DataFrame) -> list[dict]:
    return list(frame.iter_rows(named=True))


def _gantt(page: PageContext, promises: nw.DataFrame, progress: nw.DataFrame, said: Mapping) -> None:
    shown = kept(page, "bars", lambda: _bars(page, promises, progress, said))
    now = board.day_of(page.register, page.view.selection)
    show.chart(page, slides.promises.gantt(shown, now, page.lang), "schedule")
    st.caption(page.t("schedule.key"))
    show.more(page, len(shown), len(promises) + len(progress))
    show.sources(page, " ".join(row.statement_ids for row in shown), "schedule")


def _bars(
    page: PageContext, promises: nw.DataFrame, progress: nw.DataFrame, said: Mapping
) -> list[slides.promises.Row]:
    first = [_rows(one.head(MOST_BARS)) for one in (promises, progress)]
    return slides.promises.bars(page.register, *first, said, page.lang)[:MOST_BARS]


def _ledger(page: PageContext, promises: object, said: Mapping) -> None:
    show.heading(page.t("schedule.ledger"))
    headings = [
        page.t(f"column.{name}") for name in ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    ]
    show.open_table(page, "promises", headings, partial(_promised, page, said), promises, page.t("schedule.ledger"))


def _promised(page: PageContext, said: Mapping, row: Mapping) -> list[Cell]:
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


def _later(page: PageContext, ids: str) -> Cell:
    if not ids:
        return Cell(page.t("schedule.nothing_later"), muted=True, sort=0)
    count = len(ids.split())
    return Cell(page.t("evidence.count", count=count), show.evidence_query(page, ids), "evidence", sort=count)


def _stamp(day: object) -> str:
    return "" if missing(day) else day.date().isoformat()


def _curves(page: PageContext, progress: nw.DataFrame) -> None:
    now = board.day_of(page.register, page.view.selection)
    every = kept(page, "curves", lambda: slides.promises.curves(_rows(progress)))
    for mine in every[:MOST_CURVES]:
        project = mine[0]["project_id"]
        show.heading(slides.promises.curve_title(page.register, mine, page.lang))
        st.caption(page.t("schedule.curve.lead"))
        figure = slides.promises.curve(page.register, mine, now, page.lang)
        show.chart(page, figure, f"curve-{project}")
        show.sources(page, " ".join(row["statement_ids"] for row in mine), f"curve-{project}")


def _confidence(page: PageContext) -> None:
    show.heading(page.t("schedule.confidence"), 3)
    told = board.confidence(page.register, page.view.selection)
    if len(told):
        statements.rows_table(page, told, "confidence", page.t("schedule.confidence"))
    else:
        st.caption(page.t("schedule.confidence.none"))


def _earned(page: PageContext) -> None:
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


def _results(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "projects", row["project_id"], page.lang)),
        *(_result(page, row, name) for name in RESULTS),
        Cell(findings.lacking(row["missing"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _result(page: PageContext, row: Mapping, name: str) -> Cell:
    return Cell(findings.earned(page.register, row, name, page.lang), muted=missing(row[f"{name}_low"]))
