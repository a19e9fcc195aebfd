"""Checksums of the files of a folder, and a cheap stamp that tells whether they were changed since."""

import hashlib
import os
from pathlib import Path
from typing import TypeAlias

HIDDEN = "."

# of each file: its path, device and number, size, and the times of the last change of its contents and of its entry
Stamp: TypeAlias = tuple[tuple[str, int, int, int, int, int], ...]


def list_folder_files(folder: Path) -> list[str]:
    """Return the files below a folder in canonical order: relative paths with slashes, by the bytes of their names.

    Hidden files, and folders that are links, are left out. Raises ``OSError``.
    """
    found = []
    for where, folders, names in os.walk(folder, onerror=_raise_error):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        paths = (Path(where, name) for name in names if not name.startswith(HIDDEN))
        found += [path.relative_to(folder).as_posix() for path in paths if path.is_file()]
    return sorted(found, key=os.fsencode)


def _raise_error(error: OSError) -> None:
    raise error


def compute_checksum(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a folder; raises ``OSError``."""
    whole = hashlib.sha256()
    for name in list_folder_files(folder):
        with (folder / name).open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
        # The NUL ends the name: no two folders give the same bytes.
        whole.update(os.fsencode(name) + b"\0" + content.digest())
    return whole.hexdigest()


def make_folder_stamp(folder: Path) -> Stamp:
    """Return what differs once a file below a folder was changed, added or removed; hidden files included.

    A writer of a file can set back the time of its contents, but not the time of its entry.
    A file that vanishes meanwhile, or may not be looked at, is left out: the stamp differs for that.
    """
    found = []
    for where, _, names in os.walk(folder):
        for path in (os.path.join(where, name) for name in names):
            try:
                seen = os.stat(path)
            except OSError:
                continue
            found.append((path, seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns))
    return tuple(sorted(found))
