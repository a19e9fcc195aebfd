"""An empty Streamlit page with one choice, with garbage collection tuned as in the app: the cost of any page."""

import gc

import streamlit as st

from khoosheh.ui.state import gc_tuning


@st.cache_resource(show_spinner=False)
def freeze_loaded_objects() -> None:
    """Exclude loaded objects from garbage collection, once per process."""
    gc_tuning.shorten_garbage_collections()
    gc.collect()
    gc.freeze()


freeze_loaded_objects()
st.title("empty")
st.caption(st.selectbox("choice", ["a", "b"]))
