"""Writing .xlsx workbooks in one style, with cells whose text is never taken for a formula."""

import math
from collections.abc import Mapping
from numbers import Number
from pathlib import Path
from typing import SupportsFloat, TypeAlias, TypeGuard

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

# a value that is written into a cell; ``None`` leaves the cell blank
CellValue: TypeAlias = str | float | None
# a property of a format of XlsxWriter
Property: TypeAlias = str | int
# installed with every Windows: a workbook cannot embed a font
FONT = "Tahoma"
LONGEST_TEXT, MOST_ROWS = 32_767, 1_048_576
_PLAIN = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_BASE = {"font_name": FONT, "font_size": 10, "valign": "top"}
_EDGE = "#5B6770"
STYLES: Mapping[str, Mapping[str, Property]] = {
    "cell": {},
    "wrapped": {"text_wrap": True},
    "title": {"bold": True, "font_size": 14},
    "section": {"bold": True, "font_size": 12, "bottom": 1, "bottom_color": _EDGE},
    # required columns are distinguished by weight, border and a mark in the text, not only by colour
    "required": {"bold": True, "text_wrap": True, "bg_color": "#12474E", "font_color": "#FFFFFF", "bottom": 5},
    "optional": {"text_wrap": True, "bg_color": "#DCE6E8", "bottom": 1, "bottom_color": _EDGE},
    "wrong": {"bg_color": "#FFD9D2", "border": 2, "border_color": "#A11D0B"},
    "link": {"font_color": "#0B4F9E", "underline": 1},
}
READING = {"rtl": 2, "ltr": 1}


class WorkbookWriter:
    """A workbook being written; sheets are right to left where ``lang`` is 'fa'."""

    def __init__(self, file: Path, lang: str) -> None:
        """Create the workbook; the file is written by :meth:`close`."""
        self.lang = lang
        self._book = xlsxwriter.Workbook(str(file), {**_PLAIN, "default_format_properties": dict(_BASE)})
        self._formats: dict[tuple[str, tuple[tuple[str, Property], ...]], Format] = {}

    def sheet(self, name: str, *, headed: bool = True) -> Worksheet:
        """Add a sheet; ``headed``: freeze its first row and column and print the row on every page."""
        sheet = self._book.add_worksheet(name)
        if self.lang == "fa":
            sheet.right_to_left()
        if headed:
            sheet.freeze_panes(1, 1)
            sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_comments_author("")
        return sheet

    def format(self, style: str, **properties: Property) -> Format:
        """Return one of ``STYLES`` as a format, with further properties of XlsxWriter."""
        key = (style, tuple(sorted(properties.items())))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**_BASE, **STYLES[style], **properties})
        return self._formats[key]

    def close(self) -> None:
        """Write the file; raises ``OSError``."""
        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(str(error)) from error


def write_cell(sheet: Worksheet, row: int, column: int, value: CellValue, look: Format | None = None) -> None:
    """Write a cell, row and column from 0: a number that a workbook stores exactly as a number, all else as text.

    Raises ``ValueError`` for a text longer than a cell can hold.
    """
    if _is_number(value) and is_exact_number(value):
        sheet.write_number(row, column, value, look)
    elif value is None or value == "":
        if look is not None:
            sheet.write_blank(row, column, None, look)
    elif sheet.write_string(row, column, str(value), look):
        raise ValueError(f"{len(str(value))} > {LONGEST_TEXT}")


def _is_number(value: CellValue) -> TypeGuard[SupportsFloat]:
    return isinstance(value, Number) and not isinstance(value, bool)


def is_exact_number(value: SupportsFloat) -> bool:
    """Return whether a number is finite and survives the sixteen digits with which workbooks store numbers."""
    number = float(value)
    return math.isfinite(number) and float(f"{number:.16G}") == value


def add_cell_comment(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Add a comment to a cell, in a box large enough for its text; row and column from 0."""
    lines = sum(1 + len(line) // 42 for line in text.split("\n"))
    size = {"width": 330, "height": min(600, 22 + 17 * lines), "font_name": FONT, "font_size": 9}
    sheet.write_comment(row, column, text[:LONGEST_TEXT], size)
