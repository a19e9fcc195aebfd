"""Figures of standings: labels that do not collide, gaps, the map's sides, and colours told apart by all readers."""

from datetime import date
from itertools import combinations

import pytest

from khoosheh import calendar
from khoosheh.figures.computed_rankings import (
    CHOSEN,
    OWN,
    QUIET,
    Line,
    Place,
    build_bump_figure,
    build_slope_figure,
)
from khoosheh.figures.computed_rankings.lines import spread_places
from khoosheh.figures.theme import DARK_PALETTE, PALETTE, Theme
from testing.colours import SIGHT, measure_distance


def line(code: str, places: dict[int, int], role: str = QUIET) -> Line:
    found = tuple(
        Place(*calendar.year_span(year, "jalali"), place, f"{code} {year}", str(year))
        for year, place in places.items()
    )
    return Line(code, f"{found[-1].place} · {code}", found, role, 5)


LINES = [
    line("A", {1400: 1, 1401: 1, 1402: 2}),
    line("B", {1400: 2, 1402: 2}),
    line("C", {1400: 3, 1401: 2, 1402: 1}, OWN),
    line("D", {1400: 4, 1401: 3}),
]


def drawn(lang="fa"):
    return build_bump_figure(lines=LINES, theme=Theme(lang), alt="x" * 30)


def test_equal_places_are_named_in_rows_of_their_own():
    for labels in (drawn().layout.annotations, drawn().layout.meta["wide"]["layout"]["annotations"]):
        rows = sorted(one["y"] for one in labels)
        assert rows == [1, 2, 3], "D has no place in the last year"


def test_in_a_hall_the_loud_are_named_in_large_letters():
    near, projected = drawn(), build_bump_figure(lines=LINES, theme=Theme("fa", projector=True), alt="x" * 30)
    assert [one.text for one in projected.layout.annotations] == ["<b>1 · C</b>"]
    assert projected.layout.annotations[0].font.size > max(one.font.size for one in near.layout.annotations)
    assert [list(one.y) for one in projected.data] == [list(one.y) for one in near.data]
    quiet = build_bump_figure(lines=LINES[:2], theme=Theme("fa", projector=True), alt="x" * 30)
    assert len(quiet.layout.annotations) == 2, "where none is loud all are named"


@pytest.mark.parametrize(
    ("places", "gap", "last", "found"),
    [
        ([1, 2, 3], 2, 31, [1, 3, 5]),
        ([1, 10, 20], 2, 31, [1, 10, 20]),
        ([29, 30, 31], 2, 31, [27, 29, 31]),
        ([31, 31], 1.5, 31, [29.5, 31]),
        ([], 2, 31, []),
    ],
)
def test_names_on_a_projector_keep_their_distance(places, gap, last, found):
    assert spread_places(places, gap, last) == found


def test_a_missing_year_leaves_a_gap():
    quiet = next(trace for trace in drawn().data if trace.name == QUIET and trace.mode == "lines")
    xs = list(quiet.x)
    start = xs.index(None) + 1
    b = xs[start : start + 5]
    assert b[2] is None, "no line over 1401"
    own = next(trace for trace in drawn().data if trace.name == OWN and trace.mode == "lines")
    assert None not in list(own.x)[:-1]


def test_a_gregorian_year_covers_all_of_its_days_and_is_named_as_such():
    first, last = calendar.year_span(2019, "gregorian")
    figure = build_bump_figure(
        lines=[Line("A", "1 · A", (Place(first, last, 1, "w", "2019 CE"),))], theme=Theme("en"), alt="x" * 30
    )
    start, end = figure.layout.xaxis.range
    assert (end - start) == 365
    assert figure.layout.meta["ticks"] == [{"at": [(start + end) / 2], "words": ["2019 CE"]}]


def test_years_stand_below_their_points_and_become_fewer_not_nearer():
    figure = drawn()
    points = {x for trace in figure.data if trace.mode == "markers" for x in trace.x}
    levels = figure.layout.meta["ticks"]
    assert set(levels[0]["at"]) == points and len(points) == 3
    for level in levels:
        assert set(level["at"]) <= points and level["at"][-1] == max(points), "the last year is always named"


@pytest.mark.parametrize(("lang", "side"), [("fa", "right"), ("en", "left")])
def test_lines_run_and_are_named_where_reading_goes(lang, side):
    figure = drawn(lang)
    assert figure.layout.yaxis.side == side
    assert {one.x for one in figure.layout.annotations} == {0 if lang == "fa" else 1}
    assert (figure.layout.xaxis.range[0] > figure.layout.xaxis.range[1]) == (lang == "fa")
    assert figure.layout.yaxis.range[0] > figure.layout.yaxis.range[1], "place 1 is on top"


def test_a_click_tells_the_province():
    assert {tuple(one) for trace in drawn().data if trace.mode == "markers" for one in trace.customdata} == set(
        (code,) for code in "ABCD"
    )


def test_slopes_have_two_ends_each():
    two = [Line(one.code, one.label, (one.places[0], one.places[-1]), one.role) for one in LINES[:3]]
    figure = build_slope_figure(lines=two, ends=("۱۴۰۰", "۱۴۰۲"), theme=Theme("fa"), alt="x" * 30)
    assert all(list(trace.x) == [0, 1] for trace in figure.data)
    assert figure.data[-1].line.width == max(trace.line.width for trace in figure.data), "the own line lies on top"


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", [PALETTE, DARK_PALETTE], ids=["light", "dark"])
def test_own_line_and_the_first_chosen_ones_are_told_measure_distance(sight, palette):
    from khoosheh.topics.rankings.province_roles import CHOSEN_COLOURS, OWN_COLOUR

    colours = [palette[place] for place in (OWN_COLOUR, *CHOSEN_COLOURS[:3])]
    assert all(measure_distance(a, b, sight) > 12 for a, b in combinations(colours, 2)), [
        (a, b, round(measure_distance(a, b, sight))) for a, b in combinations(colours, 2)
    ]


def test_figures_take_no_days_before_the_epoch_wrong():
    figure = build_bump_figure(
        lines=[Line("A", "1 · A", (Place(date(1965, 3, 21), date(1966, 3, 20), 1, "w", "1344"),), CHOSEN, 1)],
        theme=Theme("en"),
        alt="x" * 30,
    )
    assert figure.layout.xaxis.range[0] < 0 < figure.layout.xaxis.range[1] + 5000
