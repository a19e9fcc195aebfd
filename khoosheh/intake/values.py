"""Parsing cells as people write them (numbers, dates, codes, labels) into the values of a register.

A cell that cannot be parsed stays as written, so that the register's check reports it.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from khoosheh import calendar
from khoosheh.digits import to_latin_digits
from khoosheh.hidden_characters import HOSTILE, escape_hidden_characters
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import NumberError, normalise_text, parse_number, search_key
from khoosheh.register.descriptor_types import CodeAttributes, Field
from khoosheh.spreadsheets import FilledCell, cells

NUMBERS = ("number", "integer", "year")
PERCENT_UNITS = ("%", "pct")
DIGITS_KEPT = 15
_SLASHED = re.compile("([+-]?[0-9]+)/([0-9]+)")
_PERCENT_SIGN = re.compile(r"\s*[%\u066a]\s*")
_RETURN = re.compile("\r\n?")
_DAY = 10
_LONGEST_NUMBER = 400
# kinds of cells that have no value in any field: their fault
_FAULTS = {cells.ERROR: "intake_error", cells.UNCOUNTED: "intake_uncounted", cells.INEXACT: "intake_inexact"}


def parse_cell_value(cell: FilledCell, field: Field, unit: str = "") -> tuple[str, str]:
    """Return the value of a cell as the register writes it, and the code of its fault ('' for none).

    ``field``: the field's entry in the descriptor; ``unit``: the unit's code, for a field whose unit is in its row.
    """
    if cell.kind in _FAULTS:
        return escape_hidden_characters(cell.text), _FAULTS[cell.kind]
    if HOSTILE.search(cell.text):
        return escape_hidden_characters(cell.text), "hostile_text"
    # csv readers take a carriage return for the end of a row, also within quotes
    cell = cell._replace(text=_RETURN.sub("\n", cell.text))
    if field.get("calendar") == "jalali":
        return _parse_day(cell), ""
    if cell.kind in (cells.DATE, cells.TIME):
        return cell.text, "intake_day"
    return _parse_plain_value(cell, field, unit)


def _parse_plain_value(cell: FilledCell, field: Field, unit: str) -> tuple[str, str]:
    if field["type"] in NUMBERS:
        return _parse_number_cell(cell, field, unit)
    if field["type"] == "boolean":
        return _parse_boolean(cell, field), ""
    if cell.kind == cells.NUMBER and len(cell.text.strip("-").replace(".", "")) > DIGITS_KEPT:
        return cell.text, "intake_inexact"
    return _parse_text(cell.text, field), ""


def build_match_key(text: str) -> str:
    """Return a key that spellings of a name share: no case, spaces, ZWNJ, diacritics, '_' or Arabic letter forms."""
    return search_key(text).replace("_", "")


def _parse_day(cell: FilledCell) -> str:
    if cell.kind == cells.DATE:
        return _convert_to_jalali(cell.text)
    if cell.kind == cells.NUMBER and "." in cell.text:
        # the number 1402.1 may have been typed as 1402.10
        return cell.text
    try:
        return str(calendar.parse_jalali_date(cell.text))
    except calendar.DateError:
        return cell.text


def _convert_to_jalali(text: str) -> str:
    """Return the Jalali date of a spreadsheet's date, an ISO text.

    Programs read 1402/06/01 as a Gregorian date of the year 1402; such a date is taken as Jalali.
    """
    try:
        day = date.fromisoformat(text[:_DAY])
        if calendar.FIRST_YEAR <= day.year <= calendar.LAST_YEAR:
            return str(calendar.parse_jalali_date(text[:_DAY]))
        return str(calendar.to_jalali(day))
    except ValueError:
        return text


def _parse_number_cell(cell: FilledCell, field: Field, unit: str) -> tuple[str, str]:
    text = cell.text
    if cell.kind == cells.NUMBER:
        return text, ""
    if len(text) > _LONGEST_NUMBER or cell.kind == cells.BOOLEAN:
        return text, ""
    number = _PERCENT_SIGN.sub("", text.strip())
    if number != text.strip() and (field.get("unit") or unit) not in PERCENT_UNITS:
        return text, ""
    exact = _parse_exact_decimal(number, field["type"])
    if exact is None:
        return text, ""
    if field["type"] == "number" and abs(exact) < Decimal("1e300") and Decimal(repr(float(exact))) != exact:
        return text, "intake_inexact"
    return cells.format_exact_decimal(exact), ""


def _parse_exact_decimal(text: str, kind: str) -> Decimal | None:
    """Return the number that a text unambiguously means, ``None`` for other texts."""
    slashed = _SLASHED.fullmatch(normalise_text(text))
    if slashed and (
        kind != "number" or not _is_decimal_slash(*slashed.groups(), persian=to_latin_digits(text) != text)
    ):
        return None
    try:
        return parse_number(text)
    except NumberError:
        return None


def _is_decimal_slash(whole: str, rest: str, *, persian: bool) -> bool:
    """Return whether a slash is a decimal separator, as in Persian, and neither a month's nor a fraction's."""
    number, decimals = abs(int(whole)), int(rest)
    if calendar.FIRST_YEAR <= number <= calendar.LAST_YEAR and 1 <= decimals <= calendar.ESFAND:
        return False
    return persian or number == 0 or number > decimals > 0 or rest.startswith("0")


def _parse_boolean(cell: FilledCell, field: Field) -> str:
    true, false = field.get("trueValues", ("true",))[0], field.get("falseValues", ("false",))[0]
    key = build_match_key(cell.text)
    for lang in LANGUAGES:
        for code, name in ((true, "intake.yes"), (false, "intake.no")):
            if key in map(build_match_key, format_message(lang, name).split("|")):
                return code
    return cell.text


def _parse_text(text: str, field: Field) -> str:
    codes = field.get("values", {})
    if codes:
        return text if text in codes else _find_code(text, codes)
    pattern = field.get("constraints", {}).get("pattern")
    if pattern and not re.fullmatch(pattern, text) and re.fullmatch(pattern, normalise_text(text)):
        return normalise_text(text)
    return text


def _find_code(text: str, codes: Mapping[str, CodeAttributes]) -> str:
    """Return the code whose code or label, in either language, a text is; the text where there is not exactly one."""
    key = build_match_key(text)
    matching = {
        code
        for code, labels in codes.items()
        if key in {build_match_key(code), *(build_match_key(str(labels[lang])) for lang in LANGUAGES)}
    }
    return matching.pop() if len(matching) == 1 else text
