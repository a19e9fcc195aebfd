"""Checksums of the files of a folder, and a cheap stamp that differs once a file was changed."""

import hashlib
import os
from pathlib import Path
from typing import TypeAlias

HIDDEN = "."

# of each file: path, device, inode, size in bytes, and the times (ns) of the last change of contents and of inode
Stamp: TypeAlias = tuple[tuple[str, int, int, int, int, int], ...]


def list_folder_files(folder: Path) -> list[str]:
    """Return the files below a folder in canonical order: relative paths with slashes, by the bytes of their names.

    Hidden files, and folders that are links, are left out. Raises ``OSError``.
    """
    files = []
    for parent, folders, names in os.walk(folder, onerror=_raise_error):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        paths = (Path(parent, name) for name in names if not name.startswith(HIDDEN))
        files += [path.relative_to(folder).as_posix() for path in paths if path.is_file()]
    return sorted(files, key=os.fsencode)


def _raise_error(error: OSError) -> None:
    raise error


def compute_checksum(folder: Path) -> str:
    """Return the SHA-256 over names and contents of all files of a folder; raises ``OSError``."""
    digest = hashlib.sha256()
    for name in list_folder_files(folder):
        with (folder / name).open("rb") as file:
            content = hashlib.file_digest(file, "sha256")
        # NUL ends the name, so that no two folders give the same bytes
        digest.update(os.fsencode(name) + b"\0" + content.digest())
    return digest.hexdigest()


def make_folder_stamp(folder: Path) -> Stamp:
    """Return a value that differs once a file below a folder was changed, added or removed; hidden files included.

    A program can set back the time at which the contents of a file changed, but not the time of its inode.
    A file that vanishes meanwhile, or that may not be read, is left out, so that the stamp differs.
    """
    files = []
    for parent, _, names in os.walk(folder):
        for path in (os.path.join(parent, name) for name in names):
            try:
                status = os.stat(path)
            except OSError:
                continue
            files.append((path, status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns))
    return tuple(sorted(files))
