"""A Plotly figure whose drawing is kept and changed in place, with Jalali ticks that follow the zoom.

Streamlit's own chart is drawn anew at each run, keeps a selection of its own, and tells nothing of zooming.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import streamlit as st

from khoosheh.figures import plotly_bundle
from khoosheh.ui.components import register_component

# The version stands in the address, so that browsers may keep the file for good.
ADDRESS = f"khoosheh/plotly-{plotly_bundle.read_script_version()}.js"


@dataclass(frozen=True)
class Picture:
    """What a saved picture of a figure has around it, so that it can stand alone.

    ``name`` of the file without its ending; ``title`` above; lines of the ``foot`` below; colours of ``ground``,
    ``ink`` and ``muted`` words; ``words``: labels of the buttons ``png``, ``svg``, ``link`` and ``copied``.
    """

    name: str
    title: str
    foot: tuple[str, ...]
    ground: str
    ink: str
    muted: str
    words: dict[str, str]


_mount = register_component(__file__, "chart", "picture")


def render_plotly_chart(
    figure: str, key: str, words: dict[str, str], on_pick: Callable[[str], None], picture: Picture | None = None
) -> None:
    """Draw a figure of :mod:`khoosheh.figures`, given as JSON.

    ``on_pick`` is told the statement ids of a mark that was clicked.
    ``words``: labels of the buttons of a figure that can be zoomed: ``in``, ``out``, ``earlier``, ``later``,
    ``whole``. ``picture``: what stands in it when it is saved; it cannot be saved without.
    """
    name = f"chart-{key}"
    _mount(
        key=name,
        data={"figure": figure, "words": words, "picture": asdict(picture) if picture else None},
        on_picked_change=lambda: on_pick(st.session_state[name]["picked"]),
    )
