"""Interval bars: a solid part up to the low end (certain), a hatched part up to the high end (possible).

The label of a row is above its bar, so that long names can be read on a phone and on a projector.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure

# the share of the axis that the hatched part of 'at least' takes
OPEN_SHARE = 0.06
# characters of a line of a label, on a narrow screen and on a wide one
NARROW, WIDE = 46, 74
# on a projector lines are longer than the larger letters alone would make them
PROJECTOR_WIDE = 104
LINE_PX, AIR_PX, BAR_PX, GAP_PX = 21, 3, 18, 14


@dataclass(frozen=True)
class Bar:
    """One row: its label, its interval in the unit of the axis, and the ids of its statements separated by blanks.

    ``low`` is ``None`` where nothing was stated, ``high`` alone where it means 'at least'. ``colour``: place in the
    palette. ``start``: where the bar starts; not 0 on an axis of places, on which points mark exact places.
    ``label``: what stands above the bar, where that is not ``words``, which a hover always shows. ``bar_px``,
    ``gap_px``: height of the bar, and of the space below it. ``lines``: the label in lines.
    """

    words: str
    low: float | None
    high: float | None
    statement_ids: str = ""
    colour: int = 0
    start: float = 0.0
    label: str | None = None
    bar_px: int = BAR_PX
    gap_px: int = GAP_PX
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """The axis of values: its ends, and its ticks; Plotly chooses the ticks where none are given."""

    last: float
    first: float = 0.0
    tickvals: tuple[float, ...] | None = None
    ticktext: tuple[str, ...] | None = None


def build_interval_bars(bars: Sequence[Bar], *, axis: Axis, theme: Theme, alt: str) -> go.Figure:
    """Draw one interval bar a row, the first row on top.

    ``layout.meta["wide"]`` has the same figure with longer lines for wide screens.
    """
    figure, wide = (
        _build_bars_figure([_wrap_label(bar, width) for bar in bars], axis, theme, alt)
        for width in compute_line_widths(theme)
    )
    figure.update_layout(meta={"alt": alt, "wide": wide.to_plotly_json()})
    return figure


def _wrap_label(bar: Bar, width: int) -> Bar:
    label = bar.words if bar.label is None else bar.label
    return replace(bar, lines=tuple(wrap_text(label, width)) if label else ())


def _build_bars_figure(bars: Sequence[Bar], axis: Axis, theme: Theme, alt: str) -> go.Figure:
    line_px = theme.letters(LINE_PX)
    rows, total = _compute_row_tops(bars, line_px)
    # a bar is below its label
    tops = [top + len(bar.lines) * line_px + AIR_PX for bar, top in zip(bars, rows, strict=True)]
    figure = build_empty_figure(theme, height=total + 52, alt=alt)
    figure.add_traces(
        [
            _build_certain_bars(bars, tops, theme),
            _build_possible_bars(bars, tops, axis, theme),
            _build_exact_points(bars, tops, theme),
        ]
    )
    figure.update_yaxes(range=[total, 0], visible=False, fixedrange=True)
    figure.update_xaxes(**_build_axis_layout(axis, theme))
    # all at once: Plotly validates all of them again for each one that is added
    figure.layout.annotations = [_build_row_annotation(bar, row, theme) for bar, row in zip(bars, rows, strict=True)]
    figure.layout.shapes = [_build_track_shape(bar, top, axis, theme) for bar, top in zip(bars, tops, strict=True)]
    return figure


def wrap_text(words: str, width: int = NARROW) -> list[str]:
    """Break a text into lines of at most ``width`` characters; a longer word has a line of its own."""
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def compute_line_widths(theme: Theme) -> tuple[int, int]:
    """Return the characters of a line of a label, on a narrow screen and on a wide one."""
    return theme.signs(NARROW), PROJECTOR_WIDE if theme.projector else WIDE


def _compute_row_tops(bars: Sequence[Bar], line_px: int) -> tuple[list[int], int]:
    """Return the top of each row and the height of all, in pixels, the unit of the axis of rows."""
    tops, at = [], 0
    for bar in bars:
        tops.append(at)
        at += len(bar.lines) * line_px + AIR_PX + bar.bar_px + bar.gap_px
    return tops, at


def _format_hover_texts(bars: Sequence[Bar], theme: Theme) -> list[str]:
    texts = (bar.lines if bar.label is None else wrap_text(bar.words) for bar in bars)
    return ["<br>".join(map(theme.words, lines)) for lines in texts]


def _select_bar_colours(bars: Sequence[Bar], theme: Theme) -> list[str]:
    return [theme.mark_colour(bar.colour) for bar in bars]


def _build_bar_trace(
    bars: Sequence[Bar],
    tops: Sequence[int],
    theme: Theme | None,
    *,
    starts: Sequence[float],
    lengths: Sequence[float],
    marker: PlotlyProperties,
) -> go.Bar:
    """Return one bar a row; they have hover texts where ``theme`` is given."""
    return go.Bar(
        y=[top + bar.bar_px / 2 for bar, top in zip(bars, tops, strict=True)],
        width=[bar.bar_px for bar in bars],
        orientation="h",
        customdata=[[bar.statement_ids] for bar in bars],
        hoverinfo="text" if theme else "skip",
        hovertext=_format_hover_texts(bars, theme) if theme else None,
        base=starts,
        x=lengths,
        marker=marker,
    )


def _build_certain_bars(bars: Sequence[Bar], tops: Sequence[int], theme: Theme) -> go.Bar:
    certain = [(bar.low or 0) - bar.start if bar.start == 0 else 0 for bar in bars]
    return _build_bar_trace(
        bars,
        tops,
        theme,
        starts=[bar.start for bar in bars],
        lengths=certain,
        marker={"color": _select_bar_colours(bars, theme)},
    )


def _build_possible_bars(bars: Sequence[Bar], tops: Sequence[int], axis: Axis, theme: Theme) -> go.Bar:
    lows = [bar.low or 0 for bar in bars]
    ends = [_compute_possible_end(bar, axis) for bar in bars]
    colours = _select_bar_colours(bars, theme)
    marker: PlotlyProperties = {
        "color": "rgba(0,0,0,0)",
        # without a stated value there is no end to draw
        "line": {"color": colours, "width": [0 if bar.low is None else 1 for bar in bars]},
        "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
    }
    lengths = [end - low for end, low in zip(ends, lows, strict=True)]
    return _build_bar_trace(bars, tops, None, starts=lows, lengths=lengths, marker=marker)


def _compute_possible_end(bar: Bar, axis: Axis) -> float:
    """Return the end of the hatched part; without a high end it is ``OPEN_SHARE`` of the axis long."""
    if bar.low is None:
        return 0.0
    return bar.low + OPEN_SHARE * (axis.last - axis.first) if bar.high is None else bar.high


def _build_exact_points(bars: Sequence[Bar], tops: Sequence[int], theme: Theme) -> go.Scatter:
    """Mark exact values of rows whose bars do not start at 0 with points, since their bars have no length."""
    exact = [
        (bar, top)
        for bar, top in zip(bars, tops, strict=True)
        if bar.start and bar.low is not None and bar.low == bar.high
    ]
    return go.Scatter(
        x=[bar.low for bar, _ in exact],
        y=[top + BAR_PX / 2 for _, top in exact],
        mode="markers",
        marker={"size": BAR_PX, "color": _select_bar_colours([bar for bar, _ in exact], theme)},
        customdata=[[bar.statement_ids] for bar, _ in exact],
        hoverinfo="skip",
        cliponaxis=False,
    )


def _build_axis_layout(axis: Axis, theme: Theme) -> PlotlyProperties:
    ends = [axis.last, axis.first] if theme.rtl else [axis.first, axis.last]
    ticks: PlotlyProperties = (
        {"nticks": 5} if axis.tickvals is None else {"tickvals": axis.tickvals, "ticktext": axis.ticktext}
    )
    return {
        "range": ends,
        "fixedrange": True,
        "gridcolor": theme.colour("grid"),
        "zeroline": False,
        "tickfont": {"size": theme.letters(12), "color": theme.colour("muted")},
        "tickformat": ",~r",
        "ticklabeloverflow": "hide past div",
        **ticks,
    }


def _build_row_annotation(bar: Bar, top: int, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0,
        "xref": "paper",
        "xanchor": "right" if theme.rtl else "left",
        "y": top,
        "yanchor": "top",
        "align": "right" if theme.rtl else "left",
        "text": "<br>".join(theme.words(line) for line in bar.lines),
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": theme.letters(14), "color": theme.colour("text" if bar.low is not None else "muted")},
    }


def _build_track_shape(bar: Bar, top: int, axis: Axis, theme: Theme) -> PlotlyProperties:
    """Return the track of a row along the whole axis; dotted and empty where nothing was stated."""
    stated = bar.low is not None
    return {
        "type": "rect",
        "x0": axis.first,
        "x1": axis.last,
        "y0": top,
        "y1": top + bar.bar_px,
        "layer": "below",
        "fillcolor": theme.colour("track") if stated else "rgba(0,0,0,0)",
        "line": {"width": 0 if stated else 1, "dash": "dot", "color": theme.colour("muted")},
    }
