"""Row types of measures: read a table as typed rows, and build a table from them.

A row type is a ``TypedDict`` that declares the columns of a measure's table in their order, with the type of each
value; ``None`` is allowed only where a value may be missing. Each measure's module declares its own.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_type_hints

import narwhals as nw
from narwhals.dtypes import DType

from khoosheh.engines import Frame

# narwhals' frames are generic in the native frame (Arrow, DuckDB, Spark), which measures must not depend on
Table: TypeAlias = nw.DataFrame[Any]
# A function over frames returns the kind of frame it is given; a caller may not know which kind it has.
FrameT = TypeVar("FrameT", nw.DataFrame[Any], nw.LazyFrame[Any], Frame)

Cell: TypeAlias = str | float | date | None
RowT = TypeVar("RowT", bound=Mapping[str, object])

_DTYPES: Mapping[type, DType] = {
    str: nw.String(), bool: nw.Boolean(), int: nw.Int64(), float: nw.Float64(), datetime: nw.Datetime(),
    date: nw.Date(),
}  # fmt: skip


def read_rows(table: Table, row_type: type[RowT]) -> list[RowT]:
    """Return the rows of a table with the columns that ``row_type`` declares; missing values are ``None``.

    Other columns are left out. Days are ``datetime`` or ``date``, as declared. The types of values are taken from
    the declaration, not checked here: ``tests/measures/test_row_schemas.py`` compares them with what measures return.
    """
    return cast("list[RowT]", read_cells(table.select(*list_columns(row_type))))


def read_cells(table: Table) -> list[dict[str, Cell]]:
    """Return the rows of a table of any columns; missing values are ``None``."""
    # Arrow has one missing value for all types and returns Python's own values; it would add the index of pandas
    rows: list[dict[str, Cell]] = table.to_arrow().select(table.columns).to_pylist()
    return rows


def build_table(rows: Sequence[RowT], row_type: type[RowT], like: Table) -> Table:
    """Return rows as a table with the columns of ``row_type``, of the same library as the table ``like``.

    Raises ``TypeError`` where ``row_type`` has an ``int`` or ``bool`` that may be missing: pandas would store another
    value in its place.
    """
    if {int | None, bool | None} & set(get_type_hints(row_type).values()):
        raise TypeError(f"{row_type.__name__} has an int or bool that may be missing")
    backend = like.implementation
    # series by series, since pandas makes numbers of a column without rows, and no days of these
    return nw.from_dict({
        name: nw.new_series(name, [row[name] for row in rows], dtype, backend=backend)
        for name, dtype in _read_schema(row_type).items()
    })  # fmt: skip


def list_columns(row_type: type[RowT]) -> tuple[str, ...]:
    """Return the columns that a row type declares, in order."""
    return tuple(_read_schema(row_type))


@lru_cache
def _read_schema(row_type: type) -> dict[str, DType]:
    """Return the column types of a row type; those that may be missing have the type of their values."""
    hints = get_type_hints(row_type)
    return {
        name: _DTYPES[next(part for part in get_args(hint) or (hint,) if part is not type(None))]
        for name, hint in hints.items()
    }
