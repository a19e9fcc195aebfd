"""Drop-down lists of a template: labels of codes on a hidden sheet, ids on the sheets of other tables."""

from collections import Counter
from collections.abc import Mapping, Sequence

from pandas.api.typing import NAType
from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from khoosheh.formatting import is_missing
from khoosheh.intake import layout
from khoosheh.intake.notes import find_linked_field
from khoosheh.intake.workbook_writer import CellValue, WorkbookWriter, write_cell
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import search_key
from khoosheh.register import Register

# blank rows below the last filled one that get drop-down lists
BLANK_ROWS = 2000


class Choices:
    """The drop-down lists of a workbook and the hidden sheet that holds them."""

    def __init__(self, book: WorkbookWriter, register: Register, sheets: Sequence[str]) -> None:
        """``sheets``: the tables with a sheet of their own; references to other tables offer the register's rows."""
        self._book, self._register, self._sheets = book, register, sheets
        self._lists: dict[tuple[str, ...], str] = {}

    def add_field_list(self, sheet: Worksheet, cells: tuple[int, int, int], table: str, field: str) -> None:
        """Add the list of a field's values to cells; ``cells``: first row, last row and column, from 0.

        Another value causes a warning, not an error: a code may be written instead of its label.
        """
        first, last, column = cells
        source = self._build_list_source(table, field)
        if source:
            rule = {
                "validate": "list",
                "source": source,
                "error_message": format_message(self._book.lang, "choice.other"),
                "error_title": format_message(self._book.lang, "choice.title"),
                "error_type": "warning",
            }
            sheet.data_validation(first, column, last, column, rule)

    def add_province_list(self, sheet: Worksheet, row: int, column: int) -> None:
        """Add the list of all provinces' names to one cell."""
        names = tuple(map(str, self._register.table("provinces")[f"name_{self._book.lang}"]))
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": self._add_list_range(names)})

    def write_sheet(self) -> None:
        """Add the hidden sheet, one list in each column."""
        sheet = self._book.sheet(layout.format_special_sheet_name(layout.LISTS, self._book.lang), headed=False)
        sheet.hide()
        for column, values in enumerate(self._lists):
            for row, value in enumerate(values):
                write_cell(sheet, row, column, value)

    def _build_list_source(self, table: str, field: str) -> str:
        """Return the cells that a field's list is in, as a formula; '' for a field without a list."""
        dictionary, lang = self._register.dictionary, self._book.lang
        values, link = dictionary.values(table, field), find_linked_field(dictionary, table, field)
        names = build_code_labels(self._register, table, field, lang)
        if values:
            return self._add_list_range(tuple(names.get(code, code) for code in values))
        if dictionary.field(table, field)["type"] == "boolean":
            return self._add_list_range((_format_boolean(True, lang), _format_boolean(False, lang)))
        if link and link[0] in self._sheets and not names:
            other, key = link
            column = dictionary.fields(other).index(key)
            last = layout.HEADING_ROW + len(self._register.table(other)) + BLANK_ROWS
            cells = xl_range_abs(layout.HEADING_ROW, column, last, column)
            return f"={quote_sheetname(layout.format_sheet_name(dictionary, other, lang))}!{cells}"
        if link:
            ids = self._register.table(link[0])[link[1]].dropna().map(str)
            return self._add_list_range(tuple(names.get(key, key) for key in ids))
        return ""

    def _add_list_range(self, values: tuple[str, ...]) -> str:
        if not values:
            return ""
        if values not in self._lists:
            column = len(self._lists)
            sheet = quote_sheetname(layout.format_special_sheet_name(layout.LISTS, self._book.lang))
            self._lists[values] = f"={sheet}!{xl_range_abs(0, column, len(values) - 1, column)}"
        return self._lists[values]


def build_code_labels(register: Register, table: str, field: str, lang: str) -> dict[str, str]:
    """Return the labels of a field's codes, or the names of shared rows to which it refers by id.

    Codes with an empty or ambiguous label are left out: a workbook has the code itself.
    """
    dictionary, link = register.dictionary, find_linked_field(register.dictionary, table, field)
    codes = dictionary.values(table, field)
    names = {code: (str(labels["fa"]), str(labels["en"])) for code, labels in codes.items()}
    if not names and link and link[0] in layout.list_shared_resources(register.descriptor):
        names = _list_row_names(register, *link)
    # how many codes have a label, of either language, or a code that reads as a key
    counts = Counter(key for code, labels in names.items() for key in {search_key(text) for text in (code, *labels)})
    chosen = {code: labels[LANGUAGES.index(lang)] for code, labels in names.items()}
    return {code: name for code, name in chosen.items() if name and counts[search_key(name)] == 1}


def _list_row_names(register: Register, table: str, key: str) -> dict[str, tuple[str, str]]:
    if not {"name_fa", "name_en"} <= set(register.dictionary.fields(table)):
        return {}
    frame = register.table(table)[[key, "name_fa", "name_en"]].dropna()
    return {code: (name_fa, name_en) for code, name_fa, name_en in frame.itertuples(index=False, name=None)}


def build_cell_value(value: CellValue | NAType, labels: Mapping[str, str], lang: str) -> CellValue:
    """Return a value for a cell: ``None`` for a missing one, a number, or text; ``labels`` replace codes."""
    if isinstance(value, NAType) or is_missing(value):
        return None
    if isinstance(value, bool):
        return _format_boolean(value, lang)
    return labels.get(value, value) if isinstance(value, str) else value


def _format_boolean(value: bool, lang: str) -> str:
    """Return the first of the words that a workbook may have for a truth value."""
    return format_message(lang, "intake.yes" if value else "intake.no").partition("|")[0]
