"""The ladder of places: one scale from place 1 to the last, with each place of a province beside its name."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from khoosheh.figures.computed_rankings.lines import spread_places
from khoosheh.figures.interval_bars import wrap_text
from khoosheh.figures.theme import PlotlyProperties, Theme, build_empty_figure

# height of a place, and of a line of a name with the air around it, in pixels
PLACE_PX, LINE_PX, AIR_PX, MARGIN_PX = 13, 14, 6, 12
MARK_PX, BAR_SHARE = 12, 0.035
# characters of a line of a name
NAME = 40
# places between the ticks
STEP = 5
# shares of the width: of the first mark, of the step to the next, and of the air before the names
FIRST, NEXT, BEFORE_NAMES = 0.03, 0.06, 0.05
# what is drawn beyond the middle of a place
HALF = 0.4


@dataclass(frozen=True)
class Rung:
    """A place, or the places ``low``..``high`` between which it lies, and its name.

    ``statement_ids``: separated by blanks; ``colour``: place in the palette.
    """

    words: str
    low: float
    high: float
    statement_ids: str
    colour: int = 0


def build_ladder_figure(*, rungs: Sequence[Rung], last: int, theme: Theme, alt: str) -> go.Figure:
    """Draw places on a scale whose place 1 is on top; exact ones as points, intervals hatched.

    ``last``: the last place of the scale. Names stand where reading goes on, each joined to its mark by a line.
    """
    ordered = sorted(rungs, key=lambda rung: (rung.low + rung.high, rung.words))
    names = [wrap_text(rung.words, NAME) for rung in ordered]
    line_px = max(map(len, names), default=1) * LINE_PX + AIR_PX
    height = max(last * PLACE_PX, len(ordered) * line_px)
    figure = build_empty_figure(theme, height=height + 2 * MARGIN_PX, alt=alt)
    lanes = _choose_lanes(ordered)
    at = [FIRST + lane * NEXT for lane in lanes]
    before = FIRST + max(lanes, default=0) * NEXT + BEFORE_NAMES
    rows = spread_places([(rung.low + rung.high) / 2 for rung in ordered], line_px * last / height, last)
    figure.add_trace(_build_lines(ordered, at, rows, before, theme))
    figure.add_trace(_build_bars(ordered, at, theme))
    figure.add_trace(_build_points(ordered, at, theme))
    figure.layout.annotations = [
        _build_name(rung, lines, row, before, theme) for rung, lines, row in zip(ordered, names, rows, strict=True)
    ]
    figure.update_xaxes(range=[1, 0] if theme.rtl else [0, 1], visible=False, fixedrange=True)
    figure.update_yaxes(
        range=[last + 0.7, 0.3], fixedrange=True, tickvals=[1, *range(STEP, last + 1, STEP)], zeroline=False,
        side="right" if theme.rtl else "left", showgrid=False,
        tickfont={"size": theme.letters(12), "color": theme.colour("muted")},
    )  # fmt: skip
    sides = {"l": 4, "r": 32} if theme.rtl else {"l": 32, "r": 4}
    figure.update_layout(margin={**sides, "t": MARGIN_PX, "b": MARGIN_PX})
    return figure


def _choose_lanes(rungs: Sequence[Rung]) -> list[int]:
    """Return for each rung the first lane in which it touches none before it."""
    ends: list[float] = []
    lanes = []
    for rung in sorted(rungs, key=lambda rung: rung.low):
        lane = next((lane for lane, end in enumerate(ends) if end < rung.low - 1), len(ends))
        ends[lane : lane + 1] = [rung.high]
        lanes.append((rung, lane))
    return [next(lane for other, lane in lanes if other is rung) for rung in rungs]


def _build_lines(
    rungs: Sequence[Rung], at: Sequence[float], rows: Sequence[float], before: float, theme: Theme
) -> go.Scatter:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for rung, x, row in zip(rungs, at, rows, strict=True):
        xs += [x, before - BAR_SHARE / 2, None]
        ys += [(rung.low + rung.high) / 2, row, None]
    line = {"color": theme.colour("muted"), "width": 1}
    return go.Scatter(x=xs, y=ys, mode="lines", hoverinfo="skip", line=line)


def _build_bars(rungs: Sequence[Rung], at: Sequence[float], theme: Theme) -> go.Bar:
    wide = [(rung, x) for rung, x in zip(rungs, at, strict=True) if rung.low != rung.high]
    colours = [theme.mark_colour(rung.colour) for rung, _ in wide]
    return go.Bar(
        x=[x for _, x in wide],
        base=[rung.low - HALF for rung, _ in wide],
        y=[rung.high - rung.low + 2 * HALF for rung, _ in wide],
        width=BAR_SHARE,
        marker={
            "color": theme.colour("ground"),
            "line": {"color": colours, "width": 1},
            "pattern": {"shape": "/", "fgcolor": colours, "size": 7, "solidity": 0.25, "fillmode": "overlay"},
        },
        customdata=[[rung.statement_ids] for rung, _ in wide],
        hoverinfo="text",
        hovertext=[_format_hover_text(rung, theme) for rung, _ in wide],
    )


def _build_points(rungs: Sequence[Rung], at: Sequence[float], theme: Theme) -> go.Scatter:
    exact = [(rung, x) for rung, x in zip(rungs, at, strict=True) if rung.low == rung.high]
    return go.Scatter(
        x=[x for _, x in exact],
        y=[rung.low for rung, _ in exact],
        mode="markers",
        marker={"size": MARK_PX, "color": [theme.mark_colour(rung.colour) for rung, _ in exact]},
        customdata=[[rung.statement_ids] for rung, _ in exact],
        hoverinfo="text",
        hovertext=[_format_hover_text(rung, theme) for rung, _ in exact],
        cliponaxis=False,
    )


def _format_hover_text(rung: Rung, theme: Theme) -> str:
    return "<br>".join(map(theme.words, wrap_text(rung.words)))


def _build_name(rung: Rung, lines: Sequence[str], row: float, before: float, theme: Theme) -> PlotlyProperties:
    return {
        "x": before, "xanchor": "right" if theme.rtl else "left", "y": row, "yanchor": "middle",
        "align": "right" if theme.rtl else "left", "showarrow": False, "borderpad": 0,
        "text": "<br>".join(map(theme.words, lines)), "bgcolor": theme.colour("ground"),
        "font": {"size": theme.letters(11), "color": theme.colour("text")},
    }  # fmt: skip
