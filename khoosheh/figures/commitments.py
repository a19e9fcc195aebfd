"""The figures with a time axis: commitments with deadlines and delays, and stated progress.

The unit of the axis is the day, from 1970-01-01. ``layout.meta["ticks"]`` has the levels of its Jalali ticks; the
browser shows the one that fits the visible part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import plotly.graph_objects as go

from khoosheh.calendar import build_tick_levels
from khoosheh.figures.interval_bars import compute_line_widths, wrap_text
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.locale import format_message

EPOCH = date(1970, 1, 1)
LINE_PX, AIR_PX, BAR_PX, GAP_PX, TOP_PX = 21, 3, 16, 16, 30
# the share of the axis that is left free at each end
PAD_SHARE = 0.03
MARK_PX = 11
CURVE_PX = 280
# the share of the axis at each end in which a label runs inward
EDGE = 0.35
SpanKind: TypeAlias = Literal["certain", "possible", "slip", "progress"]
CERTAIN: SpanKind = "certain"
POSSIBLE: SpanKind = "possible"
SLIP: SpanKind = "slip"
PROGRESS: SpanKind = "progress"
WHOLE = 100.0
QUARTERS = (0, 25, 50, 75, 100)


def compute_day_number(day: date) -> int:
    """Return the place of a day on the axis: the days since 1970-01-01."""
    return (day - EPOCH).days


@dataclass(frozen=True)
class Span:
    """A part of a row, from the start of the day ``first`` to the end of the day ``last``.

    ``kind``: 'certain' (solid), 'possible' (hatched), 'slip' (dotted) or 'progress' (a line over the days on one of
    which it was said, with a mark at its end).
    """

    first: date
    last: date
    kind: SpanKind


@dataclass(frozen=True)
class Row:
    """One row: its label, its parts, the ids of its statements separated by blanks, and its place in the palette."""

    words: str
    spans: tuple[Span, ...]
    statement_ids: str
    colour: int = 0


@dataclass(frozen=True)
class Point:
    """A stated progress: the days on one of which it was said, its interval in per cent, and its hover text.

    ``high`` is ``None`` where it means 'at least'.
    """

    first: date
    last: date
    low: float
    high: float | None
    statement_ids: str
    words: str


def build_commitments_figure(*, rows: Sequence[Row], now: date, now_words: str, theme: Theme, alt: str) -> go.Figure:
    """Draw one row a commitment or progress, the first on top, and a line at ``now`` with the label ``now_words``."""
    narrow, wide = (
        _build_timeline_figure([(row, wrap_text(row.words, width)) for row in rows], now, now_words, theme, alt)
        for width in compute_line_widths(theme)
    )
    wide.layout.meta = {"alt": alt, "ticks": narrow.layout.meta["ticks"]}
    narrow.update_layout(meta={**narrow.layout.meta, "wide": wide.to_plotly_json()})
    return narrow


def build_progress_figure(
    *, points: Sequence[Point], now: date, now_words: str, colour: int, theme: Theme, alt: str
) -> go.Figure:
    """Draw stated progress: an area over the days on one of which it was said, and a mark at the end.

    No line connects the points, since nothing was stated between them.
    """
    figure = build_empty_figure(theme, height=CURVE_PX, alt=alt)
    add_time_axis(figure, [*(day for point in points for day in (point.first, point.last)), now], theme, alt)
    shade = theme.mark_colour(colour)
    highs = [WHOLE if point.high is None else point.high for point in points]
    for point, high in zip(points, highs, strict=True):
        ends = [compute_day_number(point.first), compute_day_number(point.last) + 1]
        figure.add_shape(
            type="rect", x0=ends[0], x1=ends[1], y0=point.low - 1, y1=high + 1, line={"width": 0},
            fillcolor=shade, opacity=0.35,
        )  # fmt: skip
        figure.add_annotation(
            x=ends[1], y=high, text=theme.words(point.words), showarrow=False, yshift=16,
            xanchor="left" if theme.rtl else "right", font={"size": theme.letters(13), "color": theme.colour("text")},
        )  # fmt: skip
    figure.add_scatter(
        x=[compute_day_number(point.last) + 1 for point in points],
        y=[(point.low + high) / 2 for point, high in zip(points, highs, strict=True)],
        mode="markers",
        marker={"size": MARK_PX + 3, "color": shade},
        customdata=[[point.statement_ids] for point in points],
        hoverinfo="text",
        hovertext=[theme.words(point.words) for point in points],
        cliponaxis=False,
    )
    figure.update_yaxes(
        range=[0, 112], fixedrange=True, tickvals=QUARTERS, side="right" if theme.rtl else "left",
        ticktext=[theme.mark(format_message(theme.lang, "unit.percent.sign", value=value)) for value in QUARTERS],
        gridcolor=theme.colour("grid"), zeroline=False,
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    _add_as_of_line(figure, now, now_words, theme)
    figure.update_layout(margin={"l": theme.letters(44), "r": theme.letters(44), "t": TOP_PX, "b": 36})
    return figure


def _build_timeline_figure(
    rows: Sequence[tuple[Row, list[str]]], now: date, now_words: str, theme: Theme, alt: str
) -> go.Figure:
    tops, at, line_px = [], 0, theme.letters(LINE_PX)
    for _, lines in rows:
        tops.append(at)
        at += len(lines) * line_px + AIR_PX + BAR_PX + GAP_PX
    figure = build_empty_figure(theme, height=at + TOP_PX + 46, alt=alt)
    middles = [top + len(lines) * line_px + AIR_PX + BAR_PX / 2 for top, (_, lines) in zip(tops, rows, strict=True)]
    placed = [(row, span, middle) for (row, _), middle in zip(rows, middles, strict=True) for span in row.spans]
    for kind in (CERTAIN, POSSIBLE, SLIP):
        figure.add_trace(_build_span_trace([item for item in placed if item[1].kind == kind], kind, theme))
    progress = [item for item in placed if item[1].kind == PROGRESS]
    figure.layout.shapes = [_build_period_line(row, span, middle, theme) for row, span, middle in progress]
    figure.add_trace(_build_progress_trace(progress, theme))
    figure.layout.annotations = [
        _build_commitment_annotation(row, lines, top, theme) for (row, lines), top in zip(rows, tops, strict=True)
    ]
    figure.update_yaxes(range=[at, 0], visible=False, fixedrange=True)
    days = [day for row, _ in rows for span in row.spans for day in (span.first, span.last)]
    add_time_axis(figure, [*days, now], theme, alt)
    _add_as_of_line(figure, now, now_words, theme)
    figure.update_layout(margin={"l": 24, "r": 24, "t": TOP_PX, "b": 36})
    return figure


def _build_commitment_annotation(row: Row, lines: Sequence[str], top: int, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0, "xref": "paper", "xanchor": "right" if theme.rtl else "left", "y": top,
        "yanchor": "top", "align": "right" if theme.rtl else "left", "showarrow": False, "borderpad": 0,
        "text": "<br>".join(theme.words(line) for line in lines), "bgcolor": theme.colour("ground"),
        "font": {"size": theme.letters(14), "color": theme.colour("text" if row.spans else "muted")},
    }  # fmt: skip


def _build_period_line(row: Row, span: Span, middle: float, theme: Theme) -> PlotlyProperties:
    """Return a line over the days on one of which a progress was said."""
    return {
        "type": "line", "x0": compute_day_number(span.first), "x1": compute_day_number(span.last) + 1,
        "y0": middle, "y1": middle, "line": {"color": theme.mark_colour(row.colour), "width": 3},
    }  # fmt: skip


# a part of a row with the middle of the row, in pixels from the top
Placed: TypeAlias = tuple[Row, Span, float]


def _build_span_trace(placed: Sequence[Placed], kind: SpanKind, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(row.colour) for row, _, _ in placed]
    empty = "rgba(0,0,0,0)"
    markers: dict[SpanKind, PlotlyProperties] = {
        CERTAIN: {"color": colours},
        POSSIBLE: {
            "color": empty,
            "line": {"color": colours, "width": 1},
            "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
        },
        SLIP: {
            "color": empty,
            "line": {"color": colours, "width": 2},
            "pattern": {"shape": ".", "fgcolor": colours, "size": 6, "solidity": 0.3, "fillmode": "overlay"},
        },
    }
    return go.Bar(
        base=[compute_day_number(span.first) for _, span, _ in placed],
        x=[compute_day_number(span.last) + 1 - compute_day_number(span.first) for _, span, _ in placed],
        y=[middle for _, _, middle in placed],
        width=BAR_PX,
        orientation="h",
        marker=markers[kind],
        customdata=[[row.statement_ids] for row, _, _ in placed],
        hoverinfo="text",
        hovertext=["<br>".join(map(theme.words, wrap_text(row.words))) for row, _, _ in placed],
    )


def _build_progress_trace(placed: Sequence[Placed], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[compute_day_number(span.last) + 1 for _, span, _ in placed],
        y=[middle for _, _, middle in placed],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": MARK_PX + 2,
            "color": [theme.mark_colour(row.colour) for row, _, _ in placed],
        },
        customdata=[[row.statement_ids] for row, _, _ in placed],
        hoverinfo="text",
        hovertext=["<br>".join(map(theme.words, wrap_text(row.words))) for row, _, _ in placed],
        name=PROGRESS,
    )


def add_time_axis(figure: go.Figure, days: Sequence[date], theme: Theme, alt: str, pad: int | None = None) -> None:
    """Add a Jalali axis from the first to the last of ``days``, with ``pad`` days more at each end."""
    first, last = min(days), max(days)
    if pad is None:
        pad = max(20, int((last - first).days * PAD_SHARE))
    low, high = compute_day_number(first) - pad, compute_day_number(last) + pad
    start, end = (date.fromordinal(EPOCH.toordinal() + day) for day in (low, high))
    levels = [
        {"at": [compute_day_number(day) for day in starts], "words": [theme.words(words) for words in names]}
        for starts, names in build_tick_levels(start, end, theme.lang)
    ]
    figure.update_xaxes(
        range=[high, low] if theme.rtl else [low, high], gridcolor=theme.colour("grid"), zeroline=False,
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")}, tickvals=levels[-1]["at"],
        ticktext=levels[-1]["words"], ticklabeloverflow="hide past div",
    )  # fmt: skip
    figure.update_layout(meta={"alt": alt, "ticks": levels}, dragmode="pan")


def _add_as_of_line(figure: go.Figure, now: date, words: str, theme: Theme) -> None:
    at = compute_day_number(now) + 1
    line = {"color": theme.colour("text"), "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line=line, layer="below")
    start, end = figure.layout.xaxis.range
    share = (at - start) / (end - start)
    # near an end the label runs inward, since a narrow screen would cut it
    anchor = "left" if share < EDGE else "right" if share > 1 - EDGE else "center"
    figure.add_annotation(
        x=at, y=1, yref="paper", yanchor="bottom", text=theme.words(words), showarrow=False,
        xanchor=anchor, font={"size": theme.letters(12), "color": theme.colour("text")},
    )  # fmt: skip
