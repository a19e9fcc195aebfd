"""The store on the disk: its lock, adding a version in steps that a kill cannot halve, and what a kill leaves."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from khoosheh.publishing import files, journal
from khoosheh.publishing.refusal import Refusal, told
from khoosheh.register import home

LOCK, UNFINISHED, NEXT_POINTER = "lock", "unfinished", "current.next"


@contextmanager
def opened(store: Path) -> Iterator[None]:
    """Make a store where there is none, keep all others from publishing, and clear what a kill or an error left.

    Raises ``Refusal``.
    """
    with told(store):
        _made(store)
        with (store / LOCK).open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Refusal("busy") from error
            _cleared(store)
            try:
                yield
            except BaseException:
                _tidied(store)
                raise


def _made(store: Path) -> None:
    """Make the folders of a store; refuse a folder that holds something else."""
    if store.exists() and not home.is_store(store) and set(os.listdir(store)) - {LOCK}:
        raise Refusal("not_a_store", path=store)
    (store / home.VERSIONS).mkdir(parents=True, exist_ok=True)


def _cleared(store: Path) -> None:
    """Remove what a killed publish left: a half copy, or a whole version that never came into force."""
    files.remove(store / UNFINISHED)
    current, names = journal.in_force(store), journal.names(store)
    left = journal.number(current) + 1
    if names and int(names[-1]) == left and journal.entry(store, names[-1]).parent == current:
        # First away in one step: a version that is half removed must not stand among the whole ones.
        (store / home.VERSIONS / names[-1]).rename(store / UNFINISHED)
        files.remove(store / UNFINISHED)
    (store / NEXT_POINTER).unlink(missing_ok=True)


def _tidied(store: Path) -> None:
    """Give back the room of what failed, as far as can be; the next publish clears the rest."""
    try:
        files.remove(store / UNFINISHED)
        (store / NEXT_POINTER).unlink(missing_ok=True)
    except OSError:
        return


def begun(store: Path, source: Path) -> Path:
    """Copy a package beside the versions and return the copy."""
    (store / UNFINISHED).mkdir()
    files.copy(source, store / UNFINISHED / home.PACKAGE)
    return store / UNFINISHED / home.PACKAGE


def finished(store: Path, version: journal.Version) -> None:
    """Put the copy among the versions, with its entry, and bring it into force in one step."""
    files.write(store / UNFINISHED / home.ENTRY, str(version))
    files.sync(store / UNFINISHED)
    (store / UNFINISHED).rename(store / home.VERSIONS / version.id)
    files.sync(store / home.VERSIONS)
    files.write(store / NEXT_POINTER, str(home.Pointer(version.id, version.checksum)))
    (store / NEXT_POINTER).replace(store / home.POINTER)
    files.sync(store)
