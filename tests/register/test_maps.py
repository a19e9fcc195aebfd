"""Maps: shapes have an outline on the globe and an id that stands in the table, each once."""

import json

import pandas as pd
import pytest

from khoosheh.register import maps
from khoosheh.register.faults import Fault

WHERE = {"table": "counties.csv", "column": "osm_relation"}
RING = [[50, 30], [50, 31], [51, 31], [50, 30]]
KNOWN = pd.Series(["1", "2", None], dtype="str")


def shape(given: object, geometry: object = None) -> dict:
    return {"id": given, "geometry": geometry or {"type": "Polygon", "coordinates": [RING]}}


def find_faults(*shapes: object, known: pd.Series | None = KNOWN) -> list[Fault]:
    return list(maps.check_map("a.geojson", json.dumps({"features": shapes}), known, WHERE))


def fault(code: str, field: str, value: str = "", **params: str) -> Fault:
    return Fault(code, "a.geojson", None, field, value, params)


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"features": 1}', '{"features": ["x"]}', "[" * 100_000])
def test_what_is_no_map_is_one_fault(text):
    assert list(maps.check_map("a.geojson", text, KNOWN, WHERE)) == [Fault("bad_map", "a.geojson")]


@pytest.mark.parametrize(
    ("ids", "expected"),
    [
        ([1, "2"], []),
        (["", None, True], [fault("shape_without_id", "features.0.id"), fault("shape_without_id", "features.1.id"), fault("shape_without_id", "features.2.id", "True")]),
        ([1, 1.5], [fault("shape_without_id", "features.1.id", "1.5")]),
        ([1, "1"], [fault("unique", "features.1.id", "1")]),
        ([1, 3, 3], [fault("stray_shape", "id", "3", **WHERE), fault("unique", "features.2.id", "3")]),
        # a blank cell of the table is no id
        (["nan", "None"], [fault("stray_shape", "id", "nan", **WHERE), fault("stray_shape", "id", "None", **WHERE)]),
    ],
)  # fmt: skip
def test_faults_of_ids(ids, expected):
    assert find_faults(*map(shape, ids)) == expected


def test_ids_are_not_looked_up_where_the_table_could_not_be_read():
    assert find_faults(shape(3), shape(3), known=None) == [fault("unique", "features.1.id", "3")]
    assert find_faults(shape(3), known=KNOWN.head(0)) == [fault("stray_shape", "id", "3", **WHERE)]


def polygon(*rings: object) -> dict:
    return {"type": "Polygon", "coordinates": list(rings)}


def several(*polygons: object) -> dict:
    return {"type": "MultiPolygon", "coordinates": list(polygons)}


@pytest.mark.parametrize(
    "geometry",
    [
        polygon(RING), polygon(RING, RING[::-1]), several([RING], [RING]),
        polygon([[-180, -90, 5], [180, 90, 5], [0.5, 0, 5], [-180, -90, 5]]),
    ],
)  # fmt: skip
def test_closed_rings_on_the_globe_are_outlines(geometry):
    assert find_faults(shape(1, geometry)) == []


@pytest.mark.parametrize(
    "geometry",
    [
        "x", {"type": "Point", "coordinates": [50, 30]}, {"type": "Polygon"}, {"coordinates": [RING]}, {"type": ["Polygon"], "coordinates": []},
        polygon(), several(), several([RING], []), polygon(RING, RING[:3]), polygon(RING[:2] + RING[:1]), polygon([RING[0]] * 3),
        several([RING], [RING[1:]]), polygon([[-180.1, 0], *RING[1:3], [-180.1, 0]]), polygon([[180.1, 0], *RING[1:3], [180.1, 0]]),
        polygon([[0, 90.1], *RING[1:3], [0, 90.1]]), polygon([[0, -91], *RING[1:3], [0, -91]]), polygon([["50", 30], *RING[1:3], ["50", 30]]),
        polygon([[50], *RING[1:3], [50]]), polygon(5), polygon([]), several(5), {"type": "MultiPolygon", "coordinates": 5},
    ],
)  # fmt: skip
def test_anything_else_is_no_outline(geometry):
    assert find_faults(shape(2), shape(1, geometry)) == [fault("shape_without_outline", "features.1.geometry")]


def test_a_shape_without_outline_and_id_has_both_faults():
    assert find_faults({}) == [
        fault("shape_without_outline", "features.0.geometry"), fault("shape_without_id", "features.0.id"),
    ]  # fmt: skip
