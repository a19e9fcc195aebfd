"""A copy of a spreadsheet in which every wrong cell is marked, with what is wrong and how to mend it.

The values are written anew, as they were; formats, pictures and formulas do not come along, and the copy says so.
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

# Faults that are listed and marked; who mends as many checks again.
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

    ``faults``: those of :func:`khoosheh.intake.reading`; ``name``: what its sender calls the source. The first sheet
    lists them, with links to their cells. Raises ``UnreadableError`` where the source has no cells to mark, and
    ``OSError``.
    """
    called = name or source.name
    kind = file_types.detect_file_kind(source, called)
    if kind == "zip":
        raise UnreadableError("intake_no_cells")
    given = (
        delimited_text.read_csv_file(source, called) if kind == "csv" else parser_process.read_workbook(source, kind)
    )
    sheets = [one for one in given.sheets if layout.find_special_sheet(one.name) != layout.FAULTS]
    listed, names = faults[:MOST], _assign_sheet_names(sheets, lang)
    book = WorkbookWriter(file, lang)
    _write_faults_sheet(book, listed, len(faults), names)
    marks = _group_faults_by_cell(listed)
    for one in sheets:
        _copy_sheet(book, one, names[one.name], marks.get(one.name, {}))
    book.close()


def write_fault_list(faults: Sequence[CellFault], file: Path, lang: str) -> None:
    """Write a workbook that lists faults, without the cells of their source; raises ``OSError``."""
    book = WorkbookWriter(file, lang)
    _write_faults_sheet(book, faults[:MOST], len(faults), {})
    book.close()


def _assign_sheet_names(sheets: Sequence[Sheet], lang: str) -> dict[str, str]:
    """Return a name for each sheet that a workbook can have: its own, or the nearest that is free."""
    taken, found = {layout.format_special_sheet_name(layout.FAULTS, lang).casefold()}, {}
    for sheet in sheets:
        stem = layout.make_valid_sheet_name(sheet.name.removesuffix(".csv"))
        name, times = stem, 1
        while name.casefold() in taken:
            times += 1
            name = f"{stem[: layout.LONGEST_NAME - len(str(times)) - 1]} {times}"
        taken.add(name.casefold())
        found[sheet.name] = name
    return found


def _group_faults_by_cell(faults: Sequence[CellFault]) -> dict[str, dict[tuple[int, int], list[CellFault]]]:
    """Return the faults of each sheet by row and column, from 1; those of a whole row stand in its first cell."""
    found: dict[str, dict[tuple[int, int], list[CellFault]]] = {}
    for one in faults:
        found.setdefault(one.sheet, {}).setdefault(_find_fault_cell(one), []).append(one)
    return found


def _find_fault_cell(fault: CellFault) -> tuple[int, int]:
    row, column = parse_cell_reference(fault.cell)
    return max(row, 1), max(column, 1)


def _write_faults_sheet(book: WorkbookWriter, faults: Sequence[CellFault], of: int, names: Mapping[str, str]) -> None:
    sheet = book.sheet(layout.format_special_sheet_name(layout.FAULTS, book.lang), headed=False)
    write_cell(sheet, 0, 0, format_message(book.lang, "count.faults", count=of), book.format("title"))
    write_cell(sheet, 1, 0, format_message(book.lang, "marked.kept"), book.format("cell"))
    write_cell(sheet, 2, 0, format_message(book.lang, "marked.again"), book.format("cell"))
    if of > len(faults):
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
    for row, one in enumerate(faults, FIRST_LISTED):
        _write_fault_link(sheet, book, row, one, names)
        for column, words in enumerate((one.value, one.why(book.lang), one.mend(book.lang)), 1):
            write_cell(sheet, row, column, words[:LONGEST_TEXT], book.format("wrapped"))


def _write_fault_link(
    sheet: Worksheet, book: WorkbookWriter, row: int, fault: CellFault, names: Mapping[str, str]
) -> None:
    """Write where a fault is; a link where the copy has its sheet."""
    where = " ".join(part for part in (fault.sheet or fault.file, fault.cell or fault.field) if part)
    if fault.sheet in names:
        target = f"internal:{quote_sheetname(names[fault.sheet])}!{format_cell_reference(*_find_fault_cell(fault))}"
        sheet.write_url(row, 0, target, book.format("link"), where)
    else:
        write_cell(sheet, row, 0, where, book.format("wrapped"))


def _copy_sheet(
    book: WorkbookWriter, given: Sheet, name: str, marks: Mapping[tuple[int, int], list[CellFault]]
) -> None:
    sheet = book.sheet(name)
    if layout.find_special_sheet(given.name) == layout.LISTS:
        sheet.hide()
    sheet.set_column(0, max((max(row) for row in given.rows.values()), default=1), WIDTH)
    heading = next(iter(given.rows), 0)
    for row, line in given.rows.items():
        for column, one in line.items():
            look = "wrong" if (row, column) in marks else "optional" if row == heading else "cell"
            _write_original_value(sheet, book, (row - 1, column - 1), one, look)
    for (row, column), faults in marks.items():
        if column not in given.rows.get(row, {}):
            write_cell(sheet, row - 1, column - 1, None, book.format("wrong"))
        words = "\n".join(f"{one.why(book.lang)} {one.mend(book.lang)}" for one in faults)
        add_cell_comment(sheet, row - 1, column - 1, words)


def _write_original_value(
    sheet: Worksheet, book: WorkbookWriter, place: tuple[int, int], given: FilledCell, style: str
) -> None:
    """Write a cell as it was: text stays text, a number a number; a formula leaves its result."""
    if given.kind == cells.BOOLEAN:
        sheet.write_boolean(*place, given.text == "TRUE", book.format(style))
    elif given.kind == cells.DATE and _is_writable_date(given.text):
        sheet.write_datetime(*place, date.fromisoformat(given.text), book.format(style, num_format=DAY))
    elif given.kind in (cells.NUMBER, cells.PERCENT):
        number = Decimal(given.text.removesuffix("%"))
        number = number.scaleb(-2) if given.kind == cells.PERCENT else number
        looks = {"num_format": PERCENT} if given.kind == cells.PERCENT else {}
        write_cell(
            sheet, *place, float(number) if _is_exact_decimal(number) else given.text, book.format(style, **looks)
        )
    else:
        # What begins a formula in a text stays a text; of a formula without result its words are all there is.
        write_cell(sheet, *place, given.text[:LONGEST_TEXT], book.format(style, num_format="@"))


def _is_exact_decimal(number: Decimal) -> bool:
    return is_exact_number(float(number)) and Decimal(repr(float(number))) == number


def _is_writable_date(day: str) -> bool:
    """Tell whether a workbook can hold a day: none before 1900, and times of day are kept as words."""
    return len(day) == len(DAY) and int(day[:4]) >= FIRST_YEAR
