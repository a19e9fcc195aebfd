"""Two replicas behind nginx: who goes where, what comes packed, and what a killed replica means for its visitors."""

import http.client
import json
import re
import threading
import time
from urllib.parse import urlsplit

import pytest
from conftest_nginx import COOKIE, HTML, NGINX, Replicas, copies, replica_of

from testing import workbooks
from testing.browser import ROOT, ready, visit

pytestmark = pytest.mark.xdist_group("replicas")
VIEW = "/investment?unit=hemat&chain=tea"
MB = 1 << 20
PACKED = ("text/html", "text/javascript", "text/css", "application/json", "image/svg+xml")


@pytest.fixture(scope="module")
def replicas(tmp_path_factory, invented_path):
    """nginx and two replicas with the register of the invented province."""
    if NGINX is None:
        pytest.skip("there is no nginx: apt-get install nginx-light")
    folder = tmp_path_factory.mktemp("replicas")
    found = Replicas(folder, invented_path)
    try:
        yield found
    finally:
        found.stop()
    said = found.log.read_text(encoding="utf-8")
    assert "Traceback" not in said and "[emerg]" not in said, said[-3000:]


class Sockets:
    """The WebSockets of a tab, in the order they were opened; which are closed, and which brought something."""

    def __init__(self, tab):
        self.opened, self.closed, self.heard, self._tab = [], set(), set(), tab
        tab.on("websocket", self._add)

    def _add(self, one):
        self.opened.append(one)
        one.on("close", self._close)
        one.on("framereceived", lambda _: self.heard.add(one))

    def _close(self, one):
        self.closed.add(one)

    def first_only(self):
        return len(self.opened) == 1 and not self.closed

    def await_next(self, seconds=30):
        """Wait until another WebSocket than the first has brought something: a run of the page."""
        for _ in range(seconds * 10):
            if self.heard - {self.opened[0]}:
                return
            self._tab.wait_for_timeout(100)
        raise AssertionError(f"{self._tab.url} finds no server again")


def drawn(tab):
    """What a tab shows: its words, and the numbers of its figures."""
    numbers = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(
        figure => figure.data.map(({x, y, base, text}) => ({x, y, base, text}))))"""
    return tab.locator("[data-testid=stMain]").inner_text(), json.loads(tab.evaluate(numbers))


def choose_unit(tab, option):
    tab.get_by_label("واحد", exact=True).click()
    tab.get_by_role("option", name=option, exact=True).click()
    tab.wait_for_url(re.compile("^((?!unit=hemat).)*$"))
    return ready(tab)


def test_what_the_container_copies_is_there():
    assert {"app.py", "khoosheh", "requirements.lock"} <= {source for source, _ in copies()}
    assert [source for source, _ in copies() if not (ROOT / source).exists()] == []


def test_files_and_pages_come_packed(replicas, visitor):
    tab, came = visitor(), []
    tab.on("response", lambda one: came.append((one.url, one.status, one.headers)))
    visit(tab, f"{replicas.address}/investment")
    kinds = set()
    for address, status, headers in came:
        if not address.startswith(replicas.address):
            continue
        kind = headers.get("content-type", "").split(";")[0]
        packed = headers.get("content-encoding") == "gzip"
        assert status == 200, address
        if kind in PACKED and int(headers.get("content-length", MB)) >= 1000:
            kinds.add(kind)
            assert packed, address
        assert not (kind.startswith("font/woff2") and packed), address
    assert {"text/html", "text/javascript", "text/css"} <= kinds


def test_visitors_are_spread_and_each_stays(replicas):
    said = [replicas.ask(f"/new-{at}", **HTML).headers.get_all("Set-Cookie") for at in range(40)]
    given = [one for cookies in said for one in cookies if one.startswith(COOKIE)]
    assert given == [
        f"{COOKIE}={replicas.answered(f'/new-{at}')}; Path=/; HttpOnly; SameSite=Lax" for at in range(40)
    ]
    assert len(set(given)) == 2
    for at, name in enumerate("ab" * 5):
        # the cookie is set anew only when another replica answers
        again = replicas.ask(f"/again-{at}", Cookie=f"{COOKIE}={name}", **HTML)
        assert replicas.answered(f"/again-{at}") == name and COOKIE not in str(again.headers)


@pytest.mark.parametrize("cookie", ["c", "", "../a"])
def test_a_cookie_of_no_replica_is_replaced(replicas, cookie):
    found = replicas.ask("/", Cookie=f"{COOKIE}={cookie}", **HTML)
    assert found.status == 200 and re.search(f"{COOKIE}=[ab];", str(found.headers))


def test_files_without_a_cookie_go_one_way_and_bring_none(replicas):
    ways = {agent: set() for agent in map(str, range(20))}
    for agent, found in ways.items():
        for at in range(3):
            answer = replicas.ask(f"/file-{agent}-{at}", **{"User-Agent": agent})
            assert COOKIE not in str(answer.headers)
            found.add(replicas.answered(f"/file-{agent}-{at}"))
    assert all(len(found) == 1 for found in ways.values()) and len(set.union(*ways.values())) == 2


def test_cookies_are_for_https_alone_where_the_visit_is(replicas):
    for proto, secure in (("https", True), ("http", False)):
        found = replicas.ask("/", **HTML, **{"X-Forwarded-Proto": proto})
        cookies = found.headers.get_all("Set-Cookie")
        assert len(cookies) >= 2
        assert all(("secure" in one.lower()) == secure for one in cookies), cookies


def test_https_is_asked_for_where_the_visit_uses_it(replicas):
    for proto, strict in (("https", "max-age=31536000"), ("http", None)):
        for path in ("/", "/overview", "/khoosheh/export/docx"):
            found = replicas.ask(path, **HTML, **{"X-Forwarded-Proto": proto})
            assert found.headers.get("Strict-Transport-Security") == strict, (path, proto)


def open_socket(replicas, origin):
    """Open a WebSocket as a page of some site would, and return its connection and status."""
    way = http.client.HTTPConnection(urlsplit(replicas.address).netloc, timeout=60)
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13"}
    headers |= {"Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA=="}
    way.request("GET", "/_stcore/stream", headers=headers | {"Origin": origin})
    return way, way.getresponse().status


def test_every_way_leads_through(replicas):
    assert replicas.ask("/health").body == b"ok"
    moved = replicas.ask("/overview?lang=en", **HTML)
    assert (moved.status, moved.headers["Location"]) == (307, "/?lang=en")
    export = replicas.ask("/khoosheh/export/oc4ids?chain=tea")
    assert export.status == 200 and "attachment" in export.headers["Content-Disposition"]
    assert replicas.ask("/khoosheh/export/docx?lang=en").status == 404


@pytest.mark.parametrize(("origin", "status"), [("", 101), ("http://other.example", 403)])
def test_a_websocket_is_opened_to_its_own_site_only(replicas, origin, status):
    way, found = open_socket(replicas, origin or replicas.address)
    assert found == status
    way.close()


def test_nginx_lets_through_what_the_page_does_and_no_more(replicas):
    way = "/_stcore/upload_file/nobody/nothing"
    assert replicas.ask(way, "PUT", bytes(51 * MB + 1)).status == 413
    # it reaches the app, which knows no such visitor
    assert replicas.ask(way, "PUT", bytes(50 * MB + 4096)).status not in (200, 413, 502, 504)


def refuse(tab, file):
    """Give a file that is too large, which the page says in words."""
    with file.open("wb") as out:
        out.truncate(50 * MB + 1)
    tab.locator('input[type="file"]').set_input_files(file)
    chip = tab.locator('[data-testid="stFileChip"][aria-invalid="true"]')
    chip.wait_for()
    assert "مگابایت" in chip.evaluate("e => getComputedStyle(e, '::after').content")


def give(tab, file):
    tab.locator('input[type="file"]').set_input_files(file)
    tab.locator("h1", has_text=file.name).wait_for(timeout=60_000)
    return ready(tab)


def test_a_file_lives_with_its_replica_and_is_given_again_when_that_dies(replicas, visitor, tmp_path):
    file = workbooks.xlsx(tmp_path / "own.xlsx", workbooks.sheets())
    tab = replicas.settle(visitor(), "b")
    sockets = Sockets(tab)
    refuse(visit(tab, f"{replicas.address}/data"), tmp_path / "large.xlsx")
    give(tab, file)
    replicas.kill("b")
    sockets.await_next()
    # nothing is left that looks as if the file were still there
    assert "own.xlsx" not in ready(tab).locator("body").inner_text()
    give(tab, file).locator(".st-key-look button").click()
    tab.locator(".khoosheh-ribbon").wait_for()
    replicas.restart("b")
    ready(tab).reload()
    assert "own.xlsx" in ready(tab).locator(".khoosheh-ribbon").inner_text()
    assert replica_of(tab) == "a"


def test_a_killed_replica_costs_its_visitors_a_moment_and_others_nothing(replicas, visitor):
    tabs = {name: [replicas.settle(visitor(), name)] for name in "ab"}
    for both in tabs.values():
        both.append(visitor(beside=both[0]))
    sockets = {tab: Sockets(tab) for both in tabs.values() for tab in both}
    for tab in sockets:
        visit(tab, f"{replicas.address}{VIEW}")
    before = {tab: drawn(tab) for tab in sockets}
    assert all(figures and "همت" in said for said, figures in before.values())
    with Work(replicas) as work:
        replicas.kill("a")
        for tab in tabs["a"]:
            sockets[tab].await_next()
            ready(tab)
        work.await_answers(5)
    assert set(work.answers) == {200}
    for tab in tabs["a"]:
        assert sockets[tab].opened[0] in sockets[tab].closed
        assert tab.url.endswith(VIEW) and drawn(tab) == before[tab] and replica_of(tab) == "b"
    moved, stayed = (drawn(choose_unit(tabs[name][-1], "میلیارد تومان")) for name in "ab")
    assert moved == stayed and moved not in before.values()
    assert all(sockets[tab].first_only() for tab in tabs["b"])
    back_to_life(replicas, tabs["a"][-1])


def back_to_life(replicas, tab):
    """Start the killed replica again: who has moved stays where the visit lives, and a new visitor is taken."""
    replicas.restart("a")
    tab.context.request.get(replicas.address, headers=HTML)
    assert replica_of(tab) == "b"
    sockets = Sockets(tab)
    visit(replicas.settle(tab, "a"), f"{replicas.address}{VIEW}")
    assert replica_of(tab) == "a" and sockets.first_only()


class Work:
    """Visitors of both replicas who ask for files, one after the other, as long as the block runs."""

    def __init__(self, replicas):
        self.answers, self._replicas, self._end = [], replicas, threading.Event()
        self._threads = [threading.Thread(target=self._run, args=(name,)) for name in "ab"]

    def _run(self, name):
        while not self._end.is_set():
            found = self._replicas.ask("/khoosheh/export/oc4ids?chain=tea", Cookie=f"{COOKIE}={name}")
            self.answers.append(found.status)

    def await_answers(self, count):
        end = time.monotonic() + 60
        while len(self.answers) < count:
            assert time.monotonic() < end, self.answers
            time.sleep(0.05)

    def __enter__(self):
        for one in self._threads:
            one.start()
        return self

    def __exit__(self, *_):
        self._end.set()
        for one in self._threads:
            one.join()
