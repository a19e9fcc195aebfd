"""The least page of Streamlit that has a figure: a title, a choice, and one of our figures that changes with it.

Served as the app is: its scripts packed, Plotly asked for in the head, collections short, which reading the register
at the server's start sees to. What it takes, every page of Streamlit takes.
"""

import plotly.graph_objects as go
import streamlit as st

from khoosheh.ui import server
from khoosheh.ui.components import chart

LABEL, CHOICES = "choice", ("a", "b")


@st.cache_resource(show_spinner=False)
def figure(choice: str) -> str:
    """Return a bar."""
    bar = go.Bar(x=[1 + CHOICES.index(choice)], y=[choice], orientation="h")
    return go.Figure(bar, {"template": None, "height": 300, "meta": {"alt": choice}}).to_json()


def draw() -> None:
    """Draw the page."""
    st.title("least")
    chart.draw(figure(st.selectbox(LABEL, CHOICES)), "least", {}, lambda _ids: None)


if __name__ == "__main__":
    draw()
else:
    app = st.App(__file__, middleware=server.middleware(), routes=server.routes(), lifespan=server.lifespan)
