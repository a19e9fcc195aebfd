"""Words: numbers, intervals and dates as a reader reads them, in either language.

An interval is never shown narrower than it is: what conversion or division made is rounded outward.
"""

import math

import pandas as pd

from khoosheh import calendar
from khoosheh.digits import to_persian_digits
from khoosheh.locale import format_message
from khoosheh.persian import format_number

CONVERTED = ("m_usd_market", "m_usd_nima")
NOISE_DECIMALS = 6


def is_missing(value: object) -> bool:
    """Tell whether a cell holds nothing (None, NaN, NA, NaT); a text, whatever it says, is something."""
    # alone of all values, those that stand for nothing are not equal to themselves; NA answers with itself
    return value is None or value is pd.NA or bool(value != value)  # noqa: PLR0124


def round_outward(low: float, high: float, digits: int = 3) -> tuple[float, float]:
    """Round an interval outward to ``digits`` significant digits."""

    def compute_step(value: float) -> float:
        return 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 1.0

    low, high = _drop_float_noise(low), _drop_float_noise(high)
    # the quotient has noise of its own: 460 must not become 459
    low = _drop_float_noise(math.floor(_drop_float_noise(low / compute_step(low))) * compute_step(low))
    high = _drop_float_noise(math.ceil(_drop_float_noise(high / compute_step(high))) * compute_step(high))
    return low, high


def format_value_range(low: object, high: object, lang: str, unit: str = "") -> str:
    """Return 'a to b unit', 'a unit', 'at least a unit' or 'not stated'."""
    if is_missing(low) and is_missing(high):
        return format_message(lang, "value.not_stated")
    low = _drop_float_noise(float(low))
    if is_missing(high):
        return format_message(lang, "value.at_least", value=_format_plain_number(low, lang), unit=unit).strip()
    high = _drop_float_noise(float(high))
    if low == high:
        return format_message(lang, "value.one", value=_format_plain_number(low, lang), unit=unit).strip()
    return format_message(
        lang, "value.range", low=_format_plain_number(low, lang), high=_format_plain_number(high, lang), unit=unit
    ).strip()


def _drop_float_noise(value: float) -> float:
    """Drop the noise of binary fractions: twelve significant digits are more than any source prints."""
    return float(f"{value:.12g}")


def _format_plain_number(value: float, lang: str) -> str:
    return format_number(int(value) if value == int(value) else value, lang)


def format_amount(low: object, high: object, unit: str, unit_label: str, lang: str) -> str:
    """Return an amount of money; converted ones to three significant digits, rounded outward."""
    return format_value_range(*round_amount_ends(low, high, unit), lang, unit_label)


def round_amount_ends(low: object, high: object, unit: str) -> tuple[float, float | None]:
    """Return the ends of an amount as they are shown: converted ones to three significant digits, rounded outward."""
    low, high = _drop_float_noise(float(low)), None if is_missing(high) else _drop_float_noise(float(high))
    if unit not in CONVERTED or low == high:
        return low, high
    # 'at least' is as inexact as the lower end of an interval
    return (round_outward(low, low)[0], None) if high is None else round_outward(low, high)


def compute_interval_width(low: float, high: float) -> float:
    """Return how far two ends lie apart, without the noise of binary fractions."""
    return _drop_float_noise(high - low)


def format_percent(low: float, high: float | None, lang: str) -> str:
    """Return shares 0..1 as whole per cents, rounded outward; without ``high`` 'at least'."""
    return format_value_range(*round_percent_ends(low, high), lang, format_message(lang, "unit.percent"))


def round_percent_ends(low: float, high: float | None) -> tuple[int, int | None]:
    """Return shares 0..1 as whole per cents, rounded outward; a missing ``high`` stays missing."""
    top = None if high is None else math.ceil(round(high * 100, NOISE_DECIMALS))
    return math.floor(round(low * 100, NOISE_DECIMALS)), top


def format_known_count(known: object, of: object, lang: str) -> str:
    """Return 'known m of n', or 'known m' where the size of the whole was not stated."""
    if is_missing(of):
        return format_message(lang, "known.some", known=int(known))
    return format_message(lang, "known.of", known=int(known), of=int(of))


def format_statement_dates(first: str, last: str, lang: str) -> str:
    """Return when something was said, from the Jalali texts of the register."""
    return calendar.format_interval(calendar.parse_jalali_date(first), calendar.parse_jalali_date(last), lang)


def format_year_group(code: str, lang: str) -> str:
    """Return the name of a group of years: '1404' or '1401/1404'."""
    first, _, last = code.partition("/")
    return format_statement_dates(first, last or first, lang)


def format_year(number: object, of: str, lang: str) -> str:
    """Return a year of the 'jalali' or 'gregorian' calendar; the latter is named where it is the unusual one."""
    digits = str(int(number))
    return format_message(lang, f"year.{of}", year=to_persian_digits(digits) if lang == "fa" else digits)


def format_rank(number: object, lang: str) -> str:
    """Return a place as a bare number."""
    return format_number(int(number), lang)


def format_digits(number: str, lang: str) -> str:
    """Return the number of a thing, zeros before it kept, in the digits of the language."""
    return to_persian_digits(number) if lang == "fa" else number


def round_value(value: float, digits: int) -> float:
    """Round to at most ``digits`` decimals: values of tables are shown as exactly as their tables print them."""
    return round(float(value), digits)
