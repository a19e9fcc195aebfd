"""Loading: from the files of a package to a register, or to all that is wrong with them."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from khoosheh.register import derive, files, own, standard
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault, PackageError
from khoosheh.register.standard import Progress

SHIPPED = Path(__file__).parents[2] / "data"
ENVIRONMENT = "KHOOSHEH_DATA"


class Register:
    """A checked package. Its tables cannot be changed: every reader gets a copy on write."""

    def __init__(self, path: Path, descriptor: Mapping, tables: Mapping[str, pd.DataFrame], maps: Mapping) -> None:
        """Keep what was read and checked."""
        self.path = path
        self.dictionary = Dictionary(descriptor)
        self.version = _version(path, descriptor)
        self._descriptor, self._tables, self._maps = descriptor, dict(tables), dict(maps)

    @property
    def province(self) -> str:
        """The ISO 3166-2 code of the province that the package is about."""
        return self._descriptor["province"]

    @property
    def compiled_on(self) -> str:
        """The Jalali day on which the package was compiled."""
        return self._descriptor["compiled_on"]

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return list(self._tables)

    def label(self, lang: str) -> str:
        """Return the name of the package."""
        return self._descriptor["labels"][lang]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; changing what was returned does not change the register."""
        return self._tables[name].copy(deep=False)

    def geojson(self, name: str) -> dict:
        """Return a map of the package, read anew."""
        return json.loads(self._maps[name])


def data_path() -> Path:
    """Return the package to show: ``KHOOSHEH_DATA``, or the one that is shipped."""
    return Path(os.environ.get(ENVIRONMENT) or SHIPPED)


def load(path: Path | str | None = None, progress: Progress | None = None) -> Register:
    """Read and check a package, a folder or its descriptor; raises ``PackageError`` with all its faults.

    ``progress`` is told the share done (0..1) and the table at hand.
    """
    read = _read(path, progress)
    if read.faults:
        raise PackageError(read.faults)
    typed = derive.typed(read.tables, Dictionary(read.descriptor))
    return Register(read.folder, read.descriptor, derive.derived(typed), read.maps)


def check(path: Path | str | None = None, progress: Progress | None = None) -> list[Fault]:
    """Return all faults of a package, in order of file, row and field; none where it is sound."""
    return list(PackageError(_read(path, progress).faults).faults)


def _read(path: Path | str | None, progress: Progress | None) -> files.Read:
    tell = progress or (lambda share, table: None)
    read = files.read(Path(path) if path is not None else data_path(), files.required(SHIPPED))
    if not read.descriptor:
        return read
    sizes = {name: len(frame) for name, frame in read.tables.items()}
    total, done = max(1, sum(sizes.values())), 0
    whole = standard.package(read.folder, read.descriptor)
    for name, size in sizes.items():
        tell(done / total, name)

        def tick(rows: int, name: str = name, done: int = done) -> None:
            tell(min(1.0, (done + rows) / total), name)

        read.faults += standard.validate(whole, name, tick)
        done += size
    read.faults += own.check(read.tables, Dictionary(read.descriptor), read.descriptor)
    read.faults = _sharpest(read.faults)
    tell(1.0, "")
    return read


def _sharpest(faults: list[Fault]) -> list[Fault]:
    """Drop 'has not the form' where the same cell has a fault that names what is wrong with its date."""
    named = {(one.file, one.row, one.field) for one in faults if one.code.startswith("date_")}
    return [one for one in faults if one.code != "constraint_pattern" or (one.file, one.row, one.field) not in named]


def _version(folder: Path, descriptor: Mapping) -> str:
    """Return the SHA-256 of the descriptor and all files that it names."""
    digest = hashlib.sha256()
    for name in ["datapackage.json", *sorted(one["path"] for one in descriptor["resources"])]:
        digest.update(name.encode())
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
