"""The figure of stated amounts: one interval bar a group and kind."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars, parse_cell_number
from khoosheh.figures.theme import Theme

OPEN_ROOM = 1.07


def build_amounts_figure(
    *, rows: Sequence[Mapping], words: Sequence[str], kinds: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.investment.compute_investment`, all of one unit.

    ``words``: the words of each row. ``kinds``: all kinds in order, so that a kind keeps its colour.
    """
    bars = [
        Bar(
            said,
            parse_cell_number(row["low"]),
            parse_cell_number(row["high"]),
            row["statement_ids"],
            kinds.index(row["measure"]),
        )
        for row, said in zip(rows, words, strict=True)
    ]
    last = max((bar.high or bar.low * OPEN_ROOM for bar in bars), default=1.0)
    return build_interval_bars(bars, axis=Axis(last=last * 1.04), theme=theme, alt=alt)
