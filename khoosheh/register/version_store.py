"""Reads a store of versions: packages of one register, with a pointer to the version in force.

:mod:`khoosheh.publishing` writes stores.
"""

import errno
import json
from dataclasses import dataclass
from pathlib import Path

from khoosheh.register import checksums
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.faults import Fault, PackageError

VERSIONS, POINTER, PACKAGE, ENTRY = "versions", "current", "package", "version.json"
# the digits of a checksum that the text of a fault has
SHOWN = 12


@dataclass(frozen=True)
class Pointer:
    """Which version of a store is in force, and the SHA-256 of its files."""

    version: str
    checksum: str

    @classmethod
    def read(cls, text: str) -> "Pointer":
        """Parse the content of a pointer file, as :meth:`__str__` returns it; raises ``ValueError``."""
        version, checksum = text.split()
        if not version.isdecimal():
            raise ValueError(text)
        return cls(version, checksum)

    def __str__(self) -> str:
        """Return the content of a pointer file."""
        return f"{self.version} {self.checksum}\n"


def is_store(path: Path) -> bool:
    """Tell whether a path is a store of versions; not where it is a package, or may not be read."""
    try:
        return (path / VERSIONS).is_dir() and not (path / DESCRIPTOR).exists()
    except OSError:
        return False


def read_pointer(store: Path) -> Pointer | None:
    """Return the pointer of a store, ``None`` before its first version; raises ``PackageError``."""
    try:
        return Pointer.read((store / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        fault = Fault("pointer", POINTER, value=str(store / POINTER), params={"note": type(error).__name__})
        raise PackageError([fault]) from error


def require_pointer(store: Path) -> Pointer:
    """Return the pointer of a store; raises ``PackageError``, also before its first version."""
    found = read_pointer(store)
    if found is None:
        raise PackageError([Fault("no_version", POINTER, value=str(store))])
    return found


def build_package_path(store: Path, version: str) -> Path:
    """Return the package folder of one version of a store."""
    return store / VERSIONS / version / PACKAGE


def resolve_package(path: Path) -> Path:
    """Return the package of a path: of a store the one in force, else the path itself.

    Raises ``PackageError``, also where the files of the version in force are not those that were published.
    """
    if not is_store(path):
        return path
    found = require_pointer(path)
    verify_version(path, found)
    return build_package_path(path, found.version)


def make_version_stamp(store: Path, version: str) -> checksums.Stamp:
    """Return a value that differs once a file of a version, or its entry, was changed."""
    return checksums.make_folder_stamp(store / VERSIONS / version)


def verify_version(store: Path, named: Pointer) -> None:
    """Raise ``PackageError`` where the files of the version in force are not those that were published."""
    found = find_version_faults(store, named.version, named.checksum)
    if found:
        raise PackageError(found)


def find_version_faults(store: Path, version: str, named: str = "") -> list[Fault]:
    """Return faults where the files of a version are not those that were published.

    Their SHA-256 must be that of the version's entry and, for the version in force, that of the pointer (``named``).
    Raises ``PackageError`` where the files cannot be read.
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
        note = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise PackageError([Fault("version_unreadable", where, params={"version": version, "note": note})]) from error
    params = {"version": version, "found": found[:SHOWN]}
    known = [checksum for checksum in (named, entry) if checksum]
    if known and found not in known:
        return [Fault("version_files", f"{where}/{PACKAGE}", params={**params, "known": known[0][:SHOWN]})]
    faults = []
    if entry != found:
        faults.append(Fault("version_entry", f"{where}/{ENTRY}", params=params))
    if named and named != found:
        faults.append(Fault("version_pointer", POINTER, params={**params, "known": named[:SHOWN]}))
    return faults


def _read_recorded_checksum(store: Path, version: str) -> str:
    """Return the checksum that the entry of a version names, '' where it names none; raises ``OSError``."""
    try:
        entry = json.loads((store / VERSIONS / version / ENTRY).read_text(encoding="utf-8"))
        return str(entry["checksum"]) if entry["id"] == version else ""
    except (FileNotFoundError, ValueError, KeyError, TypeError, RecursionError):
        return ""
