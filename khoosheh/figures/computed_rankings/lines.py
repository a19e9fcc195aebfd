"""The lines of provinces that the bump chart and the slope chart share: roles, widths, and labels at their ends."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

import plotly.graph_objects as go

from khoosheh.figures.theme import PlotlyProperties, Theme

# how a province is drawn: thin and grey, highlighted, or as the province of the register
Role: TypeAlias = Literal["quiet", "chosen", "own"]
QUIET: Role = "quiet"
CHOSEN: Role = "chosen"
OWN: Role = "own"
# from the lowest to the top layer
ORDER: tuple[Role, ...] = (QUIET, CHOSEN, OWN)
WIDTHS: dict[Role, float] = {QUIET: 1, CHOSEN: 3, OWN: 4.5}
SIZES: dict[Role, float] = {QUIET: 5, CHOSEN: 8, OWN: 11}
LABEL_PAD_PX = 18
# labels stand at least this many of their font sizes apart
APART = 1.25
# places between the ticks of the axis of places
STEP = 5


class LabelSize(NamedTuple):
    """The font size of labels, the width of each of their letters and the height of a place, in pixels."""

    font: int
    letter: float
    row: int


SMALL, LARGE, PROJECTED = LabelSize(10, 5.0, 13), LabelSize(12, 6.0, 18), LabelSize(20, 10.0, 14)


@dataclass(frozen=True)
class Place:
    """A place in one year: the days ``first`` and ``last`` of the year, the place (1 is the best), and its text.

    ``year``: the year as the indicator counts it.
    """

    first: date
    last: date
    place: int
    words: str
    year: str


@dataclass(frozen=True)
class Line:
    """The places of a province in ascending years; ``label`` stands at the end of its line.

    ``code``: of the province; ``colour``: place in the palette, for lines that are not quiet.
    """

    code: str
    label: str
    places: tuple[Place, ...]
    role: Role = QUIET
    colour: int = 0


def build_both_sizes(draw: Callable[[LabelSize], go.Figure], theme: Theme) -> go.Figure:
    """Return a figure with small labels, and in ``layout.meta["wide"]`` the same with large ones for wide screens."""
    if theme.projector:
        return draw(PROJECTED)
    small, large = draw(SMALL), draw(LARGE)
    small.layout.meta = {**small.layout.meta, "wide": large.to_plotly_json()}
    return small


def compute_plot_height(places: int, label_size: LabelSize) -> int:
    """Return the height of a figure with this many places, in pixels."""
    return places * label_size.row + 60


def find_last_place(lines: Sequence[Line]) -> int:
    """Return the lowest place of some lines."""
    return max((place.place for line in lines for place in line.places), default=1)


def select_line_colour(line: Line, theme: Theme) -> str:
    """Return the colour of a line and of its label."""
    return theme.colour("muted") if line.role == QUIET else theme.mark_colour(line.colour)


def set_place_axis(figure: go.Figure, lines: Sequence[Line], label_size: LabelSize, theme: Theme) -> None:
    """Set the axis of places, place 1 on top, and margins with room for the labels of lines."""
    last = find_last_place(lines)
    figure.update_yaxes(
        range=[last + 0.7, 0.3], fixedrange=True, tickvals=[1, *range(STEP, last + 1, STEP)], zeroline=False,
        side="right" if theme.rtl else "left", gridcolor=theme.colour("grid"),
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    longest = max((len(line.label) for line in _select_labelled_lines(lines, theme)), default=0)
    label_px = longest * label_size.letter + LABEL_PAD_PX
    sides = {"l": label_px, "r": theme.letters(36)} if theme.rtl else {"l": theme.letters(36), "r": label_px}
    figure.update_layout(margin={**sides, "t": 8, "b": 36})


def _select_labelled_lines(lines: Sequence[Line], theme: Theme) -> Sequence[Line]:
    """Return the lines that have labels: on a projector those that are not quiet, if there are any; else all."""
    return ([line for line in lines if line.role != QUIET] if theme.projector else []) or lines


def add_line_labels(figure: go.Figure, lines: Sequence[Line], label_size: LabelSize, theme: Theme) -> None:
    """Add labels at the ends of lines; equal places get rows of their own, so that no two labels overlap."""
    ranked = sorted(_select_labelled_lines(lines, theme), key=lambda line: (line.places[-1].place, line.label))
    rows: Sequence[float] = range(1, len(ranked) + 1)
    if len(ranked) < len(lines):
        last = max(line.places[-1].place for line in lines)
        rows = spread_places(
            [line.places[-1].place for line in ranked], APART * label_size.font / label_size.row, last
        )
    # all at once: Plotly validates all annotations again for each one that is added
    figure.layout.annotations = [
        _build_line_label(line, row, label_size.font, theme) for line, row in zip(ranked, rows, strict=True)
    ]


def spread_places(places: Sequence[float], gap: float, last: int) -> list[float]:
    """Move ascending places apart by at least ``gap``: first downward, then upward from ``last``."""
    rows: list[float] = []
    for place in places:
        rows.append(max(place, rows[-1] + gap) if rows else place)
    limit = float(last)
    for at in reversed(range(len(rows))):
        rows[at] = min(rows[at], limit)
        limit = rows[at] - gap
    return rows


def _build_line_label(line: Line, row: float, font_size: int, theme: Theme) -> PlotlyProperties:
    label = theme.words(line.label)
    return {
        "x": 0 if theme.rtl else 1,
        "xref": "paper",
        "xanchor": "right" if theme.rtl else "left",
        "xshift": -6 if theme.rtl else 6,
        "y": row,
        "yanchor": "middle",
        "text": label if line.role == QUIET else f"<b>{label}</b>",
        "showarrow": False,
        "borderpad": 0,
        "font": {"size": font_size, "color": select_line_colour(line, theme)},
    }
