"""Who works with whom: the figure of the links between the chosen firms, and its table."""

from collections.abc import Sequence

import streamlit as st

from khoosheh import queries
from khoosheh.figures.firm_network import Edge, Node, build_network_figure, build_network_legend
from khoosheh.figures.theme import Theme
from khoosheh.formatting import format_alt_text
from khoosheh.measures import cluster
from khoosheh.topics.cluster import sentences as findings
from khoosheh.topics.cluster.findings import LINKS
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown

PICKED = "picked-firms"
# rows of the figure: more are no picture any more
MOST = 60


def render_firm_links(page: PageContext, rows: Sequence[dict]) -> None:
    """Draw the links between the chosen firms; ``rows``: of :func:`khoosheh.measures.cluster.filter_firms`."""
    links = queries.select_firm_links(page.register, page.view.selection)
    pairs = list(links.iter_rows(named=True))
    if not pairs:
        finding.render_heading(page.t("links.none"))
        return
    every = cluster.list_most_linked_firms(links)
    shown = every[:MOST]
    title = page.t("links.title", **findings.format_directory_size(len(every), len(pairs), page.lang))
    finding.render_heading(title)
    st.caption(page.t("links.lead"))
    if len(shown) < len(every):
        st.caption(escape_markdown(page.t("links.most", count=MOST)))
    said = [findings.format_firm_link(page.register, pair, page.lang) for pair in pairs]
    nodes = [_build_node(page, row) for row in rows if row["firm_id"] in shown]
    edges, told = _build_edges(pairs, said, set(shown)), format_alt_text(title, said, page.lang)
    st.html(_build_legend_html(page))
    finding.render_figure(
        page,
        lambda theme: build_network_figure(nodes=nodes, edges=edges, theme=theme, alt=told),
        "network",
        _remember_picked_firms,
    )
    finding.render_folded_table(page, "links", LINKS.columns, links, title)


def _build_legend_html(page: PageContext) -> str:
    """Return what the marks mean, as HTML."""
    parts = [
        f'<span style="color: {colour}">{sign}</span>&nbsp;{tables.escape_html(page.t(f"links.known.{known}"))}'
        for sign, colour, known in build_network_legend(Theme(page.lang, page.scheme))
    ]
    return f"<p>{'&emsp; '.join(parts)}</p>"


def _remember_picked_firms(codes: str) -> None:
    """Remember the firms of the mark that was clicked."""
    st.session_state[PICKED] = codes


def _build_node(page: PageContext, row: dict) -> Node:
    known = cluster.classify_answer(row["is_knowledge_based"])
    return Node(
        row["firm_id"], row[f"name_{page.lang}"], findings.format_firm_details(page.register, row, page.lang), known
    )


def _build_edges(pairs: Sequence[dict], said: Sequence[str], shown: set[str]) -> list[Edge]:
    """Return one edge a pair of shown firms, with the words of all its links."""
    words: dict[tuple[str, ...], list[str]] = {}
    for pair, one in zip(pairs, said, strict=True):
        ends = tuple(sorted((pair["firm_id"], pair["partner_firm_id"])))
        if shown.issuperset(ends):
            words.setdefault(ends, []).append(one)
    return [Edge(*ends, "\n".join(mine)) for ends, mine in words.items()]


def render_links_table(page: PageContext, pairs: Sequence[dict], title: str) -> None:
    """Draw links as a table, each row leading to its source."""
    finding.render_plain_table(page, LINKS.columns, pairs, title)
