"""The directory of firms: templates where nobody published one; else its firms, their links, stages without firms."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.measures import cluster
from khoosheh.topics.cluster import sentences as findings
from khoosheh.topics.cluster.findings import FIRMS, SPECIALITIES
from khoosheh.ui.blocks import firm_network, firm_templates
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown

FILTERS = ("chain", "county", "isic", "knowledge_based", "exporting")


def render_firm_directory(page: PageContext, of: int, *, published: bool) -> None:
    """Draw the directory; ``of``: how many firms are known, ``published``: whether the register has any."""
    if not published:
        firm_templates.render_template_downloads(page)
    if not of:
        return
    chosen = queries.query_firms(page.register, page.view.selection)
    rows = list(chosen.iter_rows(named=True))
    finding.render_heading(findings.format_firms_summary(rows, of, page.lang))
    filters.render_filter_bar(page, FILTERS)
    if not rows:
        finding.render_empty_result(page)
        return
    title = findings.format_firms_summary(rows, of, page.lang)
    finding.render_open_table(page, "firms", FIRMS.columns, chosen, title)
    # side by side: neither needs the whole width
    left, right = st.columns(2, gap="large")
    with left:
        firm_network.render_firm_links(page, rows)
    with right:
        _render_specialities(page)
    _open_picked_firms(page)


def _render_specialities(page: PageContext) -> None:
    served = queries.query_stage_specialities(page.register, page.view.selection)
    rows = list(served.iter_rows(named=True))
    title = SPECIALITIES.format_sentence(page.request, rows)
    finding.render_heading(title)
    st.caption(page.t("gaps.lead"))
    for verdict in (cluster.GAP, cluster.PERHAPS):
        without = [row for row in rows if row["verdict"] == verdict]
        if without:
            st.markdown(escape_markdown(findings.format_gap_list(page.register, without, verdict, page.lang)))
    finding.render_open_table(page, "specialities", SPECIALITIES.columns, served, title)


def _open_picked_firms(page: PageContext) -> None:
    """Open the firms of the mark that was just clicked, with their links and sources."""
    codes = st.session_state.pop(firm_network.PICKED, "").split()
    every = queries.query_firms(page.register, page.view.selection).filter(nw.col("firm_id").is_in(codes))
    if not len(every):
        return
    title = findings.format_name_list(page.register, "firms", " ".join(every["firm_id"].to_list()), page.lang)
    st.dialog(escape_markdown(title), width="large")(_render_firm_card)(page, every, title)


def _render_firm_card(page: PageContext, firms: nw.DataFrame, title: str) -> None:
    finding.render_plain_table(page, FIRMS.columns, list(firms.iter_rows(named=True)), title)
    codes = firms["firm_id"].to_list()
    ends = [nw.col(end).is_in(codes) for end in ("firm_id", "partner_firm_id")]
    links = queries.select_firm_links(page.register, page.view.selection)
    mine = links.filter(ends[0] & ends[1] if len(codes) > 1 else ends[0] | ends[1])
    if len(mine):
        firm_network.render_links_table(page, list(mine.iter_rows(named=True)), title)
