"""The figure of amounts over time: when each was said, in the colour of its project and with the symbol of its kind.

Nothing joins two marks, since nothing was stated between them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import plotly.graph_objects as go

from khoosheh.figures.amount_axis import AmountAxis, Scale, build_amount_axis
from khoosheh.figures.interval_bars import wrap_text
from khoosheh.figures.kind_dots import choose_symbol
from khoosheh.figures.label_places import Anchor, Box, Side, choose_label_sides
from khoosheh.figures.theme import FONT, PlotlyProperties, Theme, build_empty_figure, format_colour_key
from khoosheh.figures.time_axis import add_time_axis, compute_day_number

PANEL_PX, LOWER_PANEL_PX, HEAD_PX, LINE_PX, GAP_PX = 260, 130, 26, 20, 14
BOTTOM_PX, SIDE_PX, TOP_PX = 36, 58, 8
MARK_PX, LINE_WIDTH_PX = 12, 3
# letters of a line of a name
NARROW_LETTERS, WIDE_LETTERS = 40, 90
# how high the open end of 'at least' is, as a share of the axis
OPEN_SHARE = 0.06
FAINT, STRONG = 0.16, 0.6
# words beside a mark: how far from it, and where
SPACE = "\u00a0" * 4
BESIDE: dict[Side, str] = {
    "right": f"{SPACE}{{words}}", "left": f"{{words}}{SPACE}", "above": "{words}<br>\u00a0",
    "below": "\u00a0<br>{words}",
}  # fmt: skip
POSITIONS: dict[Side, str] = {
    "right": "middle right", "left": "middle left", "above": "top center", "below": "bottom center",
}  # fmt: skip
# the width at which texts beside marks have room; a wider screen only moves them apart
LEAST_WIDE_PX = 700


@dataclass(frozen=True)
class SaidAmount:
    """An amount that was said on one of the days from ``first`` to ``last``; without ``high`` 'at least'.

    ``kind``: place among all kinds; ``colour``: that of its project, by place in the palette; ``counts``: whether it
    still counts; ``label``: the words beside its mark; ``words``: its hover text; ``statement_ids``: separated by
    blanks.
    """

    first: date
    last: date
    low: float
    high: float | None
    kind: int
    colour: int
    counts: bool
    label: str
    words: str
    statement_ids: str

    @property
    def ends(self) -> tuple[int, int]:
        """The places on the axis of time where its first day starts and its last day ends."""
        return compute_day_number(self.first), compute_day_number(self.last) + 1


@dataclass(frozen=True)
class TimePanel:
    """The amounts of one unit, below its name."""

    words: str
    amounts: tuple[SaidAmount, ...]


@dataclass(frozen=True)
class ProjectKey:
    """The name of a project and its place in the palette."""

    words: str
    colour: int


def build_amounts_over_time_figure(
    *, panels: Sequence[TimePanel], projects: Sequence[ProjectKey], scale: Scale, theme: Theme, alt: str
) -> go.Figure:
    """Draw a panel a unit above one axis of time, and above them the names of the projects in their colours.

    ``layout.meta["wide"]`` has the same figure for wide screens, with words beside the marks.
    """
    days = [day for panel in panels for one in panel.amounts for day in (one.first, one.last)]
    empty = build_empty_figure(theme, height=PANEL_PX, alt=alt)
    add_time_axis(empty, days, theme, alt)
    # the axis of time stands below the last panel
    empty.layout.xaxis.anchor = f"y{len(panels)}" if len(panels) > 1 else "y"
    layout, reach = empty.to_plotly_json()["layout"], tuple(empty.layout.xaxis.range)
    narrow, wide = (
        _build_panels(panels, projects, scale, theme, layout, reach, is_wide) for is_wide in (False, True)
    )
    figure = go.Figure(narrow)
    figure.layout.meta = {**layout["meta"], "wide": wide}
    return figure


def _build_panels(
    panels: Sequence[TimePanel],
    projects: Sequence[ProjectKey],
    scale: Scale,
    theme: Theme,
    usual: PlotlyProperties,
    reach: Sequence[float],
    wide: bool,
) -> PlotlyProperties:
    """Return the figure as a dictionary; ``usual``: the layout with the axis of time, ``reach``: its ends.

    Plotly validates only the form for narrow screens: that takes most of the time of a figure.
    """
    line_px, head_px = theme.letters(LINE_PX), theme.letters(HEAD_PX)
    keys = [line for one in projects for line in _format_key_lines(one, theme, wide)]
    tops, at = [], len(keys) * line_px + GAP_PX
    for number in range(len(panels)):
        tops.append(at)
        at += head_px + (LOWER_PANEL_PX if number else PANEL_PX) + GAP_PX
    texts = [_build_text(words, 1 - place * line_px / at, theme) for place, words in enumerate(keys)]
    traces: list[PlotlyProperties] = []
    axes: PlotlyProperties = {}
    shapes: list[PlotlyProperties] = []
    for number, (panel, top) in enumerate(zip(panels, tops, strict=True)):
        height, y = LOWER_PANEL_PX if number else PANEL_PX, f"y{number + 1}" if number else "y"
        axis = build_amount_axis([(one.low, one.high) for one in panel.amounts], scale, theme.lang)
        texts.append(_build_text(f"<b>{theme.words(panel.words)}</b>", 1 - top / at, theme))
        axes[f"yaxis{y[1:]}"] = _build_axis_layout(
            axis, [1 - (top + head_px + height) / at, 1 - (top + head_px) / at], theme
        )
        shapes += [_build_interval(one, axis, y, theme) for one in panel.amounts]
        traces.append(_build_marks(panel.amounts, axis, y, theme))
        if wide:
            traces.append(_build_labels(panel.amounts, axis, y, reach, height, theme))
    side = theme.letters(SIDE_PX)
    layout: PlotlyProperties = {
        **usual, **axes, "height": at + TOP_PX + BOTTOM_PX, "annotations": texts, "shapes": shapes,
        "margin": {"l": 16 if theme.rtl else side, "r": side if theme.rtl else 16, "t": TOP_PX, "b": BOTTOM_PX},
    }  # fmt: skip
    return {"data": traces, "layout": layout}


def _format_key_lines(project: ProjectKey, theme: Theme, wide: bool) -> list[str]:
    """Return the name of a project in lines, the first after a dot in its colour."""
    first, *rest = wrap_text(project.words, WIDE_LETTERS if wide else theme.signs(NARROW_LETTERS))
    return [format_colour_key(theme, first, project.colour), *map(theme.words, rest)]


def _build_axis_layout(axis: AmountAxis, domain: Sequence[float], theme: Theme) -> PlotlyProperties:
    return {
        "domain": domain, "range": [axis.first, axis.last], "tickvals": axis.tickvals, "ticktext": axis.ticktext,
        "side": "right" if theme.rtl else "left", "fixedrange": True, "zeroline": False,
        "gridcolor": theme.colour("grid"), "tickfont": {"size": theme.letters(12), "color": theme.colour("muted")},
    }  # fmt: skip


def _build_text(words: str, y: float, theme: Theme) -> PlotlyProperties:
    return {
        "x": 1 if theme.rtl else 0, "xref": "paper", "xanchor": "right" if theme.rtl else "left", "y": y,
        "yref": "paper", "yanchor": "top", "text": words, "showarrow": False, "borderpad": 0,
        "font": {"size": theme.letters(13), "color": theme.colour("text")},
    }  # fmt: skip


def _build_interval(amount: SaidAmount, axis: AmountAxis, y: str, theme: Theme) -> PlotlyProperties:
    """Return the days on one of which an amount was said, by its own interval."""
    low = axis.find_place(amount.low)
    high = low + OPEN_SHARE * (axis.last - axis.first) if amount.high is None else axis.find_place(amount.high)
    colour, start, end = theme.mark_colour(amount.colour), *amount.ends
    return {
        "type": "rect", "yref": y, "x0": start, "x1": end, "y0": low, "y1": high, "fillcolor": colour,
        "opacity": STRONG if high == low else FAINT, "layer": "between",
        "line": {
            "color": colour, "width": LINE_WIDTH_PX if high == low else 1,
            "dash": "dot" if amount.high is None else "solid",
        },
    }  # fmt: skip


def _build_labels(
    amounts: Sequence[SaidAmount], axis: AmountAxis, y: str, days: Sequence[float], height: float, theme: Theme
) -> PlotlyProperties:
    """Return the words beside marks that have room for them; ``days``: the ends of the axis, from left to right."""
    ordered = sorted(amounts, key=lambda one: (one.last, one.low), reverse=True)

    def find_x(day: float) -> float:
        return LEAST_WIDE_PX * (day - days[0]) / (days[1] - days[0])

    def find_y(amount: float) -> float:
        return height * (1 - axis.compute_share(axis.find_place(amount)))

    lines: list[Box] = []
    for one in ordered:
        left, right = sorted(map(find_x, one.ends))
        top, bottom = find_y(one.low if one.high is None else one.high), find_y(one.low)
        lines.append((left, top - LINE_WIDTH_PX, right, bottom + LINE_WIDTH_PX))
    anchors = [Anchor(find_x(one.ends[1]), find_y(one.low), one.label) for one in ordered]
    sides = choose_label_sides(anchors, lines, LEAST_WIDE_PX, height)
    placed = [(one, side) for one, side in zip(ordered, sides, strict=True) if side]
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False, "name": "words", "yaxis": y,
        "x": [one.ends[1] for one, _ in placed], "y": [axis.find_place(one.low) for one, _ in placed],
        "text": [BESIDE[side].format(words=theme.words(one.label)) for one, side in placed],
        "textposition": [POSITIONS[side] for _, side in placed],
        "textfont": {
            "family": FONT, "size": theme.letters(12),
            "color": [theme.colour("text" if one.counts else "muted") for one, _ in placed],
        },
    }  # fmt: skip


def _build_marks(amounts: Sequence[SaidAmount], axis: AmountAxis, y: str, theme: Theme) -> PlotlyProperties:
    """Return a mark at the last day on which each amount may have been said; hollow where it no longer counts."""
    return {
        "type": "scatter", "mode": "markers", "name": "amounts", "hoverinfo": "text", "cliponaxis": False, "yaxis": y,
        "x": [one.ends[1] for one in amounts], "y": [axis.find_place(one.low) for one in amounts],
        "marker": {
            "size": MARK_PX,
            "symbol": [choose_symbol(one.kind) + ("" if one.counts else "-open") for one in amounts],
            "color": [theme.mark_colour(one.colour) for one in amounts],
        },
        "customdata": [[one.statement_ids] for one in amounts],
        "hovertext": ["<br>".join(map(theme.words, wrap_text(one.words))) for one in amounts],
    }  # fmt: skip
