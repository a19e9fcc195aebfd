"""Maps of areas, such as provinces or counties: filled in the colours of five classes, with a text in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import TypeAlias

import plotly.graph_objects as go

from khoosheh.figures.theme import FONT, PlotlyProperties, Theme, build_empty_figure
from khoosheh.register.maps import Geometry

MAP_PX = 560
# horizontal lines on which a point inside an area is looked for
LEVELS = 24
# one hue, so that only the first class is loud: it differs most from the ground, the last one least
CLASSES = ("#0b3a66", "#2c6796", "#5e94bd", "#97bdd8", "#cfe0ec")
CLASSES_ON_DARK = ("#dcefff", "#9fcbee", "#669fce", "#3f729c", "#2b4d69")
# classes whose texts are written in LIGHT_TEXT
DARK_CLASSES, DARK_CLASSES_ON_DARK = frozenset({0, 1, 2}), frozenset({3, 4})
DARK_TEXT, LIGHT_TEXT = "#111111", "#ffffff"
# a box of the legend, and what is below the map: the legend and the licence text
BOX_WIDTH_PX, BOX_PX, ATTRIBUTION_PX = 58, 20, 18

# longitude and latitude in degrees
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Point]


@dataclass(frozen=True)
class Area:
    """An area on a map.

    ``level``: its class, 0 (the most prominent) to 4; ``None`` where there is nothing to show. ``shown``: the text
    drawn in it. ``words``: its hover text. ``edge``: colour of its outline, by its place in the palette; ``None`` for
    the colour of the ground. ``edge_px``: width of the outline; areas with wider outlines are drawn over the others.
    """

    code: str
    level: int | None
    shown: str
    words: str
    edge: int | None = None
    edge_px: float = 1


def compute_class(rank: int, ranks: int) -> int:
    """Return the class of a rank out of ``ranks``: 0 for the first fifth, 4 for the last."""
    return min(len(CLASSES) - 1, (rank - 1) * len(CLASSES) // ranks)


def list_class_ranks(ranks: int) -> list[tuple[int, int]]:
    """Return the first and the last rank of each class out of ``ranks``; a class without a rank has none."""
    classes = [compute_class(rank, ranks) for rank in range(1, ranks + 1)]
    last = {level: rank for rank, level in enumerate(classes, 1)}
    return [(classes.index(level) + 1, last[level]) for level in sorted(last)]


def select_class_colours(theme: Theme) -> tuple[str, ...]:
    """Return the colours of the classes on the ground of a theme."""
    return CLASSES_ON_DARK if theme.scheme == "dark" else CLASSES


def select_text_colour(level: int, theme: Theme) -> str:
    """Return the colour of a text on a class."""
    dark = DARK_CLASSES_ON_DARK if theme.scheme == "dark" else DARK_CLASSES
    return LIGHT_TEXT if level in dark else DARK_TEXT


def build_area_map_figure(
    *,
    areas: Sequence[Area],
    geometries: Mapping[str, Geometry],
    attribution: str,
    theme: Theme,
    alt: str,
    height: int = MAP_PX,
    legend: Mapping[int, str] | None = None,
) -> go.Figure:
    """Draw areas in the colours of their classes, with a text in each; a click on the text gives the area's code.

    ``geometries``: by code, in degrees; areas without one are left out. ``attribution``: the licence text of the map.
    ``height`` in pixels; ``legend``: the text of each class, below the map. Areas are polygons on plain axes, since a
    map of Plotly would load coastlines from a server.
    """
    figure = build_empty_figure(theme, height=height, alt=alt)
    drawn = [area for area in areas if area.code in geometries]
    outlines = {area.code: list_outer_rings(geometries[area.code]) for area in drawn}
    layered = sorted(drawn, key=lambda area: area.edge_px)
    figure.add_traces([_build_area_polygon(area, outlines[area.code], theme) for area in layered])
    figure.add_trace(_build_area_texts(drawn, outlines, theme))
    points = [point for rings in outlines.values() for ring in rings for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    # a degree of longitude in the middle of the map, in degrees of latitude
    narrower = cos(radians((south + north) / 2))
    plain: PlotlyProperties = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[west, east], constrain="domain", **plain)
    figure.update_yaxes(range=[south, north], scaleanchor="x", scaleratio=1 / narrower, constrain="domain", **plain)
    below = theme.letters(ATTRIBUTION_PX)
    if legend:
        below += theme.letters(BOX_PX) + 6
        figure.layout.shapes = [_build_legend_box(level, theme) for level in legend]
        figure.layout.annotations = [_build_legend_text(level, text, theme) for level, text in legend.items()]
    figure.add_annotation(
        x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", text=theme.words(attribution),
        yshift=-below, showarrow=False, font={"size": theme.letters(11), "color": theme.colour("muted")},
    )  # fmt: skip
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": below})
    return figure


def _build_legend_box(level: int, theme: Theme) -> PlotlyProperties:
    """Return the box of a class below the map, from where reading starts."""
    width, side = theme.letters(BOX_WIDTH_PX), -1 if theme.rtl else 1
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel",
        "xanchor": 1 if theme.rtl else 0, "yanchor": 0, "x0": side * level * width, "x1": side * (level + 1) * width,
        "y0": -4, "y1": -4 - theme.letters(BOX_PX), "line": {"width": 0},
        "fillcolor": select_class_colours(theme)[level],
    }  # fmt: skip


def _build_legend_text(level: int, text: str, theme: Theme) -> PlotlyProperties:
    middle = (level + 0.5) * theme.letters(BOX_WIDTH_PX)
    return {
        "xref": "paper", "yref": "paper", "x": 1 if theme.rtl else 0, "y": 0, "xanchor": "center",
        "yanchor": "middle", "xshift": -middle if theme.rtl else middle, "yshift": -4 - theme.letters(BOX_PX) / 2,
        "text": theme.words(text), "showarrow": False, "borderpad": 0,
        "font": {"size": theme.letters(11), "color": select_text_colour(level, theme)},
    }  # fmt: skip


def list_outer_rings(geometry: Geometry) -> list[Ring]:
    """Return the outer rings of a shape; its holes are other areas, which are drawn as well."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_ in part[0]] for part in parts]


def _build_area_polygon(area: Area, rings: Sequence[Ring], theme: Theme) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    edge = theme.colour("ground") if area.edge is None else theme.mark_colour(area.edge)
    return go.Scatter(
        x=xs, y=ys, mode="lines", fill="toself", hoveron="fills", hoverinfo="text", text=theme.words(area.words),
        fillcolor=theme.colour("track") if area.level is None else select_class_colours(theme)[area.level],
        line={"color": edge, "width": area.edge_px}, name=area.code,
    )  # fmt: skip


def _build_area_texts(areas: Sequence[Area], outlines: Mapping[str, Sequence[Ring]], theme: Theme) -> go.Scatter:
    middles = [_find_interior_point(max(outlines[area.code], key=_compute_ring_area)) for area in areas]
    colours = [
        theme.colour("muted") if area.level is None else select_text_colour(area.level, theme) for area in areas
    ]
    return go.Scatter(
        x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers+text",
        marker={"size": 26, "color": "rgba(0,0,0,0)"}, text=[theme.words(area.shown) for area in areas],
        textfont={"family": FONT, "size": theme.letters(12), "color": colours},
        customdata=[[area.code] for area in areas],
        hoverinfo="text", hovertext=[theme.words(area.words) for area in areas], name="places",
    )  # fmt: skip


def _compute_ring_area(ring: Ring) -> float:
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _find_interior_point(ring: Ring) -> Point:
    """Return a point well inside a ring: the middle of the widest piece of ``LEVELS`` horizontal lines across it.

    The centre of mass of a bent area may lie in its neighbour.
    """
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for line in range(1, LEVELS):
        level = south + (north - south) * line / LEVELS
        edges = zip(ring, [*ring[1:], ring[0]], strict=True)
        at = sorted(a + (c - a) * (level - b) / (d - b) for (a, b), (c, d) in edges if (b > level) != (d > level))
        for west, east in zip(at[::2], at[1::2], strict=True):
            # of pieces about as wide, the one nearest the middle of the area
            width = (east - west) * (1 - abs(2 * line / LEVELS - 1) / 2)
            best = max(best, (width, ((west + east) / 2, level)))
    return best[1]
