"""Marks of an .ods: one XML file for all sheets, where equal cells stand once with a number of times."""

import zipfile

from khoosheh.limits import UNPACKED_BOOK
from khoosheh.spreadsheets import zip_limits
from khoosheh.spreadsheets.cell_metadata import LONGEST_FORMULA, CellMetadata, is_inexact_number, parse_xml

_CELLS = ("table-cell", "covered-table-cell")
_MOST_TIMES = 1 << 21


def read_ods_metadata(archive: zipfile.ZipFile) -> dict[str, CellMetadata]:
    """Return the marks of every sheet by its name; raises ``UnreadableError``."""
    reading = _OdsContentParser()
    parse_xml(
        zip_limits.read_entry_chunks(archive, "content.xml", UNPACKED_BOOK), reading.start, reading.end, reading.words
    )
    return reading.found


def _parse_repeat_count(attributes: dict, name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text[:8]), _MOST_TIMES) if text.isdecimal() else 1


class _OdsContentParser:
    """Reads the file; keeps where it is."""

    def __init__(self) -> None:
        self.found: dict[str, CellMetadata] = {}
        self.sheet, self.marks = "", CellMetadata()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.attributes: dict = {}
        self.text, self.noted = "", 0
        # the filled cells of the row, to be placed when it is known how often the row stands
        self.filled: list[tuple[int, int, dict, str]] = []

    def start(self, name: str, attributes: dict) -> None:
        """Note where the reading is."""
        if name == "table" and "name" in attributes:
            self.sheet, self.row = attributes["name"], 0
            self.marks = self.found.setdefault(self.sheet, CellMetadata())
        elif name == "table-row":
            self.rows, self.column, self.filled = _parse_repeat_count(attributes, "number-rows-repeated"), 0, []
        elif name in _CELLS:
            self.columns, self.attributes = _parse_repeat_count(attributes, "number-columns-repeated"), attributes
            self.text = ""
        elif name == "annotation":
            self.noted += 1

    def words(self, text: str) -> None:
        """Keep the text of a cell, without its notes."""
        if not self.noted and len(self.text) < LONGEST_FORMULA:
            self.text += text

    def end(self, name: str) -> None:
        """Place the cell, or the row, that ends."""
        if name in _CELLS:
            known = self.attributes.keys() & {
                "value-type",
                "formula",
                "number-rows-spanned",
                "number-columns-spanned",
            }
            if known or self.text.strip():
                self.filled.append((self.column + 1, self.columns, self.attributes, self.text))
            self.column += self.columns
        elif name == "table-row":
            for first, times, attributes, text in self.filled:
                # The far corner is looked at first: a row of a million equal cells is refused, not counted.
                self.marks.reaches(self.sheet, self.row + 1, first)
                self.marks.reaches(self.sheet, self.row + self.rows, first + times - 1)
                for row in range(self.row + 1, self.row + self.rows + 1):
                    for column in range(first, first + times):
                        self._record_cell_metadata((row, column), attributes, text)
            self.row += self.rows
        elif name == "annotation":
            self.noted -= 1

    def _record_cell_metadata(self, place: tuple[int, int], attributes: dict, text: str) -> None:
        marks, kind = self.marks, attributes.get("value-type", "")
        if "formula" in attributes:
            marks.formulas[place] = attributes["formula"].partition(":")[2][:LONGEST_FORMULA]
            if not kind:
                marks.uncounted.add(place)
            if attributes.get("value-type") == "string" and (text.startswith("#") or text.startswith("Err:")):
                marks.errors[place] = text
        if kind == "error":
            marks.errors[place] = text
        elif kind == "percentage":
            marks.percents.add(place)
        if kind in ("float", "percentage", "currency") and is_inexact_number(attributes.get("value", "")):
            marks.inexact[place] = attributes["value"]
        spans = [_parse_repeat_count(attributes, f"number-{one}-spanned") for one in ("rows", "columns")]
        if max(spans) > 1:
            marks.joins(*place, place[0] + spans[0] - 1, place[1] + spans[1] - 1)
