"""What changed between two days: new statements, and every figure that moved."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from khoosheh import board, calendar
from khoosheh.findings import schedule as findings
from khoosheh.measures.changes import Pair
from khoosheh.ui import asof, show, statements, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell

# months before the day of the page, where the reader chose no other
BACK = 12


def draw(page: PageContext, said: Mapping[str, Mapping]) -> None:
    """Draw the two days, the list of figures that differ, and the statements said between."""
    until = board.day_of(page.register, page.view.selection)
    since = page.view.since_day or back(until)
    days = {"since": findings.day(since, page.lang), "until": findings.day(until, page.lang)}
    show.heading(page.t("changes.title", **days))
    with st.container(horizontal=True, key="khoosheh-since", vertical_alignment="center", gap="small"):
        st.html(f"<span>{table.escape(page.t('changes.since'))}</span>", width="content")
        asof.pick(page, "since", page.view.since or str(calendar.to_jalali(since)))
    if since >= until:
        st.info(plain(page.t("changes.order", **days)))
        return
    told = board.said_between(page.register, page.view.selection, since)
    st.caption(plain(page.t("changes.lead", count=len(told), **days)))
    _figures(page, since, said, days)
    if len(told):
        with st.expander(plain(page.t("changes.statements", count=len(told)))):
            statements.rows_table(page, told, "changes", page.t("changes.statements", count=len(told)))


def back(day: date) -> date:
    """Return the last day of the Jalali month a year before."""
    return calendar.add_months(calendar.to_jalali(day), -BACK).last_day


def _figures(page: PageContext, since: date, said: Mapping, days: Mapping[str, str]) -> None:
    drawn, rows = kept(page, "changes", lambda: _table(page, since, said, days))
    if not rows:
        st.caption(page.t("changes.none"))
        return
    st.html(drawn)
    show.more(page, show.MOST_ROWS, rows)


def _table(page: PageContext, since: date, said: Mapping, days: Mapping[str, str]) -> tuple[str, int]:
    """Return the table of what differs as HTML, and how many rows there are; the first of them are drawn."""
    changed = board.changed(page.register, page.view.selection, since)
    every = [(name, pair) for name, pairs in changed.items() for pair in pairs]
    headings = [page.t("column.figure"), days["since"], days["until"], page.t("column.evidence")]
    cells = [_cells(page, name, pair, said) for name, pair in every[: show.MOST_ROWS]]
    return table.drawn(headings, cells, page.t("changes.title", **days)), len(every)


def _cells(page: PageContext, name: str, pair: Pair, said: Mapping) -> list[Cell]:
    ladder = board.ladder(page.register)
    words = [findings.changed(page.register, name, row, ladder, said, page.lang) for row in pair]
    both = [Cell(one, muted=row is None) for one, row in zip(words, pair, strict=True)]
    before, after = pair
    return [Cell(page.t(f"changes.{name}")), *both, show.evidence_cell(page, (after or before)["statement_ids"])]
