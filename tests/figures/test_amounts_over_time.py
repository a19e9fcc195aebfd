"""Amounts over time: each at the days on which it was said, in the colour of its project."""

from datetime import date

import pytest

from khoosheh.figures.amounts_over_time import (
    ProjectKey,
    SaidAmount,
    TimePanel,
    build_amounts_over_time_figure,
)
from khoosheh.figures.commitments import compute_day_number
from khoosheh.figures.theme import PALETTE, Theme

FIRST, LAST = date(2023, 12, 22), date(2024, 3, 19)
SAID = (
    SaidAmount(FIRST, LAST, 60.0, 60.0, 1, 0, True, "Allocated: 60", "Network · allocated: 60", "K01"),
    SaidAmount(LAST, LAST, 3.0, None, 6, 2, True, "Not stated: at least 3", "Mine · at least 3", "C11"),
    SaidAmount(FIRST, FIRST, 30.0, 36.0, 3, 0, False, "Spent: 30 to 36", "Network · spent: 30 to 36", "S09"),
)
PANELS = (TimePanel("In billion rial", SAID), TimePanel("In euro", SAID[:1]))


def drawn(lang: str = "en", scale: str = "linear"):
    keys = (ProjectKey("Network", 0), ProjectKey("Mine", 2))
    return build_amounts_over_time_figure(panels=PANELS, projects=keys, scale=scale, theme=Theme(lang), alt="words")


def test_a_mark_stands_at_the_last_day_and_a_line_covers_all():
    figure = drawn()
    assert list(figure.data[0].x) == [compute_day_number(one.last) + 1 for one in SAID]
    assert list(figure.data[0].y) == [60, 3, 30]
    lines = figure.layout.shapes[:3]
    assert (lines[0].x0, lines[0].x1) == (compute_day_number(FIRST), compute_day_number(LAST) + 1)
    assert (lines[2].y0, lines[2].y1) == (30, 36) and lines[1].line.dash == "dot"


def test_what_no_longer_counts_is_hollow():
    assert [symbol.endswith("-open") for symbol in drawn().data[0].marker.symbol] == [False, False, True]


def test_colours_are_those_of_the_projects_and_named_above():
    figure = drawn()
    assert list(figure.data[0].marker.color) == [PALETTE[0], PALETTE[2], PALETTE[0]]
    assert [one.text for one in figure.layout.annotations[:2]] == [
        f'<span style="color:{PALETTE[0]}">●</span> Network', f'<span style="color:{PALETTE[2]}">●</span> Mine'
    ]  # fmt: skip


def test_a_long_name_has_lines_on_a_narrow_screen():
    keys = (ProjectKey("word " * 20, 0),)
    figure = build_amounts_over_time_figure(
        panels=PANELS, projects=keys, scale="linear", theme=Theme("en"), alt="words"
    )
    texts = [one.text for one in figure.layout.annotations]
    assert texts[3].startswith("<b>") and all(len(text) < 90 for text in texts[1:3])


def test_units_share_the_axis_of_time_below_the_last():
    layout = drawn().layout
    assert layout.xaxis.anchor == "y2" and layout.yaxis.domain[0] > layout.yaxis2.domain[1]
    assert layout.meta["ticks"] and layout.meta["wide"]["layout"]["meta"]["ticks"]


@pytest.mark.parametrize(("lang", "reversed_"), [("fa", True), ("en", False)])
def test_time_runs_as_the_language_is_read(lang, reversed_):
    first, last = drawn(lang).layout.xaxis.range
    assert (first > last) is reversed_


def test_only_a_wide_figure_has_words_beside_its_marks():
    figure = drawn()
    words = [one for one in figure.layout.meta["wide"]["data"] if one["name"] == "words"]
    assert "Allocated: 60" in " ".join(words[0]["text"])
    assert {one.name for one in figure.data} == {"amounts"}
