"""Parses columns of Jalali dates.

Each distinct text is parsed once; numeric ones by arithmetic on arrays, with a table of the first days of all valid
years.
"""

from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

import jdatetime
import numpy as np
import pandas as pd
from pandas.api.typing import NaTType

from khoosheh.calendar.dates import ESFAND, FIRST_YEAR, LAST_YEAR, DateError, is_leap, parse_jalali_date
from khoosheh.digits import to_latin_digits

_NUMERIC = r"^([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?$"
# days of a year before each month, by its number
_BEFORE = np.array([0, 0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336])
_COLUMNS = ["first_day", "last_day", "precision", "fault"]
# the cells of these columns for one text
_DateRow: TypeAlias = tuple[pd.Timestamp | NaTType, pd.Timestamp | NaTType, str | None, str | None]


@cache
def _compute_year_starts() -> tuple[np.ndarray, np.ndarray]:
    """Return the first days (days since 1970) and the leap flags of the years FIRST_YEAR..LAST_YEAR+1."""
    years = range(FIRST_YEAR, LAST_YEAR + 2)
    starts = np.array([jdatetime.date(year, 1, 1).togregorian() for year in years], dtype="datetime64[D]")
    return starts.astype(np.int64), np.array([is_leap(year) for year in years])


def parse_jalali_dates(values: "pd.Series | Iterable[str | None]") -> pd.DataFrame:
    """Parse a column of texts as Jalali dates.

    Returns a frame with the index of the column: ``first_day`` and ``last_day`` (datetime64), ``precision`` ('year',
    'month' or 'day') and ``fault`` (the code of a :class:`DateError`). A blank cell has none of them.
    """
    series = values if isinstance(values, pd.Series) else pd.Series(list(values), dtype=object)
    codes, texts = pd.factorize(series)
    table = _parse_distinct_texts(pd.Series(texts, dtype=object).astype(str))
    # factorize gives missing cells the code -1: the last row
    blank = pd.DataFrame([[pd.NaT, pd.NaT, None, None]], columns=_COLUMNS).astype(table.dtypes)
    out = pd.concat([table, blank], ignore_index=True).iloc[codes]
    return out.set_axis(series.index)


def _parse_distinct_texts(texts: pd.Series) -> pd.DataFrame:
    plain = texts.map(to_latin_digits)
    parts = plain.str.extract(_NUMERIC)
    year, month, day = parts.apply(pd.to_numeric).fillna(0).astype(int).to_numpy().T
    _, has_month, has_day = parts.notna().to_numpy().T
    starts, leaps = _compute_year_starts()
    known = (year >= FIRST_YEAR) & (year <= LAST_YEAR)
    place = np.where(known, year - FIRST_YEAR, 0)
    full_month, full_day = np.where(month > 0, month, 1), np.where(day > 0, day, 1)
    last_month = np.where(month > 0, month, ESFAND)
    length = np.where(last_month < 7, 31, np.where((last_month < ESFAND) | leaps[place], 30, 29))
    # '1403-00' and '1403-04-00' match the pattern, but zero is no month and no day
    zero = (has_month & (month == 0)) | (has_day & (day == 0))
    numeric = known & (month <= ESFAND) & (day <= length) & ~zero
    first = starts[place] + _BEFORE[np.clip(full_month, 1, ESFAND)] + full_day - 1
    last = starts[place] + _BEFORE[np.clip(last_month, 1, ESFAND)] + np.where(day > 0, day, length) - 1
    precision = np.where(day > 0, "day", np.where(month > 0, "month", "year")).astype(object)
    table = pd.DataFrame({
        "first_day": first.astype("datetime64[D]").astype("datetime64[us]"),
        "last_day": last.astype("datetime64[D]").astype("datetime64[us]"),
        "precision": precision,
        "fault": np.full(len(texts), None, dtype=object),
    })  # fmt: skip
    return _parse_one_by_one(table, texts, np.flatnonzero(~numeric))


def _parse_one_by_one(table: pd.DataFrame, texts: pd.Series, places: np.ndarray) -> pd.DataFrame:
    if not len(places):
        return table
    rows = [_parse_date_row(text) for text in texts.iloc[places]]
    parsed = pd.DataFrame(rows, columns=_COLUMNS, index=places, dtype=object).astype(table.dtypes)
    return pd.concat([table.drop(places), parsed]).sort_index()


def _parse_date_row(text: str) -> _DateRow:
    try:
        found = parse_jalali_date(text)
    except DateError as error:
        blank = error.code == "empty"
        return pd.NaT, pd.NaT, None, None if blank else error.code
    return pd.Timestamp(found.first_day), pd.Timestamp(found.last_day), found.precision, None


def split_jalali_parts(days: pd.Series) -> pd.DataFrame:
    """Return the Jalali ``year``, ``month`` and ``day`` (Int64) of a column of days (datetime64).

    They are missing for days outside the valid years and for missing days.
    """
    starts, _ = _compute_year_starts()
    # NaT becomes the least integer, which is outside as well
    numbers = days.to_numpy().astype("datetime64[D]").astype(np.int64)
    inside = (numbers >= starts[0]) & (numbers < starts[-1])
    numbers = np.where(inside, numbers, starts[0])
    place = np.searchsorted(starts, numbers, side="right") - 1
    of_year = numbers - starts[place]
    month = np.where(of_year < 186, of_year // 31 + 1, np.minimum((of_year - 186) // 30 + 7, ESFAND))
    day = of_year - _BEFORE[month] + 1
    frame = pd.DataFrame({"year": place + FIRST_YEAR, "month": month, "day": day}, index=days.index, dtype="Int64")
    return frame.where(pd.Series(inside, index=days.index))
