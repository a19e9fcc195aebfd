"""Metadata of an .ods: one XML file for all sheets, in which equal cells are written once with a repeat count."""

import zipfile

from khoosheh.limits import UNPACKED_BOOK
from khoosheh.spreadsheets import zip_limits
from khoosheh.spreadsheets.cell_metadata import (
    LONGEST_FORMULA,
    Attributes,
    CellMetadata,
    is_inexact_number,
    parse_xml,
)

_CELLS = ("table-cell", "covered-table-cell")
_MOST_REPEATS = 1 << 21
_ATTRIBUTES_OF_FILLED_CELLS = {"value-type", "formula", "number-rows-spanned", "number-columns-spanned"}


def read_ods_metadata(archive: zipfile.ZipFile) -> dict[str, CellMetadata]:
    """Return the metadata of every sheet by its name; raises ``UnreadableError``."""
    parser = _OdsContentParser()
    chunks = zip_limits.read_entry_chunks(archive, "content.xml", UNPACKED_BOOK)
    parse_xml(chunks, parser.start, parser.end, parser.add_text)
    return parser.sheets


def _parse_repeat_count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text[:8]), _MOST_REPEATS) if text.isdecimal() else 1


class _OdsContentParser:
    """Collects the metadata of all sheets; its attributes hold the position in the file."""

    def __init__(self) -> None:
        self.sheets: dict[str, CellMetadata] = {}
        self.sheet, self.metadata = "", CellMetadata()
        self.row = self.column = 0
        self.rows = self.columns = 1
        self.attributes: Attributes = {}
        self.text, self.open_annotations = "", 0
        # filled cells of the row: first column, number of columns, attributes, text; recorded when the row ends
        self.filled: list[tuple[int, int, Attributes, str]] = []

    def start(self, name: str, attributes: Attributes) -> None:
        """Update the position for an opening tag."""
        if name == "table" and "name" in attributes:
            self.sheet, self.row = attributes["name"], 0
            self.metadata = self.sheets.setdefault(self.sheet, CellMetadata())
        elif name == "table-row":
            self.rows, self.column, self.filled = _parse_repeat_count(attributes, "number-rows-repeated"), 0, []
        elif name in _CELLS:
            self.columns, self.attributes = _parse_repeat_count(attributes, "number-columns-repeated"), attributes
            self.text = ""
        elif name == "annotation":
            self.open_annotations += 1

    def add_text(self, text: str) -> None:
        """Append to the text of a cell; the text of annotations is left out."""
        if not self.open_annotations and len(self.text) < LONGEST_FORMULA:
            self.text += text

    def end(self, name: str) -> None:
        """Record the row, or keep the cell, that a closing tag ends."""
        if name in _CELLS:
            if self.attributes.keys() & _ATTRIBUTES_OF_FILLED_CELLS or self.text.strip():
                self.filled.append((self.column + 1, self.columns, self.attributes, self.text))
            self.column += self.columns
        elif name == "table-row":
            for first, repeats, attributes, text in self.filled:
                # the last cell is checked before the loop, which a row of a million equal cells must not enter
                self.metadata.extend_to(self.sheet, self.row + 1, first)
                self.metadata.extend_to(self.sheet, self.row + self.rows, first + repeats - 1)
                for row in range(self.row + 1, self.row + self.rows + 1):
                    for column in range(first, first + repeats):
                        self._record_cell_metadata((row, column), attributes, text)
            self.row += self.rows
        elif name == "annotation":
            self.open_annotations -= 1

    def _record_cell_metadata(self, position: tuple[int, int], attributes: Attributes, text: str) -> None:
        metadata, kind = self.metadata, attributes.get("value-type", "")
        if "formula" in attributes:
            metadata.formulas[position] = attributes["formula"].partition(":")[2][:LONGEST_FORMULA]
            if not kind:
                metadata.uncounted.add(position)
            if kind == "string" and (text.startswith("#") or text.startswith("Err:")):
                metadata.errors[position] = text
        if kind == "error":
            metadata.errors[position] = text
        elif kind == "percentage":
            metadata.percents.add(position)
        if kind in ("float", "percentage", "currency") and is_inexact_number(attributes.get("value", "")):
            metadata.inexact[position] = attributes["value"]
        row, column = position
        rows = _parse_repeat_count(attributes, "number-rows-spanned")
        columns = _parse_repeat_count(attributes, "number-columns-spanned")
        if rows > 1 or columns > 1:
            metadata.add_merged_range(row, column, row + rows - 1, column + columns - 1)
