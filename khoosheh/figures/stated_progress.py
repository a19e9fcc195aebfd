"""The figure of stated progress: points over the days on one of which each was said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from khoosheh.figures.theme import Theme, build_empty_figure
from khoosheh.figures.time_axis import add_as_of_line, add_time_axis, compute_day_number
from khoosheh.locale import format_message

MARK_PX, CURVE_PX, TOP_PX = 14, 280, 30
WHOLE = 100.0
QUARTERS = (0, 25, 50, 75, 100)


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
        marker={"size": MARK_PX, "color": shade},
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
    add_as_of_line(figure, now, now_words, theme)
    figure.update_layout(margin={"l": theme.letters(44), "r": theme.letters(44), "t": TOP_PX, "b": 36})
    return figure
