"""Results of an intake: the package, values that were interpreted, parts that were left out, and faults by cell."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import format_message
from khoosheh.register import Fault, Register
from khoosheh.register.faults import LONGEST
from khoosheh.spreadsheets import parse_cell_reference


def _sanitise_name(name: str) -> str:
    return escape_hidden_characters(name[:LONGEST])


@dataclass(frozen=True)
class Cell:
    """The address of a cell: the sheet («طرح‌ها»; of a csv the file's name) and the reference ('C7')."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Reading:
    """A cell whose value in the register (``read``) differs from its text in the file (``given``)."""

    sheet: str
    cell: str
    table: str
    field: str
    given: str
    read: str

    def __post_init__(self) -> None:
        """Escape hidden and direction-changing characters in the name of the sheet, which users see."""
        object.__setattr__(self, "sheet", _sanitise_name(self.sheet))


@dataclass(frozen=True)
class LeftOut:
    """A sheet (``cell`` is ''), a column (``cell`` is its heading) or an item whose name means no table or field."""

    sheet: str
    cell: str
    given: str

    def __post_init__(self) -> None:
        """Escape hidden and direction-changing characters in names, which users see."""
        for name in ("sheet", "given"):
            object.__setattr__(self, name, _sanitise_name(getattr(self, name)))


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault found by the register's checks or by the intake, with the cell that causes it.

    ``sheet`` and ``cell`` are '' for a fault without a cell: ``file``, ``row`` and ``field`` then locate it.
    """

    sheet: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        """Escape hidden and direction-changing characters in the name of the sheet, as in all values of a file."""
        super().__post_init__()
        object.__setattr__(self, "sheet", _sanitise_name(self.sheet))

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return the fault as a record for a table or JSON, its messages in one language."""
        return {"sheet": self.sheet, "cell": self.cell, **super().as_dict(lang)}

    def line(self, lang: str) -> str:
        """Return the fault as one line of text."""
        if not self.sheet:
            return super().line(lang)
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        shown = f" {format_message(lang, 'fault.quoted', value=self.value)}" if self.value else ""
        return f"{place}{shown}: {self.why(lang)} {self.mend(lang)}"

    @property
    def order(self) -> tuple[Any, ...]:
        """The key that sorts faults by sheet, row and column."""
        row, column = parse_cell_reference(self.cell)
        return self.sheet, row, column, *super().order


@dataclass(frozen=True)
class Intake:
    """The result of reading a source.

    ``folder``: the package, sound if there are no faults; ``kind``: 'xlsx', 'xls', 'ods', 'csv' or 'package', ''
    where it was not detected; ``register``: the register of the package, read and checked, ``None`` if there are
    faults.
    """

    folder: Path
    kind: str
    faults: tuple[CellFault, ...] = ()
    readings: tuple[Reading, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    register: Register | None = field(default=None, compare=False)
