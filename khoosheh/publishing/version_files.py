"""Files of a version: copies that have reached the disk, and their removal."""

import os
import shutil
from pathlib import Path

from khoosheh.register import checksums

STEP = 1 << 20


def copy_folder(source: Path, target: Path) -> None:
    """Copy the files of a folder into a new one, all of it on the disk on return; raises ``OSError``."""
    target.mkdir()
    folders = {target}
    for name in checksums.list_folder_files(source):
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        folders.update(one for one in file.parents if one.is_relative_to(target))
        with (source / name).open("rb") as given, file.open("xb") as made:
            shutil.copyfileobj(given, made, STEP)
            _flush_to_disk(made)
    for one in folders:
        sync_folder(one)


def write_file(file: Path, words: str) -> None:
    """Write a small file, on the disk on return; raises ``OSError``."""
    with file.open("w", encoding="utf-8") as made:
        made.write(words)
        _flush_to_disk(made)


def _flush_to_disk(made: object) -> None:
    made.flush()
    os.fsync(made.fileno())


def sync_folder(folder: Path) -> None:
    """Let the names in a folder reach the disk; raises ``OSError``."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove_folder(folder: Path) -> None:
    """Remove a folder and all in it, where there is one; raises ``OSError``."""
    if folder.exists():
        shutil.rmtree(folder)
