"""The figure of value chains: how complete each chain is."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.locale import format_message
from khoosheh.measures.value_chains import RUN

HUES = (2, 0, 1, 3, 4)


def build_completion_figure(
    *, rows: Sequence[Mapping], words: Sequence[str], order: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.value_chains.compute_chain_completion` of one definition.

    A run of stages is drawn as the share of its chain. ``order``: all chains, so that a chain keeps its colour.
    """
    bars = [
        Bar(
            said,
            row["low"] / _compute_maximum_value(row) if row["known"] else None,
            row["high"] / _compute_maximum_value(row),
            row["statement_ids"],
            HUES[order.index(row["chain_id"]) % len(HUES)],
        )
        for row, said in zip(rows, words, strict=True)
    ]
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    shown = tuple(
        theme.mark(format_message(theme.lang, "unit.percent.sign", value=int(tick * 100))) for tick in ticks
    )
    return build_interval_bars(bars, axis=Axis(last=1.0, tickvals=ticks, ticktext=shown), theme=theme, alt=alt)


def _compute_maximum_value(row: Mapping) -> float:
    return row["of"] if row["definition"] == RUN else 1.0
