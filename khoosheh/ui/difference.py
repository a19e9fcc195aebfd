"""A difference between two registers on the screen."""

import streamlit as st

from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.uploads import DifferenceWords, TableWords


def draw(page: PageContext, found: DifferenceWords) -> None:
    """Draw its title, the figures that move, and the rows that differ table by table."""
    st.markdown(plain(found.title))
    _figures(page, found)
    for one in found.tables:
        _rows(page, one)
    if found.others:
        with st.expander(page.t("difference.others")):
            st.html(f"<ul>{''.join(f'<li><bdi>{table.escape(one)}</bdi></li>' for one in found.others)}</ul>")


def _figures(page: PageContext, found: DifferenceWords) -> None:
    if not found.figures:
        return
    show.heading(page.t("difference.figures"), 3)
    headings = [page.t(f"difference.column.{name}") for name in ("figure", "before", "after")]
    with st.expander(plain(page.t("difference.count", count=found.figures_count))):
        cells = [[Cell(row.kind), Cell(row.before), Cell(row.after)] for row in found.figures]
        table.draw(headings, cells, page.t("difference.figures"))
        show.more(page, len(cells), found.figures_count)


def _rows(page: PageContext, found: TableWords) -> None:
    with st.expander(plain(page.t("difference.table", table=found.label, count=found.count))):
        headings = [page.t(f"difference.column.{column}") for column in ("what", "row", "fields")]
        cells = [
            [Cell(page.t(f"difference.{row.what}")), Cell(row.name), Cell(page.t("list.semicolon").join(row.fields))]
            for row in found.rows
        ]
        table.draw(headings, cells, found.label)
        show.more(page, len(cells), found.count)
