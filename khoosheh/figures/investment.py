"""The figure of stated amounts: one interval bar a group and kind of amount."""

from collections.abc import Sequence
from typing import TypedDict

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.formatting import parse_cell_number

# the end of the axis, as a multiple of the low end of 'at least'
OPEN_ROOM = 1.07


class AmountRow(TypedDict):
    """The columns of :func:`khoosheh.measures.investment.compute_investment` that are drawn."""

    measure: str
    low: float
    high: float | None
    statement_ids: str


def build_amounts_figure(
    *, rows: Sequence[AmountRow], words: Sequence[str], kinds: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.investment.compute_investment`, all of one unit.

    ``words``: the label of each row; ``kinds``: all kinds of amount in order, so that each keeps its colour.
    """
    bars = [
        Bar(
            label,
            row["low"],
            parse_cell_number(row["high"]),
            row["statement_ids"],
            kinds.index(row["measure"]),
        )
        for row, label in zip(rows, words, strict=True)
    ]
    last = max((parse_cell_number(row["high"]) or row["low"] * OPEN_ROOM for row in rows), default=1.0)
    return build_interval_bars(bars, axis=Axis(last=last * 1.04), theme=theme, alt=alt)
