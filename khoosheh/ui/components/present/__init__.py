"""Controls of a slide: buttons, keys, presentation remotes, swipes and full screen; and fitting it to the screen."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from khoosheh.ui.components import register_component

KEY, ANSWERED = "present", "present-answered"
_mount = register_component(__file__, "present")


def render_slide_controls(
    *, keys: Sequence[str], at: int, shown: str, heights: Sequence[int], links: Mapping[str, str],
    words: Mapping[str, str], on_go: Callable[[str], None],
) -> None:  # fmt: skip
    """Render the buttons of a slide and handle keys; ``on_go`` is called with the key of the requested slide.

    ``keys``: keys of all slides in order; ``at``: index of the current slide; ``shown``: its number as text;
    ``heights``: heights of its figure in pixels in the narrow and in the wide form, empty without a figure;
    ``links``: addresses of the buttons ``choose`` and ``leave``; ``words``: labels of the buttons.
    """
    data = {
        "keys": list(keys), "at": at, "shown": shown, "heights": list(heights), "links": dict(links),
        "words": dict(words), "answered": st.session_state.get(ANSWERED),
    }  # fmt: skip
    _mount(key=KEY, data=data, on_go_change=lambda: _record_navigation(on_go))


def _record_navigation(on_go: Callable[[str], None]) -> None:
    """Report the requested slide, and record the press: a response may arrive after a newer press."""
    st.session_state[ANSWERED], _, key = st.session_state[KEY]["go"].partition(" ")
    on_go(key)
