"""Names of what the codes stand for, in the reader's language, from the register and the catalogue."""

from collections.abc import Mapping
from types import MappingProxyType

from khoosheh import words
from khoosheh.locale import text
from khoosheh.register import Register, remembered

# a statement's subject is the first of these that it names
TABLES = {
    "requirement_id": "requirements",
    "indicator_id": "indicators",
    "project_id": "projects",
    "chain_id": "chains",
    "stage_id": "stages",
    "county_id": "counties",
    "iso_3166_2": "provinces",
}


def of_row(register: Register, table: str, code: object, lang: str) -> str:
    """Return the name of a row of a table by its key; 'not stated' where there is none."""
    if words.missing(code) or code == "":
        return text(lang, "value.not_stated")
    return _names(register, table, lang).get(code) or str(code)


@remembered
def _names(register: Register, table: str, lang: str) -> Mapping[str, str]:
    rows = register.table(table)
    return MappingProxyType(dict(zip(rows[register.dictionary.key(table)], rows[f"name_{lang}"], strict=True)))


def of_group(register: Register, dimension: str, code: str, lang: str) -> str:
    """Return the name of a group of a dimension of the investment measure."""
    if dimension == "said_year":
        return words.year_group(code, lang)
    if dimension == "sector":
        return of_value(register, "projects", "sector", code, lang)
    return of_row(register, TABLES[dimension], code, lang)


def of_value(register: Register, table: str, field: str, code: object, lang: str) -> str:
    """Return the label of a code of a field; 'not stated' for a blank one."""
    return register.dictionary.value_label(table, field, code, lang) or text(lang, "value.not_stated")


def of_unit(register: Register, code: object, lang: str) -> str:
    """Return the name of a unit, of the register or of display."""
    if code in words.CONVERTED:
        return text(lang, f"unit.{code}")
    return register.dictionary.value_label("statements", "unit", code, lang) or ""


def of_kind(register: Register, code: str, lang: str) -> str:
    """Return the name of a measure or kind of amount."""
    return of_value(register, "statements", "measure", code, lang)


def state_span(register: Register, ladder: list[str], low: float, high: float, lang: str) -> str:
    """Return 'state' or 'between state and state' for two rungs of the ladder."""
    ends = [of_value(register, "statements", "state_low", ladder[int(rung)], lang) for rung in (low, high)]
    return ends[0] if low == high else text(lang, "state.between", low=ends[0], high=ends[1])
