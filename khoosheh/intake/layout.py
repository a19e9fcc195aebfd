"""The layout of a workbook: which sheets and headings there are, and what they are called.

The template is written by it and workbooks are read by it. Row 1 of a sheet has headings, data start in row 2. A
name may be written in either language, as the machine's name, or with other letter forms, blanks and ZWNJ.
"""

import re
from collections.abc import Iterable, Mapping

from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import search_key
from khoosheh.register import Dictionary

HEADING_ROW, FIRST_ROW = 1, 2
# Sheets beside those of tables: what the package says of itself, how to fill, codes to choose from, and what was
# wrong with the file that this is a marked copy of. Only the first is read.
REGISTER, GUIDE, LISTS, FAULTS = SPECIAL = ("register", "guide", "lists", "faults")
# The rows of the sheet 'Register', which has no headings: an item in the first column, its value in the second.
ITEMS = ("province", "compiled_on", "label_fa", "label_en")
# Stands after the heading of a column that must be filled, and is no part of its name.
MARK = "*"
LONGEST_NAME = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
# The key of a resource that is the same for every province, so that a workbook needs no sheet for it.
SHARED = "khoosheh:reference"


def list_shared_resources(descriptor: Mapping) -> tuple[str, ...]:
    """Return the names of tables and maps that are the same for every province.

    A workbook without their sheets takes them from another register, with the rows of other tables (sources) that
    they refer to.
    """
    return tuple(one["name"] for one in descriptor["resources"] if one.get(SHARED) is True)


def list_province_tables(descriptor: Mapping) -> list[str]:
    """Return the tables that every province fills for itself, in order: each has a sheet."""
    without = list_shared_resources(descriptor)
    return [name for name in Dictionary(descriptor).tables if name not in without]


def format_sheet_name(dictionary: Dictionary, table: str, lang: str) -> str:
    """Return the name of a table's sheet: its label, or the table's own name where no sheet can be called so."""
    label = dictionary.table_label(table, lang)
    same = [one for one in dictionary.tables if search_key(dictionary.table_label(one, lang)) == search_key(label)]
    fits = len(label) <= LONGEST_NAME and not _FORBIDDEN.search(label) and find_special_sheet(label) is None
    return label if fits and same == [table] else make_valid_sheet_name(table)


def make_valid_sheet_name(name: str) -> str:
    """Return a name that a sheet can have, the same where it can have this one."""
    return _FORBIDDEN.sub("-", name)[:LONGEST_NAME] or "-"


def format_special_sheet_name(sheet: str, lang: str) -> str:
    """Return the name of one of the ``SPECIAL`` sheets."""
    return format_message(lang, f"sheet.{sheet}")


def find_sheet_table(name: str, dictionary: Dictionary) -> str | None:
    """Return the table of a sheet, or which of ``SPECIAL`` it is; nothing where the name is unknown."""
    known = {one: (one, *(dictionary.table_label(one, lang) for lang in LANGUAGES)) for one in dictionary.tables}
    for lang in LANGUAGES:
        for table in dictionary.tables:
            known[table] += (format_sheet_name(dictionary, table, lang),)
    return find_special_sheet(name) or _find_by_name(name, known)


def find_special_sheet(name: str) -> str | None:
    """Return which of the ``SPECIAL`` sheets a name means; nothing where it is none of them."""
    return _find_by_name(
        name, {one: (one, *(format_special_sheet_name(one, lang) for lang in LANGUAGES)) for one in SPECIAL}
    )


def format_column_heading(dictionary: Dictionary, table: str, field: str, lang: str) -> str:
    """Return the heading of a column, marked where it must be filled."""
    label = dictionary.field_label(table, field, lang)
    return f"{label} {MARK}" if dictionary.field(table, field).get("constraints", {}).get("required") else label


def find_heading_field(words: str, dictionary: Dictionary, table: str) -> str | None:
    """Return the field of a heading, with or without its mark; nothing where it is unknown."""
    fields = dictionary.fields(table)
    known = {one: (one, *(dictionary.field_label(table, one, lang) for lang in LANGUAGES)) for one in fields}
    return _find_by_name(words.strip().removesuffix(MARK), known)


def format_item_name(item: str, lang: str) -> str:
    """Return what one of ``ITEMS`` is called in the sheet 'Register'."""
    return format_message(lang, f"item.{item}")


def find_register_item(words: str) -> str | None:
    """Return which of ``ITEMS`` a cell names; nothing where it is unknown."""
    known = {one: (one, *(format_item_name(one, lang) for lang in LANGUAGES)) for one in ITEMS}
    return _find_by_name(words.strip().removesuffix(MARK), known)


def _find_by_name(words: str, known: Mapping[str, Iterable[str]]) -> str | None:
    """Return the one whose names have this one among them; the machine's own name goes before labels."""
    asked = search_key(words)
    if words.strip() in known:
        return words.strip()
    return next((one for one, names in known.items() if asked and asked in map(search_key, names)), None)
