"""Folders for the files of visitors, each removed after use.

A server that is killed removes nothing. Each folder is therefore locked while it is used: the operating system
releases the lock when the process ends, and the next start of a server removes folders without a lock.
"""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "khoosheh-files-"


@contextmanager
def make_private_folder() -> Iterator[Path]:
    """Make a folder that no other user may read; remove it at the end."""
    path, lock = _make_locked_folder()
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
        os.close(lock)


def _make_locked_folder() -> tuple[Path, int]:
    """Return a new folder and the file descriptor that locks it."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        # a server that is starting may have removed the folder before it was locked
        with suppress(FileNotFoundError):
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(lock, fcntl.LOCK_EX)
            if path.exists():
                return path, lock
            os.close(lock)


def remove_abandoned_folders() -> None:
    """Remove folders of this user that no process has locked; called when a server starts."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        # removed meanwhile, locked by another server, or of another user
        with suppress(OSError):
            _remove_unheld_folder(path)


def _remove_unheld_folder(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        status = os.fstat(lock)
        if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(lock)
