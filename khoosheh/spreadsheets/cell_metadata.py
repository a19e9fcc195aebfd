"""What the fast reader does not tell of a workbook: formulas, errors, percentages, long numbers, merged cells."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from xml.parsers import expat

from khoosheh.limits import CELLS, COLUMNS, MERGED
from khoosheh.spreadsheets.cells import UnreadableError, format_cell_reference

LONGEST_FORMULA = 200
_DIGITS_OF_A_DOUBLE = 15
_DIGITS_WRITTEN = 17


@dataclass
class CellMetadata:
    """The marks of one sheet, by row and column from 1; ``last``: the row and column that the filled cells reach."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    uncounted: set[tuple[int, int]] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    percents: set[tuple[int, int]] = field(default_factory=set)
    inexact: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last: tuple[int, int] = (0, 0)

    def joins(self, top: int, left: int, bottom: int, right: int) -> None:
        """Keep cells that are merged; raises ``UnreadableError`` for more than anybody merges."""
        if len(self.merged) >= MERGED:
            raise UnreadableError("intake_too_long")
        self.merged.append((top, left, bottom, right))

    def reaches(self, sheet: str, row: int, column: int) -> None:
        """Count a filled cell; raises ``UnreadableError`` where the sheet is larger than what is read."""
        self.last = max(self.last[0], row), max(self.last[1], column)
        if column > COLUMNS or self.last[0] * self.last[1] > CELLS:
            name = format_cell_reference(row, column)
            raise UnreadableError("intake_many_cells", sheet=sheet, cell=name, most=CELLS, columns=COLUMNS)


def is_inexact_number(written: str) -> bool:
    """Tell whether a number loses digits when it is kept as spreadsheets keep numbers.

    Office programs write a number with up to seventeen digits: 0.33333333333333331 is all that there is of a third.
    """
    if len(written) <= _DIGITS_OF_A_DOUBLE:
        return False
    try:
        kept = (f"{float(written):.{digits}g}" for digits in range(_DIGITS_OF_A_DOUBLE, _DIGITS_WRITTEN + 1))
        return Decimal(written) not in map(Decimal, kept)
    except (ValueError, InvalidOperation):
        return False


def parse_xml(steps: Iterable[bytes], start: Callable, end: Callable, words: Callable) -> None:
    """Run the handlers over an XML file, names without their prefixes; raises ``UnreadableError``.

    A file that declares entities is refused: no office program writes one, and they are how little XML becomes much.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def reject_declaration(*_: object) -> None:
        raise UnreadableError("intake_declares")

    def handle_start(name: str, attributes: dict) -> None:
        start(name.rpartition(":")[2], {key.rpartition(":")[2]: value for key, value in attributes.items()})

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = reject_declaration
    parser.StartElementHandler = handle_start
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = words
    try:
        for step in steps:
            parser.Parse(step)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise UnreadableError("intake_damaged") from error
