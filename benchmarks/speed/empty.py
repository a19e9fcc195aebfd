"""An empty Streamlit page with one choice, its garbage collection kept short as ours is: what any page costs."""

import gc

import streamlit as st

from khoosheh.ui.state import gc_tuning


@st.cache_resource(show_spinner=False)
def freeze_loaded_objects() -> None:
    """Leave what is loaded out of collections, once for the process."""
    gc_tuning.shorten_garbage_collections()
    gc.collect()
    gc.freeze()


freeze_loaded_objects()
st.title("empty")
st.caption(st.selectbox("choice", ["a", "b"]))
