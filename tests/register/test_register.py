"""The register: its tables, maps and labels, and a version that follows the files."""

import hashlib
import json

import narwhals as nw
import pandas as pd
import pytest

from khoosheh.register.register import Register, compute_version
from testing import made_up

SQUARE = {"type": "Polygon", "coordinates": [[[50, 30], [50, 31], [51, 31], [50, 30]]]}
SHAPES = json.dumps({"features": [{"id": 1, "geometry": SQUARE}, {"id": "b", "geometry": SQUARE}]})
FRAME = pd.DataFrame({"a": pd.Series(["x", "y"], dtype="str"), "b": [1.0, 2.0]})


def resource(name: str, **more: object) -> dict:
    return {"name": name, "path": f"{name}.csv", "labels": {"fa": name, "en": name}, **more}


DESCRIPTOR = {
    "province": "XA-01", "compiled_on": "1402", "labels": {"fa": "دفتر", "en": "Register"},
    "resources": [resource(name, schema={"fields": []}) for name in ("one", "two", "three")] + [resource("map")],
}  # fmt: skip


@pytest.fixture
def small(tmp_path) -> Register:
    """Return a register with a table in memory, one that stays with an engine, and a map."""
    large = {"two": nw.from_native(FRAME.head(1)).lazy()}
    return Register(tmp_path, DESCRIPTOR, {"one": FRAME}, {"map": SHAPES}, version="1", large=large)


def test_what_the_descriptor_says_of_the_whole(small, tmp_path):
    assert (small.path, small.version, small.province, small.compiled_on) == (tmp_path, "1", "XA-01", "1402")
    assert (small.label("fa"), small.label("en")) == ("دفتر", "Register")
    assert small.descriptor["province"] == "XA-01" and len(small.descriptor["resources"]) == 4
    with pytest.raises(TypeError):
        small.descriptor["labels"]["fa"] = "x"


def test_tables_are_those_in_memory_and_those_of_an_engine(small):
    assert small.tables == ["one", "two"] and small.maps == ["map"] and small.is_large
    assert small.table("one").equals(FRAME) and small.table("two").equals(FRAME.head(1))
    assert isinstance(small.frame("one"), nw.DataFrame) and isinstance(small.frame("two"), nw.LazyFrame)
    for name in ("three", "map"):
        for ask in (small.table, small.frame):
            with pytest.raises(KeyError):
                ask(name)


def test_a_register_that_is_all_in_memory_is_not_large(tmp_path):
    found = Register(tmp_path, DESCRIPTOR, {"one": FRAME}, {}, version="1")
    assert not found.is_large and found.tables == ["one"] and found.maps == []


def test_its_bytes_are_those_of_its_tables_and_maps(small):
    assert small.nbytes == int(FRAME.memory_usage(deep=True).sum()) + len(SHAPES)


def test_maps_and_their_outlines(small):
    assert small.geojson("map") == json.loads(SHAPES) and small.geojson("map") is not small.geojson("map")
    assert small.read_geometries("map") == {"1": SQUARE, "b": SQUARE}
    assert small.read_geometries("one") == {}
    with pytest.raises(KeyError):
        small.geojson("one")


def test_a_version_is_made_of_the_names_and_bytes_of_all_files(tmp_path):
    names = ["datapackage.json", "map.csv", "one.csv", "three.csv", "two.csv"]
    for name in names:
        (tmp_path / name).write_bytes(f"bytes of {name}".encode())
    whole = b"".join(name.encode() + f"bytes of {name}".encode() for name in names)
    assert compute_version(tmp_path, DESCRIPTOR) == hashlib.sha256(whole).hexdigest()
    found = Register(tmp_path, DESCRIPTOR, {}, {})
    assert found.version == hashlib.sha256(whole).hexdigest()
    (tmp_path / "two.csv").unlink()
    with pytest.raises(OSError, match=r"two\.csv"):
        compute_version(tmp_path, DESCRIPTOR)


def test_versions_of_the_made_up_register_follow_its_files(invented, invented_path):
    assert invented.version == compute_version(invented_path, made_up.descriptor())
