"""A table as text: which letters its bytes mean, and what parts its cells."""

import codecs
import csv
import io
from pathlib import Path

from khoosheh.limits import CELLS, COLUMNS
from khoosheh.spreadsheets.cells import TEXT, Book, FilledCell, Sheet, UnreadableError, format_cell_reference

UTF_8 = "UTF-8"
_MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_ARABIC = "Windows-1256"
_SEPARATORS = ",;\t"
_PERSIAN_SEPARATOR = "\u061b"
_LONGEST_CELL = 1 << 20
_HEAD = 4096


def read_csv_file(path: Path, name: str) -> Book:
    """Return the one sheet of a csv; raises ``UnreadableError``."""
    text, encoding = _decode_csv(path.read_bytes())
    sheet = Sheet(name)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        # A line of its own for each row even where a cell has several: rows are counted as a spreadsheet counts.
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=_detect_separator(text)), 1):
            if len(cells) > COLUMNS or row * len(cells) > CELLS:
                place = format_cell_reference(row, len(cells))
                raise UnreadableError("intake_many_cells", sheet=name, cell=place, most=CELLS, columns=COLUMNS)
            filled = {column: FilledCell(TEXT, cell) for column, cell in enumerate(cells, 1) if cell.strip()}
            if filled:
                sheet.rows[row] = filled
    except csv.Error as error:
        raise UnreadableError("intake_damaged") from error
    return Book("csv", [sheet], encoding)


def _decode_csv(whole: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Bytes that are no UTF-8 are taken for Windows-1256, which Persian versions of office programs wrote; nearly any
    bytes are some letters of it, so who reads is told, and UTF-8 with a broken byte is not taken for it.
    """
    for mark, encoding in _MARKS.items():
        if whole.startswith(mark):
            return _decode_strictly(whole, "utf-8-sig" if encoding == UTF_8 else "utf-16"), encoding
    if b"\0" in whole[:_HEAD]:
        wide = _detect_utf16_variant(whole)
        if wide is None:
            raise UnreadableError("intake_not_text")
        return _decode_strictly(whole, wide), "UTF-16"
    try:
        return whole.decode("utf-8"), UTF_8
    except UnicodeDecodeError as error:
        loose = whole.decode("utf-8", errors="replace")
        broken = loose.count("\ufffd")
        if sum(one > "\x7f" for one in loose) - broken > broken:
            raise UnreadableError("encoding") from error
        return _decode_strictly(whole, "cp1256"), _ARABIC


def _decode_strictly(whole: bytes, encoding: str) -> str:
    try:
        return whole.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("intake_not_text") from error


def _detect_utf16_variant(whole: bytes) -> str | None:
    """Return the kind of UTF-16 without a mark: Latin letters and separators have a zero on one side."""
    head = whole[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 8 * min(even, odd) or max(even, odd) * 20 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detect_separator(text: str) -> str:
    """Return what parts the cells of the heading: the separator that stands there most often, outside of quotes."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(heading.split('"')[::2])
    return max(_SEPARATORS + _PERSIAN_SEPARATOR, key=bare.count)
