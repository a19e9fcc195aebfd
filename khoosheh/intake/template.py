"""Writing a workbook to be filled in: a sheet for each table of a register, with headings, comments and lists."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from xlsxwriter.worksheet import Worksheet

from khoosheh.intake import layout, notes
from khoosheh.intake.choices import BLANK_ROWS, Choices, build_cell_value, build_code_labels
from khoosheh.intake.guide import write_guide
from khoosheh.intake.workbook_writer import (
    LONGEST_TEXT,
    MOST_ROWS,
    CellValue,
    WorkbookWriter,
    add_cell_comment,
    write_cell,
)
from khoosheh.locale import format_message
from khoosheh.register import Dictionary, Fault, PackageError, Register
from khoosheh.register.descriptor_types import Field

NARROW, MIDDLE, WIDE = 15, 22, 42
ITEMS_WIDTH = (30, 48, 70)


def write_template(
    register: Register, file: Path, lang: str, *, filled: bool = False, reference: bool = False
) -> None:
    """Write the workbook of a register's tables to ``file``, an xlsx.

    ``filled``: with the register's rows; ``reference``: also with the tables that every province shares, which are
    always filled. Raises ``PackageError`` for more rows, or longer texts, than a workbook can hold, and ``OSError``.
    """
    chosen = register.dictionary.tables if reference else layout.list_province_tables(register.descriptor)
    sheets = sort_tables_by_reference(register.dictionary, chosen)
    full = [name for name in sheets if filled or name in layout.list_shared_resources(register.descriptor)]
    faults = [fault for name in full for fault in _check_sheet_limits(register, name)]
    if faults:
        raise PackageError(faults)
    book = WorkbookWriter(file, lang)
    choices = Choices(book, register, sheets)
    write_guide(book, register, sheets)
    _write_register_sheet(book, register, choices, filled)
    for name in sheets:
        _write_table_sheet(
            book, register, choices, name, build_template_rows(register, name, lang) if name in full else []
        )
    choices.write_sheet()
    book.close()


def sort_tables_by_reference(dictionary: Dictionary, tables: Sequence[str]) -> list[str]:
    """Return tables in the order in which to fill them in: each after those that it refers to, cycles aside."""
    left, ordered = list(tables), []
    while left:
        free = (name for name in left if not {other for _, other, _ in dictionary.links(name)} & ({*left} - {name}))
        ordered.append(next(free, left[0]))
        left.remove(ordered[-1])
    return ordered


def build_template_rows(register: Register, table: str, lang: str) -> list[list[CellValue]]:
    """Return the rows of a table for a workbook: missing cells are ``None``, codes are replaced by labels."""
    frame, columns = register.table(table), []
    for field in register.dictionary.fields(table):
        labels = build_code_labels(register, table, field, lang)
        columns.append([build_cell_value(value, labels, lang) for value in frame[field].astype(object)])
    return [list(row) for row in zip(*columns, strict=True)]


def _check_sheet_limits(register: Register, table: str) -> Iterator[Fault]:
    frame, path = register.table(table), register.dictionary.path(table)
    if len(frame) + layout.HEADING_ROW > MOST_ROWS:
        yield Fault("sheet_rows", path, params={"most": MOST_ROWS})
    for field in register.dictionary.fields(table):
        if frame[field].dtype == "str":
            for row in frame.index[frame[field].str.len() > LONGEST_TEXT]:
                yield Fault("sheet_text", path, int(row) + layout.FIRST_ROW, field, params={"most": LONGEST_TEXT})


def _write_register_sheet(book: WorkbookWriter, register: Register, choices: Choices, filled: bool) -> None:
    sheet = book.sheet(layout.format_special_sheet_name(layout.REGISTER, book.lang), headed=False)
    for column, width in enumerate(ITEMS_WIDTH):
        sheet.set_column(column, column, width)
    values = _build_register_items(register, book.lang) if filled else {}
    for row, item in enumerate(layout.ITEMS):
        write_cell(
            sheet, row, 0, f"{layout.format_item_name(item, book.lang)} {layout.MARK}", book.format("required")
        )
        write_cell(sheet, row, 1, values.get(item), book.format("wrapped", num_format="@", border=1))
        write_cell(sheet, row, 2, format_message(book.lang, f"item.{item}.note"), book.format("wrapped"))
    choices.add_province_list(sheet, layout.ITEMS.index("province"), 1)


def _build_register_items(register: Register, lang: str) -> dict[str, str]:
    provinces = register.table("provinces").set_index("iso_3166_2")
    return {
        "province": str(provinces.loc[register.province, f"name_{lang}"]),
        "compiled_on": register.compiled_on,
        "label_fa": register.label("fa"),
        "label_en": register.label("en"),
    }


def _write_table_sheet(
    book: WorkbookWriter, register: Register, choices: Choices, table: str, cells: Sequence[Sequence[CellValue]]
) -> None:
    dictionary = register.dictionary
    sheet = book.sheet(layout.format_sheet_name(dictionary, table, book.lang))
    sheet.set_row(0, 48)
    for column, field in enumerate(dictionary.fields(table)):
        heading = layout.format_column_heading(dictionary, table, field, book.lang)
        style = "required" if heading.endswith(layout.MARK) else "optional"
        write_cell(sheet, 0, column, heading, book.format(style))
        add_cell_comment(sheet, 0, column, notes.format_field_note(dictionary, table, field, book.lang))
        _format_column(sheet, book, column, dictionary.field(table, field))
        choices.add_field_list(sheet, (layout.HEADING_ROW, len(cells) + BLANK_ROWS, column), table, field)
    for row, values in enumerate(cells, layout.HEADING_ROW):
        for column, value in enumerate(values):
            write_cell(sheet, row, column, value)


def _format_column(sheet: Worksheet, book: WorkbookWriter, column: int, field: Field) -> None:
    """Set width and format of a column: all but numbers are formatted as text, so that nothing is converted."""
    if field["type"] in ("integer", "number", "year"):
        sheet.set_column(column, column, NARROW, book.format("cell"))
        return
    if field.get("calendar") or field["type"] == "boolean":
        width = NARROW
    else:
        width = MIDDLE if field.get("constraints", {}).get("pattern") or field.get("values") else WIDE
    reading = {"_fa": {"reading_order": 2}, "_en": {"reading_order": 1}}.get(field["name"][-3:], {})
    sheet.set_column(column, column, width, book.format("cell", num_format="@", **reading))
