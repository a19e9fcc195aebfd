"""Marks of an .xls: records one after another, in a stream of a file that is divided like a disk."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from khoosheh.spreadsheets.cell_metadata import CellMetadata
from khoosheh.spreadsheets.cells import UnreadableError

_FREE = 0xFFFFFFF0
_ENTRY = 128
_STREAMS = ("workbook", "book")
# records: [MS-XLS] 2.3
_FORMULA, _EOF, _PASSWORD, _BOUND, _MULRK, _MERGED = 0x06, 0x0A, 0x2F, 0x85, 0xBD, 0xE5
_XF, _NUMBER, _BOOLERR, _RK, _FORMAT, _BOF = 0xE0, 0x203, 0x205, 0x27E, 0x41E, 0x809
_TEXTS = (0xFD, 0x204, 0xD6)
_BIFF8 = 0x600
_PERCENT_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls_metadata(path: Path) -> dict[str, CellMetadata]:
    """Return the marks of every sheet by its name; raises ``UnreadableError``."""
    try:
        stream = _read_workbook_stream(path.read_bytes())
        sheets, percents = _read_workbook_globals(stream)
        return {name: _read_sheet_metadata(stream, place, name, percents) for name, place in sheets.items()}
    except (struct.error, IndexError) as error:
        raise UnreadableError("intake_damaged") from error


def _read_workbook_stream(whole: bytes) -> bytes:
    """Return the bytes of the workbook's stream."""
    shift, small_shift = struct.unpack_from("<HH", whole, 30)
    directory, cutoff, small_fat = (struct.unpack_from("<I", whole, place)[0] for place in (48, 56, 60))
    if shift not in (9, 12) or small_shift != 6:
        raise UnreadableError("intake_damaged")
    size = 1 << shift

    def read_sector(number: int) -> bytes:
        return whole[(number + 1) * size : (number + 2) * size]

    fat = _unpack_uint32(b"".join(map(read_sector, _list_fat_sectors(whole, read_sector))))
    entries = b"".join(map(read_sector, _follow_sector_chain(directory, fat)))
    small = b""
    for place in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", entries, place + 64)
        name = entries[place : place + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<II", entries, place + 116)
        if kind == 5 and small_fat < _FREE:
            small = b"".join(map(read_sector, _follow_sector_chain(first, fat)))
        elif kind == 2 and name.lower() in _STREAMS:
            if total >= cutoff:
                return b"".join(map(read_sector, _follow_sector_chain(first, fat)))[:total]
            links = _unpack_uint32(b"".join(map(read_sector, _follow_sector_chain(small_fat, fat))))
            return b"".join(small[one << 6 : (one + 1) << 6] for one in _follow_sector_chain(first, links))[:total]
    raise UnreadableError("intake_damaged")


def _unpack_uint32(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _list_fat_sectors(whole: bytes, sector: object) -> list[int]:
    found = [one for one in struct.unpack_from("<109I", whole, 76) if one < _FREE]
    more, seen = struct.unpack_from("<I", whole, 68)[0], set()
    while more < _FREE and more not in seen:
        seen.add(more)
        *listed, following = _unpack_uint32(sector(more)) or (_FREE,)
        found += [one for one in listed if one < _FREE]
        more = following
    if len(found) > len(whole):
        raise UnreadableError("intake_damaged")
    return found


def _follow_sector_chain(first: int, links: tuple[int, ...]) -> Iterator[int]:
    """Yield the sectors of a chain; raises ``UnreadableError`` for one that bites its tail."""
    for _ in range(len(links) + 1):
        if first >= _FREE:
            return
        yield first
        first = links[first]
    raise UnreadableError("intake_damaged")


def _read_records(stream: bytes, place: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one part of the stream, those of charts within it left out."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[place + 4 : place + 4 + length]
        place += 4 + length
    raise UnreadableError("intake_damaged")


def _read_workbook_globals(stream: bytes) -> tuple[dict[str, int], set[int]]:
    """Return where each sheet begins, and the numbers of the styles that show per cents."""
    version, sheets, formats, styles = 0, {}, set(_PERCENT_FORMATS), []
    for kind, data in _read_records(stream, 0):
        if kind == _BOF:
            version = struct.unpack_from("<H", data)[0]
        elif kind == _PASSWORD:
            raise UnreadableError("intake_encrypted")
        elif kind == _BOUND:
            sheets[_decode_text(data[7:], data[6], version)] = struct.unpack_from("<I", data)[0]
        elif kind == _FORMAT:
            start, length = (4, struct.unpack_from("<H", data, 2)[0]) if version == _BIFF8 else (3, data[2])
            if "%" in _QUOTED.sub("", _decode_text(data[start:], length, version)):
                formats.add(struct.unpack_from("<H", data)[0])
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", data, 2)[0])
    return sheets, {place for place, one in enumerate(styles) if one in formats}


def _decode_text(data: bytes, length: int, version: int) -> str:
    if version != _BIFF8:
        return data[:length].decode("cp1256", "replace")
    wide = data[0] & 1
    return data[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _read_sheet_metadata(stream: bytes, place: int, name: str, percents: set[int]) -> CellMetadata:
    marks = CellMetadata()
    for kind, data in _read_records(stream, place):
        if kind == _MERGED:
            (times,) = struct.unpack_from("<H", data)
            for one in range(times):
                top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * one)
                marks.joins(top + 1, left + 1, bottom + 1, right + 1)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for column in range((len(data) - 6) // 6):
                _record_filled_cell(
                    marks, name, (row, first + column, struct.unpack_from("<H", data, 4 + 6 * column)[0]), percents
                )
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, *_TEXTS):
            where = struct.unpack_from("<HHH", data)
            _record_filled_cell(marks, name, where, percents if kind in (_NUMBER, _RK, _FORMULA) else set())
            if kind == _BOOLERR and data[7]:
                marks.errors[where[0] + 1, where[1] + 1] = _ERRORS.get(data[6], "#?")
            elif kind == _FORMULA:
                _record_formula(marks, (where[0] + 1, where[1] + 1), data[6:14])
    return marks


def _record_filled_cell(marks: CellMetadata, sheet: str, where: tuple[int, int, int], percents: set[int]) -> None:
    row, column, style = where
    marks.reaches(sheet, row + 1, column + 1)
    if style in percents:
        marks.percents.add((row + 1, column + 1))


def _record_formula(marks: CellMetadata, place: tuple[int, int], result: bytes) -> None:
    marks.formulas[place] = "="
    if result[6:] == b"\xff\xff" and result[0] == 2:
        marks.errors[place] = _ERRORS.get(result[2], "#?")
