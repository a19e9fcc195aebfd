"""The figure of value chains: how complete each chain is."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from khoosheh.figures.bars import Axis, Bar, interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.locale import text
from khoosheh.measures.chains import RUN

HUES = (2, 0, 1, 3, 4)


def completion_figure(
    *, rows: Sequence[Mapping], words: Sequence[str], order: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.chains.completion` of one definition.

    A run of stages is drawn as the share of its chain. ``order``: all chains, so that a chain keeps its colour.
    """
    bars = [
        Bar(said, row["low"] / _whole(row) if row["known"] else None, row["high"] / _whole(row),
            row["statement_ids"], HUES[order.index(row["chain_id"]) % len(HUES)])
        for row, said in zip(rows, words, strict=True)
    ]  # fmt: skip
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    shown = tuple(theme.mark(text(theme.lang, "unit.percent.sign", value=int(tick * 100))) for tick in ticks)
    return interval_bars(bars, axis=Axis(last=1.0, tickvals=ticks, ticktext=shown), theme=theme, alt=alt)


def _whole(row: Mapping) -> float:
    return row["of"] if row["definition"] == RUN else 1.0
