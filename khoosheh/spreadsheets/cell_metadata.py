"""Metadata of cells that python-calamine does not report: formulas, errors, percentages, long numbers, merges."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TypeAlias
from xml.parsers import expat

from khoosheh.limits import CELLS, COLUMNS, MERGED
from khoosheh.spreadsheets.cells import UnreadableError, format_cell_reference

LONGEST_FORMULA = 200
# attributes of an XML element by name
Attributes: TypeAlias = Mapping[str, str]
# functions that are called with an element's name and attributes, an element's name, a piece of text
StartHandler: TypeAlias = Callable[[str, Attributes], None]
EndHandler: TypeAlias = Callable[[str], None]
TextHandler: TypeAlias = Callable[[str], None]
_DIGITS_OF_A_DOUBLE = 15
_DIGITS_WRITTEN = 17


@dataclass
class CellMetadata:
    """Metadata of one sheet; cells are (row, column), both counted from 1.

    ``formulas``: the formula of each computed cell; ``uncounted``: formulas without a result; ``errors``: cells with
    an error such as ``#DIV/0!``; ``percents``: numbers that are shown as percentages; ``inexact``: numbers with more
    digits than a double keeps, as written; ``merged``: first row, first column, last row, last column; ``last``: the
    greatest row and the greatest column of all filled cells.
    """

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    uncounted: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    inexact: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last: tuple[int, int] = (0, 0)

    def add_merged_range(self, top: int, left: int, bottom: int, right: int) -> None:
        """Record merged cells; raises ``UnreadableError`` for more than ``MERGED`` ranges."""
        if len(self.merged) >= MERGED:
            raise UnreadableError("intake_too_long")
        self.merged.append((top, left, bottom, right))

    def extend_to(self, sheet: str, row: int, column: int) -> None:
        """Update ``last`` for a filled cell; raises ``UnreadableError`` for a sheet over ``CELLS`` or ``COLUMNS``."""
        self.last = max(self.last[0], row), max(self.last[1], column)
        if column > COLUMNS or self.last[0] * self.last[1] > CELLS:
            name = format_cell_reference(row, column)
            raise UnreadableError("intake_many_cells", sheet=sheet, cell=name, most=CELLS, columns=COLUMNS)


def is_inexact_number(written: str) -> bool:
    """Return whether a decimal number loses digits when it is stored as a double, as spreadsheets store numbers.

    Office programs write a double with up to 17 digits: 0.33333333333333331 is the double of a third, and exact.
    """
    if len(written) <= _DIGITS_OF_A_DOUBLE:
        return False
    try:
        rounded = (f"{float(written):.{digits}g}" for digits in range(_DIGITS_OF_A_DOUBLE, _DIGITS_WRITTEN + 1))
        return Decimal(written) not in map(Decimal, rounded)
    except (ValueError, InvalidOperation):
        return False


def parse_xml(chunks: Iterable[bytes], start: StartHandler, end: EndHandler, text: TextHandler) -> None:
    """Call the handlers for the elements and text of an XML file, names without prefixes; raises ``UnreadableError``.

    A file that declares entities is refused: no office program writes them, and nested entities expand without limit.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def reject_declaration(*_: object) -> None:
        raise UnreadableError("intake_declares")

    def handle_start(name: str, attributes: Attributes) -> None:
        start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reject_declaration
    parser.StartElementHandler = handle_start
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableError("intake_damaged") from error
