"""Formats numbers, intervals and dates for readers, in either language.

An interval is never shown narrower than it is: results of conversion and division are rounded outward.
"""

import math
from collections.abc import Sequence
from typing import TypeAlias, overload

import pandas as pd
from pandas.api.typing import NAType

from khoosheh import calendar
from khoosheh.digits import to_persian_digits
from khoosheh.locale import format_message
from khoosheh.persian import format_number

# units into which amounts are converted with a rate
CONVERTED = ("m_usd_market", "m_usd_nima")
# decimals of a percentage that are not noise of binary fractions
NOISE_DECIMALS = 6

# a cell of a column of numbers; missing where it is None, NA or NaN
NumberCell: TypeAlias = float | NAType | None


def is_missing(value: object) -> bool:
    """Tell whether a cell is missing (None, NaN, NA, NaT); no text is."""
    # NaN and NaT are not equal to themselves; a comparison with NA gives NA
    return value is None or value is pd.NA or bool(value != value)  # noqa: PLR0124


def parse_cell_number(cell: NumberCell) -> float | None:
    """Return the number of a cell; ``None`` where it is missing."""
    return None if cell is None or isinstance(cell, NAType) or math.isnan(cell) else float(cell)


def round_outward(low: float, high: float, digits: int = 3) -> tuple[float, float]:
    """Round an interval outward to ``digits`` significant digits."""

    def compute_step(value: float) -> float:
        return 10.0 ** (math.floor(math.log10(abs(value))) - digits + 1) if value else 1.0

    low, high = _drop_float_noise(low), _drop_float_noise(high)
    # the quotient has noise as well: 460 must not become 459
    low = _drop_float_noise(math.floor(_drop_float_noise(low / compute_step(low))) * compute_step(low))
    high = _drop_float_noise(math.ceil(_drop_float_noise(high / compute_step(high))) * compute_step(high))
    return low, high


def format_value_range(low: NumberCell, high: NumberCell, lang: str, unit: str = "") -> str:
    """Return 'a to b unit', 'a unit', 'at least a unit' or, where both ends are missing, 'not stated'.

    ``high`` alone raises ``ValueError``: 'at most' is never stated.
    """
    least, most = parse_cell_number(low), parse_cell_number(high)
    if least is None:
        if most is not None:
            raise ValueError(f"no lower end below {most}")
        return format_message(lang, "value.not_stated")
    least = _drop_float_noise(least)
    start = _format_plain_number(least, lang)
    if most is None:
        return format_message(lang, "value.at_least", value=start, unit=unit).strip()
    most = _drop_float_noise(most)
    if least == most:
        return format_message(lang, "value.one", value=start, unit=unit).strip()
    end = _format_plain_number(most, lang)
    return format_message(lang, "value.range", low=start, high=end, unit=unit).strip()


def _drop_float_noise(value: float) -> float:
    """Round to twelve significant digits, more than any source prints, which drops the noise of binary fractions."""
    return float(f"{value:.12g}")


def _format_plain_number(value: float, lang: str) -> str:
    return format_number(int(value) if value == int(value) else value, lang)


def format_amount(low: float, high: NumberCell, unit: str, unit_label: str, lang: str) -> str:
    """Return an amount of money with the label of its unit, rounded as :func:`round_amount_ends` does."""
    return format_value_range(*round_amount_ends(low, high, unit), lang, unit_label)


def round_amount_ends(low: float, high: NumberCell, unit: str) -> tuple[float, float | None]:
    """Return the ends of an amount as they are shown; those of converted units to three digits, rounded outward."""
    least, end = _drop_float_noise(low), parse_cell_number(high)
    most = None if end is None else _drop_float_noise(end)
    if unit not in CONVERTED or least == most:
        return least, most
    # the end of 'at least' is rounded as the lower end of an interval is
    return (round_outward(least, least)[0], None) if most is None else round_outward(least, most)


def compute_interval_width(low: float, high: float) -> float:
    """Return the difference of two ends, without the noise of binary fractions."""
    return _drop_float_noise(high - low)


def format_percent(low: float, high: float | None, lang: str) -> str:
    """Return shares 0..1 as whole per cents, rounded outward; 'at least' without ``high``."""
    return format_value_range(*round_percent_ends(low, high), lang, format_message(lang, "unit.percent"))


@overload
def round_percent_ends(low: float, high: float) -> tuple[int, int]: ...
@overload
def round_percent_ends(low: float, high: float | None) -> tuple[int, int | None]: ...
def round_percent_ends(low: float, high: float | None) -> tuple[int, int | None]:
    """Return shares 0..1 as whole per cents, rounded outward; a missing ``high`` stays missing."""
    top = None if high is None else math.ceil(round(high * 100, NOISE_DECIMALS))
    return math.floor(round(low * 100, NOISE_DECIMALS)), top


def format_known_count(known: float, of: NumberCell, lang: str) -> str:
    """Return 'known m of n', or 'known m' where the whole number ``of`` is missing."""
    whole = parse_cell_number(of)
    if whole is None:
        return format_message(lang, "known.some", known=int(known))
    return format_message(lang, "known.of", known=int(known), of=int(whole))


def format_statement_dates(first: str, last: str, lang: str) -> str:
    """Return the interval of two Jalali dates, given as the register writes them."""
    return calendar.format_interval(calendar.parse_jalali_date(first), calendar.parse_jalali_date(last), lang)


def format_year_group(code: str, lang: str) -> str:
    """Return the label of a group of Jalali years by its code: '1404' or '1401/1404'."""
    first, _, last = code.partition("/")
    return format_statement_dates(first, last or first, lang)


def format_year(number: float, of: str, lang: str) -> str:
    """Return a year of the calendar ``of``, 'jalali' or 'gregorian'; the unusual one in the language is named."""
    digits = str(int(number))
    return format_message(lang, f"year.{of}", year=to_persian_digits(digits) if lang == "fa" else digits)


def format_rank(number: float, lang: str) -> str:
    """Return a place in a ranking as a whole number."""
    return format_number(int(number), lang)


def format_digits(number: str, lang: str) -> str:
    """Return a number given as text in the digits of the language; leading zeros are kept."""
    return to_persian_digits(number) if lang == "fa" else number


def round_value(value: float, digits: int) -> float:
    """Round to at most ``digits`` decimals, those with which the source prints its values."""
    return round(float(value), digits)


def format_alt_text(title: str, rows: Sequence[str], lang: str, most: int = 6) -> str:
    """Return the description of a figure for screen readers: its title and first rows."""
    return format_message(
        lang,
        "figure.alt",
        title=title,
        rows=format_message(lang, "list.semicolon").join(rows[:most]),
        count=len(rows),
    )
