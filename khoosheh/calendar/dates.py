"""Jalali dates: parses and checks one date, and gives the days it covers."""

import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

import jdatetime

from khoosheh.calendar.months import MONTHS
from khoosheh.errors import KhooshehError
from khoosheh.persian import normalise_text, search_key

FIRST_YEAR, LAST_YEAR = 1206, 1498
ESFAND = 12
GREGORIAN = "gregorian"
# nine digits at most: for thousands of digits int() raises an error that is no DateError
_PART, _MARK = r"([0-9]{1,9})", r"\s*[-/.]\s*"
_NUMERIC = re.compile(f"{_PART}(?:{_MARK}{_PART}(?:{_MARK}{_PART})?)?")
_WORDED = re.compile(f"(?:([0-9]{{1,2}}) ?)?([^0-9]+?) ?{_PART}")
_NAMES = {search_key(name): month for month, names in enumerate(MONTHS, 1) for name in names}


class DateError(KhooshehError, ValueError):
    """A text that is no Jalali date we know.

    ``code``: 'empty', 'not_a_date', 'year_out_of_range', 'month_out_of_range', 'day_out_of_range',
    'not_a_leap_year' or 'unknown_month_name'; ``value``: the text as given; ``params``: the numbers of the fault.
    """

    texts = ("date.{code}",)


@total_ordering
@dataclass(frozen=True)
class JalaliDate:
    """A Jalali date as exact as it is known: without ``day`` it is a month, without ``month`` a year.

    Dates are ordered by their first day; of two with the same first day, the less exact comes first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        """How exact the date is: 'year', 'month' or 'day'."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The first Gregorian day that the date covers."""
        return _to_gregorian(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last Gregorian day that the date covers."""
        month = self.month or ESFAND
        return _to_gregorian(self.year, month, self.day or month_length(self.year, month))

    def __lt__(self, other: object) -> bool:
        """Compare year, month and day; a missing month or day comes before the first."""
        if not isinstance(other, JalaliDate):
            return NotImplemented
        mine = (self.year, self.month or 0, self.day or 0)
        return mine < (other.year, other.month or 0, other.day or 0)

    def __str__(self) -> str:
        """Return '1403', '1403-04' or '1403-04-11'."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


def _to_gregorian(year: int, month: int, day: int) -> date:
    found: date = jdatetime.date(year, month, day).togregorian()
    return found


def is_leap(year: int) -> bool:
    """Tell whether Esfand of a Jalali year has 30 days."""
    return bool(jdatetime.date(year, 1, 1).isleap())


def month_length(year: int, month: int) -> int:
    """Return the number of days of a Jalali month (1..12)."""
    if month < 7:
        return 31
    return 30 if month < ESFAND or is_leap(year) else 29


def to_jalali(day: date) -> JalaliDate:
    """Return the Jalali date of a Gregorian day."""
    return JalaliDate(*split_jalali_day(day))


def split_jalali_day(day: date) -> tuple[int, int, int]:
    """Return the Jalali year, month and day of a Gregorian day."""
    found = jdatetime.date.fromgregorian(date=day)
    return found.year, found.month, found.day


def find_period_end(day: date, months: int) -> date:
    """Return the last day of the month, season (3 months) or year (12) in which a day lies."""
    year, month, _ = split_jalali_day(day)
    return JalaliDate(year, -(-month // months) * months).last_day


def parse_jalali_date(text: str) -> JalaliDate:
    """Parse a Jalali date: '1403', '1403-04', '1403/4/11', '۱۱ تیر ۱۴۰۳', '11 Tir 1403', in any digits.

    Raises ``DateError``, also for years of two digits, whose century is not known.
    """
    plain = normalise_text(str(text))
    if not plain:
        raise DateError("empty", text)
    numeric = _NUMERIC.fullmatch(plain)
    if numeric:
        year, month, day = numeric.groups()
        return build_jalali_date(int(year), int(month) if month else None, int(day) if day else None, text)
    worded = _WORDED.fullmatch(plain)
    if not worded:
        raise DateError("not_a_date", text)
    day, name, year = worded.groups()
    number = _find_month_number(name)
    if number is None:
        raise DateError("unknown_month_name", text, name=name.strip())
    return build_jalali_date(int(year), number, int(day) if day else None, text)


def _find_month_number(name: str) -> int | None:
    return _NAMES.get(search_key(name).removesuffix(search_key("ماه")))


def build_jalali_date(year: int, month: int | None, day: int | None, text: str) -> JalaliDate:
    """Return the date of a year, month and day; raises ``DateError`` with ``text``. A day needs a month."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("year_out_of_range", text, year=year, first=FIRST_YEAR, last=LAST_YEAR)
    if month is not None and not 1 <= month <= ESFAND:
        raise DateError("month_out_of_range", text, month=month)
    if month is not None and day is not None:
        length = month_length(year, month)
        if month == ESFAND and day == 30 > length:
            raise DateError("not_a_leap_year", text, year=year, last_day=length)
        if not 1 <= day <= length:
            raise DateError("day_out_of_range", text, day=day, month=month, year=year, last_day=length)
    return JalaliDate(year, month, day)


def year_span(year: int, calendar: str) -> tuple[date, date]:
    """Return the first and last day of a year of the 'jalali' or 'gregorian' calendar."""
    if calendar == GREGORIAN:
        return date(year, 1, 1), date(year, 12, 31)
    whole = JalaliDate(year)
    return whole.first_day, whole.last_day
