"""Files of a package as text: what is read of each, and the fault of each that cannot be."""

import csv
import dataclasses
import json
import shutil
from pathlib import Path

import pytest

from khoosheh.limits import COLUMNS, MAP_BYTES
from khoosheh.register import package_files
from khoosheh.register.descriptor_compat import read_shipped_descriptor
from khoosheh.register.faults import Fault
from testing import made_up

MODEL = read_shipped_descriptor(made_up.SHIPPED)
MAP = "geo/counties.geojson"


@pytest.fixture
def folder(invented_path, tmp_path) -> Path:
    return shutil.copytree(invented_path, tmp_path / "package")


def read(path: Path, **options) -> package_files.PackageContent:
    return package_files.read_package_files(path, MODEL, lambda table: None, **options)


def describe(folder: Path, change) -> None:
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    change(descriptor)
    file.write_text(json.dumps(descriptor), encoding="utf-8")


def test_a_package_is_read_whole_from_its_folder_or_its_descriptor(folder):
    told: list[str] = []
    found = package_files.read_package_files(folder, MODEL, told.append)
    again = read(folder / "datapackage.json")
    assert found.folder == again.folder == folder and found.faults == again.faults == []
    assert found.descriptor == again.descriptor == made_up.descriptor()
    assert told == list(found.tables) == list(found.headings) == list(again.tables) and len(told) > 10
    assert list(found.maps) == ["provinces-map", "counties-map"]
    assert found.maps["counties-map"] == (folder / MAP).read_text(encoding="utf-8")
    chains = found.tables["chains"]
    assert found.headings["chains"] == list(chains) == ["chain_id", "seq", "name_fa", "name_en", "note_fa", "note_en"]
    assert chains.iloc[0, :4].to_list() == ["tea", "1", "چای", "Tea"] and chains["note_fa"].isna().all()
    assert set(map(str, chains.dtypes)) == {"str"}


def test_a_table_may_be_left_out(folder):
    (folder / "chains.csv").unlink()
    found = read(folder, without="chains")
    assert found.faults == [] and "chains" not in found.tables and "stages" in found.tables


def test_nothing_else_is_read_where_the_descriptor_has_faults(folder):
    describe(folder, lambda one: one.update(province=""))
    found = read(folder)
    assert [one.field for one in found.faults] == ["province"]
    assert found.descriptor is None and found.tables == found.maps == {}
    describe(folder, lambda one: one.update(resources=one["resources"][1:]))
    assert [one.field for one in read(folder).faults] == ["province"]
    describe(folder, lambda one: one.update(province="XA-01"))
    found = read(folder)
    assert {one.code for one in found.faults} == {"descriptor_lacks"} and found.descriptor is None
    (folder / "datapackage.json").unlink()
    assert [one.code for one in read(folder).faults] == ["missing_file"]


def test_reading_stops_with_the_table_that_exceeds_the_rows_of_all(folder):
    rows = [len(frame) for frame in read(folder).tables.values()]
    assert read(folder, most_rows=sum(rows)).faults == []
    found = read(folder, most_rows=sum(rows[:3]) - 1)
    path = made_up.descriptor()["resources"][2]["path"]
    assert found.faults == [Fault("too_many_rows", path, params={"most": sum(rows[:3]) - 1})]
    assert len(found.tables) == 3 and found.maps == {}
    found = read(folder, most_rows=rows[0] - 1)
    assert [len(frame) for frame in found.tables.values()] == [rows[0]]
    # of a table alone no more than one row too many is read
    found = read(folder, most_rows=0)
    assert [len(frame) for frame in found.tables.values()] == [1]


def test_reading_of_rows_of_any_length_stops_as_well(folder):
    file = folder / "sources.csv"
    file.write_text("source_id,quality\n" + "a,b,c\n" * 50)
    assert [len(frame) for frame in read(folder, most_rows=9).tables.values()] == [10]


def test_cells_of_rows_of_any_length_stand_below_their_heading(folder):
    (folder / "chains.csv").write_text('\ufeffa,b,a\n1,2,3,4\n5\n"x\ny",,\n\n', encoding="utf-8")
    found = read(folder)
    assert found.headings["chains"] == ["a", "b", "a"]
    chains = found.tables["chains"]
    assert list(chains) == ["a", "b", "a.2"] and set(map(str, chains.dtypes)) == {"str"}
    cells = chains.astype(object).where(chains.notna(), None).to_numpy().tolist()
    assert cells == [["1", "2", "3"], ["5", None, None], ["x\ny", None, None], [None, None, None]]


def test_lines_within_a_cell_stay_as_they_are(folder):
    (folder / "chains.csv").write_bytes(b'"a\r\nb",c\r\n"x\r\ny",z\r\n')
    (folder / "stages.csv").write_bytes(b'"a\r\nb",c\r\n"x\r\ny"\r\n"x\r\ny",,more\r\n')
    found = read(folder)
    for name in ("chains", "stages"):
        assert found.headings[name] == list(found.tables[name]) == ["a\r\nb", "c"]
        assert found.tables[name].iloc[0, 0] == "x\r\ny"
    # a column without any cell has the type of text, too
    assert found.tables["stages"]["c"].isna().all() and str(found.tables["stages"]["c"].dtype) == "str"


def test_blank_lines_are_rows_and_words_for_missing_values_are_texts(folder):
    (folder / "chains.csv").write_text("a,b\n\nNA,nan\n1,\n")
    chains = read(folder).tables["chains"]
    cells = chains.astype(object).where(chains.notna(), None).to_numpy().tolist()
    assert cells == [[None, None], ["NA", "nan"], ["1", None]]


def spoil(name: str, change):
    return lambda folder: change(folder / name)


WIDE = ",".join(f"c{at}" for at in range(COLUMNS + 1)) + "\n"
# what is done to a file -> the only fault that it gives; a path among the values is that of the package
FILES = {
    "no table": (spoil("chains.csv", Path.unlink), Fault("missing_file", "chains.csv", value="{}/chains.csv")),
    "folder for a table": (spoil("chains.csv", lambda file: (file.unlink(), file.mkdir())), Fault("missing_file", "chains.csv", value="{}/chains.csv")),
    "nothing in a table": (spoil("chains.csv", lambda file: file.write_text("")), Fault("empty_file", "chains.csv")),
    "table of another encoding": (spoil("chains.csv", lambda file: file.write_bytes(b"a\n1\n2\n\xff\n")), Fault("encoding", "chains.csv", 4)),
    "heading of another encoding": (spoil("chains.csv", lambda file: file.write_bytes(b"\xff\n1\n")), Fault("encoding", "chains.csv", 1)),
    "too many columns": (spoil("chains.csv", lambda file: file.write_text(WIDE)), Fault("too_many_columns", "chains.csv", params={"most": COLUMNS})),
    "no map": (spoil(MAP, Path.unlink), Fault("missing_file", MAP, value=f"{{}}/{MAP}")),
    "folder for a map": (spoil(MAP, lambda file: (file.unlink(), file.mkdir())), Fault("missing_file", MAP, value=f"{{}}/{MAP}")),
    "map of another encoding": (spoil(MAP, lambda file: file.write_bytes(b"{\n\n\xff}")), Fault("encoding", MAP, 3)),
    "map of another encoding from its second line": (spoil(MAP, lambda file: file.write_bytes(b"\n\xff")), Fault("encoding", MAP, 2)),
    "map that cannot be read": (spoil(MAP, lambda file: (file.unlink(), file.symlink_to("/proc/self/mem"))), Fault("unreadable", MAP, params={"note": "OSError"})),
    "map that is none": (spoil(MAP, lambda file: file.write_text("[]")), Fault("bad_map", MAP)),
    "map that is too large": (spoil(MAP, lambda file: file.write_text(" " * (MAP_BYTES + 1))), Fault("map_too_large", MAP, params={"most": MAP_BYTES >> 20})),
    "shape of no county": (spoil(MAP, lambda file: file.write_text(file.read_text().replace('"id": "2"', '"id": "9"'))), Fault("stray_shape", MAP, None, "id", "9", {"table": "counties.csv", "column": "osm_relation"})),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_used_is_one_fault(name, folder):
    change, expected = FILES[name]
    change(folder)
    found = read(folder)
    value = expected.value.replace("{}", str(folder))
    assert found.faults == [dataclasses.replace(expected, value=value)]
    # 64, not 64.0
    assert repr(found.faults[0].params) == repr(expected.params)
    # what is not usable is not there, and all else is read
    assert ("chains" in found.tables) == ("chains" in found.headings) == (expected.file == MAP)
    assert "stages" in found.tables and "provinces-map" in found.maps


def test_a_table_whose_path_the_system_refuses_is_one_fault(folder):
    path = "x" * 300
    describe(
        folder, lambda one: next(other for other in one["resources"] if other["name"] == "chains").update(path=path)
    )
    assert read(folder).faults == [Fault("unreadable", path, params={"note": "OSError"})]


def test_long_cells_are_read_whatever_else_the_process_has_read(folder):
    word = "x" * 5000
    (folder / "chains.csv").write_text(f"{word},b\n{word},2,3\n")
    before = csv.field_size_limit(1000)
    try:
        found = read(folder)
    finally:
        csv.field_size_limit(before)
    assert found.faults == [] and found.headings["chains"] == [word, "b"]
    assert found.tables["chains"].to_numpy().tolist() == [[word, "2"]]


def test_a_table_of_as_many_columns_and_a_map_of_as_many_bytes_as_may_be(folder):
    (folder / "chains.csv").write_text(WIDE.removeprefix("c0,"))
    (folder / MAP).write_text((folder / MAP).read_text().ljust(MAP_BYTES))
    found = read(folder)
    assert found.faults == [] and found.tables["chains"].shape == (0, COLUMNS)


def test_a_map_with_a_mark_is_read_without_it(folder):
    whole = (folder / MAP).read_text(encoding="utf-8")
    (folder / MAP).write_text("\ufeff" + whole, encoding="utf-8")
    found = read(folder)
    assert found.faults == [] and found.maps["counties-map"] == whole


def test_ids_of_shapes_stand_in_a_field_whose_name_may_have_dots(folder):
    labels = {"fa": "x", "en": "x"}
    own = {
        "name": "own",
        "path": "own.csv",
        "labels": labels,
        "schema": {"fields": [{"name": "a.b", "type": "string", "labels": labels}]},
    }
    shapes = {"name": "more", "path": "more.geojson", "identifies": "own.a.b"}
    describe(folder, lambda one: one["resources"].extend([own, shapes]))
    (folder / "own.csv").write_text("a.b\n1\n")
    (folder / "more.geojson").write_text((folder / MAP).read_text())
    where = {"table": "own.csv", "column": "a.b"}
    assert read(folder).faults == [Fault("stray_shape", "more.geojson", None, "id", "2", where)]


def test_shapes_are_not_looked_up_where_their_table_or_column_was_not_read(folder):
    (folder / MAP).write_text((folder / MAP).read_text().replace('"id": "2"', '"id": "9"'))
    (folder / "counties.csv").write_text("county_id\nbala\n")
    assert read(folder).faults == []
    (folder / "counties.csv").unlink()
    assert [one.code for one in read(folder).faults] == ["missing_file"]


@pytest.mark.parametrize(
    ("resource", "is_map"),
    [
        ({"path": "more.geojson"}, True),
        ({"path": "more.json", "mediatype": "application/geo+json"}, True),
        ({"path": "more.json", "mediatype": None}, False),
        ({"path": "more.txt"}, False),
    ],
)
def test_maps_are_known_by_their_ending_or_type_and_other_files_must_exist(resource, is_map, folder):
    describe(folder, lambda one: one["resources"].append({"name": "more", **resource}))
    assert [(one.code, one.file) for one in read(folder).faults] == [("missing_file", resource["path"])]
    (folder / resource["path"]).write_text('{"features": []}')
    found = read(folder)
    assert found.faults == [] and ("more" in found.maps) == is_map


def test_a_map_that_identifies_a_field_may_have_any_ending(folder):
    (folder / MAP).rename(folder / "geo" / "counties.json")

    def change(one: dict) -> None:
        resource = next(other for other in one["resources"] if other["name"] == "counties-map")
        resource["path"] = "geo/counties.json"
        resource.pop("mediatype", None)

    describe(folder, change)
    found = read(folder)
    assert found.faults == [] and "counties-map" in found.maps
