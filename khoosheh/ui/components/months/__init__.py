"""A slider over Jalali months, with the months in which something was said marked."""

from collections.abc import Callable, Sequence

import streamlit as st

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "months")


def render_month_slider(
    key: str, *, names: Sequence[str], said: Sequence[int], at: int, shown: str, words: dict[str, str],
    on_change: Callable[[int], None],
) -> None:  # fmt: skip
    """Draw the slider; ``on_change`` is told the place of the month that was chosen.

    ``names``: every month in order, as a reader reads it; ``said``: places of the months that are marked; ``at``: the
    place it stands on; ``shown``: what it says there. ``words``: ``label``, ``earlier``, ``later``, ``mark``.
    """
    data = {"names": list(names), "said": list(said), "at": at, "shown": shown, "words": words}
    _mount(key=key, data=data, on_moved_change=lambda: on_change(int(st.session_state[key]["moved"])))
