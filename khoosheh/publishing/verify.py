"""Verifying a store: whether every version is still what was published, and which of them follow each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from khoosheh.publishing import journal
from khoosheh.publishing.errors import convert_system_errors
from khoosheh.publishing.journal import Version
from khoosheh.register import Fault, PackageError, version_store

# what a version is to readers: in force, earlier in force, or left by a publish that was killed
IN_FORCE, EARLIER, UNUSED = "in_force", "earlier", "unused"


@dataclass(frozen=True)
class VerifiedVersion:
    """A version, what it is to readers (``state``), and what tells that it is not what was published."""

    version: Version
    state: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Verification:
    """All versions of a store, newest first, and what is wrong with its pointer (``faults``)."""

    versions: tuple[VerifiedVersion, ...]
    faults: tuple[Fault, ...]

    @property
    def every_fault(self) -> list[Fault]:
        """Return the faults of the pointer and of all versions."""
        return [*self.faults, *(fault for one in self.versions for fault in one.faults)]


def verify_store(store: Path) -> Verification:
    """Compare the files of all versions of a store with entries and pointer; raises ``Refusal``."""
    with convert_system_errors(store):
        names = journal.list_version_ids(store)
        pointer, faults = _check_pointer(store, names)
        found = [_verify_store_version(store, name, names, pointer) for name in reversed(names)]
    return Verification(tuple(found), tuple(faults))


def _check_pointer(store: Path, names: Sequence[str]) -> tuple[version_store.Pointer | None, list[Fault]]:
    try:
        found = version_store.read_pointer(store)
    except PackageError as error:
        return None, list(error.faults)
    if found is None:
        note = {"note": FileNotFoundError.__name__}
        return None, [
            Fault("pointer", version_store.POINTER, params=note)
            if names
            else Fault("no_version", version_store.POINTER)
        ]
    if found.version not in names:
        return found, [Fault("version_missing", version_store.POINTER, params={"version": found.version})]
    return found, []


def _verify_store_version(
    store: Path, name: str, names: Sequence[str], pointer: version_store.Pointer | None
) -> VerifiedVersion:
    entry, state = journal.read_version_entry(store, name), _find_version_state(name, pointer)
    try:
        faults = version_store.find_version_faults(store, name, pointer.checksum if state == IN_FORCE else "")
    except PackageError as error:
        faults = list(error.faults)
    if entry.action == journal.DAMAGED:
        if not any(one.code.startswith("version_") for one in faults):
            where = f"{version_store.VERSIONS}/{name}/{version_store.ENTRY}"
            faults.append(Fault("version_entry", where, params={"version": name, "found": "—"}))
    else:
        faults += _check_version_order(entry, names, state, pointer)
    return VerifiedVersion(entry, state, tuple(faults))


def _find_version_state(name: str, pointer: version_store.Pointer | None) -> str:
    if pointer is None or name == pointer.version:
        return EARLIER if pointer is None else IN_FORCE
    return EARLIER if int(name) < int(pointer.version) else UNUSED


def _check_version_order(
    entry: Version, names: Sequence[str], state: str, pointer: version_store.Pointer | None
) -> list[Fault]:
    """Return what tells that a version does not follow the one before it.

    Folders of old versions may have been removed: then it follows one that is no longer there.
    A kill leaves at most one version beyond the one in force, which it follows.
    """
    where = f"{version_store.VERSIONS}/{entry.id}/{version_store.ENTRY}"
    if state == UNUSED and (pointer is None or entry.parent != pointer.version):
        return [Fault("version_beyond", where, params={"version": entry.id})]
    before = max((int(name) for name in names if int(name) < int(entry.id)), default=0)
    parent = int(entry.parent) if entry.parent.isdecimal() else 0
    if before <= parent < int(entry.id):
        return []
    expected = next((name for name in names if int(name) == before), "—")
    named = {"version": entry.id, "expected": expected, "parent": entry.parent or "—"}
    return [Fault("version_parent", where, params=named)]
