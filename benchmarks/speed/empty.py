"""An empty Streamlit page with one choice, its garbage collection kept short as ours is: what any page costs."""

import gc

import streamlit as st

from khoosheh.ui import garbage


@st.cache_resource(show_spinner=False)
def freeze() -> None:
    """Leave what is loaded out of collections, once for the process."""
    garbage.keep_short()
    gc.collect()
    gc.freeze()


freeze()
st.title("empty")
st.caption(st.selectbox("choice", ["a", "b"]))
