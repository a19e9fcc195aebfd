"""Steps of Jalali months, and where to rule a time axis."""

from datetime import date

from khoosheh.calendar.dates import JalaliDate, month_length, to_jalali
from khoosheh.calendar.names import find_season, format_date, season_name

SEASON, YEAR = 3, 12
# In months; the last leaves one tick in all the years understood.
STEPS = (1, SEASON, YEAR, 24, 60, 120, 240, 600, 1200, 2400)
FEWEST = 1


def add_months(start: JalaliDate, months: int) -> JalaliDate:
    """Return the month that comes ``months`` after (before, where negative) that of ``start``."""
    at = start.year * 12 + (start.month or 1) - 1 + months
    return JalaliDate(at // 12, at % 12 + 1)


def list_months_between(first: JalaliDate, last: JalaliDate) -> list[JalaliDate]:
    """Return all months from that of ``first`` to that of ``last``, both included."""
    count = (last.year - first.year) * 12 + (last.month or 12) - (first.month or 1)
    return [add_months(first, step) for step in range(count + 1)]


def count_months_apart(first: date, last: date) -> tuple[int, int]:
    """Return the whole Jalali months from one day to another, rounded down and up; negative where it lies before.

    The last days of two months are whole months apart, whatever their lengths.
    """
    if last < first:
        down, up = count_months_apart(last, first)
        return -up, -down
    start, end = to_jalali(first), to_jalali(last)
    months = (end.year - start.year) * 12 + end.month - start.month
    length = month_length(end.year, end.month)
    closes = start.day == month_length(start.year, start.month)
    reached = length if closes else min(start.day, length)
    return months - (reached > end.day), months + (reached < end.day)


def build_tick_levels(first: date, last: date, lang: str) -> list[tuple[list[date], list[str]]]:
    """Return where to rule an axis from ``first`` to ``last``, from months over seasons and years to decades.

    Each level has the Gregorian days on which its Jalali months, seasons or years begin, and their names. The last
    level is the first that has no more than one of them.
    """
    months = list_months_between(to_jalali(first), to_jalali(last))
    levels = []
    for step in STEPS:
        found = [month for month in months if (month.year * 12 + month.month - 1) % step == 0]
        starts = [month for month in found if first <= month.first_day <= last]
        levels.append(([month.first_day for month in starts], [_format_tick(month, step, lang) for month in starts]))
        if len(starts) <= FEWEST:
            break
    return levels


def _format_tick(month: JalaliDate, step: int, lang: str) -> str:
    if step == SEASON:
        return f"{season_name(find_season(month.month), lang)} {format_date(JalaliDate(month.year), lang)}"
    return format_date(JalaliDate(month.year) if step >= YEAR else month, lang)


def select_axis_ticks(first: date, last: date, lang: str, most: int = 8) -> tuple[list[date], list[str]]:
    """Return the finest of the levels of :func:`build_tick_levels` that has at most ``most`` days."""
    levels = build_tick_levels(first, last, lang)
    return next((level for level in levels if len(level[0]) <= most), levels[-1])
