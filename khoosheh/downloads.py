"""Writes tables as CSV in which no text starts a formula when a spreadsheet opens the file."""

import re
from typing import TypeVar

import narwhals as nw
from narwhals.typing import IntoDataFrameT

from khoosheh.engines import convert_arrow_types

Cell = TypeVar("Cell")

# how a formula starts; some spreadsheets skip control characters before it
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# a cell that starts with it is text to a spreadsheet; other programs read it as part of the text
GUARD = "'"
BREAKS = "\r\n?"
# the byte order mark, by which spreadsheets recognise UTF-8
MARK = "\ufeff"


def guard_cell(value: Cell) -> Cell | str:
    """Return a cell that cannot start a formula: such a text gets an apostrophe before it; other types are unchanged.

    Line breaks become those of Unix: a bare carriage return is not quoted, and would begin a new row.
    """
    if not isinstance(value, str):
        return value
    return (GUARD if value.startswith(STARTS) else "") + re.sub(BREAKS, "\n", value)


def make_csv_text(table: nw.DataFrame[IntoDataFrameT]) -> str:
    """Return a table as CSV with guarded texts; missing cells are blank."""
    texts = [name for name, kind in table.schema.items() if not (kind.is_numeric() or kind.is_temporal())]
    texts = [name for name in texts if table.schema[name] != nw.Boolean]
    guarded = table.with_columns(*map(_guard_column, texts))
    # pandas writes whole numbers and days as registers have them
    return str(convert_arrow_types(guarded.to_arrow().select(guarded.columns)).to_csv(index=False))


def make_csv_file(table: nw.DataFrame[IntoDataFrameT]) -> bytes:
    """Return a table as a CSV file (UTF-8 with a byte order mark)."""
    return (MARK + make_csv_text(table)).encode()


def _guard_column(name: str) -> nw.Expr:
    cells = nw.col(name).cast(nw.String)
    starts = cells.str.contains(f"^[{re.escape(''.join(STARTS))}]").fill_null(False)
    broken = cells.str.replace_all(BREAKS, "\n")
    return nw.when(starts).then(nw.concat_str(nw.lit(GUARD), broken)).otherwise(broken).alias(name)
