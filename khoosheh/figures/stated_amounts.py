"""The figure of stated amounts: a row a project, and in it a lane a kind of amount with its mark and its words.

Amounts are marks on lanes of their own, not bars in one row: lengths side by side would look as if they were added.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import plotly.graph_objects as go

from khoosheh.figures.amount_axis import AmountAxis, Scale, build_amount_axis
from khoosheh.figures.interval_bars import wrap_text
from khoosheh.figures.kind_dots import KindDots, add_kind_dots, choose_symbol
from khoosheh.figures.stacked_blocks import Block, BlockFigure
from khoosheh.figures.theme import FONT, PlotlyProperties, Theme, format_colour_key

LINE_PX, SMALL_LINE_PX, LANE_PX, WORDS_PX, HEAD_PX, TICKS_PX, GAP_PX = 20, 17, 20, 19, 26, 36, 10
MARK_PX, BAND_PX = 12, 8
# between a name and the words below it
AIR_PX = 5
# the share of a wide screen in which the names of rows stand, and the letters of a line of them
NAME_SHARE, NAME_LETTERS, NARROW_LETTERS = 0.34, 34, 44
# how far along the axis a mark may be for its words to follow it; further on they stand before it
WORDS_AFTER = 0.4
# between a mark and its words
SPACE = "\u00a0" * 4
# how long the open end of 'at least' is, as a share of the axis
OPEN_SHARE = 0.05


@dataclass(frozen=True)
class Mark:
    """An amount: its ends in the unit of its panel (without ``high`` 'at least'), and its kind.

    ``kind``: place among all kinds; ``words``: beside the mark; ``hover``: its hover text; ``statement_ids``:
    separated by blanks.
    """

    kind: int
    low: float
    high: float | None
    words: str
    hover: str
    statement_ids: str


@dataclass(frozen=True)
class AmountRow:
    """A row: the name of a project or group, its place in the palette, and its amounts in order of their kinds."""

    words: str
    colour: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Panel:
    """The rows with amounts of one unit, below the name of the unit."""

    words: str
    rows: tuple[AmountRow, ...]


@dataclass(frozen=True)
class Unstated:
    """The names of projects or groups of which no amount was stated, below a heading."""

    heading: str
    names: tuple[str, ...]


def build_amounts_figure(
    *,
    panels: Sequence[Panel],
    theme: Theme,
    alt: str,
    scale: Scale = "linear",
    dots: KindDots | None = None,
    unstated: Unstated | None = None,
) -> go.Figure:
    """Draw dots of kinds, panels of amounts and names without amounts, from top to bottom.

    ``layout.meta["wide"]`` has the same figure for wide screens, with names beside their rows.
    """
    narrow, wide = (_build_blocks(panels, theme, alt, scale, dots, unstated, is_wide) for is_wide in (False, True))
    figure = go.Figure(narrow)
    figure.layout.meta = {"alt": alt, "wide": wide}
    return figure


def _build_blocks(
    panels: Sequence[Panel],
    theme: Theme,
    alt: str,
    scale: Scale,
    dots: KindDots | None,
    unstated: Unstated | None,
    wide: bool,
) -> PlotlyProperties:
    figure = BlockFigure(theme)
    if dots:
        add_kind_dots(figure, dots, wide)
    for panel in panels:
        _add_panel(figure, panel, scale, wide)
    if unstated and unstated.names:
        _add_unstated(figure, unstated, wide)
    return figure.build_spec(alt)


@dataclass(frozen=True)
class _Lane:
    """A mark with the pixel of its middle, and the top of its words where they stand above it."""

    row: AmountRow
    mark: Mark
    middle: float
    words_top: float | None


def _add_panel(figure: BlockFigure, panel: Panel, scale: Scale, wide: bool) -> None:
    theme = figure.theme
    amounts = [(mark.low, mark.high) for row in panel.rows for mark in row.marks]
    axis = build_amount_axis(amounts, scale, theme.lang)
    names, lanes, height = _place_rows(panel.rows, theme, wide)
    block = figure.add_block(height, _build_axis_layout(axis, theme, wide), theme.letters(TICKS_PX))
    figure.add_text(block, f"<b>{theme.words(panel.words)}</b>", 0)
    for row, (lines, top) in zip(panel.rows, names, strict=True):
        first, *rest = lines
        words = [format_colour_key(theme, first, row.colour), *map(theme.words, rest)]
        figure.add_text(block, "<br>".join(words), top)
    for lane in lanes:
        _add_interval(figure, block, axis, lane)
    figure.traces += [_build_marks(lanes, block, axis, theme), _build_words(lanes, block, axis, theme)]


def _place_rows(
    rows: Sequence[AmountRow], theme: Theme, wide: bool
) -> tuple[list[tuple[list[str], int]], list[_Lane], int]:
    """Return the lines of each name with their top, the lanes, and the height of all, in pixels."""
    line_px, lane_px, words_px = theme.letters(LINE_PX), theme.letters(LANE_PX), theme.letters(WORDS_PX)
    at, names, lanes = theme.letters(HEAD_PX), [], []
    for row in rows:
        lines = wrap_text(row.words, NAME_LETTERS if wide else theme.signs(NARROW_LETTERS))
        names.append((lines, at))
        # beside the lanes, or above them
        first = at if wide else at + len(lines) * line_px + AIR_PX
        each = lane_px if wide else lane_px + words_px
        for number, mark in enumerate(row.marks):
            top = first + number * each
            lanes.append(_Lane(row, mark, top + each - lane_px / 2, None if wide else top))
        at = max(first + len(row.marks) * each, at + len(lines) * line_px) + GAP_PX
    return names, lanes, at


def _build_axis_layout(axis: AmountAxis, theme: Theme, wide: bool) -> PlotlyProperties:
    start = NAME_SHARE if wide else 0.0
    return {
        "domain": [0, 1 - start] if theme.rtl else [start, 1],
        "range": [axis.last, axis.first] if theme.rtl else [axis.first, axis.last],
        "tickvals": axis.tickvals, "ticktext": axis.ticktext, "gridcolor": theme.colour("grid"),
        "tickfont": {"size": theme.letters(12), "color": theme.colour("muted")},
    }  # fmt: skip


def _find_ends(axis: AmountAxis, mark: Mark) -> tuple[float, float]:
    """Return where the interval of a mark starts and ends on the axis."""
    low = axis.find_place(mark.low)
    return low, low + OPEN_SHARE * (axis.last - axis.first) if mark.high is None else axis.find_place(mark.high)


def _add_interval(figure: BlockFigure, block: Block, axis: AmountAxis, lane: _Lane) -> None:
    """Add the band from the low to the high end of a mark, if they differ."""
    low, high = _find_ends(axis, lane.mark)
    is_open, colour = lane.mark.high is None, figure.theme.mark_colour(lane.row.colour)
    if high > low:
        figure.shapes.append({
            "type": "rect", "xref": block.x, "yref": block.y, "x0": low, "x1": high,
            "y0": lane.middle - BAND_PX / 2, "y1": lane.middle + BAND_PX / 2, "opacity": 1 if is_open else 0.4,
            "fillcolor": "rgba(0,0,0,0)" if is_open else colour,
            "line": {"width": 1 if is_open else 0, "color": colour, "dash": "dot"},
        })  # fmt: skip


def _build_words(lanes: Sequence[_Lane], block: Block, axis: AmountAxis, theme: Theme) -> PlotlyProperties:
    """Return the words of all marks: beside them or, where there is no room, above them where reading starts."""
    places = [_place_words(lane, axis, theme) for lane in lanes]
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False, "name": "words",
        "x": [x for x, _, _, _ in places], "y": [y for _, y, _, _ in places], "xaxis": block.x, "yaxis": block.y,
        "text": [words for *_, words in places],
        "textposition": ["middle right" if to_right else "middle left" for _, _, to_right, _ in places],
        "textfont": {"family": FONT, "size": theme.letters(13), "color": theme.colour("text")},
    }  # fmt: skip


def _place_words(lane: _Lane, axis: AmountAxis, theme: Theme) -> tuple[float, float, bool, str]:
    """Return place, pixel, whether the words of a mark run to the right from there, and the words."""
    words = theme.words(lane.mark.words)
    if lane.words_top is not None:
        return axis.first, lane.words_top + theme.letters(WORDS_PX) / 2, not theme.rtl, words
    low, high = _find_ends(axis, lane.mark)
    follows = axis.compute_share(low) <= WORDS_AFTER
    # words that follow a mark stand to the right of it where reading goes to the right
    to_right = follows != theme.rtl
    return high if follows else low, lane.middle, to_right, f"{SPACE}{words}" if to_right else f"{words}{SPACE}"


def _build_marks(lanes: Sequence[_Lane], block: Block, axis: AmountAxis, theme: Theme) -> PlotlyProperties:
    """Return a mark at each low end, and at each high end that differs from it."""
    ends = [
        (lane, end)
        for lane in lanes
        for end in dict.fromkeys((lane.mark.low, lane.mark.low if lane.mark.high is None else lane.mark.high))
    ]
    return {
        "type": "scatter", "mode": "markers", "name": "amounts", "hoverinfo": "text", "cliponaxis": False,
        "x": [axis.find_place(end) for _, end in ends], "y": [lane.middle for lane, _ in ends],
        "xaxis": block.x, "yaxis": block.y,
        "marker": {
            "size": MARK_PX,
            "symbol": [choose_symbol(lane.mark.kind) for lane, _ in ends],
            "color": [theme.mark_colour(lane.row.colour) for lane, _ in ends],
        },
        "customdata": [[lane.mark.statement_ids] for lane, _ in ends],
        "hovertext": ["<br>".join(map(theme.words, wrap_text(lane.mark.hover))) for lane, _ in ends],
    }  # fmt: skip


def _add_unstated(figure: BlockFigure, unstated: Unstated, wide: bool) -> None:
    theme = figure.theme
    line_px, muted = theme.letters(SMALL_LINE_PX), {"size": theme.letters(13), "color": theme.colour("muted")}
    lines = list(
        chain.from_iterable(wrap_text(name, 90 if wide else theme.signs(NARROW_LETTERS)) for name in unstated.names)
    )
    head_px = theme.letters(HEAD_PX)
    block = figure.add_block(head_px + len(lines) * line_px, {"visible": False, "range": [0, 1]})
    figure.add_text(block, f"<b>{theme.words(unstated.heading)}</b>", 0)
    figure.add_text(block, "<br>".join(map(theme.words, lines)), head_px, font=muted)
