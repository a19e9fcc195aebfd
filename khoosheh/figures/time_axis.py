"""The Jalali time axis that figures share, and the line of the day as of which they are drawn.

The unit of the axis is the day, from 1970-01-01. ``layout.meta["ticks"]`` has the levels of its Jalali ticks; the
browser shows the one that fits the visible part.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal

import plotly.graph_objects as go

from khoosheh.calendar import build_tick_levels
from khoosheh.figures.theme import Theme

EPOCH = date(1970, 1, 1)
# the share of the axis that is left free at each end
PAD_SHARE = 0.03
# the share of the axis at each end in which a label runs inward
EDGE = 0.35
# the height of the labels of ticks
TICKS_PX = 22


def compute_day_number(day: date) -> int:
    """Return the place of a day on the axis: the days since 1970-01-01."""
    return (day - EPOCH).days


def add_time_axis(
    figure: go.Figure,
    days: Sequence[date],
    theme: Theme,
    alt: str,
    side: Literal["bottom", "top"] = "bottom",
) -> None:
    """Add a Jalali axis from the first to the last of ``days``, with some more at each end.

    The browser keeps an axis at the top in sight while the page scrolls.
    """
    first, last = min(days), max(days)
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
        ticktext=levels[-1]["words"], ticklabeloverflow="hide past div", side=side,
    )  # fmt: skip
    figure.update_layout(meta={"alt": alt, "ticks": levels}, dragmode="pan")


def add_as_of_line(figure: go.Figure, now: date, words: str, theme: Theme) -> None:
    """Add a dashed line at the end of the day ``now``, with a label above the axis."""
    at = compute_day_number(now) + 1
    line = {"color": theme.colour("text"), "width": 1.5, "dash": "dash"}
    figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=1, yref="paper", line=line, layer="below")
    start, end = figure.layout.xaxis.range
    share = (at - start) / (end - start)
    # near an end the label runs inward, since a narrow screen would cut it
    anchor = "left" if share < EDGE else "right" if share > 1 - EDGE else "center"
    figure.add_annotation(
        x=at, y=1, yref="paper", yanchor="bottom", text=theme.words(words), showarrow=False,
        yshift=theme.letters(TICKS_PX) if figure.layout.xaxis.side == "top" else 0, xanchor=anchor,
        font={"size": theme.letters(12), "color": theme.colour("text")},
    )  # fmt: skip
