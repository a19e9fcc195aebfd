"""Custom Streamlit components, each in a folder with its script and style.

Components keep no state: each run passes the data to show, and a component reports a reader's action as a trigger.
Scripts compute no Jalali dates: :mod:`khoosheh.calendar` provides them as tables.
"""

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


def register_component(file: str, name: str, *scripts: str) -> ComponentRenderer:
    """Register the component of ``name.js`` and ``name.css`` in the folder of ``file``; return its mounting function.

    ``scripts``: names of scripts in the folder that are put before ``name.js``: a component has a single script.
    """
    folder = Path(file).parent
    return st.components.v2.component(
        f"khoosheh_{name}",
        js="\n".join((folder / f"{script}.js").read_text(encoding="utf-8") for script in (*scripts, name)),
        css=(folder / f"{name}.css").read_text(encoding="utf-8"),
        isolate_styles=False,
    )
