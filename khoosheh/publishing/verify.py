"""Verifying a store: the checksums of all versions and their sequence."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from khoosheh.publishing import journal
from khoosheh.publishing.errors import convert_system_errors
from khoosheh.publishing.journal import Version
from khoosheh.register import Fault, PackageError, version_store

# states of a version: in force, in force earlier, or left by an interrupted publication
IN_FORCE, EARLIER, UNUSED = "in_force", "earlier", "unused"


@dataclass(frozen=True)
class VerifiedVersion:
    """A version, its state, and the faults by which it differs from what was published."""

    version: Version
    state: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class Verification:
    """All versions of a store, newest first, and the faults of its pointer."""

    versions: tuple[VerifiedVersion, ...]
    faults: tuple[Fault, ...]

    @property
    def every_fault(self) -> list[Fault]:
        """The faults of the pointer and of all versions."""
        return [*self.faults, *(fault for version in self.versions for fault in version.faults)]


def verify_store(store: Path) -> Verification:
    """Compare the files of all versions of a store with their entries and the pointer; raises ``PublishError``."""
    with convert_system_errors(store):
        names = journal.list_version_ids(store)
        pointer, faults = _check_pointer(store, names)
        versions = [_verify_store_version(store, name, names, pointer) for name in reversed(names)]
    return Verification(tuple(versions), tuple(faults))


def _check_pointer(store: Path, names: Sequence[str]) -> tuple[version_store.Pointer | None, list[Fault]]:
    try:
        pointer = version_store.read_pointer(store)
    except PackageError as error:
        return None, list(error.faults)
    if pointer is None:
        note = {"note": FileNotFoundError.__name__}
        return None, [
            Fault("pointer", version_store.POINTER, params=note)
            if names
            else Fault("no_version", version_store.POINTER)
        ]
    if pointer.version not in names:
        return pointer, [Fault("version_missing", version_store.POINTER, params={"version": pointer.version})]
    return pointer, []


def _verify_store_version(
    store: Path, name: str, names: Sequence[str], pointer: version_store.Pointer | None
) -> VerifiedVersion:
    entry, state = journal.read_version_entry(store, name), _find_version_state(name, pointer)
    try:
        faults = version_store.find_version_faults(
            store, name, pointer.checksum if pointer and state == IN_FORCE else ""
        )
    except PackageError as error:
        faults = list(error.faults)
    if entry.action == journal.DAMAGED:
        if not any(fault.code.startswith("version_") for fault in faults):
            path = f"{version_store.VERSIONS}/{name}/{version_store.ENTRY}"
            faults.append(Fault("version_entry", path, params={"version": name, "found": "—"}))
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
    """Return the fault of a version whose parent is not the version before it.

    The parent may be missing, since folders of old versions may be removed. An interrupted publication leaves at most
    one version after the one in force, which is its parent.
    """
    path = f"{version_store.VERSIONS}/{entry.id}/{version_store.ENTRY}"
    if state == UNUSED and (pointer is None or entry.parent != pointer.version):
        return [Fault("version_beyond", path, params={"version": entry.id})]
    before = max((int(name) for name in names if int(name) < int(entry.id)), default=0)
    parent = int(entry.parent) if entry.parent.isdecimal() else 0
    if before <= parent < int(entry.id):
        return []
    expected = next((name for name in names if int(name) == before), "—")
    params = {"version": entry.id, "expected": expected, "parent": entry.parent or "—"}
    return [Fault("version_parent", path, params=params)]
