"""Writing sheets with XlsxWriter: data never become formulas, only whole web addresses become links."""

import io
import math
from collections.abc import Sequence
from datetime import date, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from khoosheh.exports.addresses import is_web_address
from khoosheh.exports.errors import ExportError
from khoosheh.formatting import is_missing
from khoosheh.measures.rows import Cell
from khoosheh.topics.spreadsheet import DAY, LINK, NUMBER, Sheet

OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
# what the format of the file allows
MOST_ROWS, LONGEST, LONGEST_ADDRESS, MOST_LINKS = 1_048_576, 32_767, 2079, 65_530
FIRST_DAY = date(1900, 3, 1)
CUT = "…"
# A program that lets a reader edit the cell would take what begins with these for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
FORMATS = {
    "heading": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8E8E8"},
    "text": {"text_wrap": True, "valign": "top"},
    "quoted": {"text_wrap": True, "valign": "top", "quote_prefix": True},
    "whole": {"num_format": "#,##0", "valign": "top"},
    "number": {"valign": "top"},
    "day": {"num_format": "yyyy-mm-dd", "valign": "top", "align": "left"},
    "link": {"font_color": "#0563C1", "underline": 1, "valign": "top"},
}


def write_workbook(sheets: Sequence[Sheet], *, title: str, created: date, right_to_left: bool) -> bytes:
    """Return the sheets as the bytes of a workbook; the same sheets give the same bytes.

    Raises ``ExportError`` where a sheet has more rows than the format allows.
    """
    for sheet in sheets:
        if len(sheet.rows) >= MOST_ROWS:
            raise ExportError("too_long", sheet=sheet.name, rows=len(sheet.rows), most=MOST_ROWS - 1)
    whole = io.BytesIO()
    book = Workbook(whole, OPTIONS)
    book.set_properties({"title": title, "created": datetime(created.year, created.month, created.day)})
    formats = {name: book.add_format(properties) for name, properties in FORMATS.items()}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if right_to_left:
            page.right_to_left()
        _Page(page, formats).write(sheet)
    book.close()
    return whole.getvalue()


class _Page:
    """One worksheet being written."""

    def __init__(self, page: Worksheet, formats: dict[str, Format]) -> None:
        self._page, self._formats, self._links = page, formats, 0

    def write(self, sheet: Sheet) -> None:
        for at, column in enumerate(sheet.columns):
            self._page.set_column(at, at, column.width)
            self._page.write_string(0, at, column.heading, self._formats["heading"])
        for row, cells in enumerate(sheet.rows, 1):
            for at, column in enumerate(sheet.columns):
                self._write_cell(row, at, column.kind, column.cell(cells))
        self._page.freeze_panes(1, 1)
        if sheet.rows:
            self._page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)

    def _write_cell(self, row: int, at: int, kind: str, value: Cell) -> None:
        """Write one cell; what was not stated stays blank."""
        if value is None or is_missing(value) or value == "":
            return
        if kind == NUMBER and not isinstance(value, date):
            self._write_number(row, at, float(value))
        elif kind == DAY and isinstance(value, date) and value >= FIRST_DAY:
            self._page.write_datetime(row, at, datetime(value.year, value.month, value.day), self._formats["day"])
        elif kind == LINK and isinstance(value, str) and self._is_link(value):
            self._links += 1
            self._page.write_url(row, at, value, self._formats["link"], string=value)
        else:
            self._write_text(row, at, str(value))

    def _write_number(self, row: int, at: int, value: float) -> None:
        if math.isfinite(value):
            self._page.write_number(row, at, value, self._formats["whole" if value == int(value) else "number"])

    def _is_link(self, value: str) -> bool:
        return is_web_address(value) and len(value) <= LONGEST_ADDRESS and self._links < MOST_LINKS

    def _write_text(self, row: int, at: int, value: str) -> None:
        shown = value if _count_utf16_units(value) <= LONGEST else _truncate_cell_text(value)
        self._page.write_string(row, at, shown, self._formats["quoted" if shown.startswith(FORMULA) else "text"])


def _count_utf16_units(value: str) -> int:
    """Return the length as the format counts it."""
    return len(value.encode("utf-16-le")) // 2


def _truncate_cell_text(value: str) -> str:
    room = value.encode("utf-16-le")[: 2 * (LONGEST - len(CUT))]
    # half of a letter beyond the first plane is left out with the rest
    return room.decode("utf-16-le", errors="ignore") + CUT
