"""The slope chart: the places of provinces in two years."""

from collections.abc import Sequence

import plotly.graph_objects as go

from khoosheh.figures.computed_rankings.lines import (
    ORDER,
    QUIET,
    SIZES,
    WIDTHS,
    LabelSize,
    Line,
    add_line_labels,
    build_both_sizes,
    compute_plot_height,
    find_last_place,
    select_line_colour,
    set_place_axis,
)
from khoosheh.figures.theme import Theme, build_empty_figure


def build_slope_figure(*, lines: Sequence[Line], ends: tuple[str, str], theme: Theme, alt: str) -> go.Figure:
    """Draw the places in two years as slopes; ``ends``: labels of the years. Each line has two places."""
    return build_both_sizes(lambda label_size: _build_slope_at_size(lines, ends, label_size, theme, alt), theme)


def _build_slope_at_size(
    lines: Sequence[Line], ends: tuple[str, str], label_size: LabelSize, theme: Theme, alt: str
) -> go.Figure:
    figure = build_empty_figure(theme, height=compute_plot_height(find_last_place(lines), label_size), alt=alt)
    layered = sorted(lines, key=lambda line: ORDER.index(line.role))
    figure.add_traces([_build_slope_trace(line, theme) for line in layered])
    figure.update_xaxes(
        range=[1.03, -0.03] if theme.rtl else [-0.03, 1.03], fixedrange=True, tickvals=[0, 1],
        gridcolor=theme.colour("grid"),
        ticktext=[theme.words(end) for end in ends], tickfont={"size": theme.letters(13)}, zeroline=False,
    )  # fmt: skip
    set_place_axis(figure, lines, label_size, theme)
    add_line_labels(figure, lines, label_size, theme)
    return figure


def _build_slope_trace(line: Line, theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[0, 1],
        y=[place.place for place in line.places],
        mode="lines+markers",
        line={"color": select_line_colour(line, theme), "width": WIDTHS[line.role]},
        opacity=0.45 if line.role == QUIET else 1,
        marker={"size": SIZES[line.role]},
        customdata=[[line.code]] * 2,
        hoverinfo="text",
        hovertext=[theme.words(place.words) for place in line.places],
    )
