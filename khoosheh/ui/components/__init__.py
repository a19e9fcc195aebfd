"""Elements of our own for what Streamlit's do not give: each in a folder with its script and style.

They hold no state: Python gives them what to show on every run, and they tell what a reader did as a trigger. They
compute no dates either: all that is Jalali comes from :mod:`khoosheh.calendar` as tables.
"""

from pathlib import Path

import streamlit as st


def register_component(file: str, name: str, *more: str) -> object:
    """Register the component whose ``name.js`` and ``name.css`` lie beside ``file``; returns what mounts it.

    ``more``: names of further scripts beside it, put before its own, since a component is one script.
    """
    folder = Path(file).parent
    return st.components.v2.component(
        f"khoosheh_{name}",
        js="\n".join((folder / f"{one}.js").read_text(encoding="utf-8") for one in (*more, name)),
        css=(folder / f"{name}.css").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
