"""Sheets and cells of a spreadsheet, as their file has them."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from khoosheh.errors import KhooshehError

TEXT, NUMBER, PERCENT, BOOLEAN, DATE, TIME = "text", "number", "percent", "boolean", "date", "time"
ERROR, INEXACT, UNCOUNTED = "error", "inexact", "uncounted"
_LETTERS = 26


class FilledCell(NamedTuple):
    """One filled cell.

    ``kind``: 'text', 'number', 'percent', 'boolean', 'date' (ISO, with a time where it has one), 'time', 'error',
    'inexact' (a number of more digits than a spreadsheet keeps) or 'uncounted' (a formula without its result).
    ``text``: the value, a number with all its digits; ``formula``: the formula of a computed value, else ''.
    """

    kind: str
    text: str
    formula: str = ""


@dataclass
class Sheet:
    """One sheet: filled cells by row and column, both from 1; ``merged``: first row, column, last row, column."""

    name: str
    rows: dict[int, dict[int, FilledCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Book:
    """All sheets of a file. ``kind``: 'xlsx', 'xls', 'ods' or 'csv'; ``encoding``: of a csv, else ''."""

    kind: str
    sheets: list[Sheet]
    encoding: str = ""


class UnreadableError(KhooshehError):
    """A file cannot be read. ``code``: that of a fault of the file; ``params``: values for its message."""

    texts = ("fault.{code}.why", "fault.{code}.mend")


def format_cell_reference(row: int, column: int) -> str:
    """Return the reference of a cell, row and column from 1: 'C7'; a part that is 0 is left out."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row or ''}"


def parse_cell_reference(name: str) -> tuple[int, int]:
    """Return row and column of a reference, 0 for a part that it lacks; raises ``ValueError``."""
    name = name.replace("$", "")
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or column > 1 << 20:
            raise ValueError(name)
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(name[len(letters) :][:9] or 0), column


def format_exact_decimal(number: Decimal) -> str:
    """Return a decimal with all its digits, without an exponent or trailing zeros."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
