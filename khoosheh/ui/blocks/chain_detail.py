"""One chain: which one is shown, the control that changes it, and all that was stated of it."""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.engines import is_among
from khoosheh.measures.value_chains import CompletionRow
from khoosheh.topics.value_chains.order import list_ordered_chains
from khoosheh.topics.value_chains.sentences import find_furthest_chain, format_chain_summary
from khoosheh.ui.blocks import capacity_balance, chain_map, next_missing_link, scenario, statements
from khoosheh.ui.blocks.chain_matrix import ANCHOR
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import address_bar

DETAIL = "detail"


def find_shown_chain(page: PageContext, rows: Sequence[CompletionRow]) -> str:
    """Return the chain of the address, else that of its assumptions, else the one that is furthest for certain.

    ``rows``: the completion of the selected chains, at least one.
    """
    chains = list_ordered_chains(page.register, rows)
    assumed = [stage for stage, _ in page.view.assumed]
    stages = queries.read_register_table(page.register, "stages").filter(is_among("stage_id", assumed))
    named = (page.view.detail, page.view.trial, *stages["chain_id"].to_list())
    furthest = find_furthest_chain(rows)
    return next((chain for chain in named if chain in chains), furthest["chain_id"] if furthest else chains[0])


def render_chain_chooser(page: PageContext, rows: Sequence[CompletionRow], shown: str) -> None:
    """Draw the control that changes the shown chain; nothing where there is one chain only."""
    chains = list_ordered_chains(page.register, rows)
    if len(chains) < 2:
        return
    st.session_state[DETAIL] = shown
    st.pills(
        page.t("filter.detail"), chains, key=DETAIL, required=True, on_change=_write_shown_chain,
        format_func=lambda chain: escape_markdown(labels.find_row_label(page.register, "chains", chain, page.lang)),
    )  # fmt: skip


def _write_shown_chain() -> None:
    address_bar.write_field(DETAIL, st.session_state[DETAIL] or "")
    address_bar.rerun_view()


def render_chain_detail(page: PageContext, chain: str, rows: Sequence[CompletionRow]) -> None:
    """Draw a chain: how much of it operates, its next missing link, its map, its balance and assumptions."""
    title = format_chain_summary(page.register, chain, rows, page.lang)
    finding.render_heading(title, anchor=ANCHOR)
    next_missing_link.render_missing_link(page, chain)
    chain_map.render_chain_map(page, chain, title)
    next_missing_link.render_single_additions(page, chain)
    capacity_balance.render_chain_balance(page, chain)
    _render_chain_statements(page, chain)
    scenario.render_scenario(page, chain)


def _render_chain_statements(page: PageContext, chain: str) -> None:
    """Draw the statements of a chain that are not about states, and those about its needs, each set folded."""
    in_chain = nw.col("chain_id") == chain
    spoken = queries.select_chain_statements(page.register, page.view.selection).filter(in_chain)
    if len(spoken):
        title = page.t("chains.spoken", count=len(spoken))
        statements.render_folded_statements(page, spoken, f"chain-{chain}", title)
    of_needs = queries.select_need_statements(page.register, page.view.selection)
    if len(of_needs.filter(in_chain)):
        of_chain_or_none = of_needs.filter(nw.col("chain_id").is_null() | in_chain)
        statements.render_folded_statements(page, of_chain_or_none, f"needs-{chain}", page.t("chains.needs"))
