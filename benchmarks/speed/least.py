"""A minimal Streamlit page with a figure: a title, a choice, and one of the app's figures, which changes with it.

It is served like the app (compressed scripts, Plotly in the head, tuned garbage collection), so that its times are a
lower bound for any Streamlit page.
"""

import plotly.graph_objects as go
import streamlit as st

from khoosheh.ui.components import chart
from khoosheh.ui.serving import server

LABEL, CHOICES = "choice", ("a", "b")


@st.cache_resource(show_spinner=False)
def build_bar_figure(choice: str) -> str:
    """Return a bar."""
    bar = go.Bar(x=[1 + CHOICES.index(choice)], y=[choice], orientation="h")
    return go.Figure(bar, {"template": None, "height": 300, "meta": {"alt": choice}}).to_json()


def render_least_page() -> None:
    """Draw the page."""
    st.title("least")
    figure = build_bar_figure(st.selectbox(LABEL, CHOICES))
    chart.render_plotly_chart(figure, "least", {}, on_pick=lambda _ids: None, on_filter=lambda _name: None)


if __name__ == "__main__":
    render_least_page()
else:
    app = st.App(
        __file__, middleware=server.build_middleware(), routes=server.build_routes(), lifespan=server.manage_lifespan
    )
