"""A picker of Jalali dates for keyboard and phone, read in the direction of the page.

The script does no Jalali arithmetic: it is given the first day of each year.
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from khoosheh import calendar
from khoosheh.calendar import JalaliDate
from khoosheh.digits import to_persian_digits
from khoosheh.ui.components import register_component

EPOCH = date(1970, 1, 1)
MONTHS = range(1, 13)
_mount = register_component(__file__, "picker")


def compute_year_starts(first: int, last: int) -> list[int]:
    """Return the first day of each Jalali year from ``first`` to the one after ``last``, in days since 1970-01-01."""
    days = [JalaliDate(year).first_day for year in range(first, last + 1)]
    starts = [(day - EPOCH).days for day in days]
    return [*starts, (JalaliDate(last).last_day - EPOCH).days + 1]


def pack_days_by_month(days: Sequence[str]) -> dict[str, int]:
    """Return days ('1403-04-11') as months ('1403-04') with a bit for each of their days, the first the lowest.

    A large register has something to see on ten thousand days, and they travel at every run.
    """
    months: dict[str, int] = {}
    for day in days:
        month, of_month = day[:7], int(day[8:])
        months[month] = months.get(month, 0) | 1 << of_month - 1
    return months


def build_picker_data(
    *, value: JalaliDate | None, low: JalaliDate, high: JalaliDate, shown: str, marked: Sequence[str], lang: str,
    words: dict[str, str],
) -> dict[str, object]:  # fmt: skip
    """Return what the picker shows.

    ``low`` and ``high``: first and last day that can be picked; ``marked``: days ('1403-04-11') with something to
    see; ``shown``: what the button says. ``words``: ``label``, ``open``, ``month``, ``year``, ``earlier``, ``later``,
    ``typed``, ``close``, ``mark``, ``today``.
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


def render_picker_button(key: str, shown: dict[str, object], on_change: Callable[[str], None]) -> None:
    """Draw the button that opens the picker; ``on_change`` is told what was picked or typed, as text.

    ``shown``: what :func:`build_picker_data` returned.
    """
    _mount(key=key, data=shown, width="content", on_picked_change=lambda: on_change(st.session_state[key]["picked"]))
