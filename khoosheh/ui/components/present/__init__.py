"""The hand of a presenter: keys, clicker, swipes, full screen, and a slide made to fit the screen that there is."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from khoosheh.ui.components import register_component

KEY, ANSWERED = "present", "present-answered"
_mount = register_component(__file__, "present")


def render_slide_controls(
    *, keys: Sequence[str], at: int, shown: str, heights: Sequence[int], links: Mapping[str, str],
    words: Mapping[str, str], on_go: Callable[[str], None],
) -> None:  # fmt: skip
    """Draw the buttons of a slide and listen to its keys; ``on_go`` is told the key of the slide that is wanted.

    ``keys``: all slides in order; ``at``: the place of the one shown; ``shown``: its number in words; ``heights``: of
    its figure in pixels, where it is narrow and where it has room; empty where it has none. ``links``: where
    ``choose`` and ``leave`` lead. ``words``: labels of the buttons.
    """
    data = {
        "keys": list(keys), "at": at, "shown": shown, "heights": list(heights), "links": dict(links),
        "words": dict(words), "answered": st.session_state.get(ANSWERED),
    }  # fmt: skip
    _mount(key=KEY, data=data, on_go_change=lambda: _record_navigation(on_go))


def _record_navigation(on_go: Callable[[str], None]) -> None:
    """Tell what was wanted, and remember which press that was: answers may come after a newer press."""
    st.session_state[ANSWERED], _, key = st.session_state[KEY]["go"].partition(" ")
    on_go(key)
