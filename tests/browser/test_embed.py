"""A page within another site's page: only where the administrator allows it, without frame, with its day."""

import functools
import http.server
import threading

import pytest

from khoosheh.ui.layout import embed
from testing.browser import ready, serve, visit


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Another site, by its address; any page of it holds the frame that ``?`` names."""
    folder = tmp_path_factory.mktemp("site")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield folder, f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("", "frame-ancestors 'self'"),
        ("https://a.example http://b.example:8080", "frame-ancestors 'self' https://a.example http://b.example:8080"),
        ("https://*.gov.example", "frame-ancestors 'self' https://*.gov.example"),
        ("* https: https://a.example;script-src 'none' javascript:x a.example", "frame-ancestors 'self'"),
    ],
)
def test_only_whole_origins_are_let_in(given, said, monkeypatch):
    monkeypatch.setenv(embed.ORIGINS, given)
    assert embed.format_frame_ancestors() == said


def test_a_page_without_frame_says_its_day_and_leads_out(app, visitor):
    tab = visit(visitor(width=700), f"{app}/schedule?embed=true&lang=en&chain=steel&asof=1402-12-30")
    for selector in (
        ".khoosheh-nav",
        ".st-key-khoosheh-filters",
        ".khoosheh-header",
        ".khoosheh-takeaway",
    ):
        assert tab.locator(selector).count() == 0
    assert "1402-12-30" in tab.get_by_role("alert").inner_text()
    foot = tab.locator(".khoosheh-embed")
    assert "As known on 1 Azar 1405" in foot.inner_text()
    within = tab.locator("[data-testid=stMain] a:visible").all()
    assert within and {one.get_attribute("target") for one in within} == {"_blank"}
    with tab.expect_popup() as opened:
        foot.get_by_role("link").click()
    whole = ready(opened.value)
    assert whole.locator(".khoosheh-nav").count() == 1 and "embed" not in whole.url and "chain=steel" in whole.url


def test_another_site_shows_it_only_where_it_was_named(invented_path, site, visitor, tmp_path, monkeypatch):
    folder, origin = site
    monkeypatch.setenv(embed.ORIGINS, origin)
    for address in serve(invented_path, tmp_path / "log"):
        (folder / "page.html").write_text(
            f'<link rel="icon" href="data:,"><iframe src="{address}/?embed=true" width="900" height="700"></iframe>'
        )
        tab = visitor()
        tab.goto(f"{origin}/page.html")
        tab.frame_locator("iframe").locator("h1").wait_for(timeout=30000)
        tab.goto("about:blank")
