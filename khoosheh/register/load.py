"""Loading: from the files of a package to a register, or to all that is wrong with them."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import narwhals as nw

from khoosheh import engines
from khoosheh.engines import EngineError
from khoosheh.paths import app_folder
from khoosheh.register import checksums, columnar, derive, files, home, keys, own, standard
from khoosheh.register import model as descriptor_model
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault, PackageError, sharpest
from khoosheh.register.register import Register
from khoosheh.register.standard import Progress

SHIPPED = app_folder() / "data"
ENVIRONMENT = "KHOOSHEH_DATA"
# The share of the work that frictionless has.
STANDARD = 0.9


def data_path() -> Path:
    """Return what to show: ``KHOOSHEH_DATA``, a package or a store of versions, or the package that is shipped."""
    return Path(os.environ.get(ENVIRONMENT) or SHIPPED)


@dataclass(frozen=True)
class Bounds:
    """How much of a package is checked: ``rows`` of all tables, ``None`` for any number, and ``faults`` told."""

    rows: int | None = None
    faults: int = 10_000


ANY_SIZE = Bounds()


def load(path: Path | str | None = None, progress: Progress | None = None, bounds: Bounds = ANY_SIZE) -> Register:
    """Read and check a package, a folder or its descriptor; raises ``PackageError`` with all its faults.

    Of a store of versions it is the one in force, if its files are those that were published.
    ``progress`` is told the share done (0..1) and the table at hand.
    """
    where = _given(path)
    if not home.is_store(where):
        return _load(where, progress, bounds)
    version = home.in_force(where)
    stamp = home.stamp(where, version.version)
    home.verify(where, version)
    return load_version(where, version, stamp, progress)


def load_version(
    store: Path, version: home.Pointer, stamp: checksums.Stamp, progress: Progress | None = None
) -> Register:
    """Read and check a version whose files were verified after they had this stamp.

    Raises ``PackageError``, also where they were changed since: what was verified is what was read.
    """
    found = _load(home.folder(store, version.version), progress, ANY_SIZE)
    if home.stamp(store, version.version) != stamp:
        where = f"{home.VERSIONS}/{version.version}"
        raise PackageError([Fault("version_changing", where, params={"version": version.version})])
    return found


def _load(where: Path, progress: Progress | None, bounds: Bounds) -> Register:
    if columnar.is_one(where):
        return _columnar(where)
    read = _read(where, progress, bounds)
    if read.faults:
        raise PackageError(read.faults)
    typed = derive.typed(read.tables, Dictionary(read.descriptor))
    return Register(read.folder, read.descriptor, derive.derived(typed), read.maps)


def check(path: Path | str | None = None, progress: Progress | None = None, bounds: Bounds = ANY_SIZE) -> list[Fault]:
    """Return all faults of a package, in order of file, row and field; none where it is sound."""
    where = _given(path)
    if not (home.is_store(where) or columnar.is_one(where)):
        return list(PackageError(_read(where, progress, bounds).faults).faults)
    try:
        load(where, progress)
    except PackageError as error:
        return list(error.faults)
    return []


def _given(path: Path | str | None) -> Path:
    return Path(path) if path is not None else data_path()


def _columnar(folder: Path) -> Register:
    """Read a package whose statements lie in Parquet; it was checked when it was written."""
    version = columnar.version(folder)
    read = files.read(folder, descriptor_model.shipped(SHIPPED), lambda table: None, without=columnar.TABLE)
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


def _read(where: Path, progress: Progress | None, bounds: Bounds) -> files.Read:
    tell = progress or (lambda share, table: None)
    model = descriptor_model.shipped(SHIPPED)
    read = files.read(where, model, lambda table: tell(0.0, table), most_rows=bounds.rows)
    if read.descriptor and not any(one.code == "too_many_rows" for one in read.faults):
        _check_tables(read, model, tell, bounds.faults)
    read.faults = sharpest(read.faults)
    tell(1.0, "")
    return read


def _check_tables(read: files.Read, model: Mapping, tell: Progress, most: int) -> None:
    """Check cells, keys and what a Table Schema cannot say, until ``most`` faults are found."""
    dictionary = Dictionary(read.descriptor)
    checks = (
        _standard(read, model, tell, most),
        keys.check(read.tables, dictionary),
        own.check(read.tables, dictionary, read.descriptor),
    )
    found = chain.from_iterable(checks)
    read.faults += islice(found, max(0, most - len(read.faults)))
    if len(read.faults) >= most and next(found, None) is not None:
        read.faults.append(Fault("too_many", read.faults[-1].file, params={"most": most}))


def _standard(read: files.Read, model: Mapping, tell: Progress, most: int) -> Iterator[Fault]:
    """Check labels and cells of every table, telling how far it has come."""
    dictionary = Dictionary(read.descriptor)
    resources = {one["name"]: one for one in read.descriptor["resources"]}
    total, done = max(1, sum(map(len, read.tables.values()))), 0
    for name, frame in read.tables.items():

        def tick(rows: int, name: str = name, done: int = done) -> None:
            tell(STANDARD * min(1.0, (done + rows) / total), name)

        tick(0)
        heading = read.headings[name]
        yield from keys.labels(resources[name]["path"], heading, dictionary.fields(name))
        yield from standard.validate(read.folder, resources[name], model, heading, tick, most)
        done += len(frame)
