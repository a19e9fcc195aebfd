"""The directory of firms: firms, links between them, and stages without firms; templates where it is empty."""

import streamlit as st

from khoosheh import queries
from khoosheh.engines import is_among
from khoosheh.measures import cluster
from khoosheh.measures.cluster import FirmLinkRow, FirmRow, SpecialityRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.topics.cluster import sentences
from khoosheh.topics.cluster.findings import FIRMS, SPECIALITIES
from khoosheh.ui.blocks import firm_network, firm_templates
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup.markdown import escape_markdown

FILTERS = ("chain", "county", "isic", "knowledge_based", "exporting")


def render_firm_directory(page: PageContext, of: int, *, published: bool) -> None:
    """Draw the directory; ``of``: how many firms are known, ``published``: whether the register has any."""
    if not published:
        firm_templates.render_template_downloads(page)
    if not of:
        return
    chosen = queries.query_firms(page.register, page.view.selection)
    rows = read_rows(chosen, FirmRow)
    finding.render_heading(sentences.format_firms_summary(rows, of, page.lang))
    filters.render_filter_bar(page, FILTERS)
    if not rows:
        finding.render_empty_result(page)
        return
    title = sentences.format_firms_summary(rows, of, page.lang)
    finding_tables.render_open_table(page, "firms", FIRMS.columns, chosen, title)
    left, right = st.columns(2, gap="large")
    with left:
        firm_network.render_firm_links(page, rows)
    with right:
        _render_specialities(page)
    _open_picked_firms(page)


def _render_specialities(page: PageContext) -> None:
    specialities = queries.query_stage_specialities(page.register, page.view.selection)
    rows = read_rows(specialities, SpecialityRow)
    title = SPECIALITIES.format_sentence(page.request, rows)
    finding.render_heading(title, note=page.t("gaps.lead"))
    for verdict in (cluster.GAP, cluster.PERHAPS):
        without = [row for row in rows if row["verdict"] == verdict]
        if without:
            st.markdown(escape_markdown(sentences.format_gap_list(page.register, without, verdict, page.lang)))
    finding_tables.render_open_table(page, "specialities", SPECIALITIES.columns, specialities, title)


def _open_picked_firms(page: PageContext) -> None:
    """Open a dialog with the firms of the mark that the reader clicked, their links and sources."""
    codes = st.session_state.pop(firm_network.PICKED, "").split()
    firms = queries.query_firms(page.register, page.view.selection).filter(is_among("firm_id", codes))
    if not len(firms):
        return
    title = sentences.format_name_list(page.register, "firms", " ".join(firms["firm_id"].to_list()), page.lang)
    st.dialog(escape_markdown(title), width="large")(_render_firm_card)(page, firms, title)


def _render_firm_card(page: PageContext, firms: Table, title: str) -> None:
    finding_tables.render_plain_table(page, FIRMS.columns, read_rows(firms, FirmRow), title)
    codes = firms["firm_id"].to_list()
    ends = [is_among(end, codes) for end in ("firm_id", "partner_firm_id")]
    links = queries.select_firm_links(page.register, page.view.selection)
    # of several firms the links between them, of a single firm all its links
    shown = links.filter(ends[0] & ends[1] if len(codes) > 1 else ends[0] | ends[1])
    if len(shown):
        firm_network.render_links_table(page, read_rows(shown, FirmLinkRow), title)
