"""A block of dots: a row a kind of amount, a dot a project, filled where an amount of the kind was stated."""

from collections.abc import Sequence
from dataclasses import dataclass

from khoosheh.figures.stacked_blocks import Block, BlockFigure
from khoosheh.figures.theme import PlotlyProperties, Theme

# rows are as high as lines of their letters, since all words of them are one text
LETTERS_PX, ROW_PX, HEAD_PX, BELOW_PX = 13, 13 * 1.3, 28, 22
DOT_PX, NARROW_DOT_PX, NO_DOT_PX = 10, 8, 4
# letters stand so much below the middle of their lines
RISE_PX = 2
# projects up to which each has a dot; of more the share is drawn
MOST_DOTS = 40
# the distance of projects with amounts, that of the others being 1
APART = 2.0
# the share of the width in which dots stand, on a narrow screen and on a wide one, and where they start
NARROW, WIDE = (0.56, 0.3), (0.34, 0.3)
# symbols of kinds of amount in the order of the dictionary; those that neighbours have differ most
SYMBOLS = ("diamond", "square", "triangle-up", "circle", "cross", "star", "x", "hexagon", "bowtie")


@dataclass(frozen=True)
class KindRow:
    """A kind of amount: its words, its place among all kinds, and how many projects have it, in words and as a share.

    ``statement_ids``: of each project in order, separated by blanks; empty where the kind was not stated. There are
    none where projects are too many for dots.
    """

    words: str
    kind: int
    count: str
    share: float
    statement_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class KindDots:
    """The block: its heading, its rows, and of each project the hover text and the place in the palette.

    The first ``stated`` projects have amounts and stand further apart than the others.
    """

    heading: str
    rows: tuple[KindRow, ...]
    projects: tuple[str, ...]
    colours: tuple[int, ...]
    stated: int = 0

    def find_column(self, place: int) -> float:
        """Return where the dots of a project stand, by its place among all."""
        return APART * min(place, self.stated) + max(0, place - self.stated)


def choose_symbol(kind: int) -> str:
    """Return the symbol of a kind of amount by its place among all kinds."""
    return SYMBOLS[kind % len(SYMBOLS)]


def add_kind_dots(figure: BlockFigure, dots: KindDots, wide: bool) -> None:
    """Add the block of dots to a figure."""
    theme = figure.theme
    row_px, head_px = _compute_row_px(theme), theme.letters(HEAD_PX)
    start, width = WIDE if wide else NARROW
    domain = [1 - start - width, 1 - start] if theme.rtl else [start, start + width]
    columns = max(1.0, dots.find_column(len(dots.projects))) + 0.5
    reach = [columns, -1] if theme.rtl else [-1, columns]
    height = round(head_px + row_px * len(dots.rows))
    block = figure.add_block(height, {"domain": domain, "range": reach, "visible": False}, BELOW_PX)
    figure.add_text(block, f"<b>{theme.words(dots.heading)}</b>", 0)
    font = {"size": theme.letters(LETTERS_PX), "color": theme.colour("text")}
    figure.add_text(block, "<br>".join(_format_kind(row, theme) for row in dots.rows), head_px - RISE_PX, font=font)
    # beside the dots
    edge = 1 - start - width if theme.rtl else start + width
    counts = "<br>".join(theme.words(row.count) for row in dots.rows)
    figure.add_text(block, counts, head_px - RISE_PX, x=edge, font=font)
    for at, row in enumerate(dots.rows):
        if not row.statement_ids:
            _add_share(figure, block, _compute_middle(at, theme), row.share * columns, columns)
    size = DOT_PX if wide else NARROW_DOT_PX
    figure.traces += [_build_dots(dots, block, theme), *_build_marks(dots, block, size, theme)]


def _format_kind(row: KindRow, theme: Theme) -> str:
    """Return the words of a kind, in a weaker colour where nobody stated it."""
    words = theme.words(row.words)
    return words if row.share else f'<span style="color:{theme.colour("muted")}">{words}</span>'


def _compute_row_px(theme: Theme) -> float:
    return theme.letters(LETTERS_PX) * ROW_PX / LETTERS_PX


def _add_share(figure: BlockFigure, block: Block, middle: float, end: float, last: float) -> None:
    for stop, colour in ((last, "track"), (end, "muted")):
        figure.shapes.append({
            "type": "rect", "xref": block.x, "yref": block.y, "x0": 0, "x1": stop, "y0": middle - 4, "y1": middle + 4,
            "line": {"width": 0}, "fillcolor": figure.theme.colour(colour),
        })  # fmt: skip


def _compute_middle(row: int, theme: Theme) -> float:
    return theme.letters(HEAD_PX) + (row + 0.5) * _compute_row_px(theme)


def _build_dots(dots: KindDots, block: Block, theme: Theme) -> PlotlyProperties:
    """Return a small dot for each project and kind of which nothing was stated."""
    empty = [
        (dots.find_column(place), _compute_middle(at, theme))
        for at, row in enumerate(dots.rows)
        for place, ids in enumerate(row.statement_ids)
        if not ids
    ]
    return {
        "type": "scatter", "x": [x for x, _ in empty], "y": [y for _, y in empty], "xaxis": block.x, "yaxis": block.y,
        "mode": "markers", "marker": {"size": NO_DOT_PX, "color": theme.colour("grid")}, "hoverinfo": "skip",
        "name": "not stated",
    }  # fmt: skip


def _build_marks(dots: KindDots, block: Block, size: int, theme: Theme) -> Sequence[PlotlyProperties]:
    """Return a mark for each project and kind of which an amount was stated."""
    marks = [
        (place, at, ids)
        for at, row in enumerate(dots.rows)
        for place, ids in enumerate(row.statement_ids)
        if ids
    ]  # fmt: skip
    if not marks:
        return []
    return [
        {
            "type": "scatter", "mode": "markers", "name": "stated", "cliponaxis": False, "hoverinfo": "text",
            "x": [dots.find_column(place) for place, _, _ in marks],
            "y": [_compute_middle(at, theme) for _, at, _ in marks],
            "xaxis": block.x, "yaxis": block.y,
            "marker": {
                "size": size,
                "symbol": [choose_symbol(dots.rows[at].kind) for _, at, _ in marks],
                "color": [theme.mark_colour(dots.colours[place]) for place, _, _ in marks],
            },
            "customdata": [[ids] for *_, ids in marks],
            "hovertext": [
                f"{theme.words(dots.projects[place])}<br>{theme.words(dots.rows[at].words)}" for place, at, _ in marks
            ],
        }
    ]  # fmt: skip
