"""The next missing link of a chain in words, how we know, and what each single addition would close."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.formatting import is_missing as blank
from khoosheh.measures.common import join_ids
from khoosheh.measures.scenario import Scenario
from khoosheh.topics.value_chains import missing_link_sentences as findings
from khoosheh.topics.value_chains.findings import ADDITIONS
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown


def render_missing_link(page: PageContext, chain: str) -> None:
    """Draw the sentences with the statements behind them, then the table."""
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    rows = list(queries.query_stage_additions(*ask).filter(mine).iter_rows(named=True))
    states = list(queries.query_stage_states(*ask).filter(mine).iter_rows(named=True))
    finding.render_heading(
        findings.format_next_link(page.register, rows, states, queries.list_stage_states(page.register), page.lang), 3
    )
    known = any(row["known"] for row in states)
    links = queries.query_chain_links(*ask, chain)
    said = [findings.format_next_link_reason(page.register, rows, page.lang)] if rows and known else []
    if not all(blank(one) for one in links["need_low_t_per_year"].to_list()):
        said.append(findings.format_chain_bottleneck(page.register, links, page.lang))
    if said:
        st.markdown(escape_markdown(" ".join(said)))
    short = queries.find_chain_bottleneck(*ask, chain)
    behind = [*(row["statement_ids"] for row in states), short["statement_ids"] if short else ""]
    finding.render_evidence_link(page, join_ids(behind), f"missing-{chain}")
    render_single_additions(page, chain)


def render_single_additions(page: PageContext, chain: str, assumed: Scenario = ()) -> None:
    """Draw what each single addition would close, folded, with its download; the best first."""
    data = queries.query_stage_additions(page.register, page.view.selection, assumed).filter(
        nw.col("chain_id") == chain
    )
    if not len(data):
        return
    with st.expander(page.t("missing.table")):
        st.caption(page.t("missing.rule"))
        key = f"additions-{'assumed-' if assumed else ''}{chain}"
        finding.render_open_table(page, key, ADDITIONS.columns, data, page.t("missing.table"))
