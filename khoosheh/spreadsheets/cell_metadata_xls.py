"""Metadata of an .xls: a compound file, divided into sectors like a disk, with the workbook as a stream of records.

The container is described in [MS-CFB], the records in [MS-XLS] 2.3.
"""

import re
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

from khoosheh.spreadsheets.cell_metadata import CellMetadata
from khoosheh.spreadsheets.cells import UnreadableError

# sector numbers from here on are markers: end of chain, free sector and others
_FIRST_MARKER = 0xFFFFFFF0
# compound file: offsets within the header, size and content of an entry of the directory
_SHIFTS, _DIRECTORY, _MINI_CUTOFF, _MINI_FAT, _DIFAT, _FAT_SECTORS = 30, 48, 56, 60, 68, 76
_ENTRY_SIZE, _ENTRY_TYPE, _ENTRY_START = 128, 64, 116
_STREAM, _ROOT = 2, 5
_MINI_SHIFT = 6
_WORKBOOK_STREAMS = ("workbook", "book")
# types of records
_FORMULA, _EOF, _PASSWORD, _BOUND_SHEET, _MULRK, _MERGED = 0x06, 0x0A, 0x2F, 0x85, 0xBD, 0xE5
_XF, _NUMBER, _BOOLERR, _RK, _FORMAT, _BOF = 0xE0, 0x203, 0x205, 0x27E, 0x41E, 0x809
_TEXTS = (0xFD, 0x204, 0xD6)
_BIFF8 = 0x600
_PERCENT_FORMATS = {9, 10}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def read_xls_metadata(path: Path) -> dict[str, CellMetadata]:
    """Return the metadata of every sheet by its name; raises ``UnreadableError``."""
    try:
        stream = _read_workbook_stream(path.read_bytes())
        sheets, percents = _read_workbook_globals(stream)
        return {name: _read_sheet_metadata(stream, offset, name, percents) for name, offset in sheets.items()}
    except (struct.error, IndexError) as error:
        raise UnreadableError("intake_damaged") from error


def _read_workbook_stream(file: bytes) -> bytes:
    """Return the bytes of the workbook's stream."""
    shift, mini_shift = struct.unpack_from("<HH", file, _SHIFTS)
    directory, mini_cutoff, mini_fat = (
        struct.unpack_from("<I", file, offset)[0] for offset in (_DIRECTORY, _MINI_CUTOFF, _MINI_FAT)
    )
    if shift not in (9, 12) or mini_shift != _MINI_SHIFT:
        raise UnreadableError("intake_damaged")
    size = 1 << shift

    def read_sector(number: int) -> bytes:
        return file[(number + 1) * size : (number + 2) * size]

    def read_chain(first: int) -> bytes:
        return b"".join(map(read_sector, _follow_sector_chain(first, fat)))

    fat = _unpack_uint32(b"".join(map(read_sector, _list_fat_sectors(file, read_sector))))
    entries = read_chain(directory)
    mini_stream = b""
    for offset in range(0, len(entries) - _ENTRY_SIZE + 1, _ENTRY_SIZE):
        name_length, kind = struct.unpack_from("<HB", entries, offset + _ENTRY_TYPE)
        name = entries[offset : offset + max(0, min(name_length, _ENTRY_TYPE) - 2)].decode("utf-16-le", "replace")
        first, total = struct.unpack_from("<II", entries, offset + _ENTRY_START)
        if kind == _ROOT and mini_fat < _FIRST_MARKER:
            mini_stream = read_chain(first)
        elif kind == _STREAM and name.lower() in _WORKBOOK_STREAMS:
            if total >= mini_cutoff:
                return read_chain(first)[:total]
            sectors = _follow_sector_chain(first, _unpack_uint32(read_chain(mini_fat)))
            return b"".join(mini_stream[n << _MINI_SHIFT : (n + 1) << _MINI_SHIFT] for n in sectors)[:total]
    raise UnreadableError("intake_damaged")


def _unpack_uint32(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _list_fat_sectors(file: bytes, read_sector: Callable[[int], bytes]) -> list[int]:
    """Return the numbers of the sectors with the allocation table: the header has 109, further sectors the rest."""
    sectors = [number for number in struct.unpack_from("<109I", file, _FAT_SECTORS) if number < _FIRST_MARKER]
    following, seen = struct.unpack_from("<I", file, _DIFAT)[0], set()
    while following < _FIRST_MARKER and following not in seen:
        seen.add(following)
        *numbers, following = _unpack_uint32(read_sector(following)) or (_FIRST_MARKER,)
        sectors += [number for number in numbers if number < _FIRST_MARKER]
    if len(sectors) > len(file):
        raise UnreadableError("intake_damaged")
    return sectors


def _follow_sector_chain(first: int, links: tuple[int, ...]) -> Iterator[int]:
    """Yield the sector numbers of a chain; raises ``UnreadableError`` for a chain that leads back into itself."""
    for _ in range(len(links) + 1):
        if first >= _FIRST_MARKER:
            return
        yield first
        first = links[first]
    raise UnreadableError("intake_damaged")


def _read_records(stream: bytes, offset: int) -> Iterator[tuple[int, bytes]]:
    """Yield type and data of the records from an offset to the end of their part, without those of nested charts."""
    depth = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
    raise UnreadableError("intake_damaged")


def _read_workbook_globals(stream: bytes) -> tuple[dict[str, int], set[int]]:
    """Return the offset of each sheet by its name, and the indices of the cell styles that show percentages."""
    version = 0
    sheets: dict[str, int] = {}
    formats = set(_PERCENT_FORMATS)
    style_formats: list[int] = []
    for kind, data in _read_records(stream, 0):
        if kind == _BOF:
            version = struct.unpack_from("<H", data)[0]
        elif kind == _PASSWORD:
            raise UnreadableError("intake_encrypted")
        elif kind == _BOUND_SHEET:
            sheets[_decode_text(data[7:], data[6], version)] = struct.unpack_from("<I", data)[0]
        elif kind == _FORMAT:
            start, length = (4, struct.unpack_from("<H", data, 2)[0]) if version == _BIFF8 else (3, data[2])
            if "%" in _QUOTED.sub("", _decode_text(data[start:], length, version)):
                formats.add(struct.unpack_from("<H", data)[0])
        elif kind == _XF:
            style_formats.append(struct.unpack_from("<H", data, 2)[0])
    return sheets, {index for index, number in enumerate(style_formats) if number in formats}


def _decode_text(data: bytes, length: int, version: int) -> str:
    """Return a text of ``length`` characters; before BIFF8 it is in the code page of Persian versions."""
    if version != _BIFF8:
        return data[:length].decode("cp1256", "replace")
    wide = data[0] & 1
    return data[1 : 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")


def _read_sheet_metadata(stream: bytes, offset: int, name: str, percents: set[int]) -> CellMetadata:
    metadata = CellMetadata()
    for kind, data in _read_records(stream, offset):
        if kind == _MERGED:
            (count,) = struct.unpack_from("<H", data)
            for index in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", data, 2 + 8 * index)
                metadata.add_merged_range(top + 1, left + 1, bottom + 1, right + 1)
        elif kind == _MULRK:
            row, first = struct.unpack_from("<HH", data)
            for index in range((len(data) - 6) // 6):
                (style,) = struct.unpack_from("<H", data, 4 + 6 * index)
                _record_filled_cell(metadata, name, (row + 1, first + index + 1), style in percents)
        elif kind in (_NUMBER, _RK, _FORMULA, _BOOLERR, *_TEXTS):
            row, column, style = struct.unpack_from("<HHH", data)
            position = (row + 1, column + 1)
            is_number = kind in (_NUMBER, _RK, _FORMULA)
            _record_filled_cell(metadata, name, position, is_number and style in percents)
            if kind == _BOOLERR and data[7]:
                metadata.errors[position] = _ERRORS.get(data[6], "#?")
            elif kind == _FORMULA:
                _record_formula(metadata, position, data[6:14])
    return metadata


def _record_filled_cell(metadata: CellMetadata, sheet: str, position: tuple[int, int], percent: bool) -> None:
    metadata.extend_to(sheet, *position)
    if percent:
        metadata.percents.add(position)


def _record_formula(metadata: CellMetadata, position: tuple[int, int], result: bytes) -> None:
    """Record a formula, whose text is not decoded, and its error where the result is one."""
    metadata.formulas[position] = "="
    if result[6:] == b"\xff\xff" and result[0] == 2:
        metadata.errors[position] = _ERRORS.get(result[2], "#?")
