"""Writing a copy of a spreadsheet in which each faulty cell is marked, with the fault and how to correct it.

Only values are copied: formats, pictures and formulas are lost, which the copy states.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import quote_sheetname
from xlsxwriter.worksheet import Worksheet

from khoosheh.intake import layout
from khoosheh.intake.results import CellFault
from khoosheh.intake.workbook_writer import (
    LONGEST_TEXT,
    WorkbookWriter,
    add_cell_comment,
    is_exact_number,
    write_cell,
)
from khoosheh.locale import format_message
from khoosheh.spreadsheets import (
    FilledCell,
    Sheet,
    UnreadableError,
    cells,
    delimited_text,
    file_types,
    format_cell_reference,
    parse_cell_reference,
    parser_process,
)

# faults that are listed and marked; further ones are found by checking the corrected file again
MOST = 10_000
FIRST_LISTED = 5
COLUMNS = {"cell": 26, "value": 26, "why": 60, "mend": 70}
WIDTH = 20
FIRST_YEAR = 1900
PERCENT, DAY = "0.##########%", "yyyy-mm-dd"


def write_marked_copy(
    source: Path, faults: Sequence[CellFault], file: Path, lang: str, name: str | None = None
) -> None:
    """Write the marked copy of a spreadsheet (.xlsx, .xls, .ods, .csv) to ``file``, an xlsx.

    ``faults``: those that :func:`khoosheh.intake.read_source` found; the first sheet lists them, with links to their
    cells. ``name``: the name that its sender gave the source. Raises ``UnreadableError`` for a source without cells,
    and ``OSError``.
    """
    source_name = name or source.name
    kind = file_types.detect_file_kind(source, source_name)
    if kind == "zip":
        raise UnreadableError("intake_no_cells")
    if kind == "csv":
        source_book = delimited_text.read_csv_file(source, source_name)
    else:
        source_book = parser_process.read_workbook(source, kind)
    sheets = [sheet for sheet in source_book.sheets if layout.find_special_sheet(sheet.name) != layout.FAULTS]
    listed, names = faults[:MOST], _assign_sheet_names(sheets, lang)
    book = WorkbookWriter(file, lang)
    _write_faults_sheet(book, listed, len(faults), names)
    marks = _group_faults_by_cell(listed)
    for sheet in sheets:
        _copy_sheet(book, sheet, names[sheet.name], marks.get(sheet.name, {}))
    book.close()


def write_fault_list(faults: Sequence[CellFault], file: Path, lang: str) -> None:
    """Write a workbook with the list of faults only; raises ``OSError``."""
    book = WorkbookWriter(file, lang)
    _write_faults_sheet(book, faults[:MOST], len(faults), {})
    book.close()


def _assign_sheet_names(sheets: Sequence[Sheet], lang: str) -> dict[str, str]:
    """Return a valid and unique name for each sheet, by its own name."""
    taken = {layout.format_special_sheet_name(layout.FAULTS, lang).casefold()}
    names: dict[str, str] = {}
    for sheet in sheets:
        stem = layout.make_valid_sheet_name(sheet.name.removesuffix(".csv"))
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem[: layout.LONGEST_NAME - len(str(number)) - 1]} {number}"
        taken.add(name.casefold())
        names[sheet.name] = name
    return names


def _group_faults_by_cell(faults: Sequence[CellFault]) -> dict[str, dict[tuple[int, int], list[CellFault]]]:
    """Return the faults of each sheet by (row, column), from 1; a fault of a whole row is at its first cell."""
    groups: dict[str, dict[tuple[int, int], list[CellFault]]] = {}
    for fault in faults:
        groups.setdefault(fault.sheet, {}).setdefault(_find_fault_cell(fault), []).append(fault)
    return groups


def _find_fault_cell(fault: CellFault) -> tuple[int, int]:
    row, column = parse_cell_reference(fault.cell)
    return max(row, 1), max(column, 1)


def _write_faults_sheet(
    book: WorkbookWriter, faults: Sequence[CellFault], total: int, names: Mapping[str, str]
) -> None:
    """Write the list of faults; ``total``: their number, of which only the first may be listed."""
    sheet = book.sheet(layout.format_special_sheet_name(layout.FAULTS, book.lang), headed=False)
    write_cell(sheet, 0, 0, format_message(book.lang, "count.faults", count=total), book.format("title"))
    write_cell(sheet, 1, 0, format_message(book.lang, "marked.kept"), book.format("cell"))
    write_cell(sheet, 2, 0, format_message(book.lang, "marked.again"), book.format("cell"))
    if total > len(faults):
        write_cell(sheet, 3, 0, format_message(book.lang, "marked.more", shown=len(faults)), book.format("cell"))
    for column, (part, width) in enumerate(COLUMNS.items()):
        sheet.set_column(column, column, width)
        write_cell(
            sheet,
            FIRST_LISTED - 1,
            column,
            format_message(book.lang, f"marked.column.{part}"),
            book.format("required"),
        )
    sheet.freeze_panes(FIRST_LISTED, 0)
    for row, fault in enumerate(faults, FIRST_LISTED):
        _write_fault_link(sheet, book, row, fault, names)
        for column, text in enumerate((fault.value, fault.why(book.lang), fault.mend(book.lang)), 1):
            write_cell(sheet, row, column, text[:LONGEST_TEXT], book.format("wrapped"))


def _write_fault_link(
    sheet: Worksheet, book: WorkbookWriter, row: int, fault: CellFault, names: Mapping[str, str]
) -> None:
    """Write the location of a fault, as a link if the copy has its sheet."""
    location = " ".join(part for part in (fault.sheet or fault.file, fault.cell or fault.field) if part)
    if fault.sheet in names:
        target = f"internal:{quote_sheetname(names[fault.sheet])}!{format_cell_reference(*_find_fault_cell(fault))}"
        sheet.write_url(row, 0, target, book.format("link"), location)
    else:
        write_cell(sheet, row, 0, location, book.format("wrapped"))


def _copy_sheet(
    book: WorkbookWriter, source: Sheet, name: str, marks: Mapping[tuple[int, int], list[CellFault]]
) -> None:
    sheet = book.sheet(name)
    if layout.find_special_sheet(source.name) == layout.LISTS:
        sheet.hide()
    sheet.set_column(0, max((max(row) for row in source.rows.values()), default=1), WIDTH)
    heading = next(iter(source.rows), 0)
    for row, cells_by_column in source.rows.items():
        for column, cell in cells_by_column.items():
            style = "wrong" if (row, column) in marks else "optional" if row == heading else "cell"
            _write_original_value(sheet, book, (row - 1, column - 1), cell, style)
    for (row, column), faults in marks.items():
        if column not in source.rows.get(row, {}):
            write_cell(sheet, row - 1, column - 1, None, book.format("wrong"))
        comment = "\n".join(f"{fault.why(book.lang)} {fault.mend(book.lang)}" for fault in faults)
        add_cell_comment(sheet, row - 1, column - 1, comment)


def _write_original_value(
    sheet: Worksheet, book: WorkbookWriter, position: tuple[int, int], cell: FilledCell, style: str
) -> None:
    """Write the value of a cell with its type, and of a formula the result; ``position``: row and column from 0."""
    if cell.kind == cells.BOOLEAN:
        sheet.write_boolean(*position, cell.text == "TRUE", book.format(style))
    elif cell.kind == cells.DATE and _is_writable_date(cell.text):
        sheet.write_datetime(*position, date.fromisoformat(cell.text), book.format(style, num_format=DAY))
    elif cell.kind in (cells.NUMBER, cells.PERCENT):
        number = Decimal(cell.text.removesuffix("%"))
        number = number.scaleb(-2) if cell.kind == cells.PERCENT else number
        properties = {"num_format": PERCENT} if cell.kind == cells.PERCENT else {}
        write_cell(
            sheet,
            *position,
            float(number) if _is_exact_decimal(number) else cell.text,
            book.format(style, **properties),
        )
    else:
        # a text that looks like a formula stays a text; of a formula without a result the formula is written
        write_cell(sheet, *position, cell.text[:LONGEST_TEXT], book.format(style, num_format="@"))


def _is_exact_decimal(number: Decimal) -> bool:
    return is_exact_number(float(number)) and Decimal(repr(float(number))) == number


def _is_writable_date(day: str) -> bool:
    """Return whether an ISO text is a date from 1900 on without a time, which a workbook can store as a date."""
    return len(day) == len(DAY) and int(day[:4]) >= FIRST_YEAR
