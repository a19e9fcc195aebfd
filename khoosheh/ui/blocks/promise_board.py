"""The board of promises: kept, moved, and past due without a later word; each number is a link to its statements."""

import streamlit as st

from khoosheh import queries
from khoosheh.measures.commitment_board import PENDING, BoardRow
from khoosheh.measures.common import join_ids
from khoosheh.measures.rows import read_rows
from khoosheh.persian import format_number
from khoosheh.topics.commitments.board import BoardColumn, BoardEntry, build_board_columns
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup.tables import escape_html

# subjects that a column names at most
MOST_ENTRIES = 5


def render_promise_board(page: PageContext) -> None:
    """Draw the board as one element."""
    st.html(cached_render(page, "board", lambda: _build_board_html(page)))


def _build_board_html(page: PageContext) -> str:
    board = queries.query_commitment_board(page.register, page.view.selection)
    rows = read_rows(board, BoardRow)
    columns = build_board_columns(page.request, rows, MOST_ENTRIES)
    sections = "".join(_build_column_html(page, column) for column in columns)
    pending = [row for row in rows if row["group"] == PENDING]
    more = page.t("board.pending", count=sum(row["count"] for row in pending))
    link = finding.build_evidence_link(page, more, join_ids(row["statement_ids"] for row in pending))
    return f'<div class="khoosheh-board">{sections}{f"<p>{link}</p>" if pending else ""}</div>'


def _build_column_html(page: PageContext, column: BoardColumn) -> str:
    shown = format_number(column.count, page.lang)
    number = finding.build_evidence_link(page, shown, column.statement_ids) if column.count else escape_html(shown)
    entries = "".join(_build_entry_html(page, entry) for entry in column.entries)
    more = f"<li>{escape_html(page.t('board.more', count=column.more))}</li>" if column.more else ""
    subjects = f"<ul>{entries}{more}</ul>" if entries else ""
    return (
        f'<section style="--mark: {page.theme.mark_colour(column.colour)}">'
        f"<h2><b>{number}</b> {escape_html(column.title)}</h2>{subjects}</section>"
    )


def _build_entry_html(page: PageContext, entry: BoardEntry) -> str:
    link = finding.build_evidence_link(page, entry.subject, entry.statement_ids)
    return f"<li><bdi>{link}</bdi> <small>{escape_html(entry.words)}</small></li>"
