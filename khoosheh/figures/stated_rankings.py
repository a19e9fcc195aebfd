"""The figure of stated places: one interval bar a row, on an axis from place 1 to the last."""

from collections.abc import Sequence
from typing import TypedDict

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.formatting import parse_cell_number

ASPECTS = ("growth", "level", "not_stated")
# places between ticks, and the last place of an axis without rows
STEP = 5


class RankingRow(TypedDict):
    """The columns of :func:`khoosheh.measures.stated_rankings.compute_stated_rankings` that are drawn."""

    aspect: str
    low: float | None
    high: float | None
    of: float | None
    statement_ids: str


def build_province_rankings_figure(
    *, rows: Sequence[RankingRow], words: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.stated_rankings.compute_stated_rankings`.

    Place 1 is where reading starts, the last place of the longest ranking at the other end. Growth and level have
    colours of their own. ``words``: the label of each row.
    """
    ends = [parse_cell_number(end) for row in rows for end in (row["of"], row["high"])]
    last = int(max((end for end in ends if end is not None), default=STEP))
    bars = [
        Bar(
            label,
            parse_cell_number(row["low"]),
            parse_cell_number(row["high"]),
            row["statement_ids"],
            ASPECTS.index(row["aspect"]),
            start=1.0,
        )
        for row, label in zip(rows, words, strict=True)
    ]
    ticks = tuple(float(place) for place in [1, *range(STEP, last + 1, STEP)])
    axis = Axis(first=0.5, last=last + 0.5, tickvals=ticks, ticktext=tuple(f"{place:.0f}" for place in ticks))
    return build_interval_bars(bars, axis=axis, theme=theme, alt=alt)
