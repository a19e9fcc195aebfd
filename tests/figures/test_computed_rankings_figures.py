"""Figures of standings: labels that do not collide, gaps, the map's sides, and colours told apart by all readers."""

import json
from datetime import date
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest

from khoosheh import calendar
from khoosheh.figures.computed_rankings import (
    CHOSEN,
    OWN,
    QUIET,
    Area,
    Line,
    Place,
    build_bump_figure,
    build_ranking_map_figure,
    build_slope_figure,
)
from khoosheh.figures.computed_rankings import map as ranking_map
from khoosheh.figures.computed_rankings.lines import spread_places
from khoosheh.figures.theme import DARK_PALETTE, PALETTE, SCHEMES, Theme
from testing import made_up

SHAPES = json.loads((Path(made_up.SHIPPED) / "geo" / "provinces.geojson").read_text(encoding="utf-8"))


def line(code: str, places: dict[int, int], role: str = QUIET) -> Line:
    found = tuple(
        Place(*calendar.year_span(year, "jalali"), place, f"{code} {year}") for year, place in places.items()
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


def test_a_gregorian_year_covers_its_days_on_the_jalali_axis():
    first, last = calendar.year_span(2019, "gregorian")
    figure = build_bump_figure(
        lines=[Line("A", "1 · A", (Place(first, last, 1, "w"),))], theme=Theme("en"), alt="x" * 30
    )
    start, end = figure.layout.xaxis.range
    assert (end - start) == 364
    ticks = figure.layout.meta["ticks"]
    assert any(int(word) == 1398 for level in ticks for word in level["words"] if word.isdigit())


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


def areas(size: int = 31) -> list[Area]:
    codes = [shape["id"] for shape in SHAPES["features"]]
    return [
        Area(code, place, str(place), code, OWN if code == "IR-24" else QUIET, 5)
        for place, code in enumerate(codes, 1)
        if place <= size
    ]


def draw_map(of: list[Area]):
    return build_ranking_map_figure(
        areas=of, shapes=SHAPES, size=31, attribution="© OSM", theme=Theme("fa"), alt="x" * 30
    )


def test_every_province_is_filled_and_named_within_its_borders():
    figure = draw_map(areas())
    polygons = {trace.name: trace for trace in figure.data if trace.fill == "toself"}
    assert len(polygons) == 31
    numbers = next(trace for trace in figure.data if trace.name == "places")
    for x, y, (code,) in zip(numbers.x, numbers.y, numbers.customdata, strict=True):
        rings = ranking_map.list_outer_rings(next(one for one in SHAPES["features"] if one["id"] == code)["geometry"])
        assert any(inside((x, y), ring) for ring in rings), code
    assert "© OSM" in figure.layout.annotations[0].text


def inside(point: tuple, ring: list) -> bool:
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def test_classes_are_fifths():
    assert [ranking_map.compute_place_class(place, 31) for place in (1, 7, 8, 13, 14, 19, 20, 25, 26, 31)] == [
        0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip
    assert ranking_map.compute_place_class(1, 1) == 0


def test_a_province_without_a_place_has_no_colour_of_a_class():
    of = [*areas(30), Area(SHAPES["features"][30]["id"], None, "", "none")]
    figure = draw_map(of)
    polygon = next(trace for trace in figure.data if trace.name == of[-1].code)
    assert polygon.fillcolor == SCHEMES["light"]["track"] and polygon.fillcolor not in ranking_map.CLASSES


# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB
SIGHT = {
    "all colours": np.eye(3),
    "no red": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "no green": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "no blue": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}  # fmt: skip
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = XYZ @ np.ones(3)


def lab(colour: str, sight: np.ndarray) -> np.ndarray:
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(sight @ linear, 0, 1) / WHITE
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(one: str, other: str, sight: str) -> float:
    return float(np.linalg.norm(lab(one, SIGHT[sight]) - lab(other, SIGHT[sight])))


@pytest.mark.parametrize("sight", SIGHT)
def test_classes_of_the_map_are_told_apart_and_ordered_by_lightness(sight):
    lightness = [lab(colour, SIGHT[sight])[0] for colour in ranking_map.CLASSES]
    assert lightness == sorted(lightness)
    assert all(apart(a, b, sight) > 12 for a, b in combinations(ranking_map.CLASSES, 2))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("palette", [PALETTE, DARK_PALETTE], ids=["light", "dark"])
def test_own_line_and_the_first_chosen_ones_are_told_apart(sight, palette):
    from khoosheh.topics.rankings.computed_slides import CHOSEN_COLOURS, OWN_COLOUR

    colours = [palette[place] for place in (OWN_COLOUR, *CHOSEN_COLOURS[:3])]
    assert all(apart(a, b, sight) > 12 for a, b in combinations(colours, 2)), [
        (a, b, round(apart(a, b, sight))) for a, b in combinations(colours, 2)
    ]


@pytest.mark.parametrize("sight", SIGHT)
def test_numbers_on_the_map_are_read_on_every_class(sight):
    def luminance(colour: str) -> float:
        return float(((lab(colour, SIGHT[sight])[0] + 16) / 116) ** 3)

    for place, colour in enumerate(ranking_map.CLASSES):
        ink = ranking_map.LIGHT_TEXT if place < 3 else ranking_map.DARK_TEXT
        low, high = sorted((luminance(colour), luminance(ink)))
        assert (high + 0.05) / (low + 0.05) > 3, (colour, ink)


def test_figures_take_no_days_before_the_epoch_wrong():
    figure = build_bump_figure(
        lines=[Line("A", "1 · A", (Place(date(1965, 3, 21), date(1966, 3, 20), 1, "w"),), CHOSEN, 1)],
        theme=Theme("en"),
        alt="x" * 30,
    )
    assert figure.layout.xaxis.range[0] < 0 < figure.layout.xaxis.range[1] + 5000
