"""What a cell means in a field: numbers, days, codes and words as people write them, in the form of the register.

What is not understood stays as written, so that the register's own check names it.
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
from khoosheh.spreadsheets import FilledCell, cells

NUMBERS = ("number", "integer", "year")
PERCENT_UNITS = ("%", "pct")
DIGITS_KEPT = 15
_SLASHED = re.compile("([+-]?[0-9]+)/([0-9]+)")
_PERCENT_SIGN = re.compile(r"\s*[%\u066a]\s*")
_RETURN = re.compile("\r\n?")
_DAY = 10
_LONGEST_NUMBER = 400
# kinds of cells that mean nothing in any field, and the faults they are
_FAULTS = {cells.ERROR: "intake_error", cells.UNCOUNTED: "intake_uncounted", cells.INEXACT: "intake_inexact"}


def parse_cell_value(given: FilledCell, field: Mapping, unit: str = "") -> tuple[str, str]:
    """Return a cell as the register writes it, and the code of its fault, '' where it has none.

    ``field``: its descriptor; ``unit``: the code of the unit that the row gives, where the field has one there.
    """
    if given.kind in _FAULTS:
        return escape_hidden_characters(given.text), _FAULTS[given.kind]
    if HOSTILE.search(given.text):
        return escape_hidden_characters(given.text), "hostile_text"
    # A return alone ends a row of a csv, whatever stands around it.
    given = given._replace(text=_RETURN.sub("\n", given.text))
    if field.get("calendar") == "jalali":
        return _parse_day(given), ""
    if given.kind in (cells.DATE, cells.TIME):
        return given.text, "intake_day"
    return _parse_plain_value(given, field, unit)


def _parse_plain_value(given: FilledCell, field: Mapping, unit: str) -> tuple[str, str]:
    if field["type"] in NUMBERS:
        return _parse_number_cell(given, field, unit)
    if field["type"] == "boolean":
        return _parse_boolean(given, field), ""
    if given.kind == cells.NUMBER and len(given.text.strip("-").replace(".", "")) > DIGITS_KEPT:
        return given.text, "intake_inexact"
    return _parse_text(given.text, field), ""


def build_match_key(text: str) -> str:
    """Return what spellings of a name share: letters of either keyboard, blanks, ZWNJ, case, marks and '_' apart."""
    return search_key(text).replace("_", "")


def _parse_day(given: FilledCell) -> str:
    if given.kind == cells.DATE:
        return _convert_to_jalali(given.text)
    if given.kind == cells.NUMBER and "." in given.text:
        # 1402.1 may have been 1402.10
        return given.text
    try:
        return str(calendar.parse_jalali_date(given.text))
    except calendar.DateError:
        return given.text


def _convert_to_jalali(text: str) -> str:
    """Return the Jalali day of a spreadsheet's date.

    Some programs take 1402/06/01 for a day of the year 1402 of the other calendar: nothing else was meant.
    """
    try:
        day = date.fromisoformat(text[:_DAY])
        if calendar.FIRST_YEAR <= day.year <= calendar.LAST_YEAR:
            return str(calendar.parse_jalali_date(text[:_DAY]))
        return str(calendar.to_jalali(day))
    except ValueError:
        return text


def _parse_number_cell(given: FilledCell, field: Mapping, unit: str) -> tuple[str, str]:
    text = given.text
    if given.kind == cells.NUMBER:
        return text, ""
    if len(text) > _LONGEST_NUMBER or given.kind == cells.BOOLEAN:
        return text, ""
    bare = _PERCENT_SIGN.sub("", text.strip())
    if bare != text.strip() and (field.get("unit") or unit) not in PERCENT_UNITS:
        return text, ""
    exact = _parse_exact_decimal(bare, field["type"])
    if exact is None:
        return text, ""
    read = cells.format_exact_decimal(exact)
    if field["type"] == "number" and abs(exact) < Decimal("1e300") and Decimal(repr(float(exact))) != exact:
        return text, "intake_inexact"
    return read, ""


def _parse_exact_decimal(text: str, kind: str) -> Decimal | None:
    """Return the number that a text can only be, if there is one."""
    plain = normalise_text(text)
    slashed = _SLASHED.fullmatch(plain)
    if slashed and (
        kind != "number" or not _is_decimal_slash(*slashed.groups(), persian=to_latin_digits(text) != text)
    ):
        return None
    try:
        return parse_number(text)
    except NumberError:
        return None


def _is_decimal_slash(whole: str, rest: str, *, persian: bool) -> bool:
    """Tell whether a slash can only part decimals: it may also be a month's, and among Latin digits a fraction's."""
    number, below = abs(int(whole)), int(rest)
    if calendar.FIRST_YEAR <= number <= calendar.LAST_YEAR and 1 <= below <= calendar.ESFAND:
        return False
    return persian or number == 0 or number > below > 0 or rest.startswith("0")


def _parse_boolean(given: FilledCell, field: Mapping) -> str:
    true, false = (
        field.get(name, (default,))[0] for name, default in (("trueValues", "true"), ("falseValues", "false"))
    )
    written = build_match_key(given.text)
    for lang in LANGUAGES:
        for code, name in ((true, "intake.yes"), (false, "intake.no")):
            if written in map(build_match_key, format_message(lang, name).split("|")):
                return code
    return given.text


def _parse_text(text: str, field: Mapping) -> str:
    codes = field.get("values", {})
    if codes:
        return text if text in codes else _find_code(text, codes)
    pattern = field.get("constraints", {}).get("pattern")
    if pattern and not re.fullmatch(pattern, text) and re.fullmatch(pattern, normalise_text(text)):
        return normalise_text(text)
    return text


def _find_code(text: str, codes: Mapping) -> str:
    """Return the one code that is meant by itself or by its label in either language."""
    written = build_match_key(text)
    meant = {
        code
        for code, labels in codes.items()
        if written in {build_match_key(code), *(build_match_key(labels[lang]) for lang in LANGUAGES)}
    }
    return meant.pop() if len(meant) == 1 else text
