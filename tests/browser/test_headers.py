"""What the server says of every answer, to whatever is asked for and however; and what it does not answer at all."""

import http.client
import re
from urllib.parse import urlsplit

import pytest

from khoosheh.ui.components import chart
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.serving import headers, static_assets
from testing.browser import ready, unfold, visit

PAGE, PROGRAM = "text/html,application/xhtml+xml", "*/*"
FILES = (
    "_stcore/health", "_stcore/host-config", "favicon.png", "app/static/khoosheh.svg", chart.ADDRESS,
    "khoosheh/export/workbook?lang=en", "khoosheh/export/package?chain=copper",
    "khoosheh/export/docx", "khoosheh/export/oc4ids?chain=none", f"{static_assets.ADDRESS}{static_assets.list_preload_scripts()[0]}",
)  # fmt: skip
NOT_THERE = (
    "nonsense.png", "feed.xml", "index.html", "robots.txt", "ranking/x.png", "static/js/none.js", "static/none",
    "app/static/none.svg", "media/none.png", "khoosheh/none", "khoosheh/export/a/b",
    "_stcore/metrics", "_stcore/stream", "_stcore/script-health-check", "_stcore/agent/openapi.json",
    "_stcore/agent/mcp", "_stcore/agent/interact", "_stcore/none", "_stcore/bidi-components/x",
)  # fmt: skip
CLOSED = ("auth/login", "auth/logout", "oauth2callback", "component/x", "nosuch", "ranking/x", "a/b/c")


def ask(app: str, path: str, method: str = "GET", accept: str = PROGRAM, **more: str):
    """Return status, headers and body of an answer; redirects are not followed."""
    line = http.client.HTTPConnection(urlsplit(app).netloc, timeout=60)
    names = {name.replace("_", "-"): value for name, value in more.items()}
    line.request(method, f"/{path}", headers={"Accept": accept, **names})
    answer = line.getresponse()
    found = answer.status, answer.headers, answer.read()
    line.close()
    return found


def assert_secured(found, path: str) -> None:
    for name, value in headers.ALWAYS.items():
        assert found.get_all(name) == [value], (path, name)
    policies = found.get_all("content-security-policy")
    assert len(policies) == 1 and "default-src 'none'" in policies[0] and "frame-ancestors 'self'" in policies[0]
    assert "unsafe-eval" not in policies[0]
    assert not re.search(r"script-src [^;]*unsafe-inline", policies[0])


@pytest.mark.parametrize("accept", [PAGE, PROGRAM])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"])
def test_every_answer_has_the_headers(app, method, accept):
    for path in ("", *PAGES, *FILES, *NOT_THERE, *CLOSED, "ranking/", "/x", "%2e%2e/x", "%00", "x?lang=%ff"):
        status, found, _ = ask(app, path, method, accept)
        assert_secured(found, path)
        assert status < 500, path


@pytest.mark.parametrize("accept", [PAGE, PROGRAM])
def test_head_is_answered_like_get(app, accept):
    for path in ("", *PAGES[1:], *FILES, *NOT_THERE, *CLOSED, "overview?lang=en"):
        get, head = (ask(app, path, method, accept) for method in ("GET", "HEAD"))
        assert head[0] == get[0], path
        assert head[2] == b""
        # what is drawn by lot, and the time, differ
        told = [{name.lower(): value for name, value in one[1].items()} for one in (get, head)]
        for one in told:
            one.pop("date")
            one["set-cookie"] = "set-cookie" in one
        assert told[0] == told[1], path


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_is_said_so_to_everybody(app, path):
    for accept, kind in ((PROGRAM, "text/plain"), (PAGE, "text/html")):
        status, found, body = ask(app, path, accept=accept)
        assert status == 404, path
        if not path.startswith(("app/", "media/", "khoosheh/")):
            assert found["content-type"].startswith(kind) and found["vary"] == "Accept"
        assert b"<noscript>" not in body


@pytest.mark.parametrize("path", CLOSED)
def test_browsers_are_led_to_the_first_page_and_programs_are_told(app, path):
    status, found, _ = ask(app, f"{path}?lang=en", accept=PAGE)
    assert status == 307 and found["location"].startswith("/?lang=en&missing=")
    assert "Accept" in found["vary"]
    status, found, body = ask(app, f"{path}?lang=en")
    assert (status, body, found["vary"]) == (404, b"There is nothing at this address.\n", "Accept")
    assert ask(app, path, "POST", PAGE)[0] == 404


def test_a_page_is_its_visitor_s_alone(app):
    for path in ("", "ranking?lang=en"):
        for more in ({}, {"Cookie": "khoosheh_visitor=x"}, {"Range": "bytes=0-9"}, {"Accept_Encoding": "gzip"}):
            status, found, body = ask(app, path, accept=PROGRAM, **more)
            assert (status, found["cache-control"], found["vary"]) == (200, "private, no-store", "Cookie")
            assert ("set-cookie" in found) == ("Cookie" not in more)
            assert b"dir=" in body and found["content-encoding"] is None
    # Streamlit gives a cookie with its answer to the question whether it is alive
    assert ask(app, "_stcore/health")[1]["cache-control"] == "private, no-store"


def test_scripts_may_be_kept_by_everybody(app):
    for path in (chart.ADDRESS, f"{static_assets.ADDRESS}{static_assets.list_preload_scripts()[0]}"):
        found = ask(app, path, Accept_Encoding="gzip")[1]
        assert "public" in found["cache-control"] and found["vary"].lower() == "accept-encoding"
        assert "set-cookie" not in found


@pytest.mark.parametrize(
    ("path", "origin"), [("_stcore/stream", "https://evil.example"), ("_stcore/none", ""), ("evidence", "")]
)
def test_a_refused_line_has_the_headers_too(app, path, origin):
    line = http.client.HTTPConnection(urlsplit(app).netloc, timeout=20)
    asked = {
        "Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Origin": origin or app,
    }  # fmt: skip
    line.request("GET", f"/{path}", headers=asked)
    answer = line.getresponse()
    assert answer.status == 403
    assert_secured(answer.headers, path)
    line.close()


# Streamlit's reader of messages tries WebAssembly for whole numbers of 64 bits, and does without
TRIED = ["script-src", "wasm-eval"]
VIOLATIONS = """() => { globalThis.violations = [];
  document.addEventListener('securitypolicyviolation', e => violations.push([e.effectiveDirective, e.blockedURI])); }"""


@pytest.mark.parametrize("page", PAGES)
def test_no_page_asks_for_what_its_policy_forbids(app, visitor, page):
    tab = visitor()
    tab.add_init_script(f"({VIOLATIONS})()")
    visit(tab, f"{app}/{'' if page == PAGES[0] else page}?lang=fa")
    if tab.locator("details").count():
        unfold(tab)
    ready(tab)
    assert [one for one in tab.evaluate("violations") if one != TRIED] == []


def test_a_policy_forbids_scripts_that_did_not_come_with_the_page(app, browser):
    tab = browser.new_page()
    tab.add_init_script(f"({VIOLATIONS})()")
    visit(tab, f"{app}/?lang=fa")
    tab.evaluate("""() => {
      const script = document.createElement('script'); script.textContent = 'globalThis.ran = true';
      document.head.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="globalThis.ran = true">');
      document.body.insertAdjacentHTML('beforeend', '<iframe src="about:srcdoc" srcdoc="x"></iframe>');
      fetch('http://127.0.0.1:9/').catch(() => {});
      const base = document.createElement('base'); base.href = 'http://127.0.0.1:9/'; document.head.append(base);
    }""")
    tab.wait_for_function("() => violations.length >= 5")
    assert tab.evaluate("globalThis.ran") is None
    assert {one[0] for one in tab.evaluate("violations")} >= {
        "script-src-elem",
        "script-src-attr",
        "connect-src",
        "base-uri",
    }
    tab.close()
