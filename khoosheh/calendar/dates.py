"""One Jalali date: reading, checking, and the days it covers."""

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
# Nine digits at most: int() refuses thousands of them with an error that is no DateError.
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
    """A Jalali date as exact as it is known; without a day it is a month, without a month a year.

    Dates are ordered by the day they begin on; of those that begin together, the less exact comes first.
    """

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self) -> str:
        """'year', 'month' or 'day'."""
        return "year" if self.month is None else "month" if self.day is None else "day"

    @property
    def first_day(self) -> date:
        """The first Gregorian day it covers."""
        return jdatetime.date(self.year, self.month or 1, self.day or 1).togregorian()

    @property
    def last_day(self) -> date:
        """The last Gregorian day it covers."""
        month = self.month or ESFAND
        return jdatetime.date(self.year, month, self.day or month_length(self.year, month)).togregorian()

    def __lt__(self, other: object) -> bool:
        """Tell whether it comes first; a missing part counts as before the first."""
        if not isinstance(other, JalaliDate):
            return NotImplemented
        mine, theirs = ((one.year, one.month or 0, one.day or 0) for one in (self, other))
        return mine < theirs

    def __str__(self) -> str:
        """Return '1403', '1403-04' or '1403-04-11'."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None)]
        return "-".join(parts)


def is_leap(year: int) -> bool:
    """Tell whether Esfand of a Jalali year has 30 days."""
    return jdatetime.date(year, 1, 1).isleap()


def month_length(year: int, month: int) -> int:
    """Return the days of a Jalali month."""
    if month < 7:
        return 31
    return 30 if month < ESFAND or is_leap(year) else 29


def to_jalali(day: date) -> JalaliDate:
    """Return the Jalali date of a Gregorian day."""
    found = jdatetime.date.fromgregorian(date=day)
    return JalaliDate(found.year, found.month, found.day)


def find_period_end(day: date, months: int) -> date:
    """Return the last day of the month, season (3 months) or year (12) in which a day lies."""
    found = to_jalali(day)
    return JalaliDate(found.year, -(-found.month // months) * months).last_day


def parse_jalali_date(text: str) -> JalaliDate:
    """Read a Jalali date: '1403', '1403-04', '1403/4/11', '۱۱ تیر ۱۴۰۳', '11 Tir 1403', in any digits.

    Raises ``DateError``. Years of two digits are refused, since nobody can say of which century they are.
    """
    plain = normalise_text(str(text))
    if not plain:
        raise DateError("empty", text)
    numeric = _NUMERIC.fullmatch(plain)
    if numeric:
        year, month, day = (int(part) if part else None for part in numeric.groups())
        return build_jalali_date(year, month, day, text)
    worded = _WORDED.fullmatch(plain)
    if not worded:
        raise DateError("not_a_date", text)
    day, name, year = worded.groups()
    month = _find_month_number(name)
    if month is None:
        raise DateError("unknown_month_name", text, name=name.strip())
    return build_jalali_date(int(year), month, int(day) if day else None, text)


def _find_month_number(name: str) -> int | None:
    key = search_key(name)
    return _NAMES.get(key) or _NAMES.get(key.removesuffix(search_key("ماه")))


def build_jalali_date(year: int, month: int | None, day: int | None, text: object) -> JalaliDate:
    """Return the date of three numbers, or raise ``DateError`` with the name of the fault."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError("year_out_of_range", text, year=year, first=FIRST_YEAR, last=LAST_YEAR)
    if month is not None and not 1 <= month <= ESFAND:
        raise DateError("month_out_of_range", text, month=month)
    if day is not None:
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
