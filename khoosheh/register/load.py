"""Loading: from the files of a package to a register, or to all that is wrong with them."""

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

import narwhals as nw
import pandas as pd

from khoosheh import engines
from khoosheh.engines import EngineError, Frame
from khoosheh.paths import app_folder
from khoosheh.register import columnar, derive, files, home, keys, model, own, standard
from khoosheh.register.dictionary import Dictionary, frozen
from khoosheh.register.faults import Fault, PackageError, sharpest
from khoosheh.register.locked import locked
from khoosheh.register.standard import Progress

SHIPPED = app_folder() / "data"
ENVIRONMENT = "KHOOSHEH_DATA"
# The share of the work that frictionless has.
STANDARD = 0.9


class Register:
    """A checked package. Its tables cannot be changed: every reader gets a copy on write.

    A table too large for memory stays with its engine; see :mod:`khoosheh.engines`.
    """

    def __init__(
        self,
        path: Path,
        descriptor: Mapping,
        tables: Mapping[str, pd.DataFrame],
        maps: Mapping,
        *,
        version: str = "",
        large: Mapping[str, Frame] | None = None,
    ) -> None:
        """Keep what was read and checked; ``large``: the tables that stay with an engine."""
        self.path = path
        self.dictionary = Dictionary(descriptor)
        self.version = version or version_of(path, descriptor)
        self._descriptor, self._maps, self._large = descriptor, dict(maps), dict(large or {})
        self._tables = {name: locked(frame) for name, frame in tables.items()}

    @property
    def province(self) -> str:
        """The ISO 3166-2 code of the province that the package is about."""
        return self._descriptor["province"]

    @property
    def compiled_on(self) -> str:
        """The Jalali day on which the package was compiled."""
        return self._descriptor["compiled_on"]

    @property
    def descriptor(self) -> Mapping:
        """The whole descriptor, unchangeable."""
        return frozen(self._descriptor)

    @property
    def maps(self) -> list[str]:
        """The names of all maps."""
        return list(self._maps)

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return [name for name in self.dictionary.tables if name in self._tables or name in self._large]

    @property
    def is_large(self) -> bool:
        """Whether tables of it stay with an engine."""
        return bool(self._large)

    def label(self, lang: str) -> str:
        """Return the name of the package."""
        return self._descriptor["labels"][lang]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; changing what was returned does not change the register. Raises ``KeyError``.

        A table that stays with an engine is brought here whole; :meth:`frame` is for questions of a part of it.
        """
        if name in self._large:
            return engines.collected(self._large[name]).to_native()
        return self._tables[name].copy(deep=False)

    def frame(self, name: str) -> Frame:
        """Return a table as a frame to be filtered, grouped and joined where it is. Raises ``KeyError``."""
        return self._large[name] if name in self._large else nw.from_native(self.table(name), eager_only=True)

    def geojson(self, name: str) -> dict:
        """Return a map of the package, a fresh one each time; raises ``KeyError`` where there is none."""
        return json.loads(self._maps[name])


def data_path() -> Path:
    """Return what to show: ``KHOOSHEH_DATA``, a package or a store of versions, or the package that is shipped."""
    return Path(os.environ.get(ENVIRONMENT) or SHIPPED)


def load(path: Path | str | None = None, progress: Progress | None = None) -> Register:
    """Read and check a package, a folder or its descriptor; raises ``PackageError`` with all its faults.

    Of a store of versions it is the one in force.
    ``progress`` is told the share done (0..1) and the table at hand.
    """
    where = home.package(_given(path))
    if columnar.is_one(where):
        return _columnar(where)
    read = _read(where, progress)
    if read.faults:
        raise PackageError(read.faults)
    typed = derive.typed(read.tables, Dictionary(read.descriptor))
    return Register(read.folder, read.descriptor, derive.derived(typed), read.maps)


def check(path: Path | str | None = None, progress: Progress | None = None) -> list[Fault]:
    """Return all faults of a package, in order of file, row and field; none where it is sound."""
    try:
        where = home.package(_given(path))
        if columnar.is_one(where):
            _columnar(where)
            return []
    except PackageError as error:
        return list(error.faults)
    return list(PackageError(_read(where, progress).faults).faults)


def _given(path: Path | str | None) -> Path:
    return Path(path) if path is not None else data_path()


def _columnar(folder: Path) -> Register:
    """Read a package whose statements lie in Parquet; it was checked when it was written."""
    version = columnar.version(folder)
    read = files.read(folder, model.shipped(SHIPPED), lambda table: None, without=columnar.TABLE)
    if read.faults:
        raise PackageError(read.faults)
    try:
        engine = engines.chosen(folder / columnar.FILE)
        statements = engine.scan(folder / columnar.FILE)
    except EngineError as error:
        raise PackageError([Fault(f"engine_{error.code}", columnar.FILE, params={"note": error.value})]) from error
    tables = derive.dated(derive.typed(read.tables, Dictionary(read.descriptor)))
    large = {}
    if isinstance(statements, nw.DataFrame):
        tables[columnar.TABLE] = statements.to_native()
    else:
        large[columnar.TABLE] = statements
    return Register(folder, read.descriptor, tables, read.maps, version=version, large=large)


def _read(where: Path, progress: Progress | None) -> files.Read:
    tell = progress or (lambda share, table: None)
    read = files.read(where, model.shipped(SHIPPED), lambda table: tell(0.0, table))
    if read.descriptor:
        dictionary = Dictionary(read.descriptor)
        _standard(read, dictionary, tell)
        read.faults += keys.check(read.tables, dictionary)
        read.faults += own.check(read.tables, dictionary, read.descriptor)
    read.faults = sharpest(read.faults)
    tell(1.0, "")
    return read


def _standard(read: files.Read, dictionary: Dictionary, tell: Progress) -> None:
    """Check labels and cells of every table, telling how far it has come."""
    resources = {one["name"]: one for one in read.descriptor["resources"]}
    total, done = max(1, sum(map(len, read.tables.values()))), 0
    for name, frame in read.tables.items():

        def tick(rows: int, name: str = name, done: int = done) -> None:
            tell(STANDARD * min(1.0, (done + rows) / total), name)

        tick(0)
        heading = read.headings[name]
        read.faults += keys.labels(resources[name]["path"], heading, dictionary.fields(name))
        read.faults += standard.validate(read.folder, resources[name], heading, tick)
        done += len(frame)


def version_of(folder: Path, descriptor: Mapping) -> str:
    """Return the SHA-256 of the descriptor and all files that it names; raises ``OSError``."""
    digest = hashlib.sha256()
    for name in ["datapackage.json", *sorted(one["path"] for one in descriptor["resources"])]:
        digest.update(name.encode())
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()
