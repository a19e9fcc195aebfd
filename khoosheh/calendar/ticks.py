"""Steps of Jalali months, and where to rule a time axis."""

from datetime import date

from khoosheh.calendar.dates import JalaliDate, to_jalali
from khoosheh.calendar.names import format_date

# In months; the last leaves one tick in all the years understood.
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400)


def add_months(start: JalaliDate, months: int) -> JalaliDate:
    """Return the month that comes ``months`` after (before, where negative) that of ``start``."""
    at = start.year * 12 + (start.month or 1) - 1 + months
    return JalaliDate(at // 12, at % 12 + 1)


def months_between(first: JalaliDate, last: JalaliDate) -> list[JalaliDate]:
    """Return all months from that of ``first`` to that of ``last``, both included."""
    count = (last.year - first.year) * 12 + (last.month or 12) - (first.month or 1)
    return [add_months(first, step) for step in range(count + 1)]


def axis_ticks(first: date, last: date, lang: str, most: int = 8) -> tuple[list[date], list[str]]:
    """Return at most ``most`` Gregorian days on which Jalali months, seasons or years begin, and their names.

    The finest step that fits is taken; a step of years is named by the year alone.
    """
    months = months_between(to_jalali(first), to_jalali(last))
    for step in STEPS:
        found = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
        starts = [month for month in found if first <= month.first_day <= last]
        if len(starts) <= most:
            break
    named = [JalaliDate(month.year) if step >= 12 else month for month in starts]
    return [month.first_day for month in starts], [format_date(month, lang) for month in named]
