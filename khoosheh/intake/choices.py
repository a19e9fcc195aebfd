"""Lists to choose from in a template: labels of codes on a hidden sheet, ids on the sheets of other tables."""

from collections import Counter
from collections.abc import Mapping, Sequence

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from khoosheh.formatting import is_missing
from khoosheh.intake import layout
from khoosheh.intake.notes import find_linked_field
from khoosheh.intake.workbook_writer import WorkbookWriter, write_cell
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import search_key
from khoosheh.register import Register

# Rows below the last filled one in which cells offer their list.
ROOM = 2000


class Choices:
    """The hidden sheet, and what the cells of each field offer."""

    def __init__(self, book: WorkbookWriter, register: Register, sheets: Sequence[str]) -> None:
        """``sheets``: the tables that have a sheet of their own; of others the register's rows are offered."""
        self._book, self._register, self._sheets = book, register, sheets
        self._lists: dict[tuple[str, ...], str] = {}

    def offer(self, sheet: Worksheet, place: tuple[int, int, int], table: str, field: str) -> None:
        """Let cells offer what a field may be; ``place``: first row, last row and column, from 0.

        Other words only raise a question: a code may be written instead of its label.
        """
        first, last, column = place
        source = self._build_list_source(table, field)
        if source:
            words = {"error_title": format_message(self._book.lang, "choice.title"), "error_type": "warning"}
            rule = {
                "validate": "list",
                "source": source,
                "error_message": format_message(self._book.lang, "choice.other"),
                **words,
            }
            sheet.data_validation(first, column, last, column, rule)

    def provinces(self, sheet: Worksheet, row: int, column: int) -> None:
        """Let one cell offer the names of all provinces."""
        names = tuple(map(str, self._register.table("provinces")[f"name_{self._book.lang}"]))
        sheet.data_validation(row, column, row, column, {"validate": "list", "source": self._add_list_range(names)})

    def write(self) -> None:
        """Add the hidden sheet, a list a column."""
        sheet = self._book.sheet(layout.format_special_sheet_name(layout.LISTS, self._book.lang), headed=False)
        sheet.hide()
        for column, values in enumerate(self._lists):
            for row, value in enumerate(values):
                write_cell(sheet, row, column, value)

    def _build_list_source(self, table: str, field: str) -> str:
        words, lang = self._register.dictionary, self._book.lang
        values, link = words.values(table, field), find_linked_field(words, table, field)
        names = build_code_labels(self._register, table, field, lang)
        if values:
            return self._add_list_range(tuple(names.get(code, code) for code in values))
        if words.field(table, field)["type"] == "boolean":
            return self._add_list_range((_format_boolean(True, lang), _format_boolean(False, lang)))
        if link and link[0] in self._sheets and not names:
            other, key = link
            column = words.fields(other).index(key)
            last = layout.HEADING_ROW + len(self._register.table(other)) + ROOM
            cells = xl_range_abs(layout.HEADING_ROW, column, last, column)
            return f"={quote_sheetname(layout.format_sheet_name(words, other, lang))}!{cells}"
        if link:
            ids = self._register.table(link[0])[link[1]].dropna().map(str)
            return self._add_list_range(tuple(names.get(one, one) for one in ids))
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
    """Return the words that stand for the codes of a field, or for ids of rows that every province shares.

    Codes whose words could be read as another one, or as nothing, stand for themselves and are left out.
    """
    words, link = register.dictionary, find_linked_field(register.dictionary, table, field)
    names = {str(code): (one["fa"], one["en"]) for code, one in words.values(table, field).items()}
    if not names and link and link[0] in layout.list_shared_resources(register.descriptor):
        names = _list_row_names(register, *link)
    times = Counter(
        search_key(one) for code, both in names.items() for one in {search_key(one) for one in (code, *both)}
    )
    places = {code: both[LANGUAGES.index(lang)] for code, both in names.items()}
    return {code: name for code, name in places.items() if name and times[search_key(name)] == 1}


def _list_row_names(register: Register, table: str, key: str) -> dict[str, tuple[str, str]]:
    if not {"name_fa", "name_en"} <= set(register.dictionary.fields(table)):
        return {}
    frame = register.table(table)[[key, "name_fa", "name_en"]].dropna()
    return {code: both for code, *both in frame.itertuples(index=False, name=None)}


def build_cell_value(value: object, spoken: Mapping[str, str], lang: str) -> object:
    """Return a register's value as a cell has it: ``None``, a number, or words."""
    if is_missing(value):
        return None
    if isinstance(value, bool):
        return _format_boolean(value, lang)
    return spoken.get(value, value) if isinstance(value, str) else value


def _format_boolean(value: bool, lang: str) -> str:
    """Return the first of the words by which a workbook may say it."""
    return format_message(lang, "intake.yes" if value else "intake.no").partition("|")[0]
