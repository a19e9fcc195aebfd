"""The layout of a workbook: its sheets and headings and their names, for writing templates and reading workbooks.

Row 1 of a sheet has headings, data start in row 2. A name is recognised in either language, as the code of the table
or field, and in any spelling (letters of the Arabic keyboard, spaces, ZWNJ).
"""

import re
from collections.abc import Iterable, Mapping

from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import search_key
from khoosheh.register import Dictionary
from khoosheh.register.descriptor_types import Descriptor

HEADING_ROW, FIRST_ROW = 1, 2
# sheets that are no tables: fields of the descriptor, instructions, lists of codes to choose from, and the faults of
# a marked copy; only the first is read
REGISTER, GUIDE, LISTS, FAULTS = SPECIAL = ("register", "guide", "lists", "faults")
# rows of the sheet 'Register', which has no headings: the item in the first column, its value in the second
ITEMS = ("province", "compiled_on", "label_fa", "label_en")
# follows the heading of a required column and is not part of its name
MARK = "*"
LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
# key of a resource that is the same for every province, so that a workbook needs no sheet for it
SHARED = "khoosheh:reference"


def list_shared_resources(descriptor: Descriptor) -> tuple[str, ...]:
    """Return the names of tables and maps that are the same for every province.

    A workbook without their sheets gets them from another register, with the rows of other tables (sources) to which
    they refer.
    """
    return tuple(resource["name"] for resource in descriptor["resources"] if resource.get(SHARED) is True)


def list_province_tables(descriptor: Descriptor) -> list[str]:
    """Return the tables that each province fills in, each on a sheet of its own, in the order of the descriptor."""
    shared = list_shared_resources(descriptor)
    return [name for name in Dictionary(descriptor).tables if name not in shared]


def format_sheet_name(dictionary: Dictionary, table: str, lang: str) -> str:
    """Return the name of a table's sheet: its label, or its code where the label is ambiguous or no valid name."""
    label = dictionary.table_label(table, lang)
    same = [name for name in dictionary.tables if search_key(dictionary.table_label(name, lang)) == search_key(label)]
    fits = len(label) <= LONGEST_NAME and not _FORBIDDEN.search(label) and find_special_sheet(label) is None
    return label if fits and same == [table] else make_valid_sheet_name(table)


def make_valid_sheet_name(name: str) -> str:
    """Return a name without the characters that no sheet's name may have, at most 31 long."""
    return _FORBIDDEN.sub("-", name)[:LONGEST_NAME] or "-"


def format_special_sheet_name(sheet: str, lang: str) -> str:
    """Return the name of one of the ``SPECIAL`` sheets."""
    return format_message(lang, f"sheet.{sheet}")


def find_sheet_table(name: str, dictionary: Dictionary) -> str | None:
    """Return the table of a sheet, or one of ``SPECIAL``; ``None`` for an unknown name."""
    known = {
        table: (table, *(dictionary.table_label(table, lang) for lang in LANGUAGES)) for table in dictionary.tables
    }
    for lang in LANGUAGES:
        for table in dictionary.tables:
            known[table] += (format_sheet_name(dictionary, table, lang),)
    return find_special_sheet(name) or _find_by_name(name, known)


def find_special_sheet(name: str) -> str | None:
    """Return the one of the ``SPECIAL`` sheets that a name means; ``None`` for another name."""
    known = {sheet: (sheet, *(format_special_sheet_name(sheet, lang) for lang in LANGUAGES)) for sheet in SPECIAL}
    return _find_by_name(name, known)


def format_column_heading(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return the heading of a column, with ``MARK`` where it is required."""
    label = dictionary.field_label(table, field, lang)
    return f"{label} {MARK}" if dictionary.field(table, field).get("constraints", {}).get("required") else label


def find_heading_field(heading: str, dictionary: Dictionary, table: str) -> str | None:
    """Return the field of a heading, with or without ``MARK``; ``None`` for an unknown heading."""
    fields = dictionary.fields(table)
    known = {field: (field, *(dictionary.field_label(table, field, lang) for lang in LANGUAGES)) for field in fields}
    return _find_by_name(heading.strip().removesuffix(MARK), known)


def format_item_name(item: str, lang: str) -> str:
    """Return the name of one of ``ITEMS`` in the sheet 'Register'."""
    return format_message(lang, f"item.{item}")


def find_register_item(name: str) -> str | None:
    """Return the one of ``ITEMS`` that a cell names; ``None`` for an unknown name."""
    known = {item: (item, *(format_item_name(item, lang) for lang in LANGUAGES)) for item in ITEMS}
    return _find_by_name(name.strip().removesuffix(MARK), known)


def _find_by_name(name: str, known: Mapping[str, Iterable[str]]) -> str | None:
    """Return the key of ``known`` among whose names a name is; a key that equals the name is preferred."""
    if name.strip() in known:
        return name.strip()
    wanted = search_key(name)
    return next((key for key, names in known.items() if wanted and wanted in map(search_key, names)), None)
