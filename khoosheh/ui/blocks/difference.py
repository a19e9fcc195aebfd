"""A difference between two registers on the screen."""

import streamlit as st

from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell
from khoosheh.uploads import DifferenceWords, TableWords


def render_difference(page: PageContext, difference: DifferenceWords) -> None:
    """Draw the title of a difference, the figures that change, and the rows that differ table by table."""
    st.markdown(escape_markdown(difference.title))
    _render_figure_changes(page, difference)
    for table in difference.tables:
        _render_table_changes(page, table)
    if difference.others:
        items = "".join(f"<li><bdi>{tables.escape_html(text)}</bdi></li>" for text in difference.others)
        with st.expander(page.t("difference.others")):
            st.html(f"<ul>{items}</ul>")


def _render_figure_changes(page: PageContext, difference: DifferenceWords) -> None:
    if not difference.figures:
        return
    finding.render_heading(page.t("difference.figures"), 3)
    headings = [page.t(f"difference.column.{name}") for name in ("figure", "before", "after")]
    with st.expander(escape_markdown(page.t("difference.count", count=difference.figures_count))):
        cells = [[Cell(row.kind), Cell(row.before), Cell(row.after)] for row in difference.figures]
        tables.render_table(headings, cells, page.t("difference.figures"))
        finding.render_truncation_note(page, len(cells), difference.figures_count)


def _render_table_changes(page: PageContext, table: TableWords) -> None:
    with st.expander(escape_markdown(page.t("difference.table", table=table.label, count=table.count))):
        headings = [page.t(f"difference.column.{column}") for column in ("what", "row", "fields")]
        cells = [
            [Cell(page.t(f"difference.{row.what}")), Cell(row.name), Cell(page.t("list.semicolon").join(row.fields))]
            for row in table.rows
        ]
        tables.render_table(headings, cells, table.label)
        finding.render_truncation_note(page, len(cells), table.count)
