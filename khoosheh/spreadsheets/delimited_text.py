"""Reading csv files of unknown encoding and separator."""

import codecs
import csv
import io
from pathlib import Path

from khoosheh.limits import CELLS, COLUMNS
from khoosheh.spreadsheets.cells import TEXT, Book, FilledCell, Sheet, UnreadableError, format_cell_reference

UTF_8 = "UTF-8"
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: UTF_8, codecs.BOM_UTF16_LE: "UTF-16", codecs.BOM_UTF16_BE: "UTF-16"}
_WINDOWS_1256 = "Windows-1256"
_SEPARATORS = ",;\t"
_PERSIAN_SEPARATOR = "\u061b"
_LONGEST_CELL = 1 << 20
_HEAD = 4096


def read_csv_file(path: Path, name: str) -> Book:
    """Return a csv as a book of one sheet called ``name``; raises ``UnreadableError``."""
    text, encoding = _decode_csv(path.read_bytes())
    sheet = Sheet(name)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        # rows are numbered by records, not by lines, as a spreadsheet numbers them: a cell may have several lines
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


def _decode_csv(content: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: UTF-8, UTF-16 or Windows-1256; raises ``UnreadableError``.

    Persian versions of office programs wrote Windows-1256, in which nearly any bytes are valid. It is therefore tried
    last, not for text that is mostly valid UTF-8, and the caller reports it to the user.
    """
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return _decode_strictly(content, "utf-8-sig" if encoding == UTF_8 else "utf-16"), encoding
    if b"\0" in content[:_HEAD]:
        wide = _detect_utf16_variant(content)
        if wide is None:
            raise UnreadableError("intake_not_text")
        return _decode_strictly(content, wide), "UTF-16"
    try:
        return content.decode("utf-8"), UTF_8
    except UnicodeDecodeError as error:
        lenient = content.decode("utf-8", errors="replace")
        broken = lenient.count("\ufffd")
        if sum(letter > "\x7f" for letter in lenient) - broken > broken:
            raise UnreadableError("encoding") from error
        return _decode_strictly(content, "cp1256"), _WINDOWS_1256


def _decode_strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableError("intake_not_text") from error


def _detect_utf16_variant(content: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark, ``None`` for other bytes.

    Of Latin letters and separators one byte in two is zero: the second in little-endian text.
    """
    head = content[:_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < 8 * min(even, odd) or max(even, odd) * 20 < len(head):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _detect_separator(text: str) -> str:
    """Return the separator that is most frequent in the heading, outside of quotes."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = "".join(heading.split('"')[::2])
    return max(_SEPARATORS + _PERSIAN_SEPARATOR, key=unquoted.count)
