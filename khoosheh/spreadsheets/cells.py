"""What a spreadsheet holds: sheets of cells, each as its file gives it."""

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
    ``text``: what stands there, a number with all its digits; ``formula``: how it came about, where it was computed.
    """

    kind: str
    text: str
    formula: str = ""


@dataclass
class Sheet:
    """One sheet: its filled cells by row and column, both counted from 1; merged: first and last row and column."""

    name: str
    rows: dict[int, dict[int, FilledCell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


@dataclass
class Book:
    """All sheets of a file. ``kind``: 'xlsx', 'xls', 'ods' or 'csv'; ``encoding``: that of a csv."""

    kind: str
    sheets: list[Sheet]
    encoding: str = ""


class UnreadableError(KhooshehError):
    """A file that is not read. ``code``: that of a fault of the file; ``params``: its numbers and names."""

    texts = ("fault.{code}.why", "fault.{code}.mend")


def format_cell_reference(row: int, column: int) -> str:
    """Return the name of a cell as spreadsheets give it, both counted from 1: 'C7'."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row or ''}"


def parse_cell_reference(name: str) -> tuple[int, int]:
    """Return row and column of a cell's name, 0 for a part that it lacks; raises ``ValueError``."""
    name = name.replace("$", "")
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or column > 1 << 20:
            raise ValueError(name)
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(name[len(letters) :][:9] or 0), column


def format_exact_decimal(number: Decimal) -> str:
    """Return a number with all its digits and no more."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
