"""Copying and writing the files of a version with ``fsync``, and removing them."""

import os
import shutil
from pathlib import Path
from typing import IO

from khoosheh.register import checksums

STEP = 1 << 20


def copy_folder(source: Path, target: Path) -> None:
    """Copy the files of a folder into a new one and flush them to the disk; raises ``OSError``."""
    target.mkdir()
    folders = {target}
    for name in checksums.list_folder_files(source):
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        folders.update(parent for parent in file.parents if parent.is_relative_to(target))
        with (source / name).open("rb") as original, file.open("xb") as copy:
            shutil.copyfileobj(original, copy, STEP)
            _flush_to_disk(copy)
    for folder in folders:
        sync_folder(folder)


def write_file(path: Path, text: str) -> None:
    """Write a small file and flush it to the disk; raises ``OSError``."""
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        _flush_to_disk(file)


def _flush_to_disk(file: IO[str] | IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Flush the entries of a folder to the disk; raises ``OSError``."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_folder(folder: Path) -> None:
    """Remove a folder and its content, if it exists; raises ``OSError``."""
    if folder.exists():
        shutil.rmtree(folder)
