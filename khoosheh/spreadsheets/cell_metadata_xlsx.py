"""Metadata of an .xlsx: a zip with one XML file (part) for each sheet."""

import re
import zipfile
from posixpath import join, normpath

from khoosheh.limits import UNPACKED_BOOK
from khoosheh.spreadsheets import zip_limits
from khoosheh.spreadsheets.cell_metadata import (
    LONGEST_FORMULA,
    Attributes,
    CellMetadata,
    EndHandler,
    StartHandler,
    TextHandler,
    is_inexact_number,
    parse_xml,
)
from khoosheh.spreadsheets.cells import UnreadableError, parse_cell_reference

_PERCENT_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_WORKBOOK = "xl/workbook.xml"


def read_xlsx_metadata(archive: zipfile.ZipFile) -> dict[str, CellMetadata]:
    """Return the metadata of every sheet by its name; raises ``UnreadableError``."""
    percents = _find_percent_styles(archive)
    return {
        name: _XlsxSheetParser(name, percents).read(archive, part)
        for name, part in _find_sheet_parts(archive).items()
    }


def _ignore(_: str) -> None:
    """Ignore an event of the parser."""


def _parse_xml_part(
    archive: zipfile.ZipFile, part: str, start: StartHandler, end: EndHandler = _ignore, text: TextHandler = _ignore
) -> None:
    parse_xml(zip_limits.read_entry_chunks(archive, part, UNPACKED_BOOK), start, end, text)


def _find_sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def collect_sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet" and "id" in attributes:
            sheets[attributes.get("name", "")] = attributes["id"]

    def collect_relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = normpath(join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    _parse_xml_part(archive, _WORKBOOK, collect_sheet)
    _parse_xml_part(archive, "xl/_rels/workbook.xml.rels", collect_relation)
    return {name: targets[relation] for name, relation in sheets.items() if relation in targets}


def _find_percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the indices of the cell styles that show percentages."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats = set(_PERCENT_FORMATS)
    style_formats: list[int] = []
    open_tags: list[str] = []

    def collect_style(name: str, attributes: Attributes) -> None:
        open_tags.append(name)
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(_parse_integer(attributes.get("numFmtId")))
        elif name == "xf" and "cellXfs" in open_tags:
            style_formats.append(_parse_integer(attributes.get("numFmtId")))

    def close_tag(_name: str) -> None:
        open_tags.pop()

    _parse_xml_part(archive, "xl/styles.xml", collect_style, close_tag)
    return {index for index, number in enumerate(style_formats) if number in formats}


def _parse_integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _XlsxSheetParser:
    """Collects the metadata of one sheet; its attributes hold the position in the file."""

    def __init__(self, name: str, percents: set[int]) -> None:
        self.name, self.percents, self.metadata = name, percents, CellMetadata()
        self.row = self.column = 0
        self.kind, self.style, self.within = "n", 0, ""
        self.value: str | None = None
        self.formula: str | None = None

    def read(self, archive: zipfile.ZipFile, part: str) -> CellMetadata:
        """Return the metadata of the sheet that a part of the archive has."""
        _parse_xml_part(archive, part, self.start, self.end, self.add_text)
        return self.metadata

    def start(self, name: str, attributes: Attributes) -> None:
        """Update the position for an opening tag."""
        self.within = name
        if name == "row":
            self.row, self.column = _parse_integer(attributes.get("r")) or self.row + 1, 0
        elif name == "c":
            self._move_to_cell(attributes.get("r", ""))
            self.kind, self.style = attributes.get("t", "n"), _parse_integer(attributes.get("s"))
            self.value = self.formula = None
        elif name == "f":
            self.formula = ""
        elif name in ("v", "is"):
            self.value = ""
        elif name == "mergeCell":
            self._record_merged_range(attributes.get("ref", ""))

    def _move_to_cell(self, name: str) -> None:
        try:
            row, column = parse_cell_reference(name) if name else (self.row, self.column + 1)
        except ValueError as error:
            raise UnreadableError("intake_damaged") from error
        self.row, self.column = row or self.row, column

    def _record_merged_range(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        try:
            self.metadata.add_merged_range(*parse_cell_reference(first), *parse_cell_reference(last or first))
        except ValueError as error:
            raise UnreadableError("intake_damaged") from error

    def add_text(self, text: str) -> None:
        """Append to the text of a formula or a value."""
        if self.within == "f":
            self.formula = (self.formula or "")[:LONGEST_FORMULA] + text[:LONGEST_FORMULA]
        elif self.within == "v":
            self.value = (self.value or "") + text

    def end(self, name: str) -> None:
        """Record the metadata of the cell that a closing tag ends."""
        self.within = ""
        if name != "c" or (self.value is None and self.formula is None):
            return
        position, metadata = (self.row, self.column), self.metadata
        metadata.extend_to(self.name, *position)
        if self.formula is not None:
            metadata.formulas[position] = f"={self.formula}"
            if not self.value and self.kind != "str":
                metadata.uncounted.add(position)
        if self.kind == "e":
            metadata.errors[position] = self.value or ""
        elif self.kind == "n":
            if self.style in self.percents:
                metadata.percents.add(position)
            if self.value and is_inexact_number(self.value):
                metadata.inexact[position] = self.value
