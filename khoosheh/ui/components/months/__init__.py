"""A slider over Jalali months that marks the months with statements."""

from collections.abc import Callable, Sequence

import streamlit as st

from khoosheh.ui.components import register_component

_mount = register_component(__file__, "months")


def render_month_slider(
    key: str, *, names: Sequence[str], marked: Sequence[int], at: int, shown: str, words: dict[str, str],
    on_change: Callable[[int], None],
) -> None:  # fmt: skip
    """Render the slider; ``on_change`` is called with the index of the chosen month.

    ``names``: labels of all months in order; ``marked``: indexes of the marked months; ``at``: index of the current
    month; ``shown``: its label. ``words``: the texts ``label``, ``earlier``, ``later`` and ``mark``.
    """
    data = {"names": list(names), "marked": list(marked), "at": at, "shown": shown, "words": words}
    _mount(key=key, data=data, on_moved_change=lambda: on_change(int(st.session_state[key]["moved"])))
