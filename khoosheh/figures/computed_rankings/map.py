"""The map of places: provinces in the colours of five classes, the place written in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypedDict

import plotly.graph_objects as go

from khoosheh.figures.computed_rankings.lines import ORDER, QUIET, WIDTHS, Role
from khoosheh.figures.theme import FONT, PlotlyProperties, Theme, build_empty_figure

MAP_PX = 560
# horizontal lines on which a point inside a province is looked for
LEVELS = 24
# cividis (Nuñez and others), even to colour-blind readers: the best places are the darkest
CLASSES = ("#00204d", "#414d6b", "#7c7b78", "#bcaf6f", "#ffea46")
# classes whose numbers are written in LIGHT_TEXT
DARK_CLASSES = frozenset({0, 1, 2})
DARK_TEXT, LIGHT_TEXT = "#111111", "#ffffff"
# one degree of longitude in the middle of the country, in degrees of latitude
NARROWER = 0.843

# longitude and latitude in degrees
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Point]


class Polygon(TypedDict):
    """A polygon of GeoJSON: its outer ring, then its holes; positions are longitude, latitude and maybe height."""

    type: Literal["Polygon"]
    coordinates: Sequence[Sequence[Sequence[float]]]


class MultiPolygon(TypedDict):
    """Several polygons of GeoJSON."""

    type: Literal["MultiPolygon"]
    coordinates: Sequence[Sequence[Sequence[Sequence[float]]]]


class Shape(TypedDict):
    """A feature of GeoJSON; ``id`` is the code of a province."""

    id: str
    geometry: Polygon | MultiPolygon


class Shapes(TypedDict):
    """A feature collection of GeoJSON."""

    features: Sequence[Shape]


@dataclass(frozen=True)
class Area:
    """A province on the map.

    ``place``: ``None`` where it has none; ``shown``: the text drawn in it; ``words``: its hover text; ``colour``: of
    the edge of a province that is not quiet, by its place in the palette.
    """

    code: str
    place: int | None
    shown: str
    words: str
    role: Role = QUIET
    colour: int = 0


def build_ranking_map_figure(
    *, areas: Sequence[Area], shapes: Shapes, size: int, attribution: str, theme: Theme, alt: str
) -> go.Figure:
    """Draw provinces in the colours of five classes of places, with the place written in each.

    ``shapes``: GeoJSON whose ids are the codes of areas; ``size``: the number of places; ``attribution``: the licence
    text of the map. Provinces are polygons on plain axes, since a map of Plotly would load coastlines from a server.
    """
    figure = build_empty_figure(theme, height=MAP_PX, alt=alt)
    outlines = {shape["id"]: list_outer_rings(shape["geometry"]) for shape in shapes["features"]}
    drawn_areas = [area for area in areas if area.code in outlines]
    layered = sorted(drawn_areas, key=lambda area: ORDER.index(area.role))
    figure.add_traces([_build_province_polygon(area, outlines[area.code], size, theme) for area in layered])
    figure.add_trace(_build_place_numbers(drawn_areas, outlines, size, theme))
    points = [point for area in drawn_areas for ring in outlines[area.code] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    plain: PlotlyProperties = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[west, east], constrain="domain", **plain)
    figure.update_yaxes(range=[south, north], scaleanchor="x", scaleratio=1 / NARROWER, constrain="domain", **plain)
    figure.add_annotation(
        x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", text=theme.words(attribution),
        showarrow=False, font={"size": theme.letters(11), "color": theme.colour("muted")},
    )  # fmt: skip
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})
    return figure


def list_outer_rings(geometry: Polygon | MultiPolygon) -> list[Ring]:
    """Return the outer rings of a shape; its holes are other provinces, which are drawn as well."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_ in part[0]] for part in parts]


def compute_place_class(place: int, size: int) -> int:
    """Return the class of a place out of ``size``: 0 for the best fifth, 4 for the last."""
    return min(len(CLASSES) - 1, (place - 1) * len(CLASSES) // size)


def _build_province_polygon(area: Area, rings: Sequence[Ring], size: int, theme: Theme) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for ring in rings:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    edge = theme.colour("ground") if area.role == QUIET else theme.mark_colour(area.colour)
    return go.Scatter(
        x=xs, y=ys, mode="lines", fill="toself", hoveron="fills", hoverinfo="text", text=theme.words(area.words),
        fillcolor=theme.colour("track") if area.place is None else CLASSES[compute_place_class(area.place, size)],
        line={"color": edge, "width": WIDTHS[area.role]}, name=area.code,
    )  # fmt: skip


def _build_place_numbers(
    areas: Sequence[Area], outlines: Mapping[str, Sequence[Ring]], size: int, theme: Theme
) -> go.Scatter:
    middles = [_find_interior_point(max(outlines[area.code], key=_compute_ring_area)) for area in areas]
    colours = [
        theme.colour("muted") if area.place is None
        else LIGHT_TEXT if compute_place_class(area.place, size) in DARK_CLASSES else DARK_TEXT
        for area in areas
    ]  # fmt: skip
    return go.Scatter(
        x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers+text",
        marker={"size": 26, "color": "rgba(0,0,0,0)"}, text=[area.shown for area in areas],
        textfont={"family": FONT, "size": theme.letters(12), "color": colours},
        customdata=[[area.code] for area in areas],
        hoverinfo="text", hovertext=[theme.words(area.words) for area in areas], name="places",
    )  # fmt: skip


def _compute_ring_area(ring: Ring) -> float:
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _find_interior_point(ring: Ring) -> Point:
    """Return a point well inside a ring: the middle of the widest piece of ``LEVELS`` horizontal lines across it.

    The centre of mass of a bent province may lie in its neighbour.
    """
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for line in range(1, LEVELS):
        level = south + (north - south) * line / LEVELS
        edges = zip(ring, [*ring[1:], ring[0]], strict=True)
        at = sorted(a + (c - a) * (level - b) / (d - b) for (a, b), (c, d) in edges if (b > level) != (d > level))
        for west, east in zip(at[::2], at[1::2], strict=True):
            # of pieces about as wide, the one nearest the middle of the province
            width = (east - west) * (1 - abs(2 * line / LEVELS - 1) / 2)
            best = max(best, (width, ((west + east) / 2, level)))
    return best[1]
