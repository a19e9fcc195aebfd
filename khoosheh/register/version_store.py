"""Where a register lives: in the folder of a package, or in a store of versions with a pointer to the one in force.

Here belongs what readers need of a store. Writing one is publishing's.
"""

import errno
import json
from dataclasses import dataclass
from pathlib import Path

from khoosheh.register import checksums
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.faults import Fault, PackageError

VERSIONS, POINTER, PACKAGE, ENTRY = "versions", "current", "package", "version.json"
# digits of a checksum that a fault names
SHOWN = 12


@dataclass(frozen=True)
class Pointer:
    """Which version of a store is in force, and the SHA-256 of its files."""

    version: str
    checksum: str

    @classmethod
    def read(cls, words: str) -> "Pointer":
        """Read what :meth:`__str__` wrote; raises ``ValueError``."""
        version, checksum = words.split()
        if not version.isdecimal():
            raise ValueError(words)
        return cls(version, checksum)

    def __str__(self) -> str:
        """Return it as it stands in the file."""
        return f"{self.version} {self.checksum}\n"


def is_store(path: Path) -> bool:
    """Tell whether a path is a store of versions; a package, or what may not be looked into, is none."""
    try:
        return (path / VERSIONS).is_dir() and not (path / DESCRIPTOR).exists()
    except OSError:
        return False


def read_pointer(store: Path) -> Pointer | None:
    """Return which version of a store is in force, nothing before the first; raises ``PackageError``."""
    try:
        return Pointer.read((store / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        fault = Fault("pointer", POINTER, value=str(store / POINTER), params={"note": type(error).__name__})
        raise PackageError([fault]) from error


def require_pointer(store: Path) -> Pointer:
    """Return which version of a store is in force; raises ``PackageError``, also where there is none yet."""
    found = read_pointer(store)
    if found is None:
        raise PackageError([Fault("no_version", POINTER, value=str(store))])
    return found


def build_package_path(store: Path, version: str) -> Path:
    """Return the package folder of one version of a store."""
    return store / VERSIONS / version / PACKAGE


def resolve_package(path: Path) -> Path:
    """Return the package of a path: that in force of a store, else the path itself.

    Raises ``PackageError``, also where the files in force are not those that were published.
    """
    if not is_store(path):
        return path
    found = require_pointer(path)
    verify_version(path, found)
    return build_package_path(path, found.version)


def make_version_stamp(store: Path, version: str) -> checksums.Stamp:
    """Return what differs once a file of a version, or its entry, was changed."""
    return checksums.make_folder_stamp(store / VERSIONS / version)


def verify_version(store: Path, named: Pointer) -> None:
    """Raise ``PackageError`` where the files of the version in force are not those that were published."""
    found = find_version_faults(store, named.version, named.checksum)
    if found:
        raise PackageError(found)


def find_version_faults(store: Path, version: str, named: str = "") -> list[Fault]:
    """Return what tells that the files of a version are not those that were published.

    The SHA-256 of its files must be that of its entry and, of the version in force, that of the pointer (``named``).
    Raises ``PackageError`` where they cannot be read.
    """
    where = f"{VERSIONS}/{version}"
    try:
        found, entry = (
            checksums.compute_checksum(build_package_path(store, version)),
            _read_recorded_checksum(store, version),
        )
    except FileNotFoundError:
        return [Fault("version_missing", where, params={"version": version})]
    except OSError as error:
        note = errno.errorcode.get(error.errno, type(error).__name__)
        raise PackageError([Fault("version_unreadable", where, params={"version": version, "note": note})]) from error
    told = {"version": version, "found": found[:SHOWN]}
    known = [one for one in (named, entry) if one]
    if known and found not in known:
        return [Fault("version_files", f"{where}/{PACKAGE}", params={**told, "known": known[0][:SHOWN]})]
    blamed = []
    if entry != found:
        blamed.append(Fault("version_entry", f"{where}/{ENTRY}", params=told))
    if named and named != found:
        blamed.append(Fault("version_pointer", POINTER, params={**told, "known": named[:SHOWN]}))
    return blamed


def _read_recorded_checksum(store: Path, version: str) -> str:
    """Return the checksum that the entry of a version names, nothing where it names none; raises ``OSError``."""
    try:
        given = json.loads((store / VERSIONS / version / ENTRY).read_text(encoding="utf-8"))
        return str(given["checksum"]) if given["id"] == version else ""
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return ""
