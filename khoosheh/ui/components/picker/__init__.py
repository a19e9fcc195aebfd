"""A picker of Jalali dates for keyboard and phone, read in the direction of the page.

The script does no Jalali arithmetic: it is given the first day of each year.
"""

from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from khoosheh import calendar
from khoosheh.calendar import JalaliDate
from khoosheh.persian import to_persian_digits
from khoosheh.ui.components import component

EPOCH = date(1970, 1, 1)
MONTHS = range(1, 13)
_mount = component(__file__, "picker")


def year_starts(first: int, last: int) -> list[int]:
    """Return the first day of each Jalali year from ``first`` to the one after ``last``, in days since 1970-01-01."""
    days = [JalaliDate(year).first_day for year in range(first, last + 1)]
    starts = [(day - EPOCH).days for day in days]
    return [*starts, (JalaliDate(last).last_day - EPOCH).days + 1]


def draw(
    key: str, *, value: JalaliDate | None, low: JalaliDate, high: JalaliDate, shown: str, marked: Sequence[str],
    lang: str, words: dict[str, str], on_change: Callable[[str], None],
) -> None:  # fmt: skip
    """Draw the button that opens the picker; ``on_change`` is told what was picked or typed, as text.

    ``low`` and ``high``: first and last day that can be picked; ``marked``: days ('1403-04-11') with something to
    see; ``shown``: what the button says. ``words``: ``label``, ``open``, ``month``, ``year``, ``earlier``, ``later``,
    ``typed``, ``close``, ``mark``, ``today``.
    """
    first, last = low.year, high.year
    data = {
        "firstYear": first,
        "starts": year_starts(first, last),
        "value": str(value) if value else "",
        "low": str(low),
        "high": str(high),
        "shown": shown,
        "marked": list(marked),
        "months": [calendar.month_name(month, lang) for month in MONTHS],
        "weekdays": calendar.weekday_names(lang),
        "digits": to_persian_digits("0123456789") if lang == "fa" else "0123456789",
        "words": words,
    }
    _mount(key=key, data=data, width="content", on_picked_change=lambda: on_change(st.session_state[key]["picked"]))
