"""Links between firms: the figure of the links between the chosen firms, and its table."""

from collections.abc import Sequence

import streamlit as st

from khoosheh import labels, queries
from khoosheh.figures.firm_network import Edge, Node, build_network_figure, build_network_legend
from khoosheh.figures.theme import Theme
from khoosheh.formatting import format_alt_text
from khoosheh.measures import cluster
from khoosheh.measures.cluster import FirmLinkRow, FirmRow
from khoosheh.measures.rows import read_rows
from khoosheh.topics.cluster import sentences
from khoosheh.topics.cluster.findings import LINKS
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup import tables

PICKED = "picked-firms"
# firms that the figure shows at most
MOST = 60


def render_firm_links(page: PageContext, rows: Sequence[FirmRow]) -> None:
    """Draw the links between the chosen firms, ``rows``."""
    links = queries.select_firm_links(page.register, page.view.selection)
    pairs = read_rows(links, FirmLinkRow)
    if not pairs:
        finding.render_heading(page.t("links.none"))
        return
    linked = cluster.list_most_linked_firms(links)
    shown = linked[:MOST]
    title = page.t("links.title", **sentences.format_directory_size(len(linked), len(pairs), page.lang))
    finding.render_heading(title, note=page.t("links.lead"))
    if len(shown) < len(linked):
        finding.render_note(page.t("links.most", count=MOST))
    texts = [sentences.format_firm_link(page.register, pair, page.lang) for pair in pairs]
    nodes = [_build_node(page, row) for row in rows if row["firm_id"] in shown]
    edges, alt_text = _build_edges(pairs, texts, set(shown)), format_alt_text(title, texts, page.lang)
    st.html(_build_legend_html(page))
    finding.render_figure(
        page,
        lambda theme: build_network_figure(nodes=nodes, edges=edges, theme=theme, alt=alt_text),
        "network",
        _remember_picked_firms,
    )
    finding_tables.render_folded_table(page, "links", LINKS.columns, links, title)


def _build_legend_html(page: PageContext) -> str:
    """Return the meanings of the marks as HTML."""
    parts = [
        f'<span style="color: {colour}">{sign}</span>&nbsp;{tables.escape_html(page.t(f"links.known.{known}"))}'
        for sign, colour, known in build_network_legend(Theme(page.lang, page.scheme))
    ]
    return f"<p>{'&emsp; '.join(parts)}</p>"


def _remember_picked_firms(codes: str) -> None:
    """Remember the firms of the mark that was clicked."""
    st.session_state[PICKED] = codes


def _build_node(page: PageContext, row: FirmRow) -> Node:
    known = cluster.classify_answer(row["is_knowledge_based"])
    name = labels.find_row_label(page.register, "firms", row["firm_id"], page.lang)
    return Node(row["firm_id"], name, sentences.format_firm_details(page.register, row, page.lang), known)


def _build_edges(pairs: Sequence[FirmLinkRow], texts: Sequence[str], shown: set[str]) -> list[Edge]:
    """Return one edge for each pair of shown firms, with the texts of all its links; ``texts``: one for each link."""
    texts_by_pair: dict[tuple[str, str], list[str]] = {}
    for pair, text in zip(pairs, texts, strict=True):
        first, last = sorted((pair["firm_id"], pair["partner_firm_id"]))
        if shown.issuperset((first, last)):
            texts_by_pair.setdefault((first, last), []).append(text)
    return [Edge(first, last, "\n".join(of_pair)) for (first, last), of_pair in texts_by_pair.items()]


def render_links_table(page: PageContext, pairs: Sequence[FirmLinkRow], title: str) -> None:
    """Draw links as a table in which each row has a link to its source."""
    finding_tables.render_plain_table(page, LINKS.columns, pairs, title)
