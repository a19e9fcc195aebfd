"""The figure of completion over time: the interval that was known on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import NARROW, compute_line_widths, wrap_text
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure
from khoosheh.figures.time_axis import add_time_axis, compute_day_number
from khoosheh.locale import format_message

LINE_PX, AIR_PX, BAND_PX, GAP_PX = 21, 4, 54, 18
# height of a line of marks, and the share of a narrow axis within which two of them would touch
MARK_PX, NEAR_SHARE = 17, 0.06
# lower, since larger letters take their space
PROJECTOR_BAND_PX = 34
ENDS = (0, 100)


@dataclass(frozen=True)
class Step:
    """What was known from the day ``first`` to the day ``last``: a share 0..1 as an interval.

    ``words``: its hover text; ``statement_ids``: separated by blanks; ``mark``: a number above its first day.
    """

    first: date
    last: date
    low: float
    high: float
    words: str
    statement_ids: str
    mark: str = ""


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
    marks = _place_marks(bands, NEAR_SHARE * NARROW / width)
    levels = 1 + max((level for *_, level in marks), default=-1)
    mark_px = theme.letters(MARK_PX)
    line_px, band_px = theme.letters(LINE_PX), PROJECTOR_BAND_PX if theme.projector else BAND_PX
    floors: list[int] = []
    tops: list[int] = []
    at = 0
    for label in lines:
        tops.append(at)
        floors.append(at + len(label) * line_px + AIR_PX + mark_px * levels + band_px)
        at = floors[-1] + GAP_PX
    figure = build_empty_figure(theme, height=at + 46, alt=alt)
    placed = [(band, step, floor) for band, floor in zip(bands, floors, strict=True) for step in band.steps]
    figure.add_traces([_build_certain_trace(placed, band_px, theme), _build_possible_trace(placed, band_px, theme)])
    figure.layout.annotations = [
        *(_build_band_annotation(label, top, theme) for label, top in zip(lines, tops, strict=True)),
        *(_build_mark_annotation(step, floors[row] - band_px - mark_px * level, theme) for row, step, level in marks),
    ]
    figure.layout.shapes = [
        _build_mark_line(step, floors[row], band_px + mark_px * level, theme) for row, step, level in marks
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


def _place_marks(bands: Sequence[Band], near: float) -> list[tuple[int, Step, int]]:
    """Return the row of each marked step, the step, and the level of its mark: 0, or higher above marks near to it.

    ``near``: the share of the axis within which two marks would touch.
    """
    days = [compute_day_number(day) for band in bands for step in band.steps for day in (step.first, step.last)]
    span = max(days) - min(days)
    placed: list[tuple[int, Step, int]] = []
    for row, band in enumerate(bands):
        last_by_level: list[int] = []
        for step in band.steps:
            if step.mark:
                day = compute_day_number(step.first)
                level = next((at for at, last in enumerate(last_by_level) if day - last >= near * span), None)
                if level is None:
                    level = len(last_by_level)
                    last_by_level.append(day)
                last_by_level[level] = day
                placed.append((row, step, level))
    return placed


def _build_mark_annotation(step: Step, bottom: float, theme: Theme) -> PlotlyProperties:
    return {
        "x": compute_day_number(step.first), "y": bottom, "yanchor": "bottom", "showarrow": False, "borderpad": 0,
        "text": theme.words(step.mark), "font": {"size": theme.letters(13), "color": theme.colour("text")},
    }  # fmt: skip


def _build_mark_line(step: Step, floor: float, length: float, theme: Theme) -> PlotlyProperties:
    day = compute_day_number(step.first)
    line: PlotlyProperties = {"color": theme.colour("muted"), "width": 1}
    return {"type": "line", "x0": day, "x1": day, "y0": floor, "y1": floor - length, "line": line}


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
