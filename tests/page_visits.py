"""Visits of pages with AppTest, and what they show."""

import json
import re

from streamlit.testing.v1 import AppTest

from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.shell import ROOT

PERSIAN = re.compile("[\u0600-\u06ff]")


def visit(page: str = "overview", /, **query: str) -> AppTest:
    """Open a page as a new visitor, with these fields in the address."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    return app if page == PAGES[0] else app.switch_page(f"pages/{page}.py").run()


def words(app: AppTest) -> str:
    """Return all that the page says, figures apart."""
    parts = [
        one.value
        for kind in ("title", "header", "subheader", "caption", "markdown", "info", "warning", "error")
        for one in app.get(kind)
    ]
    parts += [one.proto.body for one in app.get("html")]
    return "\n".join(map(str, parts))


def figures(app: AppTest) -> list[dict]:
    """Return the Plotly figures that the page shows."""
    drawn = [one.proto for one in app.get("bidi_component") if one.proto.component_name == "khoosheh_chart"]
    return [json.loads(json.loads(one.json)["figure"]) for one in drawn]
