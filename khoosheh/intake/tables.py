"""Converting the sheets of a file to tables of a register: finding the table of each sheet and parsing its cells."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from khoosheh.intake import layout, values
from khoosheh.intake.results import Cell, CellFault, LeftOut, Reading
from khoosheh.locale import LANGUAGES
from khoosheh.persian import search_key
from khoosheh.register import ANY_SIZE, Dictionary
from khoosheh.spreadsheets import Book, FilledCell, Sheet, format_cell_reference

LONGEST_NAME = 200
MOST_LEFT_OUT = 1000
UNIT: Final = "refers_to_unit_in"


@dataclass
class Table:
    """A table found in a sheet.

    ``columns``: the sheet's column of each field, from 1; ``rows``: cells by field, as the register writes them;
    ``source_rows``: the sheet's row of each of ``rows``, ``None`` for a row taken from another register.
    """

    name: str
    sheet: Sheet
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    source_rows: list[int | None] = field(default_factory=list)

    def format_address(self, row: int | None, field: str) -> Cell:
        """Return the address of a field in a row of the sheet; only the row where the sheet lacks the column."""
        return Cell(self.sheet.name, format_cell_reference(row or 0, self.columns.get(field, 0)))

    def find_cell(self, row: int, field: str) -> FilledCell | None:
        """Return the cell of a field in a row of the sheet; ``None`` where it is blank."""
        return self.sheet.rows.get(row, {}).get(self.columns.get(field, 0))


@dataclass
class ParsedSource:
    """The contents of a file.

    ``items``: cells of the sheet 'Register' with their addresses; ``register``: the name of that sheet; ``faults``:
    those found by the intake, at most ``most_faults``.
    """

    tables: dict[str, Table] = field(default_factory=dict)
    items: dict[str, tuple[FilledCell, Cell]] = field(default_factory=dict)
    register: str = ""
    faults: list[CellFault] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    most_faults: int = ANY_SIZE.faults

    def add_fault(self, code: str, address: Cell, value: str = "", field: str = "", **params: object) -> None:
        """Add a fault, unless there are ``most_faults`` already."""
        if len(self.faults) < self.most_faults:
            self.faults.append(
                CellFault(code, field=field, value=value, params=params, sheet=address.sheet, cell=address.cell)
            )


def find_tables(book: Book, dictionary: Dictionary, name: str, most_faults: int = ANY_SIZE.faults) -> ParsedSource:
    """Return the tables of a file with parsed cells; ``name``: the name that its sender gave the file."""
    parsed = ParsedSource(most_faults=most_faults)
    if book.kind == "csv":
        _parse_csv_sheet(book.sheets[0], dictionary, Path(name).stem, parsed)
    else:
        for sheet in book.sheets:
            _parse_sheet(sheet, dictionary, parsed)
        if not parsed.tables and not parsed.faults:
            parsed.add_fault("intake_no_table", Cell(name, ""))
    for table in parsed.tables.values():
        _parse_table_cells(table, dictionary, parsed)
    return parsed


def _parse_sheet(sheet: Sheet, dictionary: Dictionary, parsed: ParsedSource) -> None:
    table = layout.find_sheet_table(sheet.name, dictionary) if len(sheet.name) <= LONGEST_NAME else None
    if table is None:
        parsed.left_out.append(LeftOut(sheet.name, "", sheet.name))
    elif table == layout.REGISTER:
        _read_register_items(sheet, parsed)
    elif table in parsed.tables:
        parsed.add_fault("intake_table_twice", Cell(sheet.name, ""), other=parsed.tables[table].sheet.name)
    elif table not in layout.SPECIAL:
        _map_heading_columns(Table(table, sheet), dictionary, parsed)


def _read_register_items(sheet: Sheet, parsed: ParsedSource) -> None:
    """Read the sheet 'Register': names of items in the first column, their values in the second."""
    parsed.register = sheet.name
    for row, cells in sheet.rows.items():
        name = cells.get(1)
        item = layout.find_register_item(name.text) if name and len(name.text) <= LONGEST_NAME else None
        address = Cell(sheet.name, format_cell_reference(row, 2))
        if item is None:
            if len(parsed.left_out) < MOST_LEFT_OUT:
                first = min(cells)
                parsed.left_out.append(LeftOut(sheet.name, format_cell_reference(row, first), cells[first].text))
        elif item in parsed.items:
            parsed.add_fault("duplicate_label", address, cells[1].text)
        elif 2 in cells:
            parsed.items[item] = cells[2], address


def _parse_csv_sheet(sheet: Sheet, dictionary: Dictionary, stem: str, parsed: ParsedSource) -> None:
    """Find the table of a csv: by the file's name, else the complete one with most of its headings."""
    table = layout.find_sheet_table(stem[:LONGEST_NAME], dictionary)
    if table is None or table not in dictionary.tables:
        heading = next(iter(sheet.rows.values()), {})
        known = {name: _list_known_fields(heading, dictionary, name) for name in dictionary.tables}
        complete = {
            name: fields
            for name, fields in known.items()
            if set(_list_required_fields(dictionary, name)) <= set(fields)
        }
        most = max(map(len, complete.values()), default=0)
        best = [name for name, fields in complete.items() if len(fields) == most]
        if len(best) != 1:
            parsed.add_fault("intake_no_table", Cell(sheet.name, ""))
            return
        table = best[0]
    _map_heading_columns(Table(table, sheet), dictionary, parsed)


def _list_known_fields(heading: Mapping[int, FilledCell], dictionary: Dictionary, table: str) -> list[str]:
    texts = [cell.text for cell in heading.values() if len(cell.text) <= LONGEST_NAME]
    return [field for field in (layout.find_heading_field(text, dictionary, table) for text in texts) if field]


def _list_required_fields(dictionary: Dictionary, table: str) -> list[str]:
    fields = dictionary.fields(table)
    return [field for field in fields if dictionary.field(table, field).get("constraints", {}).get("required")]


def _map_heading_columns(table: Table, dictionary: Dictionary, parsed: ParsedSource) -> None:
    """Find the columns of a table's fields in the first filled row of its sheet."""
    parsed.tables[table.name] = table
    row = next(iter(table.sheet.rows), 1)
    heading = table.sheet.rows.get(row, {})
    for column, cell in heading.items():
        text, address = cell.text, Cell(table.sheet.name, format_cell_reference(row, column))
        field = layout.find_heading_field(text, dictionary, table.name) if len(text) <= LONGEST_NAME else None
        if not field:
            parsed.left_out.append(LeftOut(address.sheet, address.cell, text))
        elif field in table.columns:
            parsed.add_fault("duplicate_label", address, text, field)
        else:
            table.columns[field] = column
    if not table.columns:
        parsed.add_fault("intake_no_headings", Cell(table.sheet.name, format_cell_reference(row, 1)))
    elif missing := [name for name in _list_required_fields(dictionary, table.name) if name not in table.columns]:
        for field in missing:
            labels = " / ".join(dictionary.field_label(table.name, field, lang) for lang in LANGUAGES)
            parsed.add_fault(
                "intake_no_column", Cell(table.sheet.name, format_cell_reference(row, 0)), field=field, column=labels
            )
    _report_unnamed_cells(table, set(heading), row, parsed)
    table.source_rows = [number for number in table.sheet.rows if number > row and _has_filled_cells(table, number)]


def _has_filled_cells(table: Table, row: int) -> bool:
    cells = table.sheet.rows[row]
    return any(column in cells and cells[column].text for column in table.columns.values())


def _report_unnamed_cells(table: Table, named: set[int], heading: int, parsed: ParsedSource) -> None:
    """Report the first filled cell of each column that has no heading."""
    reported = set(named)
    for row, cells in table.sheet.rows.items():
        for column, cell in cells.items():
            if row > heading and column not in reported:
                reported.add(column)
                parsed.left_out.append(LeftOut(table.sheet.name, format_cell_reference(row, column), cell.text))


def _parse_table_cells(table: Table, dictionary: Dictionary, parsed: ParsedSource) -> None:
    """Parse the cells of a table into ``table.rows``."""
    columns = [(name, column, dictionary.field(table.name, name)) for name, column in table.columns.items()]
    # a field whose unit is in another column is parsed after that column
    columns.sort(key=lambda entry: UNIT in entry[2])
    for row in filter(None, table.source_rows):
        row_values: dict[str, str] = {}
        for name, column, described in columns:
            cell = table.sheet.rows[row].get(column)
            if cell is not None:
                unit = row_values.get(described.get(UNIT, ""), "")
                row_values[name], fault = values.parse_cell_value(cell, described, unit)
                if fault:
                    parsed.add_fault(fault, table.format_address(row, name), cell.text, name)
        table.rows.append(row_values)
    _check_merged_cells(table, parsed)


def _check_merged_cells(table: Table, parsed: ParsedSource) -> None:
    """Add a fault for merged cells: only the first of them holds the value that all of them display."""
    columns, rows = set(table.columns.values()), list(filter(None, table.source_rows))
    for top, left, bottom, right in table.sheet.merged:
        index = bisect_left(rows, top)
        in_table = index < len(rows) and rows[index] <= bottom
        if in_table and any(left <= column <= right for column in columns):
            parsed.add_fault("intake_merged", Cell(table.sheet.name, format_cell_reference(top, left)))


def resolve_references(tables: Mapping[str, Table], dictionary: Dictionary) -> None:
    """Replace names by ids in fields that refer to another table; spellings of an id by the id.

    A name that several rows have stays as written; the register's check then reports it as an unknown id.
    """
    for name, table in tables.items():
        for fields, other, keys in dictionary.links(name):
            if len(fields) == 1 and other in tables:
                ids = {row[keys[0]] for row in tables[other].rows if row.get(keys[0])}
                _replace_names_by_ids(table, fields[0], ids, _map_names_to_ids(tables[other], keys[0]))


def _map_names_to_ids(table: Table, key: str) -> dict[str, str]:
    """Return the id of each name, by the name's search key in either language; ambiguous names are left out."""
    ids_by_name: dict[str, set[str]] = {}
    for row in table.rows:
        if row.get(key):
            for field in (key, "name_fa", "name_en"):
                if row.get(field):
                    ids_by_name.setdefault(search_key(row[field]), set()).add(row[key])
    return {name: ids.pop() for name, ids in ids_by_name.items() if len(ids) == 1}


def _replace_names_by_ids(table: Table, field: str, ids: set[str], ids_by_name: Mapping[str, str]) -> None:
    for row in table.rows:
        if row.get(field) and row[field] not in ids:
            row[field] = ids_by_name.get(search_key(row[field]), row[field])


def list_changed_readings(table: Table) -> list[Reading]:
    """Return a reading for each cell whose value in the register differs from its text or comes from a formula."""
    readings = []
    for row, values_by_field in zip(table.source_rows, table.rows, strict=True):
        for name, value in values_by_field.items():
            cell = table.find_cell(row, name) if row else None
            if cell is not None and (cell.formula or cell.text != value):
                address, written = table.format_address(row, name), cell.formula or cell.text
                readings.append(Reading(address.sheet, address.cell, table.name, name, written, value))
    return readings
