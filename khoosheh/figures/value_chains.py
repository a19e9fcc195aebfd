"""The figure of value chains: the completion of each chain."""

from collections.abc import Sequence

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.locale import format_message
from khoosheh.measures.value_chains import RUN, CompletionRow

# places in the palette, by the order of chains
HUES = (2, 0, 1, 3, 4)


def build_completion_figure(
    *, rows: Sequence[CompletionRow], words: Sequence[str], order: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.value_chains.compute_chain_completion` of one definition.

    A run of stages is drawn as its share of the stages of the chain. ``words``: the label of each row; ``order``: all
    chains, so that each keeps its colour.
    """
    bars = [
        Bar(
            label,
            row["low"] / _compute_maximum_value(row) if row["known"] else None,
            row["high"] / _compute_maximum_value(row),
            row["statement_ids"],
            HUES[order.index(row["chain_id"]) % len(HUES)],
        )
        for row, label in zip(rows, words, strict=True)
    ]
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    percents = tuple(
        theme.mark(format_message(theme.lang, "unit.percent.sign", value=int(tick * 100))) for tick in ticks
    )
    return build_interval_bars(bars, axis=Axis(last=1.0, tickvals=ticks, ticktext=percents), theme=theme, alt=alt)


def _compute_maximum_value(row: CompletionRow) -> float:
    """Return the greatest value that a row may have, in its unit: stages for a run, else a share."""
    return row["of"] if row["definition"] == RUN else 1.0
