"""From the sheets of a file to the tables of a register: whose sheet is whose, and what its cells mean."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from khoosheh.intake import layout, values
from khoosheh.intake.results import Cell, CellFault, LeftOut, Reading
from khoosheh.locale import LANGUAGES
from khoosheh.persian import search_key
from khoosheh.register import ANY_SIZE, Dictionary
from khoosheh.spreadsheets import Book, FilledCell, Sheet, format_cell_reference

LONGEST_NAME = 200
MOST_TOLD = 1000
UNIT = "refers_to_unit_in"


@dataclass
class Table:
    """A table as it was found in a sheet.

    ``columns``: the sheet's column of each field; ``rows``: cells as the register writes them; ``places``: the row of
    the sheet for each, nothing for one that was taken from another register.
    """

    name: str
    sheet: Sheet
    columns: dict[str, int] = field(default_factory=dict)
    rows: list[dict[str, str]] = field(default_factory=list)
    places: list[int | None] = field(default_factory=list)

    def cell(self, place: int | None, of: str) -> Cell:
        """Return the cell of a field in a row of the sheet; the row alone where the sheet has no such column."""
        return Cell(self.sheet.name, format_cell_reference(place or 0, self.columns.get(of, 0)))

    def given(self, place: int, of: str) -> FilledCell | None:
        """Return what stands in that cell, nothing where it is blank."""
        return self.sheet.rows.get(place, {}).get(self.columns.get(of, 0))


@dataclass
class ParsedSource:
    """All that was found in a file; ``most``: faults of the intake's own that are told."""

    tables: dict[str, Table] = field(default_factory=dict)
    # the values of the sheet 'Register', with their cells
    items: dict[str, tuple[FilledCell, Cell]] = field(default_factory=dict)
    register: str = ""
    faults: list[CellFault] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    most: int = ANY_SIZE.faults

    def blame(self, code: str, where: Cell, value: str = "", of: str = "", **params: object) -> None:
        """Keep a fault of the intake's own, unless there are as many as are told."""
        if len(self.faults) < self.most:
            self.faults.append(
                CellFault(code, field=of, value=value, params=params, sheet=where.sheet, cell=where.cell)
            )


def find_tables(book: Book, dictionary: Dictionary, name: str, most_faults: int = ANY_SIZE.faults) -> ParsedSource:
    """Return the tables of a file, their cells understood; ``name``: what its sender calls the file."""
    found = ParsedSource(most=most_faults)
    if book.kind == "csv":
        _parse_csv_sheet(book.sheets[0], dictionary, Path(name).stem, found)
    else:
        for sheet in book.sheets:
            _parse_sheet(sheet, dictionary, found)
        if not found.tables and not found.faults:
            found.blame("intake_no_table", Cell(name, ""))
    for table in found.tables.values():
        _parse_table_cells(table, dictionary, found)
    return found


def _parse_sheet(sheet: Sheet, dictionary: Dictionary, found: ParsedSource) -> None:
    meant = layout.find_sheet_table(sheet.name, dictionary) if len(sheet.name) <= LONGEST_NAME else None
    if meant == layout.REGISTER:
        _read_register_items(sheet, found)
    elif meant in found.tables:
        found.blame("intake_table_twice", Cell(sheet.name, ""), other=found.tables[meant].sheet.name)
    elif meant is None:
        found.left_out.append(LeftOut(sheet.name, "", sheet.name))
    elif meant not in layout.SPECIAL:
        _map_heading_columns(Table(meant, sheet), dictionary, found)


def _read_register_items(sheet: Sheet, found: ParsedSource) -> None:
    """Read the sheet 'Register', items in its first column and their values in the second."""
    found.register = sheet.name
    for row, cells in sheet.rows.items():
        given = cells.get(1)
        item = layout.find_register_item(given.text) if given and len(given.text) <= LONGEST_NAME else None
        where = Cell(sheet.name, format_cell_reference(row, 2))
        if item is None:
            if len(found.left_out) < MOST_TOLD:
                first = min(cells)
                found.left_out.append(LeftOut(sheet.name, format_cell_reference(row, first), cells[first].text))
        elif item in found.items:
            found.blame("duplicate_label", where, given.text)
        elif 2 in cells:
            found.items[item] = cells[2], where


def _parse_csv_sheet(sheet: Sheet, dictionary: Dictionary, stem: str, found: ParsedSource) -> None:
    """Find the table of a csv: by the file's name, else by most of its headings and all that the table needs."""
    table = layout.find_sheet_table(stem[:LONGEST_NAME], dictionary)
    if table not in dictionary.tables:
        heading = next(iter(sheet.rows.values()), {})
        fits = {one: _list_known_fields(heading, dictionary, one) for one in dictionary.tables}
        fits = {
            one: known for one, known in fits.items() if set(_list_required_fields(dictionary, one)) <= set(known)
        }
        most = max(map(len, fits.values()), default=0)
        best = [one for one, known in fits.items() if len(known) == most]
        if len(best) != 1:
            found.blame("intake_no_table", Cell(sheet.name, ""))
            return
        table = best[0]
    _map_heading_columns(Table(table, sheet), dictionary, found)


def _list_known_fields(heading: Mapping[int, FilledCell], dictionary: Dictionary, table: str) -> list[str]:
    words = [one.text for one in heading.values() if len(one.text) <= LONGEST_NAME]
    return [one for one in (layout.find_heading_field(text, dictionary, table) for text in words) if one]


def _list_required_fields(dictionary: Dictionary, table: str) -> list[str]:
    fields = dictionary.fields(table)
    return [one for one in fields if dictionary.field(table, one).get("constraints", {}).get("required")]


def _map_heading_columns(table: Table, dictionary: Dictionary, found: ParsedSource) -> None:
    """Find the columns of a table's fields in the first filled row of its sheet."""
    found.tables[table.name] = table
    row = next(iter(table.sheet.rows), 1)
    heading = table.sheet.rows.get(row, {})
    for column, given in heading.items():
        text, where = given.text, Cell(table.sheet.name, format_cell_reference(row, column))
        known = layout.find_heading_field(text, dictionary, table.name) if len(text) <= LONGEST_NAME else None
        if known in table.columns:
            found.blame("duplicate_label", where, text, known)
        elif known:
            table.columns[known] = column
        else:
            found.left_out.append(LeftOut(*_build_cell_address(where), text))
    if not table.columns:
        found.blame("intake_no_headings", Cell(table.sheet.name, format_cell_reference(row, 1)))
    elif missing := [one for one in _list_required_fields(dictionary, table.name) if one not in table.columns]:
        for one in missing:
            labels = " / ".join(dictionary.field_label(table.name, one, lang) for lang in LANGUAGES)
            found.blame(
                "intake_no_column", Cell(table.sheet.name, format_cell_reference(row, 0)), of=one, column=labels
            )
    _report_unnamed_cells(table, set(heading), row, found)
    table.places = [one for one in table.sheet.rows if one > row and _has_filled_cells(table, one)]


def _build_cell_address(where: Cell) -> tuple[str, str]:
    return where.sheet, where.cell


def _has_filled_cells(table: Table, row: int) -> bool:
    cells = table.sheet.rows[row]
    return any(column in cells and cells[column].text for column in table.columns.values())


def _report_unnamed_cells(table: Table, named: set[int], heading: int, found: ParsedSource) -> None:
    """Tell of cells below no heading, by the first of each column."""
    told = set(named)
    for row, cells in table.sheet.rows.items():
        for column, given in cells.items():
            if row > heading and column not in told:
                told.add(column)
                found.left_out.append(LeftOut(table.sheet.name, format_cell_reference(row, column), given.text))


def _parse_table_cells(table: Table, dictionary: Dictionary, found: ParsedSource) -> None:
    """Understand the cells of a table."""
    columns = {of: (column, dictionary.field(table.name, of)) for of, column in table.columns.items()}
    for row in table.places:
        cells, read = table.sheet.rows[row], {}
        # What refers to a unit comes after the unit.
        for of, (column, described) in sorted(columns.items(), key=lambda one: UNIT in one[1][1]):
            given = cells.get(column)
            if given is not None:
                read[of], fault = values.parse_cell_value(given, described, read.get(described.get(UNIT, ""), ""))
                if fault:
                    found.blame(fault, table.cell(row, of), given.text, of)
        table.rows.append(read)
    _check_merged_cells(table, found)


def _check_merged_cells(table: Table, found: ParsedSource) -> None:
    """Blame cells that are one in the sheet: only the first of them has what all of them show."""
    columns = set(table.columns.values())
    for top, left, bottom, right in table.sheet.merged:
        following = bisect_left(table.places, top)
        below = following < len(table.places) and table.places[following] <= bottom
        if below and any(left <= column <= right for column in columns):
            found.blame("intake_merged", Cell(table.sheet.name, format_cell_reference(top, left)))


def resolve_references(tables: Mapping[str, Table], dictionary: Dictionary) -> None:
    """Let ids stand where a link to another table was written as a name, or in other letters.

    A name that two rows have is left as written, and then blamed as an id that is not there.
    """
    for name, table in tables.items():
        for fields, other, there in dictionary.links(name):
            if len(fields) == 1 and other in tables:
                ids = [row[there[0]] for row in tables[other].rows if row.get(there[0])]
                _replace_names_by_ids(table, fields[0], set(ids), _map_names_to_ids(tables[other], there[0]))


def _map_names_to_ids(table: Table, there: str) -> dict[str, str]:
    """Return the ids that names mean, in both languages; those of one name for several are left out."""
    meant: dict[str, set[str]] = {}
    for row in table.rows:
        if row.get(there):
            for of in (there, "name_fa", "name_en"):
                if row.get(of):
                    meant.setdefault(search_key(row[of]), set()).add(row[there])
    return {one: ids.pop() for one, ids in meant.items() if len(ids) == 1}


def _replace_names_by_ids(table: Table, of: str, ids: set[str], meant: Mapping[str, str]) -> None:
    for row in table.rows:
        if row.get(of) and row[of] not in ids:
            row[of] = meant.get(search_key(row[of]), row[of])


def list_changed_readings(table: Table) -> list[Reading]:
    """Return what was understood otherwise than written."""
    told = []
    for row, read in zip(table.places, table.rows, strict=True):
        for of, text in read.items():
            given = table.given(row, of) if row else None
            if given is not None and (given.formula or given.text != text):
                written = given.formula or given.text
                told.append(Reading(table.sheet.name, table.cell(row, of).cell, table.name, of, written, text))
    return told
