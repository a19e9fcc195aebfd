"""Publishing a package into a store, and restoring an older version."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from khoosheh import calendar
from khoosheh import register as registers
from khoosheh.digits import to_latin_digits
from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.publishing import journal, store
from khoosheh.publishing.errors import PublishError
from khoosheh.publishing.journal import Version
from khoosheh.register import Fault, PackageError, checksums, parquet_package, version_store
from khoosheh.register.descriptor import DESCRIPTOR

# Iran has had no summer time since 1401.
TEHRAN = timezone(timedelta(hours=3, minutes=30))
# digits from which on a number is no version
LONGEST_ID = 10


@dataclass(frozen=True)
class _Note:
    """The part of a new version's entry that the caller gives."""

    action: str
    who: str
    why: str
    restored: str = ""


def publish_package(
    package: Path, into: Path, who: str, why: str, *, expect: str | None = None, seed: Path | None = None
) -> Version:
    """Check a package, copy it into a store and bring it into force; return its version.

    ``expect``: the version that must still be in force ('' for none). ``seed``: a package that becomes the first
    version of a new store, if it is sound, of the same province and differs from ``package``.
    Raises ``PackageError`` with all faults of the package, and ``PublishError``; the version in force then stays.
    """
    note = _make_signed_note("publish", who, why)
    package = _find_package_folder(package)
    if parquet_package.is_columnar_package(package):
        raise PackageError([Fault("parquet_source", parquet_package.MANIFEST)])
    checked = None
    if not os.path.isfile(package / DESCRIPTOR) or not (
        version_store.is_store(into) and journal.read_current_version(into)
    ):
        # checked before the store is made: a faulty package must leave no empty store, and no other folder is copied
        checked = registers.load_register(package)
    _check_store_apart(package, into)
    with store.open_store(into):
        _check_expected_version(into, expect)
        if seed is not None and checked is not None and not journal.read_current_version(into):
            _add_seed_version(into, _find_package_folder(seed), checked, note.who)
        return _add_version(into, package, note)


def restore_version(version: str, within: Path, who: str, why: str, *, expect: str | None = None) -> Version:
    """Publish the files of an older version as a new version; return it.

    ``expect``: the version that must still be in force. Raises ``PackageError`` where the current checks reject the
    files, and ``PublishError``, also where they are not the files that were published.
    """
    note = _make_signed_note("restore", who, why)
    if not version_store.is_store(within):
        raise PublishError("no_store", path=within)
    with store.open_store(within):
        _check_expected_version(within, expect)
        older = _find_older_version(within, version)
        return _add_version(
            within, version_store.build_package_path(within, older.id), replace(note, restored=older.id), older
        )


def find_version_damage(within: Path) -> tuple[Fault, ...]:
    """Return the differences between the version in force and what was published; () for a store without one.

    Publishing and restoring do not stop for them, since they bring sound files into force.
    """
    try:
        version_store.resolve_package(within)
    except PackageError as error:
        return tuple(fault for fault in error.faults if fault.code != "no_version")
    return ()


def _make_signed_note(action: str, who: str, why: str) -> _Note:
    who, why = escape_hidden_characters(who.strip()), escape_hidden_characters(why.strip())
    if not who or not why:
        raise PublishError("unsigned")
    return _Note(action, who, why)


def _find_package_folder(path: Path) -> Path:
    """Return the folder of a package from the path of the folder, of its descriptor, or of a store."""
    package = version_store.resolve_package(path)
    return package.parent if package.name == DESCRIPTOR else package


def _check_store_apart(package: Path, into: Path) -> None:
    """Refuse a store within the package, which would be copied into itself."""
    if into.resolve().is_relative_to(package.resolve()):
        raise PublishError("store_in_package", path=into)


def _check_expected_version(into: Path, expect: str | None) -> None:
    current = journal.read_current_version(into)
    if expect is not None and to_latin_digits(expect).lstrip("0") != current.lstrip("0"):
        raise PublishError("moved", expected=expect or "—", version=current or "—")


def _find_older_version(within: Path, version: str) -> Version:
    known = {int(entry.id): entry for entry in journal.list_published_versions(within)}
    older = known.get(int(version)) if version.isdecimal() and len(version) < LONGEST_ID else None
    if older is None:
        raise PublishError("unknown_version", value=version, known=[entry.id for entry in known.values()])
    if older.action == journal.DAMAGED:
        raise PublishError("damaged", version=older.id)
    return older


def _add_seed_version(into: Path, seed: Path, checked: registers.Register, who: str) -> None:
    """Publish the seed into a new store, unless it is faulty, of another province, or the package that follows."""
    _check_store_apart(seed, into)
    try:
        register = registers.load_register(seed)
    except PackageError:
        return
    if register.province == checked.province and checksums.compute_checksum(seed) != checksums.compute_checksum(
        checked.path
    ):
        _add_version(into, seed, _Note("seed", who, ""))


def _add_version(into: Path, package: Path, note: _Note, older: Version | None = None) -> Version:
    """Copy a package into a new version and bring it into force; ``older``: the version whose files it must have."""
    current = version_store.read_pointer(into)
    copied = store.begin_version(into, package)
    checksum = checksums.compute_checksum(copied)
    if older is not None and checksum != older.checksum:
        raise PublishError("damaged", version=older.id)
    if current is not None and checksum == current.checksum and not find_version_damage(into):
        raise PublishError("same", version=current.version)
    register = _load_checked_copy(copied, package)
    now = datetime.now(UTC)
    version = Version(
        id=journal.make_next_version_id(into),
        action=note.action,
        who=note.who,
        why=note.why,
        when=now.isoformat(timespec="seconds"),
        day=str(calendar.to_jalali(now.astimezone(TEHRAN).date())),
        checksum=checksum,
        register=register.version,
        parent=current.version if current else "",
        statements=len(register.table("statements")),
        restored=note.restored,
    )
    store.finish_version(into, version)
    return version


def _load_checked_copy(copied: Path, package: Path) -> registers.Register:
    """Load the copy, so that what is published was checked, even if the package changes meanwhile."""
    try:
        return registers.load_register(copied)
    except PackageError:
        # loaded again so that the faults name the files of the package, which the publisher can correct
        registers.load_register(package)
        raise
