"""What changed between two days: new statements, and every figure that moved."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from khoosheh import board, calendar
from khoosheh.findings import schedule as findings
from khoosheh.ui import asof, show, statements, table
from khoosheh.ui.shell import Page
from khoosheh.ui.table import Cell

# months before the day of the page, where the reader chose no other
BACK = 12


def draw(page: Page, said: Mapping[str, Mapping]) -> None:
    """Draw the two days, the list of figures that differ, and the statements said between."""
    until = board.day_of(page.register, page.view.selection)
    since = page.view.since_day or back(until)
    days = {"since": findings.day(since, page.lang), "until": findings.day(until, page.lang)}
    show.heading(page.t("changes.title", **days))
    with st.container(horizontal=True, key="khoosheh-since", vertical_alignment="center", gap="small"):
        st.html(f"<span>{table.escape(page.t('changes.since'))}</span>", width="content")
        asof.pick(page, "since", page.view.since or str(calendar.to_jalali(since)))
    if since >= until:
        st.info(page.t("changes.order", **days))
        return
    told = board.said_between(page.register, page.view.selection, since)
    st.caption(page.t("changes.lead", count=len(told), **days))
    _figures(page, since, said, days)
    if len(told):
        with st.expander(page.t("changes.statements", count=len(told))):
            statements.rows_table(page, told, "changes", page.t("changes.statements", count=len(told)))


def back(day: date) -> date:
    """Return the last day of the Jalali month a year before."""
    return calendar.add_months(calendar.to_jalali(day), -BACK).last_day


def _figures(page: Page, since: date, said: Mapping, days: Mapping[str, str]) -> None:
    ladder = board.ladder(page.register)
    cells = []
    for name, pairs in board.changed(page.register, page.view.selection, since).items():
        for before, after in pairs:
            words = [findings.changed(page.register, name, row, ladder, said, page.lang) for row in (before, after)]
            ids = (after or before)["statement_ids"]
            both = [Cell(one, muted=row is None) for one, row in zip(words, (before, after), strict=True)]
            cells.append([Cell(page.t(f"changes.{name}")), *both, show.evidence_cell(page, ids)])
    if not cells:
        st.caption(page.t("changes.none"))
        return
    headings = [page.t("column.figure"), days["since"], days["until"], page.t("column.evidence")]
    table.draw(headings, cells[: show.MOST_ROWS], page.t("changes.title", **days))
    show.more(page, show.MOST_ROWS, len(cells))
