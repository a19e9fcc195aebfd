"""Workbooks made of the invented package: the same rows under headings of either language."""

import io
import zipfile
from pathlib import Path

import xlsxwriter
import xlwt

from khoosheh.intake import layout
from khoosheh.register import Dictionary
from testing import made_up

DICTIONARY = Dictionary(made_up.descriptor())
OWN = layout.list_province_tables(made_up.descriptor())
ITEMS = {"province": "XA-01", "compiled_on": "1402-12-29", "label_fa": "دفتر ساختگی نمونستان", "label_en": "Made-up register of Nemunestan"}  # fmt: skip


def sheets(lang: str = "fa") -> dict[str, list[list]]:
    """Return the cells of every sheet that the invented province fills for itself, headings first."""
    found = {
        layout.format_special_sheet_name(layout.REGISTER, lang): [
            [layout.format_item_name(one, lang), ITEMS[one]] for one in ITEMS
        ]
    }
    rows = made_up.tables()
    for table in OWN:
        fields = DICTIONARY.fields(table)
        heading = [layout.format_column_heading(DICTIONARY, table, one, lang) for one in fields]
        cells = [[_blank(row.get(one)) for one in fields] for row in rows[table]]
        found[layout.format_sheet_name(DICTIONARY, table, lang)] = [heading, *cells]
    return found


def _blank(value: object) -> object:
    return None if value == "" else value


def place(cells: dict, table: str, row: int, field: str, lang: str = "fa") -> tuple[str, list, int]:
    """Return sheet name, the list that is the row (1 the heading) and the place in it of a field."""
    name = layout.format_sheet_name(DICTIONARY, table, lang)
    return name, cells[name][row - 1], DICTIONARY.fields(table).index(field)


def put(cells: dict, table: str, row: int, field: str, value: object) -> None:
    """Write a value into a cell of the Persian sheets."""
    _, line, at = place(cells, table, row, field)
    line[at] = value


def xlsx(file: Path, cells: dict[str, list[list]], finish: object = None) -> Path:
    """Write an .xlsx; a value that can be called writes itself: ``value(sheet, row, column, book)``."""
    with xlsxwriter.Workbook(
        file, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for name, lines in cells.items():
            sheet = book.add_worksheet(name)
            for row, line in enumerate(lines):
                for column, value in enumerate(line):
                    if callable(value):
                        value(sheet, row, column, book)
                    elif value is not None:
                        sheet.write(row, column, value)
        if finish:
            finish(book)
    return file


def xls(file: Path, cells: dict[str, list[list]]) -> Path:
    """Write an .xls; a value that can be called writes itself: ``value(sheet, row, column)``."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, lines in cells.items():
        sheet = book.add_sheet(name)
        for row, line in enumerate(lines):
            for column, value in enumerate(line):
                if callable(value):
                    value(sheet, row, column)
                elif value is not None:
                    sheet.write(row, column, value)
    book.save(str(file))
    return file


ODS = "application/vnd.oasis.opendocument.spreadsheet"
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
    "<office:body><office:spreadsheet>"
)
_FOOT = "</office:spreadsheet></office:body></office:document-content>"


def ods(file: Path, cells: dict[str, list[list]], content: bytes | None = None) -> Path:
    """Write an .ods; a value that is a tuple is raw XML."""
    body = "".join(_ods_table(name, lines) for name, lines in cells.items())
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("mimetype"), ODS)
        made.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        made.writestr("content.xml", content or f"{_HEAD}{body}{_FOOT}".encode())
    return file


def _ods_table(name: str, lines: list[list]) -> str:
    rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, line))}</table:table-row>" for line in lines)
    return f'<table:table table:name="{_escaped(name)}">{rows}</table:table>'


def _ods_cell(value: object) -> str:
    if isinstance(value, tuple):
        return value[0]
    if value is None:
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    return f'<table:table-cell office:value-type="string"><text:p>{_escaped(value)}</text:p></table:table-cell>'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def rezip(file: Path, change: dict[str, object]) -> Path:
    """Change parts of a zip: bytes, or what makes bytes of bytes; new names are added, None removes."""
    with zipfile.ZipFile(file) as old:
        parts = {one: old.read(one) for one in old.namelist()}
    for name, new in change.items():
        parts[name] = new(parts.get(name, b"")) if callable(new) else new
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            if part is not None:
                made.writestr(name, part)
    file.write_bytes(whole.getvalue())
    return file
