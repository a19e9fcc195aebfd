"""Who works with whom: the figure of the links between the chosen firms, and its table."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from khoosheh import board, names
from khoosheh.figures.network import Edge, Node, key, network_figure
from khoosheh.figures.theme import Theme
from khoosheh.findings import alt
from khoosheh.findings import cluster as findings
from khoosheh.measures import cluster
from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell

PICKED = "picked-firms"
# rows of the figure: more are no picture any more
MOST = 60


def draw(page: PageContext, rows: Sequence[dict]) -> None:
    """Draw the links between the chosen firms; ``rows``: of :func:`khoosheh.measures.cluster.firms`."""
    links = board.links(page.register, page.view.selection)
    pairs = list(links.iter_rows(named=True))
    if not pairs:
        show.heading(page.t("links.none"))
        return
    every = cluster.most_linked(links)
    shown = every[:MOST]
    title = page.t("links.title", links=len(pairs), firms=len(every))
    show.heading(title)
    st.caption(page.t("links.lead"))
    if len(shown) < len(every):
        st.caption(plain(page.t("links.most", count=MOST)))
    said = [findings.link(page.register, pair, page.lang) for pair in pairs]
    nodes = [_node(page, row) for row in rows if row["firm_id"] in shown]
    edges, told = _edges(pairs, said, set(shown)), alt(title, said, page.lang)
    st.html(_key(page))
    show.chart(page, lambda theme: network_figure(nodes=nodes, edges=edges, theme=theme, alt=told), "network", _pick)
    show.details(page, "links", _headings(page), partial(_link, page), links, title)


def _key(page: PageContext) -> str:
    """Return what the marks mean, as HTML."""
    parts = [
        f'<span style="color: {colour}">{sign}</span>&nbsp;{table.escape(page.t(f"links.known.{known}"))}'
        for sign, colour, known in key(Theme(page.lang, page.scheme))
    ]
    return f"<p>{'&emsp; '.join(parts)}</p>"


def _pick(codes: str) -> None:
    """Remember the firms of the mark that was clicked."""
    st.session_state[PICKED] = codes


def _node(page: PageContext, row: dict) -> Node:
    known = cluster.answer(row["is_knowledge_based"])
    return Node(row["firm_id"], row[f"name_{page.lang}"], findings.firm(page.register, row, page.lang), known)


def _edges(pairs: Sequence[dict], said: Sequence[str], shown: set[str]) -> list[Edge]:
    """Return one edge a pair of shown firms, with the words of all its links."""
    words: dict[tuple[str, ...], list[str]] = {}
    for pair, one in zip(pairs, said, strict=True):
        ends = tuple(sorted((pair["firm_id"], pair["partner_firm_id"])))
        if shown.issuperset(ends):
            words.setdefault(ends, []).append(one)
    return [Edge(*ends, "\n".join(mine)) for ends, mine in words.items()]


def table_of(page: PageContext, pairs: Sequence[dict], title: str) -> None:
    """Draw links as a table, each row leading to its source."""
    table.draw(_headings(page), [_link(page, pair) for pair in pairs], title)


def _headings(page: PageContext) -> list[str]:
    return [page.t(f"column.{name}") for name in ("firm", "link_kind", "partner", "source")]


def _link(page: PageContext, pair: dict) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "firms", pair["firm_id"], page.lang)),
        Cell(names.of_value(page.register, "links", "kind", pair["kind"], page.lang)),
        Cell(names.of_row(page.register, "firms", pair["partner_firm_id"], page.lang)),
        show.source_cell(page, pair["source_id"]),
    ]
