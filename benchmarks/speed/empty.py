"""An empty Streamlit page with one choice: what any page costs before it shows anything."""

import streamlit as st

st.title("empty")
st.caption(st.selectbox("choice", ["a", "b"]))
