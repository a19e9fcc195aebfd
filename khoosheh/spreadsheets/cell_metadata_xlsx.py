"""Marks of an .xlsx: a zip of XML, a part for each sheet."""

import re
import zipfile
from posixpath import join, normpath

from khoosheh.limits import UNPACKED_BOOK
from khoosheh.spreadsheets import zip_limits
from khoosheh.spreadsheets.cell_metadata import LONGEST_FORMULA, CellMetadata, is_inexact_number, parse_xml
from khoosheh.spreadsheets.cells import UnreadableError, parse_cell_reference

_PERCENT_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_WORKBOOK = "xl/workbook.xml"


def read_xlsx_metadata(archive: zipfile.ZipFile) -> dict[str, CellMetadata]:
    """Return the marks of every sheet by its name; raises ``UnreadableError``."""
    percents = _find_percent_styles(archive)
    return {
        name: _XlsxSheetParser(name, percents).read(archive, part)
        for name, part in _find_sheet_parts(archive).items()
    }


def _parse_xml_part(
    archive: zipfile.ZipFile, part: str, start: object, end: object = None, words: object = None
) -> None:
    ignore = lambda *_: None  # noqa: E731
    parse_xml(zip_limits.read_entry_chunks(archive, part, UNPACKED_BOOK), start, end or ignore, words or ignore)


def _find_sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of each sheet, by the sheet's name."""
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def collect_sheet(name: str, attributes: dict) -> None:
        if name == "sheet" and "id" in attributes:
            sheets[attributes.get("name", "")] = attributes["id"]

    def collect_relation(name: str, attributes: dict) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            target = normpath(join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/")

    _parse_xml_part(archive, _WORKBOOK, collect_sheet)
    _parse_xml_part(archive, "xl/_rels/workbook.xml.rels", collect_relation)
    return {name: targets[one] for name, one in sheets.items() if one in targets}


def _find_percent_styles(archive: zipfile.ZipFile) -> set[int]:
    """Return the numbers of the cell styles that show per cents."""
    if "xl/styles.xml" not in archive.namelist():
        return set()
    formats, styles, within = set(_PERCENT_FORMATS), [], []

    def collect_style(name: str, attributes: dict) -> None:
        within.append(name)
        if name == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(_parse_integer(attributes.get("numFmtId")))
        elif name == "xf" and "cellXfs" in within:
            styles.append(_parse_integer(attributes.get("numFmtId")))

    _parse_xml_part(archive, "xl/styles.xml", collect_style, lambda name: within.pop())
    return {place for place, one in enumerate(styles) if one in formats}


def _parse_integer(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0


class _XlsxSheetParser:
    """Reads one sheet's part; keeps where it is."""

    def __init__(self, name: str, percents: set[int]) -> None:
        self.name, self.percents, self.marks = name, percents, CellMetadata()
        self.row = self.column = 0
        self.kind, self.style, self.within = "n", 0, ""
        self.value = self.formula = None

    def read(self, archive: zipfile.ZipFile, part: str) -> CellMetadata:
        """Return the marks of the part."""
        _parse_xml_part(archive, part, self.start, self.end, self.words)
        return self.marks

    def start(self, name: str, attributes: dict) -> None:
        """Note where the reading is."""
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
            self.marks.joins(*parse_cell_reference(first), *parse_cell_reference(last or first))
        except ValueError as error:
            raise UnreadableError("intake_damaged") from error

    def words(self, text: str) -> None:
        """Keep the text of a formula or a value."""
        if self.within == "f":
            self.formula = (self.formula or "")[:LONGEST_FORMULA] + text[:LONGEST_FORMULA]
        elif self.within == "v":
            self.value = (self.value or "") + text

    def end(self, name: str) -> None:
        """Mark the cell that ends."""
        self.within = ""
        if name != "c" or (self.value is None and self.formula is None):
            return
        place, marks = (self.row, self.column), self.marks
        marks.reaches(self.name, *place)
        if self.formula is not None:
            marks.formulas[place] = f"={self.formula}"
            if not self.value and self.kind != "str":
                marks.uncounted.add(place)
        if self.kind == "e":
            marks.errors[place] = self.value or ""
        elif self.kind == "n":
            if self.style in self.percents:
                marks.percents.add(place)
            if is_inexact_number(self.value or ""):
                marks.inexact[place] = self.value
