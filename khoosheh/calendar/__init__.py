"""Jalali dates: parses them as they are printed, and gives the days they cover, their names and ticks for axes.

A date is as exact as it was printed, ``1403``, ``1403-04`` or ``1403-04-11``, and means the interval of days that it
covers. Years 1206 to 1498 are valid: those of the published tables of leap years. No other package imports
``jdatetime``.
"""

from khoosheh.calendar.date_columns import parse_jalali_dates, split_jalali_parts
from khoosheh.calendar.dates import (
    ESFAND,
    FIRST_YEAR,
    GREGORIAN,
    LAST_YEAR,
    DateError,
    JalaliDate,
    find_period_end,
    is_leap,
    month_length,
    parse_jalali_date,
    to_jalali,
    year_span,
)
from khoosheh.calendar.names import find_season, format_date, format_interval, month_name, season_name, weekday_names
from khoosheh.calendar.ticks import (
    add_months,
    build_tick_levels,
    count_months_apart,
    find_common_month,
    list_months_between,
)

__all__ = [
    "ESFAND",
    "FIRST_YEAR",
    "GREGORIAN",
    "LAST_YEAR",
    "DateError",
    "JalaliDate",
    "add_months",
    "build_tick_levels",
    "count_months_apart",
    "find_common_month",
    "find_period_end",
    "find_season",
    "format_date",
    "format_interval",
    "is_leap",
    "list_months_between",
    "month_length",
    "month_name",
    "parse_jalali_date",
    "parse_jalali_dates",
    "season_name",
    "split_jalali_parts",
    "to_jalali",
    "weekday_names",
    "year_span",
]
