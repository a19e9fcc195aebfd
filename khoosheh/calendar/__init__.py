"""Jalali dates: reading them as printed, the days they cover, their names, ticks for axes.

A date is as exact as it was printed, ``1403``, ``1403-04`` or ``1403-04-11``, and means the interval of days it
covers. Years 1206 to 1498 are understood: those of the published tables of leap years. ``jdatetime`` is imported
in this package only.
"""

from khoosheh.calendar.dates import (
    ESFAND,
    FIRST_YEAR,
    GREGORIAN,
    LAST_YEAR,
    DateError,
    JalaliDate,
    end_of,
    is_leap,
    month_length,
    parse,
    to_jalali,
    year_span,
)
from khoosheh.calendar.many import jalali_parts, parse_many
from khoosheh.calendar.names import format_date, format_interval, month_name, season, season_name, weekday_names
from khoosheh.calendar.ticks import add_months, axis_ticks, months_apart, months_between, tick_levels

__all__ = [
    "ESFAND",
    "FIRST_YEAR",
    "GREGORIAN",
    "LAST_YEAR",
    "DateError",
    "JalaliDate",
    "add_months",
    "axis_ticks",
    "end_of",
    "format_date",
    "format_interval",
    "is_leap",
    "jalali_parts",
    "month_length",
    "month_name",
    "months_apart",
    "months_between",
    "parse",
    "parse_many",
    "season",
    "season_name",
    "tick_levels",
    "to_jalali",
    "weekday_names",
    "year_span",
]
