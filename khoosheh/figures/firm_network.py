"""The figure of links between firms: one row a firm, its name beside its mark, an arc for each linked pair.

Firms are in rows, and not in a circle, so that their names fit on a phone and can be read in both directions.
"""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

import plotly.graph_objects as go

from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.measures.cluster import NO, NOT_STATED, YES

LINE_PX, AIR_PX, TOP_PX = 19, 9, 8
MARK_PX, PAIR_PX, LETTER_PX, PAD_PX, EDGE_PX = 13, 7, 7.2, 24, 18
# letters of a line of a name, on a narrow screen and on a wide one; lines of a name
NARROW, WIDE, MOST_LINES = 19, 44, 3
STEPS = 24
LEAST_DEPTH = 0.12
# how a firm is marked, by colour and shape: place in the palette, symbol of Plotly, the same symbol as a character
LOOKS = {YES: (0, "circle", "●"), NO: (1, "square", "■"), NOT_STATED: (7, "diamond", "◇")}


@dataclass(frozen=True)
class Node:
    """A firm: its id, name and hover text, and whether it is knowledge-based ('yes', 'no', 'not_stated')."""

    code: str
    name: str
    words: str
    known: str = NOT_STATED


@dataclass(frozen=True)
class Edge:
    """A pair of firms, by their ids, and the hover text of their links."""

    first: str
    last: str
    words: str


def build_network_figure(*, nodes: Sequence[Node], edges: Sequence[Edge], theme: Theme, alt: str) -> go.Figure:
    """Draw firms and linked pairs; the ``customdata`` of marks has the ids of firms.

    ``layout.meta["wide"]`` has the same figure with longer lines for wide screens.
    """
    placed = {node.code: node for node in nodes}
    ordered = [
        placed[code] for code in order_linked_firms([node.code for node in nodes], [(e.first, e.last) for e in edges])
    ]
    figure = _build_arc_diagram(ordered, edges, NARROW, theme, alt)
    wide = _build_arc_diagram(ordered, edges, WIDE, theme, alt)
    figure.update_layout(meta={"alt": alt, "wide": wide.to_plotly_json()})
    return figure


def build_network_legend(theme: Theme) -> list[tuple[str, str, str]]:
    """Return the marks of firms: symbol as a character, colour, and the value of ``Node.known``."""
    return [(sign, theme.mark_colour(place), known) for known, (place, _, sign) in LOOKS.items()]


def order_linked_firms(codes: Sequence[str], pairs: Sequence[tuple[str, str]]) -> list[str]:
    """Return the codes so that those that are linked stand near each other; the same for the same question.

    The ordering of Cuthill and McKee, in one group of linked firms after the other: it starts at a firm with the
    fewest partners; each firm is followed by its partners, those with the fewest partners first.
    """
    partners: dict[str, set[str]] = {code: set() for code in codes}
    for firm, partner in pairs:
        partners[firm].add(partner)
        partners[partner].add(firm)

    def rank(code: str) -> tuple[int, str]:
        return len(partners[code]), code

    ordered: list[str] = []
    for code in sorted(partners):
        if code not in ordered:
            start = min(_walk_partners(code, partners, rank), key=rank)
            ordered += _walk_partners(start, partners, rank)
    return ordered


def _walk_partners(start: str, partners: Mapping[str, set[str]], rank: Callable[[str], tuple[int, str]]) -> list[str]:
    """Return all firms that are linked with ``start``, directly or through others: nearer ones first, by rank."""
    walked = [start]
    # the list grows while it is walked
    for code in walked:
        walked += sorted(partners[code].difference(walked), key=rank)
    return walked


def _build_arc_diagram(
    nodes: Sequence[Node], edges: Sequence[Edge], letters: int, theme: Theme, alt: str
) -> go.Figure:
    lines = [_wrap_firm_name(node.name, letters) for node in nodes]
    middles, total = _compute_row_middles(lines)
    at = {node.code: middle for node, middle in zip(nodes, middles, strict=True)}
    figure = build_empty_figure(theme, height=round(total + TOP_PX + EDGE_PX), alt=alt)
    figure.add_traces([_build_arc_trace(edges, at, theme), _build_pair_trace(edges, at, theme)])
    figure.add_traces([_build_firm_trace(nodes, at, known, theme) for known in LOOKS])
    figure.update_yaxes(range=[total, 0], visible=False, fixedrange=True)
    figure.update_xaxes(range=[1.04, 0] if theme.rtl else [0, 1.04], visible=False, fixedrange=True)
    room = max((len(line) for name in lines for line in name), default=0) * LETTER_PX + PAD_PX
    sides = {"l": EDGE_PX, "r": room} if theme.rtl else {"l": room, "r": EDGE_PX}
    figure.update_layout(margin={**sides, "t": TOP_PX, "b": 0})
    # all at once: Plotly validates all annotations again for each one that is added
    figure.layout.annotations = [
        _build_name_annotation(name, middle, theme) for name, middle in zip(lines, middles, strict=True)
    ]
    return figure


def _wrap_firm_name(name: str, letters: int) -> list[str]:
    lines = textwrap.wrap(name, letters, max_lines=MOST_LINES, placeholder="…", break_on_hyphens=False)
    return lines or [""]


def _compute_row_middles(names: Sequence[Sequence[str]]) -> tuple[list[float], float]:
    """Return the middle of each row and the height of all, in pixels, the unit of the axis of rows."""
    middles, at = [], 0.0
    for lines in names:
        height = len(lines) * LINE_PX + AIR_PX
        middles.append(at + height / 2)
        at += height
    return middles, at


def _compute_arc_depths(edges: Sequence[Edge], at: dict[str, float]) -> list[float]:
    """Return the depth of each arc, which grows with the distance of its firms up to 1."""
    spans = [abs(at[edge.first] - at[edge.last]) for edge in edges]
    return [LEAST_DEPTH + (1 - LEAST_DEPTH) * span / max(spans) for span in spans]


def _build_arc_trace(edges: Sequence[Edge], at: dict[str, float], theme: Theme) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for edge, depth in zip(edges, _compute_arc_depths(edges, at), strict=True):
        start, end = at[edge.first], at[edge.last]
        turns = [pi * step / STEPS for step in range(STEPS + 1)]
        xs += [*(depth * sin(turn) for turn in turns), None]
        ys += [*((start + end) / 2 + (start - end) / 2 * cos(turn) for turn in turns), None]
    return go.Scatter(
        x=xs, y=ys, mode="lines", hoverinfo="skip", opacity=0.75,
        line={"color": theme.colour("muted"), "width": 1.5}, name="arcs",
    )  # fmt: skip


def _build_pair_trace(edges: Sequence[Edge], at: dict[str, float], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=_compute_arc_depths(edges, at),
        y=[(at[edge.first] + at[edge.last]) / 2 for edge in edges],
        mode="markers",
        marker={"size": PAIR_PX, "color": theme.colour("muted")},
        customdata=[[f"{edge.first} {edge.last}"] for edge in edges],
        hoverinfo="text",
        hovertext=[_format_hover_text(edge.words, theme) for edge in edges],
        cliponaxis=False,
        name="pairs",
    )


def _build_firm_trace(nodes: Sequence[Node], at: dict[str, float], known: str, theme: Theme) -> go.Scatter:
    shown_nodes = [node for node in nodes if node.known == known]
    place, symbol, _ = LOOKS[known]
    colour = theme.mark_colour(place)
    # a hollow mark has the colour of the ground, so that no arc is seen through it
    fill = theme.colour("ground") if known == NOT_STATED else colour
    return go.Scatter(
        x=[0] * len(shown_nodes),
        y=[at[node.code] for node in shown_nodes],
        mode="markers",
        marker={"size": MARK_PX, "symbol": symbol, "color": fill, "line": {"width": 2, "color": colour}},
        customdata=[[node.code] for node in shown_nodes],
        hoverinfo="text",
        hovertext=[_format_hover_text(node.words, theme) for node in shown_nodes],
        cliponaxis=False,
        name=known,
    )


def _format_hover_text(words: str, theme: Theme) -> str:
    lines = [line for part in words.split("\n") for line in textwrap.wrap(part, WIDE, break_on_hyphens=False)]
    return "<br>".join(theme.words(line) for line in lines)


def _build_name_annotation(lines: Sequence[str], middle: float, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0,
        "xref": "paper",
        "xanchor": "left" if theme.rtl else "right",
        "xshift": 10 if theme.rtl else -10,
        "y": middle,
        "yanchor": "middle",
        "align": "right" if theme.rtl else "left",
        "text": "<br>".join(theme.words(line) for line in lines),
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": 13, "color": theme.colour("text")},
    }
