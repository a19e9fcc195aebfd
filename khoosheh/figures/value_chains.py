"""The figures of value chains: the completion of each chain, by one definition and by all of them."""

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from khoosheh.figures.interval_bars import Axis, Bar, build_interval_bars
from khoosheh.figures.theme import Theme
from khoosheh.locale import format_message
from khoosheh.measures.value_chains import RUN, CompletionRow

# places in the palette, by the order of chains
HUES = (2, 0, 1, 3, 4)
# height of a bar of a group, and of the space below it and below the group
THIN_PX, NEAR_PX, APART_PX = 10, 1, 16


def build_completion_figure(
    *, rows: Sequence[CompletionRow], words: Sequence[str], order: Sequence[str], theme: Theme, alt: str
) -> go.Figure:
    """Draw the rows of :func:`khoosheh.measures.value_chains.compute_chain_completion` of one definition.

    A run of stages is drawn as its share of the stages of the chain. ``words``: the label of each row; ``order``: all
    chains, so that each keeps its colour.
    """
    bars = [_build_bar(row, label, order) for row, label in zip(rows, words, strict=True)]
    return _build_shares_figure(bars, theme, alt)


def build_definitions_figure(
    *,
    groups: Sequence[Sequence[CompletionRow]],
    labels: Sequence[str],
    words: Sequence[Sequence[str]],
    order: Sequence[str],
    theme: Theme,
    alt: str,
) -> go.Figure:
    """Draw each chain as a group of thin bars, one a definition, below one label.

    ``groups``: of each chain the rows of all definitions; ``labels``: of the chains; ``words``: of each row, for a
    hover. ``order``: see :func:`build_completion_figure`.
    """
    bars = [
        replace(
            _build_bar(row, text, order), label=label if place == 0 else "", bar_px=THIN_PX,
            gap_px=NEAR_PX if place < len(rows) - 1 else APART_PX,
        )
        for rows, label, texts in zip(groups, labels, words, strict=True)
        for place, (row, text) in enumerate(zip(rows, texts, strict=True))
    ]  # fmt: skip
    return _build_shares_figure(bars, theme, alt)


def _build_bar(row: CompletionRow, words: str, order: Sequence[str]) -> Bar:
    return Bar(
        words,
        row["low"] / _compute_maximum_value(row) if row["known"] else None,
        row["high"] / _compute_maximum_value(row),
        row["statement_ids"],
        HUES[order.index(row["chain_id"]) % len(HUES)],
    )


def _build_shares_figure(bars: Sequence[Bar], theme: Theme, alt: str) -> go.Figure:
    ticks = (0.0, 0.25, 0.5, 0.75, 1.0)
    percents = tuple(
        theme.mark(format_message(theme.lang, "unit.percent.sign", value=int(tick * 100))) for tick in ticks
    )
    return build_interval_bars(bars, axis=Axis(last=1.0, tickvals=ticks, ticktext=percents), theme=theme, alt=alt)


def _compute_maximum_value(row: CompletionRow) -> float:
    """Return the greatest value that a row may have, in its unit: stages for a run, else a share."""
    return row["of"] if row["definition"] == RUN else 1.0
