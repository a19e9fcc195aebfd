"""A picker of Jalali dates for keyboard and touch.

The script does no calendar arithmetic: it receives the first day of each year.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypedDict

import streamlit as st

from khoosheh import calendar
from khoosheh.calendar import JalaliDate
from khoosheh.digits import to_persian_digits
from khoosheh.ui.components import register_component

EPOCH = date(1970, 1, 1)
MONTHS = range(1, 13)
_mount = register_component(__file__, "picker")


class PickerData(TypedDict):
    """The data that the script of the picker receives; see :func:`build_picker_data`."""

    firstYear: int
    starts: list[int]
    value: str
    low: str
    high: str
    shown: str
    marked: dict[str, int]
    months: list[str]
    weekdays: list[tuple[str, str]]
    digits: str
    words: dict[str, str]


def compute_year_starts(first: int, last: int) -> list[int]:
    """Return the first day of each Jalali year from ``first`` to the one after ``last``, in days since 1970-01-01."""
    days = [JalaliDate(year).first_day for year in range(first, last + 1)]
    starts = [(day - EPOCH).days for day in days]
    return [*starts, (JalaliDate(last).last_day - EPOCH).days + 1]


def pack_days_by_month(days: Sequence[str]) -> dict[str, int]:
    """Return days ('1403-04-11') as bit sets by month ('1403-04'); the lowest bit is the first day of the month.

    A large register has statements on ten thousand days, and each run sends them to the browser.
    """
    months: dict[str, int] = {}
    for day in days:
        month, of_month = day[:7], int(day[8:])
        months[month] = months.get(month, 0) | 1 << of_month - 1
    return months


def build_picker_data(
    *, value: JalaliDate | None, low: JalaliDate, high: JalaliDate, shown: str, marked: Sequence[str], lang: str,
    words: dict[str, str],
) -> PickerData:  # fmt: skip
    """Return the data of the picker.

    ``value``: the chosen date; ``low`` and ``high``: the first and last day that can be chosen; ``marked``: days with
    statements ('1403-04-11'); ``shown``: the text of the button. ``words``: the texts ``label``, ``open``, ``month``,
    ``year``, ``earlier``, ``later``, ``typed``, ``close`` and ``mark``.
    """
    first, last = low.year, high.year
    return {
        "firstYear": first,
        "starts": compute_year_starts(first, last),
        "value": str(value) if value else "",
        "low": str(low),
        "high": str(high),
        "shown": shown,
        "marked": pack_days_by_month(marked),
        "months": [calendar.month_name(month, lang) for month in MONTHS],
        "weekdays": calendar.weekday_names(lang),
        "digits": to_persian_digits("0123456789") if lang == "fa" else "0123456789",
        "words": words,
    }


def render_picker_button(key: str, data: PickerData, on_change: Callable[[str], None]) -> None:
    """Render the button that opens the picker; ``on_change`` is called with the chosen day or the typed text.

    ``data``: the result of :func:`build_picker_data`.
    """
    _mount(key=key, data=data, width="content", on_picked_change=lambda: on_change(st.session_state[key]["picked"]))
