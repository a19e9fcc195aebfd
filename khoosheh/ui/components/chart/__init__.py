"""A Plotly figure that is updated in place, with Jalali ticks that follow the zoom.

Streamlit's own chart is drawn again at each run, keeps a selection of its own, and does not report zooming.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import streamlit as st

from khoosheh.figures import plotly_bundle
from khoosheh.ui.components import register_component

# The address contains the version, so that browsers may cache the file without limit.
ADDRESS = f"khoosheh/plotly-{plotly_bundle.read_script_version()}.js"


@dataclass(frozen=True)
class Picture:
    """The texts and colours that complete a saved picture of a figure.

    ``name``: name of the file without suffix; ``title``: text above the figure; ``foot``: lines below it; ``ground``,
    ``ink``, ``muted``: colours of the background, of texts and of secondary texts; ``words``: labels of the buttons
    ``png``, ``svg`` and ``link``, and ``copied``.
    """

    name: str
    title: str
    foot: tuple[str, ...]
    ground: str
    ink: str
    muted: str
    words: dict[str, str]


_mount = register_component(__file__, "chart", "picture", "full")


def render_plotly_chart(
    figure: str, key: str, words: dict[str, str], on_pick: Callable[[str], None], on_filter: Callable[[str], None],
    picture: Picture | None = None,
) -> None:  # fmt: skip
    """Render a figure of :mod:`khoosheh.figures`, given as JSON.

    ``on_pick`` is called with the blank-separated statement ids of a clicked mark, ``on_filter`` with the name of
    a clicked label that has one. ``words``: labels of the buttons that zoom: ``in``, ``out``, ``earlier``, ``later``,
    ``whole``, and ``full`` for the full screen. Without ``picture`` the figure cannot be saved.
    """
    name = f"khoosheh-chart-{key}"
    _mount(
        key=name,
        data={"figure": figure, "words": words, "picture": asdict(picture) if picture else None},
        on_picked_change=lambda: on_pick(st.session_state[name]["picked"]),
        on_filtered_change=lambda: on_filter(st.session_state[name]["filtered"]),
    )
