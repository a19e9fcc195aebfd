"""The page of value chains."""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.value_chains import DEFINITIONS, CompletionRow
from khoosheh.topics.value_chains.findings import COMPLETION, STAGES
from khoosheh.topics.value_chains.order import list_all_chains
from khoosheh.topics.value_chains.sentences import format_chain_summary
from khoosheh.ui.blocks import (
    capacity_balance,
    chain_map,
    completion_history,
    next_missing_link,
    scenario,
    statements,
)
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown


def render_value_chains(page: PageContext) -> None:
    """Draw the page."""
    completion = queries.query_chain_completion(page.register, page.view.selection)
    rows = read_rows(completion, CompletionRow)
    finding.render_heading(COMPLETION.format_sentence(page.request, rows), 1)
    st.caption(page.t("chains.lead"))
    if not rows:
        finding.render_empty_result(page)
        return
    _render_completion_figures(page, rows)
    order = list_all_chains(page.register)
    render_completion_table(page, completion, rows)
    completion_history.render_completion_history(page)
    st.caption(
        escape_markdown(
            page.t("chains.ladder", states=_format_ladder(page, queries.list_stage_states(page.register)))
        )
    )
    st.caption(escape_markdown(" ".join(page.t(f"map.key.{part}") for part in ("order", "box", "flow"))))
    states = queries.query_stage_states(page.register, page.view.selection)
    of_chains = queries.select_chain_statements(page.register, page.view.selection)
    selected = set(states["chain_id"].to_list())
    for chain in order:
        if chain in selected:
            _render_chain(page, chain, rows, states, of_chains)
    of_no_chain = of_chains.filter(nw.col("chain_id").is_null())
    if len(of_no_chain):
        finding.render_heading(page.t("chains.rest"))
        statements.render_statements_table(page, of_no_chain, "chains-rest", page.t("chains.rest"))


def _render_completion_figures(page: PageContext, rows: Sequence[CompletionRow]) -> None:
    cells = st.grid(len(DEFINITIONS), min_column_width=300, gap="medium")
    for definition in DEFINITIONS:
        with cells.cell():
            finding.render_heading(page.t(f"definition.{definition}.name"), 3)
            st.caption(page.t(f"definition.{definition}"))
            of_definition = [row for row in rows if row["definition"] == definition]
            title = page.t(f"definition.{definition}.name")
            finding.render_finding_figure(page, COMPLETION, of_definition, title, definition)


def render_completion_table(page: PageContext, completion: Table, rows: Sequence[CompletionRow]) -> None:
    """Draw the table of completion, folded, with its download and sources."""
    finding.render_folded_table(page, "completion", COMPLETION.columns, completion, page.t("nav.value_chains"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "completion")


def _render_chain(
    page: PageContext, chain: str, rows: Sequence[CompletionRow], states: Table, of_chains: Table
) -> None:
    title = format_chain_summary(page.register, chain, rows, page.lang)
    finding.render_heading(title)
    next_missing_link.render_missing_link(page, chain)
    chain_map.render_chain_map(page, chain, title)
    _render_stage_table(page, chain, states.filter(nw.col("chain_id") == chain))
    capacity_balance.render_chain_balance(page, chain)
    scenario.render_scenario(page, chain)
    _render_chain_statements(page, chain, of_chains.filter(nw.col("chain_id") == chain))
    of_needs = queries.select_need_statements(page.register, page.view.selection)
    if len(of_needs.filter(nw.col("chain_id") == chain)):
        finding.render_heading(page.t("chains.needs"), 3)
        of_chain_or_none = of_needs.filter(nw.col("chain_id").is_null() | (nw.col("chain_id") == chain))
        statements.render_statements_table(page, of_chain_or_none, f"needs-{chain}", page.t("chains.needs"))


def _render_stage_table(page: PageContext, chain: str, states: Table) -> None:
    finding.render_folded_table(page, f"stages-{chain}", STAGES.columns, states, page.t("nav.value_chains"))
    finding.render_evidence_link(page, " ".join(states["statement_ids"].to_list()).strip(), chain)


def _format_ladder(page: PageContext, ladder: list[str]) -> str:
    names = [labels.find_value_label(page.register, "statements", "state_low", state, page.lang) for state in ladder]
    return page.t("list.comma").join(names)


def _render_chain_statements(page: PageContext, chain: str, of_chain: Table) -> None:
    if len(of_chain):
        with st.expander(escape_markdown(page.t("chains.spoken", count=len(of_chain)))):
            statements.render_statements_table(page, of_chain, f"chain-{chain}", page.t("nav.value_chains"))
