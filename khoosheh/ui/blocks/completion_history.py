"""Completion over time: each chain and the province, as known on each day."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.engines import is_among
from khoosheh.measures.rows import read_rows
from khoosheh.measures.value_chains import RUN, CompletionHistoryRow
from khoosheh.topics.value_chains.findings import HISTORY
from khoosheh.topics.value_chains.history import (
    build_history_bands,
    format_history_title,
    make_history_figure_factory,
    select_history_chains,
)
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown


def render_completion_history(page: PageContext) -> None:
    """Draw the history of the chosen definition."""
    definition = page.view.definition
    title = format_history_title(definition, page.lang)
    table = queries.query_completion_history(page.register, page.view.selection).filter(
        nw.col("definition") == definition
    )
    rows = read_rows(table, CompletionHistoryRow)
    finding.render_heading(title)
    lead = [page.t(f"definition.{definition}"), page.t("history.lead")]
    _, months = queries.list_history_days(page.register, page.view.selection)
    if months:
        lead.append(page.t(f"history.lead.every_{months}"))
    if not page.view.chain:
        lead.append(page.t("history.lead.run" if definition == RUN else "history.lead.province"))
    st.caption(escape_markdown(" ".join(lead)))
    chains = select_history_chains(page.register, rows, page.view.chain)
    end = queries.find_as_of_day(page.register, page.view.selection)
    bands = build_history_bands(page.register, rows, chains, end, page.lang)
    finding.render_figure(page, make_history_figure_factory(bands, title, page.lang), "history")
    shown = table.filter(is_among("chain_id", chains))
    finding.render_folded_table(page, "history", HISTORY.columns, shown, title)
