"""The next missing link of a chain in words, the reason for it, and what each single addition would close."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.formatting import is_missing
from khoosheh.measures.common import join_ids
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.value_chains import StageStateRow
from khoosheh.topics.value_chains import missing_link_sentences
from khoosheh.topics.value_chains.findings import ADDITIONS
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup.markdown import escape_markdown


def render_missing_link(page: PageContext, chain: str) -> None:
    """Draw the sentences with a link to their statements."""
    register, selection = page.register, page.view.selection
    in_chain = nw.col("chain_id") == chain
    additions = read_rows(queries.query_stage_additions(register, selection).filter(in_chain), StageAdditionRow)
    states = read_rows(queries.query_stage_states(register, selection).filter(in_chain), StageStateRow)
    ladder = queries.list_stage_states(register)
    finding.render_heading(missing_link_sentences.format_next_link(register, additions, states, ladder, page.lang), 3)
    sentences = []
    if additions and any(state["known"] for state in states):
        sentences.append(missing_link_sentences.format_next_link_reason(register, additions, page.lang))
    links = queries.query_chain_links(register, selection, chain)
    if not all(is_missing(need) for need in links["need_low_t_per_year"].to_list()):
        sentences.append(missing_link_sentences.format_chain_bottleneck(register, links, page.lang))
    if sentences:
        st.markdown(escape_markdown(" ".join(sentences)))
    bottleneck = queries.find_chain_bottleneck(register, selection, chain)
    ids = [*(state["statement_ids"] for state in states), bottleneck["statement_ids"] if bottleneck else ""]
    finding.render_evidence_link(page, join_ids(ids), f"missing-{chain}")


def render_single_additions(page: PageContext, chain: str, assumed: Scenario = ()) -> None:
    """Draw a folded table, with its download, of what each single addition would close; the best one is first."""
    data = queries.query_stage_additions(page.register, page.view.selection, assumed).filter(
        nw.col("chain_id") == chain
    )
    if not len(data):
        return
    with st.expander(page.t("missing.table")):
        st.caption(page.t("missing.rule"))
        key = f"additions-{'assumed-' if assumed else ''}{chain}"
        finding_tables.render_open_table(page, key, ADDITIONS.columns, data, page.t("missing.table"))
