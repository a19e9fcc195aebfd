"""Parsing a workbook in a process of its own, which the system stops when it takes more than it may.

Runs as ``python -m khoosheh.spreadsheets.parser_worker FILE KIND`` and imports no other package of
khoosheh. It writes a line of JSON for each sheet and each row: a file that makes a parser run away ends this process,
not the dashboard.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from khoosheh.limits import ANSWER, MEMORY, SECONDS_OF_WORK, SHEETS, UNPACKED_BOOK
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

MARKS = {"xlsx": cell_metadata_xlsx.read_xlsx_metadata, "ods": cell_metadata_ods.read_ods_metadata}


def main(path: str, kind: str) -> None:
    """Write the cells of a workbook, or the reason why it is not read, to standard output."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_OF_WORK, SECONDS_OF_WORK))
    # It has nothing to write but its answer.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    left = ANSWER
    try:
        for line in _build_workbook_lines(Path(path), kind):
            words = json.dumps(line)
            left -= len(words)
            if left < 0:
                raise UnreadableError("intake_too_long")
            print(words)
    except UnreadableError as error:
        print(json.dumps({"refused": error.code, "params": error.params}))
    except (MemoryError, RecursionError):
        print(json.dumps({"refused": "intake_too_long", "params": {}}))
    # The last line tells that nothing was cut off.
    print(json.dumps({"end": True}), flush=True)


def _build_workbook_lines(path: Path, kind: str) -> Iterator[object]:
    import python_calamine as calamine

    marks = _read_cell_metadata(path, kind)
    try:
        with path.open("rb") as file, calamine.load_workbook(file) as book:
            if len(book.sheet_names) > SHEETS:
                raise UnreadableError("intake_many_sheets", most=SHEETS)
            for place, one in enumerate(book.sheets_metadata):
                if one.typ is calamine.SheetTypeEnum.WorkSheet:
                    yield from _build_sheet_lines(book.get_sheet_by_index(place), marks.get(one.name, CellMetadata()))
    except calamine.PasswordError as error:
        raise UnreadableError("intake_encrypted") from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise UnreadableError("intake_damaged") from error


def _read_cell_metadata(path: Path, kind: str) -> dict[str, CellMetadata]:
    if kind == "xls":
        return cell_metadata_xls.read_xls_metadata(path)
    with zip_limits.open_zip_archive(path, UNPACKED_BOOK, names_matter=False) as archive:
        # The fast reader does not look whether a part is as it was written.
        zip_limits.check_archive(archive, UNPACKED_BOOK)
        return MARKS[kind](archive)


def _build_sheet_lines(sheet: object, marks: CellMetadata) -> Iterator[object]:
    yield {"sheet": sheet.name, "merged": marks.merged}
    rows: dict[int, dict[int, FilledCell]] = {}
    for row, cells in enumerate(sheet.to_python(skip_empty_area=False), 1):
        for column, value in enumerate(cells, 1):
            found = _build_filled_cell(value, (row, column), marks)
            if found is not None:
                rows.setdefault(row, {})[column] = found
    for row, column in {*marks.errors, *marks.formulas}:
        # The fast reader gives nothing for errors, nor for formulas without a result.
        rows.setdefault(row, {}).setdefault(column, _build_filled_cell("", (row, column), marks))
    for row in sorted(rows):
        yield [row, [[column, *one] for column, one in sorted(rows[row].items())]]


def _build_filled_cell(value: object, place: tuple[int, int], marks: CellMetadata) -> FilledCell | None:
    formula = marks.formulas.get(place, "")
    if place in marks.errors:
        return FilledCell(ERROR, marks.errors[place], formula)
    if place in marks.uncounted:
        return FilledCell(UNCOUNTED, formula, formula)
    if place in marks.inexact:
        return FilledCell(INEXACT, marks.inexact[place], formula)
    if isinstance(value, float | int) and not isinstance(value, bool):
        return _build_number_cell(value, formula, place in marks.percents)
    if isinstance(value, str) and not value.strip() and not formula:
        return None
    return FilledCell(*_format_typed_value(value), formula)


def _format_typed_value(value: object) -> tuple[str, str]:
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
    main(*sys.argv[1:])
