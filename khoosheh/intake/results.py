"""What an intake tells: the folder it made, what was understood otherwise than written, and what is wrong where."""

from dataclasses import dataclass, field
from pathlib import Path

from khoosheh.hidden_characters import escape_hidden_characters
from khoosheh.locale import format_message
from khoosheh.register import Fault
from khoosheh.register.faults import LONGEST
from khoosheh.spreadsheets import parse_cell_reference


def _sanitise_name(name: str) -> str:
    return escape_hidden_characters(name[:LONGEST])


@dataclass(frozen=True)
class Cell:
    """A cell as a spreadsheet names it: the sheet («طرح‌ها») and the cell ('C7'); of a csv the file is the sheet."""

    sheet: str
    cell: str


@dataclass(frozen=True)
class Reading:
    """A cell that was understood otherwise than it is written; ``table`` and ``field`` it was read for."""

    sheet: str
    cell: str
    table: str
    field: str
    given: str
    read: str

    def __post_init__(self) -> None:
        """Keep the name of the sheet from doing harm where it is shown."""
        object.__setattr__(self, "sheet", _sanitise_name(self.sheet))


@dataclass(frozen=True)
class LeftOut:
    """A sheet (``cell`` is '') or a column (``cell`` is its heading) that no table or field is known by."""

    sheet: str
    cell: str
    given: str

    def __post_init__(self) -> None:
        """Keep names from doing harm where they are shown."""
        for name in ("sheet", "given"):
            object.__setattr__(self, name, _sanitise_name(getattr(self, name)))


@dataclass(frozen=True)
class CellFault(Fault):
    """A fault of the register, or of the intake itself, with the cell that it comes from.

    ``sheet`` and ``cell`` are '' where it has none: then ``file``, ``row`` and ``field`` tell where it is.
    """

    sheet: str = ""
    cell: str = ""

    def __post_init__(self) -> None:
        """Keep names of sheets from doing harm where they are shown, like all that a file gives."""
        super().__post_init__()
        object.__setattr__(self, "sheet", _sanitise_name(self.sheet))

    def as_dict(self, lang: str) -> dict[str, object]:
        """Return all of it for a table or JSON."""
        return {"sheet": self.sheet, "cell": self.cell, **super().as_dict(lang)}

    def line(self, lang: str) -> str:
        """Return it as one line of text."""
        if not self.sheet:
            return super().line(lang)
        place = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        shown = f" {format_message(lang, 'fault.quoted', value=self.value)}" if self.value else ""
        return f"{place}{shown}: {self.why(lang)} {self.mend(lang)}"

    @property
    def order(self) -> tuple:
        """Where it stands among the faults of a file."""
        row, column = parse_cell_reference(self.cell)
        return self.sheet, row, column, *super().order


@dataclass(frozen=True)
class Intake:
    """What came of a source.

    ``folder``: a package that :mod:`khoosheh.register.loading` takes, if there are no faults; ``kind``: 'xlsx',
    'xls', 'ods', 'csv' or 'package', '' where that could not be told.
    """

    folder: Path
    kind: str
    faults: tuple[CellFault, ...] = ()
    readings: tuple[Reading, ...] = ()
    left_out: tuple[LeftOut, ...] = field(default=())
