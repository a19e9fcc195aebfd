"""Checksums cover the names and contents of the files of a folder; stamps differ once a file was changed."""

import hashlib
import os
from pathlib import Path

import pytest

from khoosheh.register import checksums


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return a folder with files, hidden ones, folders, and links to both."""
    made = tmp_path / "made"
    contents = {
        "b.csv": b"b", "a/z.csv": b"z", "a/b/c.csv": b"", "B.csv": b"B", "é.csv": b"e", ".hidden": b"x", ".git/config": b"x", "a/.hidden": b"x",
    }  # fmt: skip
    for name, content in contents.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    (made / "linked.csv").symlink_to(made / "b.csv")
    (made / "linked").symlink_to(made / "a")
    (made / "broken").symlink_to(made / "nowhere")
    return made


NAMES = ["B.csv", "a/b/c.csv", "a/z.csv", "b.csv", "linked.csv", "é.csv"]


def test_files_are_listed_by_the_bytes_of_their_names_without_hidden_ones_and_linked_folders(folder):
    assert checksums.list_folder_files(folder) == NAMES


def test_names_that_are_no_text_are_listed_by_their_bytes_as_well(tmp_path):
    names = [os.fsencode("\uffe0"), b"\xff"]
    for name in names:
        (tmp_path / os.fsdecode(name)).touch()
    assert [os.fsencode(name) for name in checksums.list_folder_files(tmp_path)] == names
    assert len(checksums.compute_checksum(tmp_path)) == 64


def test_a_folder_that_cannot_be_read_is_an_error(folder):
    for path in (folder / "nowhere", folder / "b.csv"):
        with pytest.raises(OSError, match=path.name):
            checksums.list_folder_files(path)
        with pytest.raises(OSError, match=path.name):
            checksums.compute_checksum(path)


def test_a_checksum_is_made_of_each_name_and_the_digest_of_its_content(folder):
    parts = [name.encode() + b"\0" + hashlib.sha256((folder / name).read_bytes()).digest() for name in NAMES]
    assert checksums.compute_checksum(folder) == hashlib.sha256(b"".join(parts)).hexdigest()


def test_a_stamp_has_place_size_and_times_of_each_file(folder):
    files = [path for path in folder.rglob("*") if path.is_file() and "linked/" not in str(path)]
    assert len(files) == 9
    assert checksums.make_folder_stamp(folder) == tuple(
        sorted(
            (str(path), one.st_dev, one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns)
            for path in files
            for one in [os.stat(path)]
        )
    )
    assert checksums.make_folder_stamp(folder / "nowhere") == ()


def test_a_stamp_differs_after_any_change(folder):
    stamps = [checksums.make_folder_stamp(folder)]
    times = (folder / "b.csv").stat()
    for change in (
        lambda: (folder / ".hidden").write_bytes(b"longer"),
        (folder / "new.csv").touch,
        (folder / "a" / "z.csv").unlink,
        (folder / "nowhere").touch,
        lambda: os.utime(folder / "b.csv", ns=(0, times.st_mtime_ns)),
    ):
        change()
        stamps.append(checksums.make_folder_stamp(folder))
    assert len({*stamps}) == 6
    assert checksums.make_folder_stamp(folder) == stamps[-1]
