"""Publishing a package into a store, and making an older version current again."""

import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from khoosheh import calendar
from khoosheh import register as registers
from khoosheh.persian import to_latin_digits
from khoosheh.publishing import journal, store
from khoosheh.publishing.journal import Version
from khoosheh.publishing.refusal import Refusal
from khoosheh.register import Fault, PackageError, checksums, columnar, home
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.faults import visible

# Iran has had no summer time since 1401.
TEHRAN = timezone(timedelta(hours=3, minutes=30))
# digits that no version has
LONGEST = 10


@dataclass(frozen=True)
class _Note:
    """What is written into the journal of a new version."""

    action: str
    who: str
    why: str
    restored: str = ""


def publish(
    package: Path, into: Path, who: str, why: str, *, expect: str | None = None, seed: Path | None = None
) -> Version:
    """Check a package, copy it into a store and bring it into force; return its version.

    ``expect``: the version that must still be in force ('' for none yet). ``seed``: the register in force so far,
    which becomes the first version of a new store if it is sound, of the same province and not the same.
    Raises ``PackageError`` with all faults of the package and ``Refusal``; what was in force stays so.
    """
    note = _signed("publish", who, why)
    package = _folder(package)
    if columnar.is_one(package):
        raise PackageError([Fault("parquet_source", columnar.MANIFEST)])
    checked = None
    if not os.path.isfile(package / DESCRIPTOR) or not (home.is_store(into) and journal.in_force(into)):
        # What is no package is not copied, and a faulty one leaves no empty store behind.
        checked = registers.load(package)
    _apart(package, into)
    with store.opened(into):
        _expected(into, expect)
        if seed is not None and checked is not None and not journal.in_force(into):
            _seed(into, _folder(seed), checked, note.who)
        return _add(into, package, note)


def restore(version: str, within: Path, who: str, why: str, *, expect: str | None = None) -> Version:
    """Make the files of an older version current again, as a new version; return it.

    Raises ``PackageError`` where the programme no longer accepts them, and ``Refusal``, also where they are not the
    files that were published.
    """
    note = _signed("restore", who, why)
    if not home.is_store(within):
        raise Refusal("no_store", path=within)
    with store.opened(within):
        _expected(within, expect)
        older = _older(within, version)
        return _add(within, home.folder(within, older.id), replace(note, restored=older.id), older)


def damage(within: Path) -> tuple[Fault, ...]:
    """Return what tells that the version in force of a store is not what was published; nothing where none is.

    Publishing and restoring go on nevertheless: they bring sound files into force.
    """
    try:
        home.package(within)
    except PackageError as error:
        return tuple(one for one in error.faults if one.code != "no_version")
    return ()


def _signed(action: str, who: str, why: str) -> _Note:
    who, why = visible(who.strip()), visible(why.strip())
    if not who or not why:
        raise Refusal("unsigned")
    return _Note(action, who, why)


def _folder(path: Path) -> Path:
    """Return the folder of a package, given as such, as its descriptor, or as a store."""
    found = home.package(path)
    return found.parent if found.name == DESCRIPTOR else found


def _apart(package: Path, into: Path) -> None:
    """Refuse a store within a package, which would be copied into itself."""
    if into.resolve().is_relative_to(package.resolve()):
        raise Refusal("store_in_package", path=into)


def _expected(into: Path, expect: str | None) -> None:
    current = journal.in_force(into)
    if expect is not None and to_latin_digits(expect).lstrip("0") != current.lstrip("0"):
        raise Refusal("moved", expected=expect or "—", version=current or "—")


def _older(within: Path, version: str) -> Version:
    known = {int(one.id): one for one in journal.history(within)}
    found = known.get(int(version)) if version.isdecimal() and len(version) < LONGEST else None
    if found is None:
        raise Refusal("unknown_version", value=version, known=[one.id for one in known.values()])
    if found.action == journal.DAMAGED:
        raise Refusal("damaged", version=found.id)
    return found


def _seed(into: Path, seed: Path, checked: registers.Register, who: str) -> None:
    """Take the register in force into a new store, where it is an earlier one of the same province."""
    _apart(seed, into)
    try:
        found = registers.load(seed)
    except PackageError:
        return
    if found.province == checked.province and checksums.checksum(seed) != checksums.checksum(checked.path):
        _add(into, seed, _Note("seed", who, ""))


def _add(into: Path, package: Path, note: _Note, older: Version | None = None) -> Version:
    """Add a version; ``older``: the one whose files they must be."""
    current = home.pointer(into)
    copied = store.begun(into, package)
    checksum = checksums.checksum(copied)
    if older is not None and checksum != older.checksum:
        raise Refusal("damaged", version=older.id)
    if current is not None and checksum == current.checksum and not damage(into):
        raise Refusal("same", version=current.version)
    found = _checked(copied, package)
    now = datetime.now(UTC)
    version = Version(
        id=journal.following(into),
        action=note.action,
        who=note.who,
        why=note.why,
        when=now.isoformat(timespec="seconds"),
        day=str(calendar.to_jalali(now.astimezone(TEHRAN).date())),
        checksum=checksum,
        register=found.version,
        parent=current.version if current else "",
        statements=len(found.table("statements")),
        restored=note.restored,
    )
    store.finished(into, version)
    return version


def _checked(copied: Path, package: Path) -> registers.Register:
    """Load the copy: what is published is what was checked, even if the package changes meanwhile."""
    try:
        return registers.load(copied)
    except PackageError:
        # Its faults are to name the files that the publisher can mend.
        registers.load(package)
        raise
