"""A difference between two registers on the screen."""

import streamlit as st

from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell
from khoosheh.uploads import DifferenceWords, TableWords


def render_difference(page: PageContext, found: DifferenceWords) -> None:
    """Draw its title, the figures that move, and the rows that differ table by table."""
    st.markdown(escape_markdown(found.title))
    _render_figure_changes(page, found)
    for one in found.tables:
        _render_table_changes(page, one)
    if found.others:
        with st.expander(page.t("difference.others")):
            st.html(f"<ul>{''.join(f'<li><bdi>{tables.escape_html(one)}</bdi></li>' for one in found.others)}</ul>")


def _render_figure_changes(page: PageContext, found: DifferenceWords) -> None:
    if not found.figures:
        return
    finding.render_heading(page.t("difference.figures"), 3)
    headings = [page.t(f"difference.column.{name}") for name in ("figure", "before", "after")]
    with st.expander(escape_markdown(page.t("difference.count", count=found.figures_count))):
        cells = [[Cell(row.kind), Cell(row.before), Cell(row.after)] for row in found.figures]
        tables.render_table(headings, cells, page.t("difference.figures"))
        finding.render_truncation_note(page, len(cells), found.figures_count)


def _render_table_changes(page: PageContext, found: TableWords) -> None:
    with st.expander(escape_markdown(page.t("difference.table", table=found.label, count=found.count))):
        headings = [page.t(f"difference.column.{column}") for column in ("what", "row", "fields")]
        cells = [
            [Cell(page.t(f"difference.{row.what}")), Cell(row.name), Cell(page.t("list.semicolon").join(row.fields))]
            for row in found.rows
        ]
        tables.render_table(headings, cells, found.label)
        finding.render_truncation_note(page, len(cells), found.count)
