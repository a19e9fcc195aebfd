"""The figure of places: one interval a row on the ladder from place 1 to the last."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars, parse_cell_number
from khoosheh.figures.theme import Theme
from khoosheh.formatting import is_missing

ASPECTS = ("growth", "level", "not_stated")
STEP = 5


def build_province_rankings_figure(
    *, rows: Sequence[Mapping], words: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.stated_rankings.compute_stated_rankings`.

    Place 1 stands where reading starts, the lowest place of the longest field at the end. Growth and level have
    colours of their own.
    """
    ends = [row[end] for row in rows for end in ("of", "high") if not is_missing(row[end])]
    last = int(max(ends, default=STEP))
    bars = [
        Bar(
            said,
            parse_cell_number(row["low"]),
            parse_cell_number(row["high"]),
            row["statement_ids"],
            ASPECTS.index(row["aspect"]),
            start=1.0,
        )
        for row, said in zip(rows, words, strict=True)
    ]
    ticks = tuple(float(place) for place in [1, *range(STEP, last + 1, STEP)])
    axis = Axis(first=0.5, last=last + 0.5, tickvals=ticks, ticktext=tuple(f"{place:.0f}" for place in ticks))
    return build_interval_bars(bars, axis=axis, theme=theme, alt=alt)
