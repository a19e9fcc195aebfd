"""The sheet 'Guide' of a template: how to fill it in, and an explanation and an example of each column."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from khoosheh.intake import layout, notes
from khoosheh.intake.choices import build_cell_value, build_code_labels
from khoosheh.intake.workbook_writer import CellValue, WorkbookWriter, write_cell
from khoosheh.locale import format_message
from khoosheh.register import Register

STEPS = 8
WIDTHS = (30, 14, 66, 60)
LONGEST_EXAMPLE = 160
PARTS = ("heading", "required", "meaning", "example")


def write_guide(book: WorkbookWriter, register: Register, tables: Sequence[str]) -> None:
    """Add the sheet; the examples are the rows of the register with most filled cells."""
    sheet = book.sheet(layout.format_special_sheet_name(layout.GUIDE, book.lang), headed=False)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    write_cell(sheet, 0, 0, format_message(book.lang, "guide.title"), book.format("title"))
    row = 2
    for step in range(1, STEPS + 1):
        # not wrapped: the text overflows into the blank cells beside it
        write_cell(sheet, row, 0, format_message(book.lang, f"guide.step.{step}", number=step), book.format("cell"))
        row += 1
    for table in tables:
        row = _write_table_guide(book, sheet, register, table, row + 1)


def _write_table_guide(book: WorkbookWriter, sheet: Worksheet, register: Register, table: str, row: int) -> int:
    words, example = register.dictionary, _build_example_row(register, table, book.lang)
    name = layout.format_sheet_name(words, table, book.lang)
    for column in range(len(WIDTHS)):
        write_cell(sheet, row, column, name if column == 0 else None, book.format("section"))
    for column, part in enumerate(PARTS):
        write_cell(sheet, row + 1, column, format_message(book.lang, f"guide.{part}"), book.format("optional"))
    row += 2
    for field in words.fields(table):
        needed, *meaning = notes.format_field_note(words, table, field, book.lang).split("\n")
        line = (words.field_label(table, field, book.lang), needed, "\n".join(meaning), example.get(field))
        for column, value in enumerate(line):
            write_cell(sheet, row, column, value, book.format("wrapped"))
        row += 1
    return row


def _build_example_row(register: Register, table: str, lang: str) -> dict[str, CellValue]:
    """Return the row of a table with most filled cells, long texts cut; empty for a table without rows."""
    frame, words = register.table(table), register.dictionary
    if frame.empty:
        return {}
    cells = frame[words.fields(table)]
    row = cells.astype(object).iloc[int(cells.notna().sum(axis=1).argmax())]
    labels = {field: build_code_labels(register, table, field, lang) for field in words.fields(table)}
    return {field: _truncate_text(build_cell_value(row[field], labels[field], lang)) for field in labels}


def _truncate_text(value: CellValue) -> CellValue:
    if not isinstance(value, str) or len(value) <= LONGEST_EXAMPLE:
        return value
    return f"{value[:LONGEST_EXAMPLE].rsplit(' ', 1)[0]} …"
