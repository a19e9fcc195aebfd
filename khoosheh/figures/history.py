"""The figure of completion over time: what was certain and what was possible, as known on each day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from khoosheh.figures.bars import widths, wrap
from khoosheh.figures.schedule import day_number, time_axis
from khoosheh.figures.theme import Theme, canvas
from khoosheh.locale import text

LINE_PX, AIR_PX, BAND_PX, GAP_PX = 21, 4, 54, 18
# large letters take the room of the bands
HALL_BAND_PX = 34
ENDS = (0, 100)


@dataclass(frozen=True)
class Step:
    """What was known from one day to another: a share 0..1 as an interval, its words, its statements."""

    first: date
    last: date
    low: float
    high: float
    words: str
    statement_ids: str


@dataclass(frozen=True)
class Band:
    """One row: its words, its steps in order, its place in the palette."""

    words: str
    steps: tuple[Step, ...]
    colour: int


def history_figure(*, bands: Sequence[Band], theme: Theme, alt: str) -> go.Figure:
    """Draw one band a row: solid up to what was certain, hatched up to what was possible."""
    narrow, wide = (_drawn(bands, width, theme, alt) for width in widths(theme))
    narrow.update_layout(meta={**narrow.layout.meta, "wide": wide.to_plotly_json()})
    return narrow


def _drawn(bands: Sequence[Band], width: int, theme: Theme, alt: str) -> go.Figure:
    lines = [wrap(band.words, width) for band in bands]
    line_px, band_px = theme.letters(LINE_PX), HALL_BAND_PX if theme.hall else BAND_PX
    floors, tops, at = [], [], 0
    for one in lines:
        tops.append(at)
        floors.append(at + len(one) * line_px + AIR_PX + band_px)
        at = floors[-1] + GAP_PX
    figure = canvas(theme, height=at + 46, alt=alt)
    placed = [(band, step, floor) for band, floor in zip(bands, floors, strict=True) for step in band.steps]
    figure.add_traces([_certain(placed, band_px, theme), _possible(placed, band_px, theme)])
    figure.layout.annotations = [
        _words(band, one, top, theme) for band, one, top in zip(bands, lines, tops, strict=True)
    ]
    figure.update_yaxes(
        range=[at, 0], fixedrange=True, side="right" if theme.rtl else "left", gridcolor=theme.colour("grid"),
        tickvals=[floor - band_px * end / 100 for floor in floors for end in ENDS], zeroline=False,
        ticktext=[theme.mark(text(theme.lang, "unit.percent.sign", value=end)) for end in ENDS] * len(floors),
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    days = [day for band in bands for step in band.steps for day in (step.first, step.last)]
    time_axis(figure, days, theme, alt)
    figure.update_layout(margin={"l": theme.letters(44), "r": theme.letters(44), "t": 8, "b": 36})
    return figure


Placed = tuple[Band, Step, float]


def _certain(placed: Sequence[Placed], band_px: int, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(band.colour) for band, _, _ in placed]
    return _bars(placed, 0.0, [step.low for _, step, _ in placed], band_px, marker={"color": colours}, theme=theme)


def _possible(placed: Sequence[Placed], band_px: int, theme: Theme) -> go.Bar:
    colours = [theme.mark_colour(band.colour) for band, _, _ in placed]
    marker = {
        "color": "rgba(0,0,0,0)",
        "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
    }
    lows = [step.low for _, step, _ in placed]
    return _bars(placed, lows, [step.high for _, step, _ in placed], band_px, marker=marker, theme=theme)


def _bars(
    placed: Sequence[Placed],
    lows: float | Sequence[float],
    highs: Sequence[float],
    band_px: int,
    *,
    marker: dict,
    theme: Theme,
) -> go.Bar:
    lows = [lows] * len(placed) if isinstance(lows, float) else lows
    starts = [day_number(step.first) for _, step, _ in placed]
    ends = [day_number(step.last) + 1 for _, step, _ in placed]
    return go.Bar(
        x=[(start + end) / 2 for start, end in zip(starts, ends, strict=True)],
        width=[end - start for start, end in zip(starts, ends, strict=True)],
        # the axis of rows counts pixels downward
        base=[floor - band_px * high for (_, _, floor), high in zip(placed, highs, strict=True)],
        y=[band_px * (high - low) for low, high in zip(lows, highs, strict=True)],
        marker={"line": {"width": 0}, **marker},
        customdata=[[step.statement_ids] for _, step, _ in placed],
        hoverinfo="text",
        hovertext=["<br>".join(map(theme.words, wrap(step.words))) for _, step, _ in placed],
    )


def _words(band: Band, lines: Sequence[str], top: float, theme: Theme) -> dict:
    return {
        "x": 1 if theme.rtl else 0, "xref": "paper", "xanchor": "right" if theme.rtl else "left", "y": top,
        "yanchor": "top", "align": "right" if theme.rtl else "left", "showarrow": False, "borderpad": 0,
        "text": "<br>".join(theme.words(line) for line in lines),
        "font": {"size": theme.letters(14), "color": theme.colour("text")},
    }  # fmt: skip
