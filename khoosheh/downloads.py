"""Tables as CSV for those who open them in a spreadsheet: no text in them starts a formula."""

import re

import narwhals as nw

# What spreadsheets take for the start of a formula; control characters before it are skipped by some.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
# Spreadsheets show text after it as it is; other programs see it as one more letter.
GUARD = "'"
BREAKS = "\r\n?"
# By it spreadsheets know the encoding.
MARK = "\ufeff"


def guard_cell(value: object) -> object:
    """Return a cell that cannot start a formula: such a text gets an apostrophe before it; numbers stay.

    Line breaks within it become those of Unix: a bare carriage return is not quoted, and would begin a new row.
    """
    if not isinstance(value, str):
        return value
    return (GUARD if value.startswith(STARTS) else "") + re.sub(BREAKS, "\n", value)


def make_csv_text(table: nw.DataFrame) -> str:
    """Return a table as CSV, texts guarded, missing cells blank."""
    texts = [name for name, kind in table.schema.items() if not (kind.is_numeric() or kind.is_temporal())]
    texts = [name for name in texts if table.schema[name] != nw.Boolean]
    return table.with_columns(*map(_guard_column, texts)).write_csv()


def make_csv_file(table: nw.DataFrame) -> bytes:
    """Return a table as a CSV file by which spreadsheets know its encoding."""
    return (MARK + make_csv_text(table)).encode()


def _guard_column(name: str) -> nw.Expr:
    cells = nw.col(name).cast(nw.String)
    starts = cells.str.contains(f"^[{re.escape(''.join(STARTS))}]").fill_null(False)
    broken = cells.str.replace_all(BREAKS, "\n")
    return nw.when(starts).then(nw.concat_str(nw.lit(GUARD), broken)).otherwise(broken).alias(name)
