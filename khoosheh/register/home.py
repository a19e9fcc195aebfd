"""Where a register lives: in the folder of a package, or in a store of versions with a pointer to the one in force.

Here belongs what readers need of a store. Writing one is publishing's.
"""

from dataclasses import dataclass
from pathlib import Path

from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.faults import Fault, PackageError

VERSIONS, POINTER, PACKAGE = "versions", "current", "package"


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
    except PermissionError:
        return False


def pointer(store: Path) -> Pointer | None:
    """Return which version of a store is in force, nothing before the first; raises ``PackageError``."""
    try:
        return Pointer.read((store / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        fault = Fault("pointer", POINTER, value=str(store / POINTER), params={"note": type(error).__name__})
        raise PackageError([fault]) from error


def folder(store: Path, version: str) -> Path:
    """Return the package folder of one version of a store."""
    return store / VERSIONS / version / PACKAGE


def package(path: Path) -> Path:
    """Return the package of a path: that in force of a store, else the path itself; raises ``PackageError``."""
    if not is_store(path):
        return path
    found = pointer(path)
    if found is None:
        raise PackageError([Fault("no_version", POINTER, value=str(path))])
    return folder(path, found.version)
