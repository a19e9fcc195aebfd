"""Labels of rows, codes, units and groups in the reader's language, from the register and the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from khoosheh import formatting
from khoosheh.locale import format_message
from khoosheh.register import Register, cached_per_register

# field -> the table whose rows it refers to; the subject of a statement is the first of these fields that it has
TABLES = {
    "requirement_id": "requirements",
    "indicator_id": "indicators",
    "project_id": "projects",
    "chain_id": "chains",
    "stage_id": "stages",
    "county_id": "counties",
    "iso_3166_2": "provinces",
}


def find_row_label(register: Register, table: str, code: object, lang: str) -> str:
    """Return the name of a row by its key, 'not stated' for a blank key, and an unknown key as it is."""
    if formatting.is_missing(code) or code == "":
        return format_message(lang, "value.not_stated")
    return _read_row_names(register, table, lang).get(str(code)) or str(code)


@cached_per_register
def _read_row_names(register: Register, table: str, lang: str) -> Mapping[str, str]:
    rows = register.table(table)
    return MappingProxyType(dict(zip(rows[register.dictionary.key(table)], rows[f"name_{lang}"], strict=True)))


def find_group_label(register: Register, dimension: str, code: str, lang: str) -> str:
    """Return the label of a group of the investment measure: a year or years, a sector, or a row of a table."""
    if dimension == "said_year":
        return formatting.format_year_group(code, lang)
    if dimension == "sector":
        return find_value_label(register, "projects", "sector", code, lang)
    return find_row_label(register, TABLES[dimension], code, lang)


def find_value_label(register: Register, table: str, field: str, code: object, lang: str) -> str:
    """Return the label of a code of a field; 'not stated' for a blank or unknown code."""
    return register.dictionary.value_label(table, field, code, lang) or format_message(lang, "value.not_stated")


def find_unit_label(register: Register, code: object, lang: str) -> str:
    """Return the label of a unit of the register or of a converted unit; '' for a blank or unknown code."""
    if code in formatting.CONVERTED:
        return format_message(lang, f"unit.{code}")
    return register.dictionary.value_label("statements", "unit", code, lang) or ""


def find_measure_label(register: Register, code: str, lang: str) -> str:
    """Return the label of a measure (a kind of statement)."""
    return find_value_label(register, "statements", "measure", code, lang)


def format_state_span(register: Register, ladder: list[str], low: float, high: float, lang: str) -> str:
    """Return 'state' or 'between state and state'; ``low``, ``high``: places in ``ladder``, the codes of states."""
    ends = [find_value_label(register, "statements", "state_low", ladder[int(place)], lang) for place in (low, high)]
    return ends[0] if low == high else format_message(lang, "state.between", low=ends[0], high=ends[1])
