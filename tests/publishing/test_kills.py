"""A kill at any moment leaves the old or the new register whole, and nothing that the next publish does not clear."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from khoosheh import publishing
from khoosheh.publishing import journal
from khoosheh.register import checksums, version_store

HERE = Path(__file__).parent
# calls of the system's library that change files
CHANGING = {"mkdir", "open", "write", "flush", "close", "fsync", "rename", "replace", "unlink", "rmdir", "__exit__"}


def killed(store: Path, packages: tuple[Path, Path], way: str) -> list[dict]:
    done = subprocess.run(
        [sys.executable, HERE / "killer.py", store, *packages, way],
        env={**os.environ, "PYTHONPATH": str(HERE.parents[1])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("way", ["fresh", "worn"])
def test_killed_before_every_step_the_old_or_the_new_is_whole(store, packages, way):
    told = killed(store, packages, way)
    known = {checksums.compute_checksum(path) for path in packages}
    for one in told:
        assert one["whole"] and one["loaded"], one
        assert {one["before"], one["after"]} <= known
    changed = [one["before"] != one["after"] for one in told]
    if way == "fresh":
        # every file is a step, and so are folders, entry, names and pointer
        assert changed.count(False) > len(checksums.list_folder_files(packages[0])) + 8
        # once the pointer has moved, nothing takes it back
        assert changed == sorted(changed) and changed.count(True) > 1
    assert told[-1]["through"]
    assert {one.name for one in store.iterdir()} == {"current", "lock", "versions"}
    history = publishing.list_published_versions(store)
    assert [one.parent for one in history] == [*(one.id for one in history[1:]), ""]
    assert journal.list_version_ids(store) == [one.id for one in reversed(history)]
    for one in history:
        assert checksums.compute_checksum(version_store.build_package_path(store, one.id)) == one.checksum


def test_killed_while_a_store_is_made_the_next_publish_makes_it(packages, tmp_path):
    told = killed(tmp_path / "new" / "store", packages, "new")
    first = checksums.compute_checksum(packages[0])
    after = [one["after"] for one in told]
    assert after == [None] * after.count(None) + [first] * after.count(first) and after[-1] == first
    assert after.count(None) > 8
    assert all(one["whole"] and one["loaded"] for one in told if one["after"])
    assert {one.name for one in (tmp_path / "new" / "store").iterdir()} == {"current", "lock", "versions"}


def test_between_any_two_calls_readers_find_a_whole_version(store, packages):
    known = {checksums.compute_checksum(path) for path in packages}
    met: list[str] = []

    def look(frame, event: str, call) -> None:
        if event in ("c_call", "c_return") and getattr(call, "__name__", "") in CHANGING:
            found = version_store.read_pointer(store)
            assert (
                checksums.compute_checksum(version_store.build_package_path(store, found.version)) == found.checksum
            )
            met.append(found.checksum)

    sys.setprofile(look)
    try:
        publishing.publish_package(packages[1], store, "who", "why")
    finally:
        sys.setprofile(None)
    assert set(met) == known
    assert met == sorted(met, key=lambda one: one == checksums.compute_checksum(packages[1]))


def test_all_is_on_the_disk_before_the_pointer_moves(store, packages, monkeypatch):
    reached, moves = set(), []
    real = {name: getattr(os, name) for name in ("fsync", "rename", "replace")}

    def fsync(opened: int) -> None:
        real["fsync"](opened)
        reached.add(os.stat(opened).st_ino)

    def move(name: str):
        def moved(source, target, **more) -> None:
            moves.append((Path(target), set(reached)))
            real[name](source, target, **more)

        return moved

    monkeypatch.setattr(os, "fsync", fsync)
    for name in ("rename", "replace"):
        monkeypatch.setattr(os, name, move(name))
    found = publishing.publish_package(packages[1], store, "who", "why")
    version = store / "versions" / found.id
    (named, at_rename), (pointer, at_switch) = moves
    assert (named, pointer) == (version, store / "current")
    below = {one.stat().st_ino for one in [version, *version.rglob("*")]}
    assert below <= at_rename
    # its name among the versions, and the pointer's contents; last of all, the pointer's name
    assert {(store / "versions").stat().st_ino, pointer.stat().st_ino} <= at_switch
    assert store.stat().st_ino in reached - at_switch
