"""The choice of logarithmic axes of amounts."""

import streamlit as st

from khoosheh.figures.amount_axis import LOG
from khoosheh.ui.context import PageContext
from khoosheh.ui.state import address_bar

KEY = "logarithmic-amounts"


def render_scale_choice(page: PageContext) -> None:
    """Render the choice, for all figures of amounts on a page."""
    st.session_state[KEY] = page.view.scale == LOG
    st.toggle(page.t("scale.log"), key=KEY, on_change=_write_scale)


def _write_scale() -> None:
    address_bar.write_field("scale", LOG if st.session_state[KEY] else "")
    address_bar.rerun_view()
