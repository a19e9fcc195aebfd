"""Maps of areas: texts lie within borders, classes are told apart by all readers, outlines that matter lie on top."""

from itertools import combinations, pairwise

import pytest

from khoosheh import register
from khoosheh.figures import area_map
from khoosheh.figures.area_map import Area, build_area_map_figure
from khoosheh.figures.theme import SCHEMES, Theme
from testing import made_up
from testing.colours import SIGHT, convert_to_lab, measure_distance

GEOMETRIES = register.load_register(made_up.SHIPPED).read_geometries("provinces-map")


def make_areas(count: int = 31) -> list[Area]:
    return [
        Area(code, area_map.compute_class(place, 31), str(place), code, *((5, 4.5) if code == "IR-24" else ()))
        for place, code in enumerate(GEOMETRIES, 1)
        if place <= count
    ]


def draw_map(areas: list[Area], **more):
    return build_area_map_figure(
        areas=areas, geometries=GEOMETRIES, attribution="© OSM", theme=Theme("fa"), alt="x" * 30, **more
    )


def test_every_area_is_filled_and_named_within_its_borders():
    figure = draw_map(make_areas())
    polygons = {trace.name: trace for trace in figure.data if trace.fill == "toself"}
    assert len(polygons) == 31
    numbers = next(trace for trace in figure.data if trace.name == "places")
    for x, y, (code,) in zip(numbers.x, numbers.y, numbers.customdata, strict=True):
        rings = area_map.list_outer_rings(GEOMETRIES[code])
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
    assert [area_map.compute_class(place, 31) for place in (1, 7, 8, 13, 14, 19, 20, 25, 26, 31)] == [
        0, 0, 1, 1, 2, 2, 3, 3, 4, 4,
    ]  # fmt: skip
    assert area_map.compute_class(1, 1) == 0
    assert area_map.list_class_ranks(31) == [(1, 7), (8, 13), (14, 19), (20, 25), (26, 31)]
    assert area_map.list_class_ranks(3) == [(1, 1), (2, 2), (3, 3)]


def test_the_legend_stands_below_the_map_from_where_reading_starts():
    figure = draw_map(make_areas(), legend={0: "1 to 7", 4: "26 to 31"})
    boxes = figure.layout.shapes
    assert [box.fillcolor for box in boxes] == [area_map.CLASSES[0], area_map.CLASSES[4]]
    assert all(box.y1 < box.y0 < 0 and -box.y1 <= figure.layout.margin.b for box in boxes)
    assert 0 == boxes[0].x0 > boxes[0].x1 > boxes[1].x1, "from the right in Persian"
    texts = {one.text: one.xshift for one in figure.layout.annotations if "to" in one.text}
    assert set(texts) == {"1 to 7", "26 to 31"}
    assert boxes[0].x1 < texts["1 to 7"] < boxes[0].x0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_best_differs_most_from_the_ground_and_the_last_still_does(scheme):
    ground = SCHEMES[scheme]["ground"]
    away = [
        measure_distance(colour, ground, "all colours")
        for colour in area_map.select_class_colours(Theme("fa", scheme))
    ]
    assert away == sorted(away, reverse=True) and away[-1] > 10


def test_an_area_without_a_class_has_no_colour_of_a_class():
    areas = [*make_areas(30), Area(list(GEOMETRIES)[30], None, "", "none")]
    figure = draw_map(areas)
    polygon = next(trace for trace in figure.data if trace.name == areas[-1].code)
    assert polygon.fillcolor == SCHEMES["light"]["track"] and polygon.fillcolor not in area_map.CLASSES


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_classes_of_the_map_are_told_apart_and_ordered_by_lightness(sight, scheme):
    colours = area_map.select_class_colours(Theme("fa", scheme))
    lightness = [convert_to_lab(colour, SIGHT[sight])[0] for colour in colours]
    assert lightness == sorted(lightness, reverse=scheme == "dark")
    assert all(measure_distance(a, b, sight) > 12 for a, b in combinations(colours, 2))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_numbers_on_the_map_are_read_on_every_class(sight, scheme):
    def luminance(colour: str) -> float:
        return float(((convert_to_lab(colour, SIGHT[sight])[0] + 16) / 116) ** 3)

    theme = Theme("fa", scheme)
    for level, colour in enumerate(area_map.select_class_colours(theme)):
        ink = area_map.select_text_colour(level, theme)
        low, high = sorted((luminance(colour), luminance(ink)))
        assert (high + 0.05) / (low + 0.05) > 3, (colour, ink)


def test_wider_outlines_lie_on_top():
    figure = draw_map(make_areas())
    polygons = [trace for trace in figure.data if trace.fill == "toself"]
    assert polygons[-1].name == "IR-24" and polygons[-1].line.width == 4.5


def test_a_degree_of_longitude_is_narrower_than_one_of_latitude():
    # cosine of 32.4 degrees, the middle of the country
    assert draw_map(make_areas()).layout.yaxis.scaleratio == pytest.approx(1 / 0.844, rel=0.01)
