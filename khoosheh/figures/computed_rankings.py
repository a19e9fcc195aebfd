"""The figures of standings: places of all provinces over the years, and on the map."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import plotly.graph_objects as go

from khoosheh.figures.commitments import EPOCH, add_time_axis, compute_day_number
from khoosheh.figures.theme import FONT, Theme, build_empty_figure

ROW_PX, HALL_ROW_PX, LABEL_PAD_PX = 21, 14, 18
# size of the names at the ends of lines and the room a letter takes: on a narrow screen, on a wide one, in a hall
SMALL, LARGE, HALL = (10, 5.0), (12, 6.0), (20, 10.0)
# names stand apart by this many of their sizes
APART = 1.25
# the share of a year on either side in which a line goes over to the next year
SLANT = 0.22
QUIET, CHOSEN, OWN = "quiet", "chosen", "own"
ORDER = (QUIET, CHOSEN, OWN)
WIDTHS = {QUIET: 1, CHOSEN: 3, OWN: 4.5}
SIZES = {QUIET: 5, CHOSEN: 8, OWN: 11}
STEP = 5
MAP_PX = 560
LEVELS = 24
# Ascher and others' cividis, even to colour-blind readers: the best places are the darkest on light ground.
CLASSES = ("#00204d", "#414d6b", "#7c7b78", "#bcaf6f", "#ffea46")
DARK_TEXT, LIGHT_TEXT = "#111111", "#ffffff"
# one degree of longitude in the middle of the country, in degrees of latitude
NARROWER = 0.843


@dataclass(frozen=True)
class Place:
    """A place in one year: the days that the year covers, the place, and its words."""

    first: date
    last: date
    place: int
    words: str


@dataclass(frozen=True)
class Line:
    """A province over the years; ``label`` stands at the end of its line. ``role``: 'own', 'chosen' or 'quiet'."""

    code: str
    label: str
    places: tuple[Place, ...]
    role: str = QUIET
    colour: int = 0


def build_bump_figure(*, lines: Sequence[Line], theme: Theme, alt: str) -> go.Figure:
    """Draw the places of all provinces, place 1 on top; a missing year leaves a gap in its line.

    In a hall, names are large and those of quiet lines left out.
    """
    return _build_both_sizes(lambda size: _build_bump_at_size(lines, size, theme, alt), theme)


def _build_both_sizes(draw: Callable[[tuple[int, float]], go.Figure], theme: Theme) -> go.Figure:
    """Return a figure with small names that has within it the same with large ones, for where there is room."""
    if theme.hall:
        return draw(HALL)
    small, large = draw(SMALL), draw(LARGE)
    small.layout.meta = {**small.layout.meta, "wide": large.to_plotly_json()}
    return small


def _build_bump_at_size(lines: Sequence[Line], letters: tuple[int, float], theme: Theme, alt: str) -> go.Figure:
    size = max((place.place for line in lines for place in line.places), default=1)
    last = max((place.last for line in lines for place in line.places), default=EPOCH)
    figure = build_empty_figure(theme, height=size * (HALL_ROW_PX if theme.hall else ROW_PX) + 60, alt=alt)
    for role in ORDER:
        of_role = [line for line in lines if line.role == role]
        for group in [of_role] if role == QUIET else [[one] for one in of_role]:
            if group:
                figure.add_traces([_build_line_trace(group, role, theme), _build_place_markers(group, role, theme)])
    days = [day for line in lines for place in line.places for day in (place.first, place.last)]
    add_time_axis(figure, days or [EPOCH], theme, alt, pad=0)
    _set_place_axis(figure, size, _compute_label_room(lines, letters, theme), theme)
    _add_line_labels(figure, [one for one in lines if one.places and one.places[-1].last == last], letters, theme)
    return figure


def _set_place_axis(figure: go.Figure, size: int, label_px: float, theme: Theme) -> None:
    """Let places 1 to ``size`` run downwards, and leave ``label_px`` for names at the end of the lines."""
    figure.update_yaxes(
        range=[size + 0.7, 0.3], fixedrange=True, tickvals=[1, *range(STEP, size + 1, STEP)], zeroline=False,
        side="right" if theme.rtl else "left", gridcolor=theme.colour("grid"),
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    margin = {"l": label_px, "r": theme.letters(36)} if theme.rtl else {"l": theme.letters(36), "r": label_px}
    figure.update_layout(margin={**margin, "t": 8, "b": 36})


def _select_named_lines(lines: Sequence[Line], theme: Theme) -> Sequence[Line]:
    """Return the lines whose names are written: in a hall the loud ones, where there are any."""
    return ([line for line in lines if line.role != QUIET] if theme.hall else []) or lines


def _compute_label_room(lines: Sequence[Line], letters: tuple[int, float], theme: Theme) -> float:
    longest = max((len(line.label) for line in _select_named_lines(lines, theme)), default=0)
    return longest * letters[1] + LABEL_PAD_PX


def _add_line_labels(figure: go.Figure, lines: Sequence[Line], letters: tuple[int, float], theme: Theme) -> None:
    """Name the lines at their ends; equal places have rows of their own, so that no two labels collide."""
    ranked = sorted(_select_named_lines(lines, theme), key=lambda one: (one.places[-1].place, one.label))
    slots: Sequence[float] = range(1, len(ranked) + 1)
    if len(ranked) < len(lines):
        last = max(line.places[-1].place for line in lines)
        slots = _spread_places([line.places[-1].place for line in ranked], APART * letters[0] / HALL_ROW_PX, last)
    # all at once: Plotly checks all notes anew for each one that is added
    figure.layout.annotations = [
        _build_line_label(line, slot, letters[0], theme) for line, slot in zip(ranked, slots, strict=True)
    ]


def _spread_places(places: Sequence[int], gap: float, last: int) -> list[float]:
    """Move ascending places apart by at least ``gap``: downward, and from ``last`` upward again."""
    found: list[float] = []
    for place in places:
        found.append(max(place, found[-1] + gap) if found else place)
    limit = float(last)
    for at in reversed(range(len(found))):
        found[at] = min(found[at], limit)
        limit = found[at] - gap
    return found


def _build_line_label(line: Line, slot: float, size: int, theme: Theme) -> dict:
    quiet = line.role == QUIET
    colour = theme.colour("muted") if quiet else theme.mark_colour(line.colour)
    return {
        "x": 0 if theme.rtl else 1,
        "xref": "paper",
        "xanchor": "right" if theme.rtl else "left",
        "xshift": -6 if theme.rtl else 6,
        "y": slot,
        "yanchor": "middle",
        "text": theme.words(line.label) if quiet else f"<b>{theme.words(line.label)}</b>",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": size, "color": colour},
    }


def _build_line_trace(lines: Sequence[Line], role: str, theme: Theme) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[int | None] = []
    for line in lines:
        before = None
        for place in line.places:
            if before is not None and place.first > before.last + timedelta(1):
                xs.append(None)
                ys.append(None)
            start, end = compute_day_number(place.first), compute_day_number(place.last) + 1
            slant = (end - start) * SLANT
            xs += [start + slant, end - slant]
            ys += [place.place, place.place]
            before = place
        xs.append(None)
        ys.append(None)
    quiet = role == QUIET
    colour = theme.colour("muted") if quiet else theme.mark_colour(lines[0].colour)
    return go.Scatter(
        x=xs, y=ys, mode="lines", hoverinfo="skip", connectgaps=False, opacity=0.35 if quiet else 1,
        line={"color": colour, "width": WIDTHS[role]}, name=role,
    )  # fmt: skip


def _build_place_markers(lines: Sequence[Line], role: str, theme: Theme) -> go.Scatter:
    placed = [(line, place) for line in lines for place in line.places]
    quiet = role == QUIET
    colour = theme.colour("muted") if quiet else theme.mark_colour(lines[0].colour)
    return go.Scatter(
        x=[(compute_day_number(place.first) + compute_day_number(place.last) + 1) / 2 for _, place in placed],
        y=[place.place for _, place in placed],
        mode="markers",
        marker={"size": SIZES[role], "color": colour, "opacity": 0.5 if quiet else 1},
        customdata=[[line.code] for line, _ in placed],
        hoverinfo="text",
        hovertext=[theme.words(place.words) for _, place in placed],
        name=role,
    )


def build_slope_figure(*, lines: Sequence[Line], ends: tuple[str, str], theme: Theme, alt: str) -> go.Figure:
    """Draw the places in two years as slopes; ``ends``: names of the years. Lines have two places each."""
    return _build_both_sizes(lambda letters: _build_slope_at_size(lines, ends, letters, theme, alt), theme)


def _build_slope_at_size(
    lines: Sequence[Line], ends: tuple[str, str], letters: tuple[int, float], theme: Theme, alt: str
) -> go.Figure:
    size = max((place.place for line in lines for place in line.places), default=1)
    figure = build_empty_figure(theme, height=size * (HALL_ROW_PX if theme.hall else ROW_PX) + 60, alt=alt)
    figure.add_traces(
        [_build_slope_trace(line, theme) for line in sorted(lines, key=lambda one: ORDER.index(one.role))]
    )
    figure.update_xaxes(
        range=[1.03, -0.03] if theme.rtl else [-0.03, 1.03], fixedrange=True, tickvals=[0, 1],
        gridcolor=theme.colour("grid"),
        ticktext=[theme.words(one) for one in ends], tickfont={"size": theme.letters(13)}, zeroline=False,
    )  # fmt: skip
    _set_place_axis(figure, size, _compute_label_room(lines, letters, theme), theme)
    _add_line_labels(figure, lines, letters, theme)
    return figure


def _build_slope_trace(line: Line, theme: Theme) -> go.Scatter:
    quiet = line.role == QUIET
    colour = theme.colour("muted") if quiet else theme.mark_colour(line.colour)
    return go.Scatter(
        x=[0, 1],
        y=[place.place for place in line.places],
        mode="lines+markers",
        line={"color": colour, "width": WIDTHS[line.role]},
        opacity=0.45 if quiet else 1,
        marker={"size": SIZES[line.role]},
        customdata=[[line.code]] * 2,
        hoverinfo="text",
        hovertext=[theme.words(place.words) for place in line.places],
    )


@dataclass(frozen=True)
class Area:
    """A province on the map: its place (nothing where it has none), words, and what is drawn in it."""

    code: str
    place: int | None
    shown: str
    words: str
    role: str = QUIET
    colour: int = 0


def build_ranking_map_figure(
    *, areas: Sequence[Area], shapes: Mapping, size: int, attribution: str, theme: Theme, alt: str
) -> go.Figure:
    """Draw provinces in colours of five classes of places, with the place itself written in each.

    ``shapes``: GeoJSON whose ids are the codes of areas. Plain polygons on plain axes: a map of Plotly's would ask a
    server abroad for coastlines.
    """
    figure = build_empty_figure(theme, height=MAP_PX, alt=alt)
    outlines = {shape["id"]: _list_outer_rings(shape["geometry"]) for shape in shapes["features"]}
    drawn = [area for area in areas if area.code in outlines]
    ranked = sorted(drawn, key=lambda one: ORDER.index(one.role))
    figure.add_traces([_build_province_polygon(area, outlines[area.code], size, theme) for area in ranked])
    figure.add_trace(_build_place_numbers(drawn, outlines, size, theme))
    points = [point for area in drawn for ring in outlines[area.code] for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    plain = {"visible": False, "fixedrange": True}
    figure.update_xaxes(range=[west, east], constrain="domain", **plain)
    figure.update_yaxes(range=[south, north], scaleanchor="x", scaleratio=1 / NARROWER, constrain="domain", **plain)
    figure.add_annotation(
        x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="bottom", text=theme.words(attribution),
        showarrow=False, font={"size": theme.letters(11), "color": theme.colour("muted")},
    )  # fmt: skip
    figure.update_layout(margin={"l": 4, "r": 4, "t": 4, "b": 4})
    return figure


def _list_outer_rings(geometry: Mapping) -> list[list[tuple[float, float]]]:
    """Return the outer rings of a shape; its holes are other provinces, which are drawn themselves."""
    parts = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(x, y) for x, y, *_ in part[0]] for part in parts]


def compute_place_class(place: int, size: int) -> int:
    """Return the class of a place, 0 for the best fifth."""
    return min(len(CLASSES) - 1, (place - 1) * len(CLASSES) // size)


def _build_province_polygon(area: Area, rings: Sequence, size: int, theme: Theme) -> go.Scatter:
    xs, ys = [], []
    for ring in rings:
        xs += [*(x for x, _ in ring), None]
        ys += [*(y for _, y in ring), None]
    edge = theme.colour("ground") if area.role == QUIET else theme.mark_colour(area.colour)
    return go.Scatter(
        x=xs, y=ys, mode="lines", fill="toself", hoveron="fills", hoverinfo="text", text=theme.words(area.words),
        fillcolor=theme.colour("track") if area.place is None else CLASSES[compute_place_class(area.place, size)],
        line={"color": edge, "width": WIDTHS[area.role]}, name=area.code,
    )  # fmt: skip


def _build_place_numbers(areas: Sequence[Area], outlines: Mapping, size: int, theme: Theme) -> go.Scatter:
    middles = [_find_interior_point(max(outlines[area.code], key=_compute_ring_area)) for area in areas]
    light = {0, 1, 2}
    colours = [
        theme.colour("muted") if area.place is None
        else LIGHT_TEXT if compute_place_class(area.place, size) in light else DARK_TEXT
        for area in areas
    ]  # fmt: skip
    return go.Scatter(
        x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers+text",
        marker={"size": 26, "color": "rgba(0,0,0,0)"}, text=[area.shown for area in areas],
        textfont={"family": FONT, "size": theme.letters(12), "color": colours},
        customdata=[[area.code] for area in areas],
        hoverinfo="text", hovertext=[theme.words(area.words) for area in areas], name="places",
    )  # fmt: skip


def _compute_ring_area(ring: Sequence[tuple[float, float]]) -> float:
    return abs(sum(a * d - b * c for (a, b), (c, d) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2


def _find_interior_point(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return a point well inside a ring: the middle of the widest of its crossings by some level lines.

    The centre of mass of a bent province may lie in its neighbour.
    """
    south, north = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for line in range(1, LEVELS):
        level = south + (north - south) * line / LEVELS
        edges = zip(ring, [*ring[1:], ring[0]], strict=True)
        at = sorted(a + (c - a) * (level - b) / (d - b) for (a, b), (c, d) in edges if (b > level) != (d > level))
        for west, east in zip(at[::2], at[1::2], strict=True):
            # of lines about as wide, the one nearest the middle of the province
            width = (east - west) * (1 - abs(2 * line / LEVELS - 1) / 2)
            best = max(best, (width, ((west + east) / 2, level)))
    return best[1]
