"""The bump chart: the places of all provinces over the years."""

from collections.abc import Sequence
from datetime import timedelta

import plotly.graph_objects as go

from khoosheh.figures.computed_rankings.lines import (
    ORDER,
    QUIET,
    SIZES,
    WIDTHS,
    LabelSize,
    Line,
    Place,
    add_line_labels,
    build_both_sizes,
    compute_plot_height,
    find_last_place,
    select_line_colour,
    set_place_axis,
)
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.figures.time_axis import EPOCH, compute_day_number

# the share of a year at either end of it in which a line goes over to the next place
SLANT = 0.22


def build_bump_figure(*, lines: Sequence[Line], theme: Theme, alt: str) -> go.Figure:
    """Draw the places of all provinces, place 1 on top; a missing year leaves a gap in a line.

    On a projector, labels are large and those of quiet lines are left out.
    """
    return build_both_sizes(lambda label_size: _build_bump_at_size(lines, label_size, theme, alt), theme)


def _build_bump_at_size(lines: Sequence[Line], label_size: LabelSize, theme: Theme, alt: str) -> go.Figure:
    figure = build_empty_figure(theme, height=compute_plot_height(find_last_place(lines), label_size), alt=alt)
    for role in ORDER:
        of_role = [line for line in lines if line.role == role]
        # quiet lines look alike, so that they share their traces
        for group in [of_role] if role == QUIET else [[line] for line in of_role]:
            if group:
                figure.add_traces([_build_line_trace(group, theme), _build_place_markers(group, theme)])
    _set_year_axis(figure, lines, theme, alt)
    set_place_axis(figure, lines, label_size, theme)
    last = max((place.last for line in lines for place in line.places), default=EPOCH)
    ending = [line for line in lines if line.places and line.places[-1].last == last]
    add_line_labels(figure, ending, label_size, theme)
    return figure


def _set_year_axis(figure: go.Figure, lines: Sequence[Line], theme: Theme, alt: str) -> None:
    """Set an axis with each year below its points; ``layout.meta["ticks"]`` has all, every second, and so on."""
    places = {place.first: place for line in lines for place in line.places}
    years = [places[first] for first in sorted(places)]
    start = compute_day_number(years[0].first if years else EPOCH)
    end = compute_day_number(years[-1].last if years else EPOCH) + 1
    levels: list[PlotlyProperties] = []
    for step in range(1, max(2, len(years) // 2 + 1)):
        shown = years[::-1][::step][::-1]
        levels.append(
            {"at": [_find_middle(year) for year in shown], "words": [theme.words(year.year) for year in shown]}
        )
    figure.update_xaxes(
        range=[end, start] if theme.rtl else [start, end], fixedrange=True, showgrid=False, zeroline=False,
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")}, tickvals=levels[0]["at"],
        ticktext=levels[0]["words"],
    )  # fmt: skip
    figure.update_layout(meta={"alt": alt, "ticks": levels, "still": True})


def _find_middle(place: Place) -> float:
    return (compute_day_number(place.first) + compute_day_number(place.last) + 1) / 2


def _build_line_trace(lines: Sequence[Line], theme: Theme) -> go.Scatter:
    """Draw lines of one role and colour."""
    xs: list[float | None] = []
    ys: list[int | None] = []
    for line in lines:
        before: Place | None = None
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
    role = lines[0].role
    return go.Scatter(
        x=xs, y=ys, mode="lines", hoverinfo="skip", connectgaps=False, opacity=0.35 if role == QUIET else 1,
        line={"color": select_line_colour(lines[0], theme), "width": WIDTHS[role]}, name=role,
    )  # fmt: skip


def _build_place_markers(lines: Sequence[Line], theme: Theme) -> go.Scatter:
    """Draw the places of lines of one role and colour, each in the middle of its year."""
    placed = [(line, place) for line in lines for place in line.places]
    role = lines[0].role
    return go.Scatter(
        x=[_find_middle(place) for _, place in placed],
        y=[place.place for _, place in placed],
        mode="markers",
        marker={
            "size": SIZES[role],
            "color": select_line_colour(lines[0], theme),
            "opacity": 0.5 if role == QUIET else 1,
        },
        customdata=[[line.code] for line, _ in placed],
        hoverinfo="text",
        hovertext=[theme.words(place.words) for _, place in placed],
        name=role,
    )
