"""Engines that hold a table of statements: pandas in memory, DuckDB or Spark over Parquet files.

No other module tells one engine from another. Frames are those of narwhals: measures filter, group and join them
whatever the engine, and get the result as an Arrow table with :func:`collect_frame`.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, TypeAlias

import narwhals as nw
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from narwhals.typing import IntoLazyFrame
from pandas.api.extensions import ExtensionDtype

from khoosheh.errors import KhooshehError

ENVIRONMENT, SHARE = "KHOOSHEH_ENGINE", "KHOOSHEH_MEMORY_SHARE"
PANDAS, DUCKDB, SPARK = "pandas", "duckdb", "spark"
# beginnings of addresses of Spark: of a master, of this machine alone (local), of Spark Connect (sc)
MASTERS = ("spark://", "local", "sc://", "yarn", "k8s://")
# The share of the machine's memory that a table of statements may take before DuckDB reads it from disk. None: from
# 100,000 statements on DuckDB starts sooner, takes less memory and searches words in a hundredth of the time.
DEFAULT_SHARE = 0.0
# bytes in memory for one byte of unpacked pages of Parquet, as measured on synthetic packages
GROWN = 4
# columns of Parquet files beside those of the register: the place of a row, since engines do not keep their order,
# and the words of a row in the form in which they are searched
ROW, SEARCHED = "row_number", "searched"

Frame: TypeAlias = nw.DataFrame[pd.DataFrame] | nw.DataFrame[pa.Table] | nw.LazyFrame[IntoLazyFrame]


class EngineError(KhooshehError, RuntimeError):
    """An engine that cannot answer.

    ``code``: 'unknown' (no such engine), 'missing' (not installed), 'failed'; ``value``: its name or what it said.
    """

    texts = ("fault.engine_{code}.why", "fault.engine_{code}.mend")


@dataclass(frozen=True)
class Engine:
    """An engine: ``name`` is pandas, duckdb or spark; ``address``: the master or server of Spark, if any."""

    name: str
    address: str = ""

    def scan(self, file: Path) -> Frame:
        """Return a Parquet file as a frame: read whole by pandas, lazy with others. Raises ``EngineError``."""
        with _wrap_engine_errors():
            return {PANDAS: _scan_with_pandas, DUCKDB: _scan_with_duckdb, SPARK: _scan_with_spark}[self.name](
                file, self.address
            )


def select_engine(file: Path) -> Engine:
    """Return the engine for a Parquet file: that of ``KHOOSHEH_ENGINE``, else DuckDB.

    Where the variable is not set, it is pandas if the table takes at most ``KHOOSHEH_MEMORY_SHARE`` (default: 0) of
    the machine's memory. Raises ``EngineError`` for an unknown name or a share that is no number.
    """
    named = os.environ.get(ENVIRONMENT, "").strip()
    if named.startswith(MASTERS):
        return Engine(SPARK, named)
    if named in {PANDAS, DUCKDB, SPARK}:
        return Engine(named)
    if named:
        raise EngineError("unknown", named)
    return Engine(
        PANDAS if _compute_unpacked_size(file) * GROWN <= _read_memory_share() * _read_machine_memory() else DUCKDB
    )


def _read_memory_share() -> float:
    given = os.environ.get(SHARE, "").strip() or str(DEFAULT_SHARE)
    try:
        return float(given)
    except ValueError as error:
        raise EngineError("unknown", f"{SHARE}={given}") from error


def _read_machine_memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _compute_unpacked_size(file: Path) -> int:
    """Return the bytes of a Parquet file's pages, unpacked."""
    metadata = pq.read_metadata(file)
    return sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))


def _scan_with_pandas(file: Path, _: str) -> Frame:
    return nw.from_native(convert_arrow_types(_restore_row_order(pq.read_table(file))), eager_only=True)


def _scan_with_duckdb(file: Path, _: str) -> Frame:
    relation: IntoLazyFrame = _import_engine_module("duckdb").connect().read_parquet(str(file))
    return nw.from_native(relation)


def _scan_with_spark(file: Path, address: str) -> Frame:
    return nw.from_native(get_spark_session(address).read.parquet(str(file.absolute())))


class SparkReader(Protocol):
    """The part of a reader of Spark that is used here; importing Spark for its types would load it."""

    def parquet(self, path: str) -> IntoLazyFrame:
        """Return a Parquet file as a data frame of Spark."""


class SparkSession(Protocol):
    """The part of a session of Spark that is used here."""

    @property
    def read(self) -> SparkReader:
        """The reader of files."""


@lru_cache
def get_spark_session(address: str) -> SparkSession:
    """Return the session of this process; other settings are those of Spark's own configuration."""
    builder = _import_engine_module("pyspark.sql").SparkSession.builder.appName("khoosheh")
    builder = builder.remote(address) if address.startswith("sc://") else builder.master(address or "local[*]")
    # days have no hour: a time zone must not move them
    settings = {"spark.sql.session.timeZone": "UTC", "spark.ui.showConsoleProgress": "false"}
    for name, value in settings.items():
        builder = builder.config(name, value)
    session: SparkSession = builder.getOrCreate()
    return session


def _import_engine_module(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise EngineError("missing", name.split(".", maxsplit=1)[0]) from error


def make_arrow_frame(frame: pd.DataFrame) -> nw.DataFrame[pa.Table]:
    """Return a table of pandas as one of Arrow, on which measures take a fifth of the time for small tables."""
    return nw.from_native(_unify_types(pa.Table.from_pandas(frame, preserve_index=False)), eager_only=True)


def collect_frame(frame: Frame) -> nw.DataFrame[pa.Table]:
    """Return a frame as an Arrow table, in the order of the register where the column ``ROW`` is left.

    A frame of Arrow is returned as it is. Raises ``EngineError`` where the engine fails.
    """
    if isinstance(frame, nw.DataFrame):
        native = frame.to_native()
        return frame if isinstance(native, pa.Table) else make_arrow_frame(native)
    with _wrap_engine_errors():
        found = frame.collect(backend="pyarrow").to_native()
    return nw.from_native(_unify_types(_restore_row_order(found)), eager_only=True)


def collect_first_rows(frame: Frame, rows: int) -> nw.DataFrame[pa.Table]:
    """Return the first rows of a sorted frame as an Arrow table, in their order. Raises ``EngineError``."""
    if isinstance(frame, nw.DataFrame):
        return collect_frame(frame.head(rows))
    return collect_frame(frame.head(rows).drop(ROW, SEARCHED, strict=False))


def is_among(column: str, values: Iterable[str]) -> nw.Expr:
    """Return whether the text in a column is one of ``values``, of which there may be none."""
    # an empty list has no type that Arrow could compare; no cell of a register is an empty text
    return nw.col(column).is_in(list(values) or [""])


def count_rows(frame: Frame) -> int:
    """Return the number of rows of a frame. Raises ``EngineError``."""
    if isinstance(frame, nw.DataFrame):
        return len(frame)
    return int(collect_frame(frame.select(nw.len().alias("rows")))["rows"].to_list()[0])


def _restore_row_order(table: pa.Table) -> pa.Table:
    if ROW in table.column_names:
        table = table.sort_by(ROW)
    return table.drop_columns([name for name in (ROW, SEARCHED) if name in table.column_names])


def _unify_types(table: pa.Table) -> pa.Table:
    """Return a table with one type each for texts, whole numbers and days: keys of joins must have the same."""
    fields = [pa.field(field.name, _UNIFIED.get(_classify_type(field.type), field.type)) for field in table.schema]
    return table.cast(pa.schema(fields))


_UNIFIED = {"text": pa.string(), "day": pa.timestamp("us"), "whole": pa.int64()}


def _classify_type(kind: pa.DataType) -> str:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return "text"
    if pa.types.is_integer(kind):
        return "whole"
    return "day" if _is_day(kind) else ""


def convert_arrow_types(table: pa.Table) -> pd.DataFrame:
    """Return an Arrow table as pandas, with the column types of a register."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=_map_arrow_type, ignore_metadata=True)
    days = [name for name, kind in zip(table.schema.names, table.schema.types, strict=True) if _is_day(kind)]
    return frame.astype(dict.fromkeys(days, "datetime64[us]"))


def _is_day(kind: pa.DataType) -> bool:
    return bool(pa.types.is_timestamp(kind) or pa.types.is_date(kind))


def _map_arrow_type(kind: pa.DataType) -> ExtensionDtype | None:
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pd.StringDtype(na_value=float("nan"))
    if pa.types.is_integer(kind):
        return pd.Int64Dtype()
    return pd.BooleanDtype() if pa.types.is_boolean(kind) else None


@contextmanager
def _wrap_engine_errors() -> Iterator[None]:
    """Raise errors of engines as ``EngineError``; other errors pass."""
    try:
        yield
    except EngineError:
        raise
    except Exception as error:
        if type(error).__module__.split(".", maxsplit=1)[0] not in {"duckdb", "_duckdb", "pyspark", "py4j", "grpc"}:
            raise
        raise EngineError("failed", str(error).strip().splitlines()[0][:300]) from error
