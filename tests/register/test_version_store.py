"""The store of versions: which version is in force, and whether its files are those that were published."""

import json
import os
from pathlib import Path

import pytest

from khoosheh.register import PackageError, checksums, version_store
from khoosheh.register.faults import Fault
from khoosheh.register.version_store import Pointer

OTHER = "0" * 64


@pytest.fixture
def store(tmp_path) -> Path:
    """Return a store of one version, whose package is one file."""
    made = tmp_path / "store"
    package = version_store.build_package_path(made, "0001")
    package.mkdir(parents=True)
    (package / "a.csv").write_text("a\n")
    write_entry(made, {"id": "0001", "checksum": checksums.compute_checksum(package)})
    (made / "current").write_text(f"0001 {checksums.compute_checksum(package)}\n")
    return made


def write_entry(store: Path, entry: object) -> None:
    (store / "versions" / "0001" / "version.json").write_text(json.dumps(entry), encoding="utf-8")


def checksum(store: Path) -> str:
    return checksums.compute_checksum(store / "versions" / "0001" / "package")


def faults_of(act, *given) -> list[Fault]:
    with pytest.raises(PackageError) as error:
        act(*given)
    return list(error.value.faults)


def test_a_pointer_reads_what_it_writes():
    assert str(Pointer("0001", OTHER)) == f"0001 {OTHER}\n"
    assert Pointer.read(f"0001 {OTHER}\n") == Pointer("0001", OTHER)
    for text in ("", "0001", f"v1 {OTHER}", f"0001 {OTHER} x", f"-1 {OTHER}"):
        with pytest.raises(ValueError):
            Pointer.read(text)
    with pytest.raises(ValueError, match="up y"):
        Pointer.read("up y")


def test_a_store_is_a_folder_with_versions_and_without_a_descriptor(store):
    assert version_store.is_store(store)
    assert not version_store.is_store(store / "versions")
    # a name longer than the system allows may not be asked for
    assert not version_store.is_store(store / ("x" * 5000))
    (store / "datapackage.json").touch()
    assert not version_store.is_store(store)


def test_the_pointer_of_a_store(store):
    assert (
        version_store.read_pointer(store) == version_store.require_pointer(store) == Pointer("0001", checksum(store))
    )
    (store / "current").write_text("one")
    note = {"note": "ValueError"}
    assert faults_of(version_store.read_pointer, store) == [
        Fault("pointer", "current", value=str(store / "current"), params=note)
    ]
    (store / "current").write_bytes(b"\xff")
    assert faults_of(version_store.require_pointer, store)[0].params == {"note": "UnicodeDecodeError"}
    (store / "current").unlink()
    assert version_store.read_pointer(store) is None
    assert faults_of(version_store.require_pointer, store) == [Fault("no_version", "current", value=str(store))]


def test_a_sound_store_gives_its_package_and_any_other_path_itself(store):
    package = version_store.resolve_package(store)
    assert package == store / "versions" / "0001" / "package"
    assert version_store.resolve_package(package) == package
    assert version_store.find_version_faults(store, "0001") == []
    assert version_store.find_version_faults(store, "0001", checksum(store)) == []
    version_store.verify_version(store, Pointer("0001", checksum(store)))


def test_faults_of_a_version_name_both_checksums(store):
    known = checksum(store)
    (store / "versions" / "0001" / "package" / "a.csv").write_text("b\n")
    found = checksum(store)
    both = {"version": "0001", "found": found[:12], "known": known[:12]}
    files = Fault("version_files", "versions/0001/package", params=both)
    assert version_store.find_version_faults(store, "0001") == [files]
    assert faults_of(version_store.resolve_package, store) == [files]
    # the checksum of the pointer counts first
    [fault] = version_store.find_version_faults(store, "0001", OTHER)
    assert fault.params == both | {"known": OTHER[:12]}
    params = {"version": "0001", "found": found[:12]}
    assert version_store.find_version_faults(store, "0001", found) == [
        Fault("version_entry", "versions/0001/version.json", params=params)
    ]
    write_entry(store, {"id": "0001", "checksum": found})
    assert faults_of(version_store.verify_version, store, Pointer("0001", known)) == [
        Fault("version_pointer", "current", params=both)
    ]


@pytest.mark.parametrize(
    "entry", [[], {}, {"id": "0001"}, {"checksum": OTHER}, {"id": "0002", "checksum": OTHER}, None]
)
def test_an_entry_that_names_no_checksum_is_a_fault(store, entry):
    write_entry(store, entry)
    [fault] = version_store.find_version_faults(store, "0001")
    assert fault.code == "version_entry"
    assert version_store.find_version_faults(store, "0001", checksum(store)) == [fault]
    (store / "versions" / "0001" / "version.json").unlink()
    assert version_store.find_version_faults(store, "0001") == [fault]


def test_a_version_without_its_folder_is_missing(store):
    assert version_store.find_version_faults(store, "0002") == [
        Fault("version_missing", "versions/0002", params={"version": "0002"})
    ]


def test_a_version_that_cannot_be_read_is_a_fault_with_the_name_of_the_error(store):
    entry = store / "versions" / "0001" / "version.json"
    entry.unlink()
    entry.mkdir()
    params = {"version": "0001", "note": "EISDIR"}
    assert faults_of(version_store.find_version_faults, store, "0001") == [
        Fault("version_unreadable", "versions/0001", params=params)
    ]


def test_the_stamp_of_a_version_covers_its_entry_and_no_other_version(store):
    before = version_store.make_version_stamp(store, "0001")
    assert {Path(path).name for path, *_ in before} == {"a.csv", "version.json"}
    (store / "versions" / "0002").mkdir()
    (store / "versions" / "0002" / "version.json").touch()
    assert version_store.make_version_stamp(store, "0001") == before
    os.utime(store / "versions" / "0001" / "version.json", (0, 0))
    assert version_store.make_version_stamp(store, "0001") != before
