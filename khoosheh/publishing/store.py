"""A store on the disk: its lock, and adding a version so that an interruption at any step leaves a valid store."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.publishing import journal, version_files
from khoosheh.publishing.errors import PublishError, convert_system_errors
from khoosheh.register import version_store

LOCK, UNFINISHED, NEXT_POINTER = "lock", "unfinished", "current.next"


@contextmanager
def open_store(store: Path) -> Iterator[None]:
    """Create the store if it is missing, hold its lock for the length of the block, and remove unfinished versions.

    Raises ``PublishError``, also where another process holds the lock.
    """
    with convert_system_errors(store):
        _create_store_folders(store)
        with (store / LOCK).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise PublishError("busy") from error
            _clear_leftovers(store)
            try:
                yield
            except BaseException:
                _remove_unfinished(store)
                raise


def _create_store_folders(store: Path) -> None:
    """Create the folders of a store; refuse a folder with other content."""
    if store.exists() and not version_store.is_store(store) and set(os.listdir(store)) - {LOCK}:
        raise PublishError("not_a_store", path=store)
    (store / version_store.VERSIONS).mkdir(parents=True, exist_ok=True)


def _clear_leftovers(store: Path) -> None:
    """Remove what an interrupted publication left: an incomplete copy, or a version that never came into force."""
    version_files.remove_folder(store / UNFINISHED)
    current, names = journal.read_current_version(store), journal.list_version_ids(store)
    following = journal.parse_version_number(current) + 1
    if names and int(names[-1]) == following and journal.read_version_entry(store, names[-1]).parent == current:
        # renamed first, which is atomic: an incomplete version must never be among the complete ones
        (store / version_store.VERSIONS / names[-1]).rename(store / UNFINISHED)
        version_files.remove_folder(store / UNFINISHED)
    (store / NEXT_POINTER).unlink(missing_ok=True)


def _remove_unfinished(store: Path) -> None:
    """Remove the files of a failed publication; what cannot be removed is left to the next one."""
    try:
        version_files.remove_folder(store / UNFINISHED)
        (store / NEXT_POINTER).unlink(missing_ok=True)
    except OSError:
        return


def begin_version(store: Path, source: Path) -> Path:
    """Copy a package into the folder of the unfinished version; return the copy."""
    (store / UNFINISHED).mkdir()
    version_files.copy_folder(source, store / UNFINISHED / version_store.PACKAGE)
    return store / UNFINISHED / version_store.PACKAGE


def finish_version(store: Path, version: journal.Version) -> None:
    """Write the entry, move the copy among the versions and, in one atomic step, bring it into force."""
    version_files.write_file(store / UNFINISHED / version_store.ENTRY, str(version))
    version_files.sync_folder(store / UNFINISHED)
    (store / UNFINISHED).rename(store / version_store.VERSIONS / version.id)
    version_files.sync_folder(store / version_store.VERSIONS)
    version_files.write_file(store / NEXT_POINTER, str(version_store.Pointer(version.id, version.checksum)))
    (store / NEXT_POINTER).replace(store / version_store.POINTER)
    version_files.sync_folder(store)
