"""A difference between two registers on the screen."""

from typing import TYPE_CHECKING

import streamlit as st

from khoosheh.findings import difference as findings
from khoosheh.publishing import Difference
from khoosheh.ui import show, table
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page


def draw(page: "Page", found: Difference) -> None:
    """Draw its title, the figures that move, and the rows that differ table by table."""
    st.markdown(plain(findings.title(found, page.lang)))
    _figures(page, findings.figures(found, page.lang))
    for name, rows in findings.tables(found, page.lang).items():
        _rows(page, name, rows)
    others = findings.others(found, page.lang)
    if others:
        with st.expander(page.t("difference.others")):
            st.html(f"<ul>{''.join(f'<li><bdi>{table.escape(one)}</bdi></li>' for one in others)}</ul>")


def _figures(page: "Page", rows: list[findings.FigureWords]) -> None:
    if not rows:
        return
    show.heading(page.t("difference.figures"), 3)
    headings = [page.t(f"difference.column.{name}") for name in ("figure", "before", "after")]
    with st.expander(plain(page.t("difference.count", count=len(rows)))):
        cells = [[Cell(row.kind), Cell(row.before), Cell(row.after)] for row in rows[: show.MOST_ROWS]]
        table.draw(headings, cells, page.t("difference.figures"))
        show.more(page, show.MOST_ROWS, len(rows))


def _rows(page: "Page", name: str, rows: list[findings.RowWords]) -> None:
    with st.expander(plain(page.t("difference.table", table=name, count=len(rows)))):
        headings = [page.t(f"difference.column.{column}") for column in ("what", "row", "fields")]
        cells = [
            [Cell(page.t(f"difference.{row.what}")), Cell(row.name), Cell(page.t("list.semicolon").join(row.fields))]
            for row in rows[: show.MOST_ROWS]
        ]
        table.draw(headings, cells, name)
        show.more(page, show.MOST_ROWS, len(rows))
