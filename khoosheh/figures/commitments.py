"""The figure of commitments: one row a subject with all its deadlines, delays and stated progress, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import compute_line_widths, wrap_text
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.figures.time_axis import TICKS_PX, add_as_of_line, add_time_axis, compute_day_number

LINE_PX, AIR_PX, BAR_PX, LANE_GAP_PX, GAP_PX = 21, 2, 11, 3, 13
# above the plot: the label of the day as of which it is drawn, and below it the ticks
LABEL_PX, FOOT_PX = 20, 8
MARK_PX = 11
SpanKind: TypeAlias = Literal["certain", "possible", "slip", "progress"]
CERTAIN: SpanKind = "certain"
POSSIBLE: SpanKind = "possible"
SLIP: SpanKind = "slip"
PROGRESS: SpanKind = "progress"


@dataclass(frozen=True)
class Span:
    """A part of a lane, from the start of the day ``first`` to the end of the day ``last``.

    ``kind``: 'certain' (solid), 'possible' (hatched), 'slip' (dotted) or 'progress' (a line over the days on one of
    which it was said, with a mark at its end).
    """

    first: date
    last: date
    kind: SpanKind


@dataclass(frozen=True)
class Lane:
    """A commitment or progress: its hover text, its parts, its statements and its place in the palette.

    ``statement_ids``: separated by blanks.
    """

    words: str
    spans: tuple[Span, ...]
    statement_ids: str
    colour: int = 0


@dataclass(frozen=True)
class Row:
    """A subject: its label, and a lane for each of its commitments and progresses that have a day."""

    label: str
    lanes: tuple[Lane, ...]


# a part of a lane with the middle of the lane, in pixels from the top
Placed: TypeAlias = tuple[Lane, Span, float]


def build_commitments_figure(*, rows: Sequence[Row], now: date, now_words: str, theme: Theme, alt: str) -> go.Figure:
    """Draw one row a subject, the first on top, and a line at ``now`` with the label ``now_words``."""
    narrow, wide = (
        _build_timeline_figure([(row, wrap_text(row.label, width)) for row in rows], now, now_words, theme, alt)
        for width in compute_line_widths(theme)
    )
    wide.layout.meta = {"alt": alt, "ticks": narrow.layout.meta["ticks"]}
    narrow.update_layout(meta={**narrow.layout.meta, "wide": wide.to_plotly_json()})
    return narrow


def _build_timeline_figure(
    rows: Sequence[tuple[Row, list[str]]], now: date, now_words: str, theme: Theme, alt: str
) -> go.Figure:
    tops, placed, total = _place_rows(rows, theme.letters(LINE_PX))
    top_px = theme.letters(LABEL_PX) + theme.letters(TICKS_PX)
    figure = build_empty_figure(theme, height=total + top_px + FOOT_PX, alt=alt)
    for kind in (CERTAIN, POSSIBLE, SLIP):
        figure.add_trace(_build_span_trace([item for item in placed if item[1].kind == kind], kind, theme))
    progress = [item for item in placed if item[1].kind == PROGRESS]
    figure.layout.shapes = [_build_period_line(lane, span, middle, theme) for lane, span, middle in progress]
    figure.add_trace(_build_progress_trace(progress, theme))
    figure.layout.annotations = [
        _build_label(row, lines, top, theme) for (row, lines), top in zip(rows, tops, strict=True)
    ]
    figure.update_yaxes(range=[total, 0], visible=False, fixedrange=True)
    days = [day for _, span, _ in placed for day in (span.first, span.last)]
    add_time_axis(figure, [*days, now], theme, alt, side="top")
    add_as_of_line(figure, now, now_words, theme)
    figure.update_layout(margin={"l": 24, "r": 24, "t": top_px, "b": FOOT_PX})
    return figure


def _place_rows(rows: Sequence[tuple[Row, list[str]]], line_px: int) -> tuple[list[int], list[Placed], int]:
    """Return the top of each row, its parts with the middles of their lanes, and the height of all, in pixels."""
    tops: list[int] = []
    placed: list[Placed] = []
    at = GAP_PX // 2
    for row, lines in rows:
        tops.append(at)
        at += len(lines) * line_px + AIR_PX
        for lane in row.lanes:
            placed += [(lane, span, at + BAR_PX / 2) for span in lane.spans]
            at += BAR_PX + LANE_GAP_PX
        at += GAP_PX
    return tops, placed, at


def _build_label(row: Row, lines: Sequence[str], top: int, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0, "xref": "paper", "xanchor": "right" if theme.rtl else "left", "y": top,
        "yanchor": "top", "align": "right" if theme.rtl else "left", "showarrow": False, "borderpad": 0,
        "text": "<br>".join(theme.words(line) for line in lines), "bgcolor": theme.colour("ground"),
        "font": {"size": theme.letters(14), "color": theme.colour("text" if row.lanes else "muted")},
    }  # fmt: skip


def _build_period_line(lane: Lane, span: Span, middle: float, theme: Theme) -> PlotlyProperties:
    """Return a line over the days on one of which a progress was said."""
    return {
        "type": "line", "x0": compute_day_number(span.first), "x1": compute_day_number(span.last) + 1,
        "y0": middle, "y1": middle, "line": {"color": theme.mark_colour(lane.colour), "width": 3},
    }  # fmt: skip


def _build_span_trace(placed: Sequence[Placed], kind: SpanKind, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(lane.colour) for lane, _, _ in placed]
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
        customdata=[[lane.statement_ids] for lane, _, _ in placed],
        hoverinfo="text",
        hovertext=_format_hover_texts(placed, theme),
    )


def _build_progress_trace(placed: Sequence[Placed], theme: Theme) -> go.Scatter:
    return go.Scatter(
        x=[compute_day_number(span.last) + 1 for _, span, _ in placed],
        y=[middle for _, _, middle in placed],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": MARK_PX,
            "color": [theme.mark_colour(lane.colour) for lane, _, _ in placed],
        },
        customdata=[[lane.statement_ids] for lane, _, _ in placed],
        hoverinfo="text",
        hovertext=_format_hover_texts(placed, theme),
        name=PROGRESS,
    )


def _format_hover_texts(placed: Sequence[Placed], theme: Theme) -> list[str]:
    return ["<br>".join(map(theme.words, wrap_text(lane.words))) for lane, _, _ in placed]
