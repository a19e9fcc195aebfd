"""Files of a version: which they are, their checksum, and copies that have reached the disk."""

import hashlib
import os
import shutil
from pathlib import Path

HIDDEN = "."
STEP = 1 << 20


def listed(folder: Path) -> list[str]:
    """Return the files below a folder in canonical order: relative paths with slashes, by the bytes of their names.

    Hidden files, and folders that are links, are left out. Raises ``OSError``.
    """
    found = []
    for where, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        paths = (Path(where, name) for name in names if not name.startswith(HIDDEN))
        found += [path.relative_to(folder).as_posix() for path in paths if path.is_file()]
    return sorted(found, key=os.fsencode)


def _raise(error: OSError) -> None:
    raise error


def checksum(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a folder; raises ``OSError``."""
    whole = hashlib.sha256()
    for name in listed(folder):
        with (folder / name).open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
        # The NUL ends the name: no two folders give the same bytes.
        whole.update(os.fsencode(name) + b"\0" + content.digest())
    return whole.hexdigest()


def copy(source: Path, target: Path) -> None:
    """Copy the files of a folder into a new one, all of it on the disk on return; raises ``OSError``."""
    target.mkdir()
    folders = {target}
    for name in listed(source):
        file = target / name
        file.parent.mkdir(parents=True, exist_ok=True)
        folders.update(one for one in file.parents if one.is_relative_to(target))
        with (source / name).open("rb") as given, file.open("xb") as made:
            shutil.copyfileobj(given, made, STEP)
            _reach(made)
    for one in folders:
        sync(one)


def write(file: Path, words: str) -> None:
    """Write a small file, on the disk on return; raises ``OSError``."""
    with file.open("w", encoding="utf-8") as made:
        made.write(words)
        _reach(made)


def _reach(made: object) -> None:
    made.flush()
    os.fsync(made.fileno())


def sync(folder: Path) -> None:
    """Let the names in a folder reach the disk; raises ``OSError``."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def remove(folder: Path) -> None:
    """Remove a folder and all in it, where there is one; raises ``OSError``."""
    if folder.exists():
        shutil.rmtree(folder)
