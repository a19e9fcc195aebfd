"""Loads the files of a package as a register, or returns their faults."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import narwhals as nw

from khoosheh import engines
from khoosheh.engines import EngineError, Frame
from khoosheh.paths import app_folder
from khoosheh.register import (
    checksums,
    derived_columns,
    domain_checks,
    key_checks,
    package_files,
    parquet_package,
    schema_checks,
    version_store,
)
from khoosheh.register import descriptor_compat as descriptor_model
from khoosheh.register.descriptor_types import Descriptor
from khoosheh.register.dictionary import Dictionary
from khoosheh.register.faults import Fault, PackageError, select_sharpest_faults
from khoosheh.register.register import Register
from khoosheh.register.schema_checks import Progress

SHIPPED = app_folder() / "data"
ENVIRONMENT = "KHOOSHEH_DATA"
# the share of the time of all checks that frictionless takes
STANDARD = 0.9


def data_path() -> Path:
    """Return the package or store of versions to show: ``KHOOSHEH_DATA``, else the shipped package."""
    return Path(os.environ.get(ENVIRONMENT) or SHIPPED)


@dataclass(frozen=True)
class Bounds:
    """How much of a package is checked: ``rows`` of all tables (``None``: any number), and ``faults`` found."""

    rows: int | None = None
    faults: int = 10_000


ANY_SIZE = Bounds()


def load_register(
    path: Path | str | None = None, progress: Progress | None = None, bounds: Bounds = ANY_SIZE
) -> Register:
    """Read and check a package; raises ``PackageError`` with all its faults.

    ``path``: the folder of a package, its descriptor, or a store of versions; of a store the version in force is
    read, if its files are those that were published. ``progress`` is called with the share done (0..1) and the name
    of the table being checked.
    """
    where = _resolve_path(path)
    if not version_store.is_store(where):
        return _load_checked_package(where, progress, bounds)
    version = version_store.require_pointer(where)
    stamp = version_store.make_version_stamp(where, version.version)
    version_store.verify_version(where, version)
    return load_version(where, version, stamp, progress)


def load_version(
    store: Path, version: version_store.Pointer, stamp: checksums.Stamp, progress: Progress | None = None
) -> Register:
    """Read and check a version whose files were verified after ``stamp`` was made.

    Raises ``PackageError``, also where the files were changed since the stamp was made.
    """
    register = _load_checked_package(version_store.build_package_path(store, version.version), progress, ANY_SIZE)
    if version_store.make_version_stamp(store, version.version) != stamp:
        where = f"{version_store.VERSIONS}/{version.version}"
        raise PackageError([Fault("version_changing", where, params={"version": version.version})])
    return register


def _load_checked_package(where: Path, progress: Progress | None, bounds: Bounds) -> Register:
    if parquet_package.is_columnar_package(where):
        return _load_columnar_package(where)
    read = _read_and_check(where, progress, bounds)
    descriptor = _require_sound_descriptor(read)
    typed = derived_columns.convert_column_types(read.tables, Dictionary(descriptor))
    return Register(read.folder, descriptor, derived_columns.derive_columns(typed), read.maps)


def _require_sound_descriptor(read: package_files.PackageContent) -> Descriptor:
    """Return the descriptor of a package without faults; raises ``PackageError`` with the faults of another."""
    if read.faults or read.descriptor is None:
        raise PackageError(read.faults)
    return read.descriptor


def check_package(
    path: Path | str | None = None, progress: Progress | None = None, bounds: Bounds = ANY_SIZE
) -> list[Fault]:
    """Return all faults of a package in order of file, row and field; arguments as of :func:`load_register`."""
    where = _resolve_path(path)
    if not (version_store.is_store(where) or parquet_package.is_columnar_package(where)):
        return list(PackageError(_read_and_check(where, progress, bounds).faults).faults)
    try:
        load_register(where, progress)
    except PackageError as error:
        return list(error.faults)
    return []


def _resolve_path(path: Path | str | None) -> Path:
    return Path(path) if path is not None else data_path()


def _load_columnar_package(folder: Path) -> Register:
    """Read a package whose statements are in Parquet; it was checked when it was written."""
    version = parquet_package.read_columnar_version(folder)
    read = package_files.read_package_files(
        folder, descriptor_model.read_shipped_descriptor(SHIPPED), lambda table: None, without=parquet_package.TABLE
    )
    descriptor = _require_sound_descriptor(read)
    try:
        engine = engines.select_engine(folder / parquet_package.FILE)
        statements = engine.scan(folder / parquet_package.FILE)
    except EngineError as error:
        raise PackageError(
            [Fault(f"engine_{error.code}", parquet_package.FILE, params={"value": error.value})]
        ) from error
    tables = derived_columns.add_date_days(derived_columns.convert_column_types(read.tables, Dictionary(descriptor)))
    large: dict[str, Frame] = {}
    if isinstance(statements, nw.DataFrame):
        tables[parquet_package.TABLE] = statements.to_native()
    else:
        large[parquet_package.TABLE] = statements
    return Register(folder, descriptor, tables, read.maps, version=version, large=large)


def _read_and_check(where: Path, progress: Progress | None, bounds: Bounds) -> package_files.PackageContent:
    tell = progress or (lambda share, table: None)
    model = descriptor_model.read_shipped_descriptor(SHIPPED)
    read = package_files.read_package_files(where, model, lambda table: tell(0.0, table), most_rows=bounds.rows)
    if read.descriptor and not any(fault.code == "too_many_rows" for fault in read.faults):
        _check_tables(read, read.descriptor, model, tell, bounds.faults)
    read.faults = select_sharpest_faults(read.faults)
    tell(1.0, "")
    return read


def _check_tables(
    read: package_files.PackageContent, descriptor: Descriptor, model: Descriptor, tell: Progress, most: int
) -> None:
    """Add the faults of cells, keys and the rules of a register to ``read``, until there are ``most``."""
    dictionary = Dictionary(descriptor)
    checks = (
        _check_cells(read, descriptor, model, tell, most),
        key_checks.check_keys(read.tables, dictionary),
        domain_checks.check_register_rules(read.tables, dictionary, descriptor),
    )
    found = chain.from_iterable(checks)
    read.faults += islice(found, max(0, most - len(read.faults)))
    if len(read.faults) >= most and next(found, None) is not None:
        read.faults.append(Fault("too_many", read.faults[-1].file, params={"most": most}))


def _check_cells(
    read: package_files.PackageContent, descriptor: Descriptor, model: Descriptor, tell: Progress, most: int
) -> Iterator[Fault]:
    """Yield the faults of headings and cells of every table; ``tell`` is called with the share done."""
    dictionary = Dictionary(descriptor)
    resources = {resource["name"]: resource for resource in descriptor["resources"]}
    total, done = max(1, sum(map(len, read.tables.values()))), 0
    for name, frame in read.tables.items():

        def report_rows(rows: int, name: str = name, done: int = done) -> None:
            tell(STANDARD * min(1.0, (done + rows) / total), name)

        report_rows(0)
        heading = read.headings[name]
        yield from key_checks.check_heading(resources[name]["path"], heading, dictionary.fields(name))
        yield from schema_checks.validate_cells(read.folder, resources[name], model, heading, report_rows, most)
        done += len(frame)
