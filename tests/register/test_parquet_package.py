"""Packages with their statements in Parquet: what is written, and that any change of it is found."""

import hashlib
import json
import shutil
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from khoosheh import engines, register
from khoosheh.persian import search_key
from khoosheh.register import PackageError, parquet_package
from khoosheh.register.faults import Fault

SEARCHED = ["claim_fa", "claim_en", "speaker_en", "quality_note_en"]


@pytest.fixture(scope="module")
def written(invented, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("parquet") / "deep" / "package"
    parquet_package.write_columnar_package(folder, invented, SEARCHED)
    return folder


@pytest.fixture
def folder(written, tmp_path) -> Path:
    return shutil.copytree(written, tmp_path / "package")


def faults_of(folder: Path) -> list[Fault]:
    with pytest.raises(PackageError) as error:
        parquet_package.read_columnar_version(folder)
    return list(error.value.faults)


def test_all_files_but_the_statements_are_those_of_the_package(written, invented):
    names = {file.relative_to(written).as_posix() for file in written.rglob("*") if file.is_file()}
    paths = [one["path"] for one in invented.descriptor["resources"] if one["name"] != "statements"]
    assert names == {"datapackage.json", "statements.parquet", "parquet.json", *paths}
    for name in ("datapackage.json", *paths):
        assert (written / name).read_bytes() == (invented.path / name).read_bytes()
    manifest = json.loads((written / "parquet.json").read_text(encoding="utf-8"))
    assert manifest == {
        "form": 1,
        "version": invented.version,
        "files": {
            name: hashlib.sha256((written / name).read_bytes()).hexdigest()
            for name in ("datapackage.json", "statements.parquet", *paths)
        },
    }
    assert (written / "parquet.json").read_text(encoding="utf-8").endswith("\n}\n")


def test_statements_lie_by_province_with_their_row_and_the_words_to_search(invented, tmp_path):
    parquet_package.write_columnar_package(tmp_path, invented, SEARCHED)
    file = pq.ParquetFile(tmp_path / "statements.parquet")
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    found, statements = file.read().to_pandas(), invented.table("statements")
    assert file.schema_arrow.names == [*found] == [*statements, engines.SEARCHED, engines.ROW]
    expected = statements.assign(**{engines.ROW: range(len(statements))}).sort_values(["iso_3166_2", engines.ROW])
    assert found[engines.ROW].to_list() == expected[engines.ROW].to_list() != list(range(len(statements)))
    assert found["statement_id"].to_list() == expected["statement_id"].to_list()
    first = found.set_index("statement_id").loc["M01"]
    # words of two fields do not run together, and a blank one adds none
    assert first[engines.SEARCHED] == search_key(f"{first['claim_fa']} {first['claim_en']} {first['speaker_en']} ")


def test_files_may_lie_in_folders_of_folders(invented_path, tmp_path):
    folder = shutil.copytree(invented_path, tmp_path / "package")
    (folder / "geo" / "more").mkdir()
    (folder / "geo" / "counties.geojson").rename(folder / "geo" / "more" / "counties.geojson")
    file = folder / "datapackage.json"
    file.write_text(file.read_text(encoding="utf-8").replace("geo/counties", "geo/more/counties"), encoding="utf-8")
    (folder / "geo" / "provinces.geojson").rename(folder / "provinces.geojson")
    file.write_text(file.read_text(encoding="utf-8").replace("geo/provinces", "provinces"), encoding="utf-8")
    parquet_package.write_columnar_package(tmp_path / "parquet", register.load_register(folder), SEARCHED)
    assert (tmp_path / "parquet" / "geo" / "more" / "counties.geojson").exists()


def test_row_groups_are_bounded(invented, tmp_path, monkeypatch):
    monkeypatch.setattr(parquet_package, "GROUP", 8)
    parquet_package.write_columnar_package(tmp_path, invented, SEARCHED)
    assert pq.ParquetFile(tmp_path / "statements.parquet").num_row_groups == 3


def test_files_are_read_in_parts(written, monkeypatch):
    before = parquet_package.read_columnar_version(written)
    monkeypatch.setattr(parquet_package, "CHUNK", 7)
    assert parquet_package.read_columnar_version(written) == before


def test_a_package_is_known_by_its_manifest(folder, invented):
    assert parquet_package.is_columnar_package(folder)
    assert parquet_package.read_columnar_version(folder) == invented.version
    (folder / "parquet.json").unlink()
    assert not parquet_package.is_columnar_package(folder)
    (folder / "parquet.json").mkdir()
    assert not parquet_package.is_columnar_package(folder)


@pytest.mark.parametrize("name", ["datapackage.json", "statements.parquet", "geo/counties.geojson"])
def test_a_changed_or_missing_file_is_named(name, folder):
    with (folder / name).open("ab") as file:
        file.write(b" ")
    assert faults_of(folder) == [Fault("parquet_changed", name)]
    (folder / name).unlink()
    assert faults_of(folder) == [Fault("parquet_changed", name)]


def test_every_changed_file_is_named(folder):
    for name in ("chains.csv", "stages.csv"):
        (folder / name).write_text("x")
    assert faults_of(folder) == [Fault("parquet_changed", "chains.csv"), Fault("parquet_changed", "stages.csv")]


def manifest(folder: Path, change) -> None:
    file = folder / "parquet.json"
    given = json.loads(file.read_text(encoding="utf-8"))
    change(given)
    file.write_text(json.dumps(given), encoding="utf-8")


@pytest.mark.parametrize("change", [
    lambda given: given.pop("form"), lambda given: given.pop("version"), lambda given: given.pop("files"),
    lambda given: given.update(files=5), lambda given: given["files"].pop("statements.parquet"),
])  # fmt: skip
def test_a_manifest_that_is_not_complete_is_no_manifest(change, folder):
    manifest(folder, change)
    assert faults_of(folder) == [Fault("parquet_changed", "parquet.json")]


def test_a_manifest_that_cannot_be_read_or_has_another_form(folder):
    manifest(folder, lambda given: given.update(form=2))
    assert faults_of(folder) == [Fault("parquet_form", "parquet.json", value="2")]
    for content in (b"{", b"[]", b"\xff"):
        (folder / "parquet.json").write_bytes(content)
        assert faults_of(folder) == [Fault("parquet_changed", "parquet.json")]
    (folder / "parquet.json").unlink()
    assert faults_of(folder) == [Fault("parquet_changed", "parquet.json")]
