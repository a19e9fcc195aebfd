"""Scripts come packed and whole, and none that a page needs is asked for late."""

import gzip
import http.client
from urllib.parse import urlsplit

import pytest

from khoosheh.figures import plotly_bundle
from khoosheh.ui.components import chart
from khoosheh.ui.serving import static_assets
from testing.browser import visit

ASKED = "performance.getEntriesByType('resource').map(one => one.name)"
NAMED = (
    "[...document.querySelectorAll('head link[rel=modulepreload], head script[src]')].map(one => one.href || one.src)"
)


def fetched(app: str, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    line = http.client.HTTPConnection(urlsplit(app).netloc, timeout=30)
    line.request("GET", f"/{path}", headers=headers)
    answer = line.getresponse()
    found = answer, answer.read()
    line.close()
    return found


@pytest.mark.parametrize(
    "path", [f"{static_assets.ADDRESS}{name}" for name in static_assets.list_preload_scripts()] + [chart.ADDRESS]
)
def test_a_script_is_the_same_packed_and_not(app, path):
    file = (
        plotly_bundle.SCRIPT
        if path == chart.ADDRESS
        else static_assets.FOLDER / path.removeprefix(static_assets.ADDRESS)
    )
    answer, packed = fetched(app, path, **{"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == file.read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert "accept-encoding" in answer.headers["vary"].lower()
    assert answer.headers["x-content-type-options"] == "nosniff"
    plain, body = fetched(app, path)
    assert plain.headers["content-encoding"] is None
    assert body == file.read_bytes()


@pytest.mark.parametrize("name", ["none.js", "../../../streamlit/config.py", "%2e%2e/index.html"])
def test_no_other_file_is_sent(app, name):
    answer, body = fetched(app, f"{static_assets.ADDRESS}{name}", **{"Accept-Encoding": "gzip"})
    assert answer.status >= 400 or b"<!DOCTYPE html>" in (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)


@pytest.mark.parametrize("page", ["", "investment", "ranking", "schedule"])
def test_every_script_that_a_page_needs_is_named_in_its_head(app, visitor, page):
    tab = visitor()
    visit(tab, f"{app}/{page}?lang=fa")
    named = {one.rsplit("/", 1)[1] for one in tab.evaluate(NAMED)}
    asked = [one for one in tab.evaluate(ASKED) if one.endswith(".js")]
    assert {one.rsplit("/", 1)[1] for one in asked} - named == set()
    assert chart.ADDRESS.rsplit("/", 1)[1] in named


def test_figures_are_drawn_where_the_font_does_not_come(app, visitor):
    tab = visitor()
    tab.route("**/*.woff2", lambda route: route.fulfill(body=b"no font"))
    tab.goto(f"{app}/investment?lang=fa")
    tab.locator(".khoosheh-plot[data-drawn=yes] .scatterlayer .point").first.wait_for(timeout=20_000)
