"""Loading and checking: which package, how much of it, and what is told meanwhile."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from khoosheh import engines, publishing, register
from khoosheh.register import PackageError, parquet_package, schema_checks, version_store
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault
from testing import made_up


@pytest.fixture
def folder(invented_path, tmp_path) -> Path:
    return shutil.copytree(invented_path, tmp_path / "package")


@pytest.fixture(scope="module")
def first_store(invented_path, tmp_path_factory) -> Path:
    store = tmp_path_factory.mktemp("stores") / "store"
    publishing.publish_package(invented_path, store, "who", "why")
    return store


@pytest.fixture
def store(first_store, tmp_path) -> Path:
    return shutil.copytree(first_store, tmp_path / "store")


def spoil(folder: Path, count: int = 3) -> Path:
    """Give so many statements a measure that nobody knows."""
    frame = pd.read_csv(folder / "statements.csv", dtype=str, keep_default_na=False)
    frame.loc[: count - 1, "measure"] = "x"
    frame.to_csv(folder / "statements.csv", index=False)
    return folder


def faults_of(act, *given) -> list[Fault]:
    with pytest.raises(PackageError) as error:
        act(*given)
    return list(error.value.faults)


def test_the_package_to_show_is_the_one_named_or_the_shipped_one(monkeypatch, invented_path, invented):
    monkeypatch.delenv("KHOOSHEH_DATA", raising=False)
    assert register.data_path() == made_up.SHIPPED
    monkeypatch.setenv("KHOOSHEH_DATA", "")
    assert register.data_path() == made_up.SHIPPED
    monkeypatch.setenv("KHOOSHEH_DATA", str(invented_path / "datapackage.json"))
    assert register.data_path() == invented_path / "datapackage.json"
    assert register.load_register().version == invented.version


def test_of_a_store_the_version_in_force_is_loaded_and_checked(invented, store):
    found = register.load_register(str(store))
    assert (found.version, found.path) == (invented.version, version_store.build_package_path(store, "0001"))
    told: list[str] = []
    assert register.check_package(str(store), lambda share, name: told.append(name)) == []
    assert "statements" in told


def test_progress_is_the_share_of_rows_checked(folder, monkeypatch):
    monkeypatch.setattr(schema_checks, "EACH", 10)
    rows = {name: len(made_up.tables()[name]) for name in Dictionary(made_up.descriptor()).tables}
    told: list[tuple[float, str]] = []
    register.load_register(folder, lambda share, name: told.append((share, name)))
    # files are read before anything is checked
    assert told[: len(rows)] == [(0.0, name) for name in rows]
    total, done, expected = sum(rows.values()), 0, []
    for name, count in rows.items():
        expected.append((0.9 * done / total, name))
        expected += [(0.9 * (done + row) / total, name) for row in range(9, count + 1, 10)]
        done += count
    assert [name for _, name in told[len(rows) : -1]] == [name for _, name in expected]
    shares = [share for share, _ in told[len(rows) : -1]]
    assert shares == pytest.approx([share for share, _ in expected])
    assert told[-1] == (1.0, "")


def test_faults_are_told_up_to_the_bound(folder):
    spoil(folder)
    found = register.check_package(folder, bounds=register.Bounds(faults=3))
    assert [(one.code, one.row) for one in found] == [("constraint_enum", row) for row in (2, 3, 4)]
    found = register.check_package(folder, bounds=register.Bounds(faults=2))
    assert [one.code for one in found] == ["too_many", "constraint_enum", "constraint_enum"]
    assert found[0] == Fault("too_many", "statements.csv", params={"most": 2})


def test_faults_of_files_and_headings_come_with_those_of_cells_and_count_with_them(folder):
    spoil(folder)
    (folder / "price_index.csv").unlink()
    file = folder / "chains.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("note_en", "more", 1), encoding="utf-8")
    told: list[str] = []
    found = register.check_package(folder, lambda share, name: told.append(name))
    assert [(one.file, one.row, one.code) for one in found] == [
        ("chains.csv", 1, "extra_label"), ("chains.csv", 1, "missing_label"), ("price_index.csv", None, "missing_file"),
        *(("statements.csv", row, "constraint_enum") for row in (2, 3, 4)),
    ]  # fmt: skip
    assert "statements" in told
    for most, expected in (
        (1, [("price_index.csv", "missing_file"), ("price_index.csv", "too_many")]),
        (2, [("chains.csv", "too_many"), ("chains.csv", "extra_label"), ("price_index.csv", "missing_file")]),
    ):
        found = register.check_package(folder, bounds=register.Bounds(faults=most))
        assert [(one.file, one.code) for one in found] == expected


def test_nothing_is_checked_of_more_rows_than_the_bound(folder):
    spoil(folder)
    total = sum(
        len(frame) for frame in register.load_register(made_up.write(folder.parent / "sound"))._tables.values()
    )
    assert len(register.check_package(folder, bounds=register.Bounds(rows=total))) == 3
    [fault] = register.check_package(folder, bounds=register.Bounds(rows=total - 1))
    assert (fault.code, fault.params) == ("too_many_rows", {"most": total - 1})
    with pytest.raises(PackageError):
        register.load_register(folder, bounds=register.Bounds(rows=total - 1))


def test_a_package_with_faults_is_not_loaded(folder):
    found = faults_of(register.load_register, spoil(folder))
    assert [(one.code, one.row) for one in found] == [("constraint_enum", row) for row in (2, 3, 4)]
    (folder / "datapackage.json").unlink()
    assert [one.code for one in faults_of(register.load_register, folder)] == ["missing_file"]


def test_a_version_that_changes_while_it_is_read_is_refused(store, invented):
    pointer = version_store.require_pointer(store)
    stamp = version_store.make_version_stamp(store, "0001")
    told: list[str] = []
    found = register.load_version(store, pointer, stamp, lambda share, name: told.append(name))
    assert found.version == invented.version and "statements" in told
    entry = store / "versions" / "0001" / "version.json"
    entry.write_text(entry.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert faults_of(register.load_version, store, pointer, stamp) == [
        Fault("version_changing", "versions/0001", params={"version": "0001"})
    ]


def test_a_store_is_verified_before_it_is_read(store):
    package = version_store.build_package_path(store, "0001")
    spoil(package)
    for act in (register.load_register, version_store.resolve_package):
        assert [one.code for one in faults_of(act, store)] == ["version_files"]
    assert [one.code for one in register.check_package(store)] == ["version_files"]


@pytest.mark.parametrize("share", ["0.5", "0"])
def test_a_package_in_parquet_is_loaded_without_its_checks(share, invented, tmp_path, monkeypatch):
    monkeypatch.delenv(engines.ENVIRONMENT, raising=False)
    monkeypatch.setenv(engines.SHARE, share)
    parquet_package.write_columnar_package(tmp_path / "parquet", invented, ["claim_fa"])
    found = register.load_register(tmp_path / "parquet")
    assert (found.version, found.path) == (invented.version, tmp_path / "parquet")
    assert found.is_large == (share == "0")
    assert found.tables == invented.tables and found.maps == invented.maps
    assert sorted(found.table("statements")["statement_id"]) == sorted(invented.table("statements")["statement_id"])
    assert found.table("sources").equals(invented.table("sources"))
    assert register.check_package(tmp_path / "parquet") == []
    monkeypatch.setenv(engines.ENVIRONMENT, "hadoop")
    unknown = Fault("engine_unknown", "statements.parquet", params={"value": "hadoop"})
    assert faults_of(register.load_register, tmp_path / "parquet") == [unknown]
    assert register.check_package(tmp_path / "parquet") == [unknown]
    (tmp_path / "parquet" / "chains.csv").unlink()
    assert [one.code for one in faults_of(register.load_register, tmp_path / "parquet")] == ["parquet_changed"]


def test_a_package_in_parquet_with_a_faulty_file_is_refused(invented, tmp_path):
    folder = tmp_path / "parquet"
    parquet_package.write_columnar_package(folder, invented, ["claim_fa"])
    manifest = json.loads((folder / "parquet.json").read_text(encoding="utf-8"))
    (folder / "chains.csv").write_bytes(b"a\n\xff")
    manifest["files"].pop("chains.csv")
    (folder / "parquet.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert [one.code for one in faults_of(register.load_register, folder)] == ["encoding"]
