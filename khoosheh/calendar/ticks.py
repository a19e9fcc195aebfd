"""Arithmetic with Jalali months, and the ticks of a time axis."""

from datetime import date
from typing import TypeAlias

from khoosheh.calendar.dates import JalaliDate, month_length, split_jalali_day, to_jalali
from khoosheh.calendar.names import find_season, format_date, season_name

SEASON, YEAR = 3, 12
# months between the ticks of each level; the last gives one tick for all valid years
STEPS = (1, SEASON, YEAR, 24, 60, 120, 240, 600, 1200, 2400)
# ticks of the last level, at most
FEWEST = 1
# a level of ticks: the Gregorian days at which they stand, and their labels
TickLevel: TypeAlias = tuple[list[date], list[str]]


def add_months(start: JalaliDate, months: int) -> JalaliDate:
    """Return the month that comes ``months`` after (before, where negative) that of ``start``."""
    at = start.year * 12 + (start.month or 1) - 1 + months
    return JalaliDate(at // 12, at % 12 + 1)


def find_common_month(first: date, last: date) -> JalaliDate | None:
    """Return the month of both days; ``None`` where they are in different months."""
    one, other = (add_months(to_jalali(day), 0) for day in (first, last))
    return other if one == other else None


def list_months_between(first: JalaliDate, last: JalaliDate) -> list[JalaliDate]:
    """Return all months from that of ``first`` to that of ``last``, both included."""
    count = (last.year - first.year) * 12 + (last.month or 12) - (first.month or 1)
    return [add_months(first, step) for step in range(count + 1)]


def count_months_apart(first: date, last: date) -> tuple[int, int]:
    """Return the Jalali months from one day to another, rounded down and up; negative where ``last`` is earlier.

    The last days of two months are whole months apart, whatever their lengths.
    """
    if last < first:
        down, up = count_months_apart(last, first)
        return -up, -down
    first_year, first_month, first_day = split_jalali_day(first)
    last_year, last_month, last_day = split_jalali_day(last)
    months = (last_year - first_year) * 12 + last_month - first_month
    length = month_length(last_year, last_month)
    is_month_end = first_day == month_length(first_year, first_month)
    # the day of the last month that is whole months after the first day
    whole = length if is_month_end else min(first_day, length)
    return months - (whole > last_day), months + (whole < last_day)


def build_tick_levels(first: date, last: date, lang: str) -> list[TickLevel]:
    """Return the levels of ticks of an axis from ``first`` to ``last``: months, seasons, years, groups of years.

    Ticks stand at the first days of Jalali months, seasons or years. The last level has at most ``FEWEST`` ticks.
    """
    months = list_months_between(to_jalali(first), to_jalali(last))
    levels = []
    for step in STEPS:
        multiples = [month for month in months if (month.year * 12 + (month.month or 1) - 1) % step == 0]
        starts = [month for month in multiples if first <= month.first_day <= last]
        levels.append(([month.first_day for month in starts], [_format_tick(month, step, lang) for month in starts]))
        if len(starts) <= FEWEST:
            break
    return levels


def _format_tick(month: JalaliDate, step: int, lang: str) -> str:
    if step == SEASON:
        return f"{season_name(find_season(month.month or 1), lang)} {format_date(JalaliDate(month.year), lang)}"
    return format_date(JalaliDate(month.year) if step >= YEAR else month, lang)
