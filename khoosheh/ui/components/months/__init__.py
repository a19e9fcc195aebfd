"""A slider over Jalali months, with a histogram of statements above it and years below, that plays by itself."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass

import streamlit as st

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "months")


@dataclass(frozen=True)
class MarkedMonth:
    """A month with statements: its index, the number of statements, and that number in words."""

    place: int
    known: int
    words: str


def render_month_slider(
    key: str, *, names: Sequence[str], marked: Sequence[MarkedMonth], years: Sequence[tuple[int, str]], at: int,
    shown: str, words: dict[str, str], on_change: Callable[[int], None],
) -> None:  # fmt: skip
    """Render the slider; ``on_change`` is called with the index of the chosen month.

    ``names``: labels of all months in order; ``marked``: the months with statements in order; ``years``: index of the
    first month of each year, and the label of the year; ``at``: index of the current month; ``shown``: its label.
    ``words``: the texts ``label``, ``earlier``, ``later``, ``play`` and ``pause``.
    """
    data = {
        "names": list(names), "marked": [astuple(month) for month in marked], "years": [list(year) for year in years],
        "at": at, "shown": shown, "words": words,
    }  # fmt: skip
    _mount(key=key, data=data, on_moved_change=lambda: on_change(int(st.session_state[key]["moved"])))
