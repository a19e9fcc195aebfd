"""The figure of completion over time: the interval that was known on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import compute_line_widths, wrap_text
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.figures.time_axis import add_time_axis, compute_day_number
from khoosheh.locale import format_message

LINE_PX, AIR_PX, BAND_PX, GAP_PX = 21, 4, 54, 18
# lower, since larger letters take their space
PROJECTOR_BAND_PX = 34
ENDS = (0, 100)


@dataclass(frozen=True)
class Step:
    """What was known from the day ``first`` to the day ``last``: a share 0..1 as an interval.

    ``words``: its hover text; ``statement_ids``: separated by blanks.
    """

    first: date
    last: date
    low: float
    high: float
    words: str
    statement_ids: str


@dataclass(frozen=True)
class Band:
    """One row: its label, its steps in order of time, its place in the palette."""

    words: str
    steps: tuple[Step, ...]
    colour: int


def build_history_figure(*, bands: Sequence[Band], theme: Theme, alt: str) -> go.Figure:
    """Draw one band a row: solid up to the low end (certain), hatched up to the high end (possible)."""
    narrow, wide = (_build_bands_figure(bands, width, theme, alt) for width in compute_line_widths(theme))
    narrow.update_layout(meta={**narrow.layout.meta, "wide": wide.to_plotly_json()})
    return narrow


def _build_bands_figure(bands: Sequence[Band], width: int, theme: Theme, alt: str) -> go.Figure:
    lines = [wrap_text(band.words, width) for band in bands]
    line_px, band_px = theme.letters(LINE_PX), PROJECTOR_BAND_PX if theme.projector else BAND_PX
    floors: list[int] = []
    tops: list[int] = []
    at = 0
    for label in lines:
        tops.append(at)
        floors.append(at + len(label) * line_px + AIR_PX + band_px)
        at = floors[-1] + GAP_PX
    figure = build_empty_figure(theme, height=at + 46, alt=alt)
    placed = [(band, step, floor) for band, floor in zip(bands, floors, strict=True) for step in band.steps]
    figure.add_traces([_build_certain_trace(placed, band_px, theme), _build_possible_trace(placed, band_px, theme)])
    figure.layout.annotations = [
        _build_band_annotation(label, top, theme) for label, top in zip(lines, tops, strict=True)
    ]
    ticks = [theme.mark(format_message(theme.lang, "unit.percent.sign", value=end)) for end in ENDS]
    figure.update_yaxes(
        range=[at, 0], fixedrange=True, side="right" if theme.rtl else "left", gridcolor=theme.colour("grid"),
        tickvals=[floor - band_px * end / 100 for floor in floors for end in ENDS], ticktext=ticks * len(floors),
        zeroline=False, tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    days = [day for band in bands for step in band.steps for day in (step.first, step.last)]
    add_time_axis(figure, days, theme, alt)
    figure.update_layout(margin={"l": theme.letters(44), "r": theme.letters(44), "t": 8, "b": 36})
    return figure


# a step of a band with the bottom of the band, in pixels from the top
Placed: TypeAlias = tuple[Band, Step, float]


def _build_certain_trace(placed: Sequence[Placed], band_px: int, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(band.colour) for band, _, _ in placed]
    lows, highs = [0.0] * len(placed), [step.low for _, step, _ in placed]
    return _build_step_bars(placed, lows, highs, band_px, marker={"color": colours}, theme=theme)


def _build_possible_trace(placed: Sequence[Placed], band_px: int, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(band.colour) for band, _, _ in placed]
    marker: PlotlyProperties = {
        "color": "rgba(0,0,0,0)",
        "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
    }
    lows, highs = [step.low for _, step, _ in placed], [step.high for _, step, _ in placed]
    return _build_step_bars(placed, lows, highs, band_px, marker=marker, theme=theme)


def _build_step_bars(
    placed: Sequence[Placed],
    lows: Sequence[float],
    highs: Sequence[float],
    band_px: int,
    *,
    marker: PlotlyProperties,
    theme: Theme,
) -> go.Bar:
    """Return one bar a step, from a low to a high share of its band."""
    starts = [compute_day_number(step.first) for _, step, _ in placed]
    ends = [compute_day_number(step.last) + 1 for _, step, _ in placed]
    return go.Bar(
        x=[(start + end) / 2 for start, end in zip(starts, ends, strict=True)],
        width=[end - start for start, end in zip(starts, ends, strict=True)],
        # the unit of the axis of rows is the pixel, counted downward
        base=[floor - band_px * high for (_, _, floor), high in zip(placed, highs, strict=True)],
        y=[band_px * (high - low) for low, high in zip(lows, highs, strict=True)],
        marker={"line": {"width": 0}, **marker},
        customdata=[[step.statement_ids] for _, step, _ in placed],
        hoverinfo="text",
        hovertext=["<br>".join(map(theme.words, wrap_text(step.words))) for _, step, _ in placed],
    )


def _build_band_annotation(lines: Sequence[str], top: float, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0, "xref": "paper", "xanchor": "right" if theme.rtl else "left", "y": top,
        "yanchor": "top", "align": "right" if theme.rtl else "left", "showarrow": False, "borderpad": 0,
        "text": "<br>".join(theme.words(line) for line in lines),
        "font": {"size": theme.letters(14), "color": theme.colour("text")},
    }  # fmt: skip
