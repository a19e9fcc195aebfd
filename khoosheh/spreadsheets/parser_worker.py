"""The process that parses one workbook: a file that makes a parser crash or run away ends only this process.

Started by :mod:`khoosheh.spreadsheets.parser_process`. It sends one message for each sheet, ``{"sheet": name,
"merged": ranges}``, one for each of its filled rows, ``[row, [[column, kind, text, formula], ...]]``, or
``{"refused": code, "params": ...}`` where the workbook is not read. To start fast it imports only this package,
:mod:`khoosheh.limits` and :mod:`khoosheh.limited_process`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from khoosheh import limited_process
from khoosheh.limits import ANSWER, SHEETS, UNPACKED_BOOK
from khoosheh.spreadsheets import cell_metadata_ods, cell_metadata_xls, cell_metadata_xlsx, zip_limits
from khoosheh.spreadsheets.cell_metadata import CellMetadata
from khoosheh.spreadsheets.cells import (
    BOOLEAN,
    DATE,
    ERROR,
    INEXACT,
    NUMBER,
    PERCENT,
    TEXT,
    TIME,
    UNCOUNTED,
    FilledCell,
    UnreadableError,
    format_exact_decimal,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# a cell as python-calamine returns it
CalamineValue: TypeAlias = "str | float | bool | time | date | datetime | timedelta"
# a filled row: its number, and column, kind, text and formula of each filled cell
RowMessage: TypeAlias = "tuple[int, list[tuple[int, str, str, str]]]"
METADATA_READERS = {"xlsx": cell_metadata_xlsx.read_xlsx_metadata, "ods": cell_metadata_ods.read_ods_metadata}


class SheetMessage(TypedDict):
    """The name and the merged ranges of a sheet, sent before its rows."""

    sheet: str
    merged: list[tuple[int, int, int, int]]


def main() -> None:
    """Send the cells of the workbook that the request names, or the reason why it is not read."""
    # it writes no file
    request = limited_process.receive_request(file_bytes=0)
    bytes_left = ANSWER
    try:
        for message in _build_workbook_messages(Path(request["path"]), request["kind"]):
            line = json.dumps(message)
            bytes_left -= len(line)
            if bytes_left < 0:
                raise UnreadableError("intake_too_long")
            # not flushed: a workbook has up to a million rows
            print(line)
    except UnreadableError as error:
        limited_process.send_message({"refused": error.code, "params": error.params})
    except (MemoryError, RecursionError):
        limited_process.send_message({"refused": "intake_too_long", "params": {}})
    limited_process.send_end()


def _build_workbook_messages(path: Path, kind: str) -> Iterator[SheetMessage | RowMessage]:
    # imported once the limits hold: it is the parser that they are for
    import python_calamine as calamine

    metadata = _read_cell_metadata(path, kind)
    try:
        with path.open("rb") as file, calamine.load_workbook(file) as book:
            if len(book.sheet_names) > SHEETS:
                raise UnreadableError("intake_many_sheets", most=SHEETS)
            for index, sheet in enumerate(book.sheets_metadata):
                if sheet.typ is calamine.SheetTypeEnum.WorkSheet:
                    yield from _build_sheet_messages(
                        book.get_sheet_by_index(index), metadata.get(sheet.name, CellMetadata())
                    )
    except calamine.PasswordError as error:
        raise UnreadableError("intake_encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("intake_damaged") from error


def _read_cell_metadata(path: Path, kind: str) -> dict[str, CellMetadata]:
    if kind == "xls":
        return cell_metadata_xls.read_xls_metadata(path)
    with zip_limits.open_zip_archive(path, UNPACKED_BOOK, names_matter=False) as archive:
        # python-calamine does not compare the entries with their checksums
        zip_limits.check_archive(archive, UNPACKED_BOOK)
        return METADATA_READERS[kind](archive)


def _build_sheet_messages(sheet: CalamineSheet, metadata: CellMetadata) -> Iterator[SheetMessage | RowMessage]:
    yield {"sheet": sheet.name, "merged": metadata.merged}
    rows: dict[int, dict[int, FilledCell]] = {}
    for row, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            cell = _build_filled_cell(value, (row, column), metadata)
            if cell is not None:
                rows.setdefault(row, {})[column] = cell
    for row, column in {*metadata.errors, *metadata.formulas}:
        # python-calamine leaves out errors and formulas without a result
        if column not in rows.get(row, {}):
            cell = _build_filled_cell("", (row, column), metadata)
            if cell is not None:
                rows.setdefault(row, {})[column] = cell
    for row in sorted(rows):
        yield row, [(column, *cell) for column, cell in sorted(rows[row].items())]


def _build_filled_cell(value: CalamineValue, position: tuple[int, int], metadata: CellMetadata) -> FilledCell | None:
    """Return a cell from the value that python-calamine gives and the metadata of its sheet; ``None``: blank."""
    formula = metadata.formulas.get(position, "")
    if position in metadata.errors:
        return FilledCell(ERROR, metadata.errors[position], formula)
    if position in metadata.uncounted:
        return FilledCell(UNCOUNTED, formula, formula)
    if position in metadata.inexact:
        return FilledCell(INEXACT, metadata.inexact[position], formula)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _build_number_cell(value, formula, position in metadata.percents)
    if isinstance(value, str) and not value.strip() and not formula:
        return None
    return FilledCell(*_format_typed_value(value), formula)


def _format_typed_value(value: CalamineValue) -> tuple[str, str]:
    """Return the kind and the text of a value that is no number."""
    if isinstance(value, str):
        return TEXT, value
    if isinstance(value, bool):
        return BOOLEAN, str(value).upper()
    if isinstance(value, datetime):
        return DATE, value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    return (DATE, value.isoformat()) if isinstance(value, date) else (TIME, str(value))


def _build_number_cell(value: float, formula: str, percent: bool) -> FilledCell:
    exact = Decimal(repr(value))
    if not exact.is_finite():
        return FilledCell(TEXT, str(value), formula)
    return (
        FilledCell(PERCENT, f"{format_exact_decimal(exact.scaleb(2))}%", formula)
        if percent
        else FilledCell(NUMBER, format_exact_decimal(exact), formula)
    )


if __name__ == "__main__":
    main()
