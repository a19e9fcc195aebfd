"""Interval bars: a solid part up to what is certain, a hatched part up to what is possible.

Each row has its words above its bar, so that long names are read whole on a phone as on a projector.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import plotly.graph_objects as go

from khoosheh.figures.theme import Theme, build_empty_figure
from khoosheh.formatting import is_missing

OPEN_SHARE = 0.06
# characters of a line of words, where the figure is narrow and where it has room
NARROW, WIDE = 46, 74
# in a hall there is room for longer lines than letters grow
HALL_WIDE = 104
LINE_PX, AIR_PX, BAR_PX, GAP_PX = 21, 3, 18, 14


@dataclass(frozen=True)
class Bar:
    """One row: its words, its interval in the axis' unit, and the statements behind it.

    ``low`` missing: not stated. ``high`` missing beside a ``low``: at least. ``colour``: place in the palette.
    """

    words: str
    low: float | None
    high: float | None
    statement_ids: str = ""
    colour: int = 0
    start: float = 0.0
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Axis:
    """The axis of the amounts: its ends, and where it is ruled."""

    last: float
    first: float = 0.0
    tickvals: tuple[float, ...] | None = None
    ticktext: tuple[str, ...] | None = None


def build_interval_bars(bars: Sequence[Bar], *, axis: Axis, theme: Theme, alt: str) -> go.Figure:
    """Draw one interval bar a row, the first row on top.

    ``layout.meta["wide"]`` holds the same figure with longer lines, for where there is room.
    """
    figure, wide = (
        _build_bars_figure([replace(bar, lines=tuple(wrap_text(bar.words, width))) for bar in bars], axis, theme, alt)
        for width in compute_line_widths(theme)
    )
    figure.update_layout(meta={"alt": alt, "wide": wide.to_plotly_json()})
    return figure


def _build_bars_figure(bars: Sequence[Bar], axis: Axis, theme: Theme, alt: str) -> go.Figure:
    line_px = theme.letters(LINE_PX)
    rows, total = _compute_row_tops(bars, line_px)
    # a bar lies below its words
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
    # all at once: Plotly checks all of them anew for each one that is added
    figure.layout.annotations = [_build_row_annotation(bar, row, theme) for bar, row in zip(bars, rows, strict=True)]
    figure.layout.shapes = [_build_track_shape(bar, top, axis, theme) for bar, top in zip(bars, tops, strict=True)]
    return figure


def parse_cell_number(cell: object) -> float | None:
    """Return the number of a cell; nothing where it is blank."""
    return None if is_missing(cell) else float(cell)


def wrap_text(words: str, width: int = NARROW) -> list[str]:
    """Break words into lines of at most ``width`` characters, never inside a word."""
    lines = [""]
    for word in words.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def compute_line_widths(theme: Theme) -> tuple[int, int]:
    """Return the characters of a line of words, where a figure is narrow and where it has room."""
    return theme.signs(NARROW), HALL_WIDE if theme.hall else WIDE


def _compute_row_tops(bars: Sequence[Bar], line_px: int) -> tuple[list[int], int]:
    """Return the top of each row and the height of all, in pixels: the axis of rows counts pixels."""
    tops, at = [], 0
    for bar in bars:
        tops.append(at)
        at += len(bar.lines) * line_px + AIR_PX + BAR_PX + GAP_PX
    return tops, at


def _format_hover_texts(bars: Sequence[Bar], theme: Theme) -> list[str]:
    return ["<br>".join(theme.words(line) for line in bar.lines) for bar in bars]


def _select_bar_colours(bars: Sequence[Bar], theme: Theme) -> list[str]:
    return [theme.mark_colour(bar.colour) for bar in bars]


def _build_bar_trace(bars: Sequence[Bar], tops: Sequence[int], theme: Theme | None, **more: object) -> go.Bar:
    return go.Bar(
        y=[top + BAR_PX / 2 for top in tops],
        width=BAR_PX,
        orientation="h",
        customdata=[[bar.statement_ids] for bar in bars],
        hoverinfo="text" if theme else "skip",
        hovertext=_format_hover_texts(bars, theme) if theme else None,
        **more,
    )


def _build_certain_bars(bars: Sequence[Bar], tops: Sequence[int], theme: Theme) -> go.Bar:
    certain = [(bar.low or 0) - bar.start if bar.start == 0 else 0 for bar in bars]
    return _build_bar_trace(
        bars,
        tops,
        theme,
        x=certain,
        base=[bar.start for bar in bars],
        marker={"color": _select_bar_colours(bars, theme)},
    )


def _build_possible_bars(bars: Sequence[Bar], tops: Sequence[int], axis: Axis, theme: Theme) -> go.Bar:
    lows = [bar.low or 0 for bar in bars]
    ends = [_compute_possible_end(bar, axis) for bar in bars]
    colours = _select_bar_colours(bars, theme)
    marker = {
        "color": "rgba(0,0,0,0)",
        # what was not stated has no end to draw
        "line": {"color": colours, "width": [0 if bar.low is None else 1 for bar in bars]},
        "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
    }
    widths = [end - low for end, low in zip(ends, lows, strict=True)]
    return _build_bar_trace(bars, tops, None, x=widths, base=lows, marker=marker)


def _compute_possible_end(bar: Bar, axis: Axis) -> float:
    """Return where the possible part ends: an open end is a short stub, since it has no end to draw."""
    if bar.low is None:
        return 0.0
    return bar.low + OPEN_SHARE * (axis.last - axis.first) if bar.high is None else bar.high


def _build_exact_points(bars: Sequence[Bar], tops: Sequence[int], theme: Theme) -> go.Scatter:
    """Mark exact places on an axis that does not start at nothing, where a bar would have no length."""
    exact = [(b, t) for b, t in zip(bars, tops, strict=True) if b.start and b.low is not None and b.low == b.high]
    return go.Scatter(
        x=[bar.low for bar, _ in exact],
        y=[top + BAR_PX / 2 for _, top in exact],
        mode="markers",
        marker={"size": BAR_PX, "color": _select_bar_colours([bar for bar, _ in exact], theme)},
        customdata=[[bar.statement_ids] for bar, _ in exact],
        hoverinfo="skip",
        cliponaxis=False,
    )


def _build_axis_layout(axis: Axis, theme: Theme) -> dict:
    ends = [axis.last, axis.first] if theme.rtl else [axis.first, axis.last]
    ticks = {"nticks": 5} if axis.tickvals is None else {"tickvals": axis.tickvals, "ticktext": axis.ticktext}
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


def _build_row_annotation(bar: Bar, top: int, theme: Theme) -> dict:
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


def _build_track_shape(bar: Bar, top: int, axis: Axis, theme: Theme) -> dict:
    """Draw what the row could be at all; dashed and empty where nothing was stated."""
    middle = top + BAR_PX / 2
    stated = bar.low is not None
    return {
        "type": "rect",
        "x0": axis.first,
        "x1": axis.last,
        "y0": middle - BAR_PX / 2,
        "y1": middle + BAR_PX / 2,
        "layer": "below",
        "fillcolor": theme.colour("track") if stated else "rgba(0,0,0,0)",
        "line": {"width": 0 if stated else 1, "dash": "dot", "color": theme.colour("muted")},
    }
