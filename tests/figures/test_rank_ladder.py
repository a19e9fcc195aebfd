"""The ladder of places: marks at their places, names that do not cover each other."""

from itertools import pairwise

import pytest

from khoosheh.figures.rank_ladder import Rung, build_ladder_figure
from khoosheh.figures.theme import Theme

RUNGS = [
    Rung("رشد", 1, 1, "A1"), Rung("پیش از صعود", 23, 31, "A2"), Rung("پس از صعود", 1, 9, "A2"),
    Rung("گروه", 20, 31, "A3", 1), Rung("سطح", 24, 24, "A4", 1), Rung("بیکاری", 24, 24, "", 1),
]  # fmt: skip


def draw(lang: str = "fa"):
    return build_ladder_figure(rungs=RUNGS, last=31, theme=Theme(lang), alt="x" * 30)


def test_exact_places_are_points_and_others_span_their_places():
    _, bars, points = draw().data
    assert sorted(points.y) == [1, 24, 24]
    spans = sorted((base, base + length) for base, length in zip(bars.base, bars.y, strict=True))
    assert spans == [
        (pytest.approx(low - 0.4), pytest.approx(high + 0.4)) for low, high in ((1, 9), (20, 31), (23, 31))
    ]
    assert {one[0] for one in bars.customdata} == {"A2", "A3"}


def test_no_mark_covers_another():
    _, bars, points = draw().data
    marks = [(x, y, y) for x, y in zip(points.x, points.y, strict=True)]
    marks += [(x, base, base + length) for x, base, length in zip(bars.x, bars.base, bars.y, strict=True)]
    for at, (x, low, high) in enumerate(marks):
        for other_x, other_low, other_high in marks[at + 1 :]:
            assert x != other_x or high < other_low or other_high < low


@pytest.mark.parametrize(("lang", "anchor"), [("fa", "right"), ("en", "left")])
def test_names_follow_the_marks_in_the_order_of_places(lang, anchor):
    figure = draw(lang)
    names = figure.layout.annotations
    assert {one.xanchor for one in names} == {anchor} and len(names) == len(RUNGS)
    assert all(one.x > max(trace.x) for one in names for trace in figure.data[1:])
    assert (figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]) == (lang == "fa")
    rows = [one.y for one in names]
    per_place = (figure.layout.height - 24) / 31
    assert all((later - earlier) * per_place >= 14 for earlier, later in pairwise(rows))
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "place 1 is on top"


def test_without_a_place_the_ladder_is_empty():
    figure = build_ladder_figure(rungs=[], last=5, theme=Theme("en"), alt="x" * 30)
    assert not figure.layout.annotations
