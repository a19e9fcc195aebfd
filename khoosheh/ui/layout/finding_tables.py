"""The table of a finding on the screen, and its download."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from khoosheh import downloads
from khoosheh.engines import Frame, collect_frame
from khoosheh.formatting import is_missing
from khoosheh.measures.rows import Table
from khoosheh.topics.columns import SOURCE, Column
from khoosheh.topics.request import Row
from khoosheh.topics.sources import format_source_title, get_source_address
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.tables import Cell


def render_folded_table(
    page: PageContext,
    key: str,
    columns: Sequence[Column],
    data: Table,
    caption: str,
    rows: Sequence[Row] = (),
) -> None:
    """Draw a folded table, with its download; see :func:`render_open_table`."""

    def build_folded_table() -> str:
        table_html = _build_finding_table(page, columns, rows or data, caption, headed=False)
        return tables.build_folded_html(page.t("table.open"), table_html, key)

    st.html(cached_render(page, ("table", key), build_folded_table))
    render_csv_button(page, key, data)


def render_open_table(
    page: PageContext,
    key: str,
    columns: Sequence[Column],
    data: Table,
    caption: str,
    rows: Sequence[Row] = (),
) -> None:
    """Draw a table without folding it, with its download.

    The table is cached for all readers of the same view. ``rows``: the rows that are shown, if not all of ``data``.
    """
    build_table = partial(_build_finding_table, page, columns, rows or data, caption, headed=True)
    st.html(cached_render(page, ("table", key), build_table))
    render_csv_button(page, key, data)


def _build_finding_table(
    page: PageContext, columns: Sequence[Column], data: Table | Sequence[Row], caption: str, *, headed: bool
) -> str:
    """Return the first rows as an HTML table, with a note on the number of all rows if there are more."""
    shown = (
        data[: finding.MOST_ROWS]
        if isinstance(data, Sequence)
        else data.head(finding.MOST_ROWS).iter_rows(named=True)
    )
    cells = [build_table_cells(page, columns, row) for row in shown]
    table_html = tables.build_table_html(format_headings(page, columns), cells, caption, headed=headed)
    return table_html + finding.build_truncation_note(page, finding.MOST_ROWS, len(data))


def render_plain_table(page: PageContext, columns: Sequence[Column], rows: Sequence[Row], caption: str) -> None:
    """Draw some rows of a finding's table without its download."""
    cells = [build_table_cells(page, columns, row) for row in rows]
    tables.render_table(format_headings(page, columns), cells, caption)


def render_csv_button(page: PageContext, key: str, data: Frame) -> None:
    """Draw a button that downloads a table as CSV."""
    asof = page.view.asof or page.register.compiled_on
    st.download_button(
        page.t("table.csv"),
        # a function, so that the file is built only for a reader who downloads it
        lambda: downloads.make_csv_file(collect_frame(data)),
        file_name=f"khoosheh-{key}-{asof}.csv",
        mime="text/csv",
        key=f"csv-{key}",
        on_click="ignore",
        icon=":material/download:",
        type="tertiary",
    )


def build_source_cell(page: PageContext, source_id: str) -> Cell:
    """Return a table cell with a link to the source of its row."""
    title = format_source_title(page.request, source_id)
    return Cell(title, href=get_source_address(page.register, source_id))


def format_headings(page: PageContext, columns: Sequence[Column]) -> list[str]:
    """Return the headings of a finding's table."""
    return [column.format_heading(page.request) for column in columns if column.is_shown]


def build_table_cells(page: PageContext, columns: Sequence[Column], row: Row) -> list[Cell]:
    """Return the cells of a row of a finding's table."""
    return [_build_cell(page, column, row) for column in columns if column.is_shown]


def _build_cell(page: PageContext, column: Column, row: Row) -> Cell:
    sort = column.sort(row) if column.sort else None
    if column.leads_to is None:
        return Cell(column.format_cell(page.request, row), muted=column.muted(row), sort=sort)
    ids = column.field(row)
    if is_missing(ids) or not ids:
        return Cell(page.t(column.missing), muted=True, sort=sort)
    if column.leads_to(row) == SOURCE:
        return build_source_cell(page, ids)
    return replace(finding.build_evidence_cell(page, ids), sort=sort)
