"""What passes the guard before Streamlit's upload address, what is refused, and what memory is freed when."""

import asyncio
from contextlib import suppress

import pytest
import streamlit
from loops import run_coroutine
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from khoosheh import limits
from khoosheh.ui.serving import server, upload_body
from khoosheh.ui.serving.upload_body import MOST
from khoosheh.ui.serving.upload_guard import UploadGuard, read_declared_size
from khoosheh.ui.state import upload_setting
from khoosheh.ui.state.uploaded_files import UploadedFiles

MB = limits.MIB
PATH = "/_stcore/upload_file/{}/file"


class Store:
    """Files and sessions as Streamlit keeps them, with a clock that is set."""

    def __init__(self) -> None:
        self.manager = MemoryUploadedFileManager("/_stcore/upload_file")
        self.connected, self.now = set(), 0.0
        self.files = UploadedFiles(lambda: self.manager, self.connected.__contains__, lambda: self.now)

    def come(self, session: str, visitor: str = "someone") -> str:
        self.connected.add(session)
        self.files.open_session(session, visitor)
        return session

    def hold(self, session: str, size: int, name: str = "file") -> None:
        self.manager.add_file(session, UploadedFileRec(name, name, "text/csv", bytes(size)))

    def held(self) -> int:
        return sum(len(one.data) for files in self.manager.file_storage.values() for one in files.values())


class Line:
    """One request: its parts of the body, the last of which may never come, and what is answered."""

    def __init__(self, *parts: bytes, ends: bool = True, gap: float = 0) -> None:
        self._parts, self._ends, self._gap = list(parts), ends, gap
        self.sent = []
        self.read = 0

    async def receive(self):
        if not self._parts and not self._ends:
            await asyncio.Event().wait()
        await asyncio.sleep(self._gap)
        part = self._parts.pop(0) if self._parts else b""
        self.read += len(part)
        return {"type": "http.request", "body": part, "more_body": bool(self._parts) or not self._ends}

    async def send(self, message):
        self.sent.append(message)

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def is_closed(self) -> bool:
        return (b"connection", b"close") in self.sent[0]["headers"]


class App:
    """Takes files as Streamlit does: reads a body to its end, then answers 204."""

    def __init__(self) -> None:
        self.taken, self.most_at_once, self._now = 0, 0, 0
        self.may_go_on = None

    async def __call__(self, scope, receive, send):
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            while self.may_go_on and not self.may_go_on.is_set():
                await self.may_go_on.wait()
            more = scope["method"] == "PUT"
            while more:
                message = await receive()
                more = message["more_body"]
            self.taken += 1
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
        finally:
            self._now -= 1


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def app():
    return App()


@pytest.fixture
def guard(app, store, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_UPLOADS", "on")
    return UploadGuard(app, store.files)


def scope(session: str = "here", method: str = "PUT", size: int | None = None, path: str = PATH, **headers: str):
    found = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    if size is not None:
        found.append((b"content-length", str(size).encode()))
    return {"type": "http", "method": method, "path": path.format(session), "headers": found}


def ask(guard, asked, line=None) -> Line:
    line = line or Line(b"x" * 10)
    run_coroutine(asyncio.wait_for(guard(asked, line.receive, line.send), 20))
    return line


def test_a_file_of_an_open_session_passes(guard, app, store):
    line = ask(guard, scope(store.come("here"), size=10))
    assert (line.status, app.taken, line.is_closed) == (204, 1, False)


@pytest.mark.parametrize("base", ["", "/k/h"])
@pytest.mark.parametrize("method", ["PUT", "POST", "GET", "HEAD", "DELETE", "OPTIONS", "PATCH", "ANY"])
def test_without_uploads_the_address_takes_no_method(guard, app, store, monkeypatch, method, base):
    monkeypatch.setenv("KHOOSHEH_UPLOADS", "off")
    line = ask(guard, scope(store.come("here"), method, 10, base + PATH))
    assert (line.status, app.taken, app.most_at_once) == (403, 0, 0)


def test_other_addresses_are_left_alone(guard, app):
    for path in ("/", "/_stcore/health", "/data"):
        assert ask(guard, scope(method="GET", path=path)).status == 204
    assert app.taken == 3


def test_only_the_session_whose_page_has_an_uploader_and_whose_visitor_is_there_gives_files(guard, app, store):
    store.connected.add("overview")
    assert ask(guard, scope("overview", size=10)).status == 403
    assert ask(guard, scope("nobody", size=10)).status == 403
    here = store.come("here")
    store.connected.discard(here)
    assert ask(guard, scope(here, size=10)).status == 403
    store.come(here)
    store.files.close_session(here)
    assert ask(guard, scope(here, size=10)).status == 403
    store.come(here)
    assert ask(guard, scope(here, size=10)).status == 204
    assert app.taken == 1


@pytest.mark.parametrize(
    ("headers", "size"),
    [
        ({"content_length": "77"}, 77),
        ({"content_length": "9" * 400}, 10**20 - 1),
        ({"content_length": "-1"}, MOST),
        ({"content_length": "77", "transfer_encoding": "chunked"}, MOST),
        ({}, MOST),
    ],
)
def test_a_size_that_is_not_stated_counts_as_the_most(headers, size):
    assert read_declared_size(scope(**headers)) == size


def test_a_body_is_refused_by_what_it_says_and_by_what_it_is(guard, app, store, monkeypatch):
    store.come("here")
    said = ask(guard, scope(size=MOST + 1))
    assert (said.status, app.most_at_once) == (413, 0)
    part = b"x" * MB
    chunked = ask(guard, scope(transfer_encoding="chunked"), Line(*[part] * (MOST // MB + 20)))
    lies = ask(guard, scope(size=3 * MB), Line(*[part] * 9))
    assert (chunked.status, lies.status, app.taken) == (413, 413, 0)
    assert chunked.is_closed and lies.is_closed
    fits = ask(guard, scope(transfer_encoding="chunked"), Line(*[part] * (MOST // MB)))
    assert (fits.status, app.taken) == (204, 1)


@pytest.mark.parametrize(
    ("limit", "sessions"),
    [
        ("UPLOADS_OF_SESSION", [("a", "one"), ("a", "one")]),
        ("UPLOADS_OF_VISITOR", [("a", "one"), ("b", "one")]),
        ("UPLOADS_IN_ALL", [("a", "one"), ("b", "two")]),
    ],
)
def test_bytes_that_are_held_bound_what_may_come(guard, store, monkeypatch, limit, sessions):
    (first, owner), (second, other) = sessions
    store.come(first, owner)
    store.come(second, other)
    store.hold(first, 40 * MB)
    assert ask(guard, scope(second, size=40 * MB)).status == 204
    monkeypatch.setattr(limits, limit, 60 * MB)
    assert ask(guard, scope(second, size=40 * MB)).status == 429
    # what the others have is no concern of the narrower limits
    third = store.come("c", "three")
    assert (ask(guard, scope(third, size=40 * MB)).status == 204) == (limit != "UPLOADS_IN_ALL")
    store.files.free_session_files(first)
    assert ask(guard, scope(second, size=40 * MB)).status == 204


def test_many_empty_files_and_long_names_count_as_well(guard, store, monkeypatch):
    monkeypatch.setattr(limits, "UPLOADS_OF_SESSION", 60 * MB)
    store.come("here")
    for number in range(1000):
        store.hold("here", 0, f"{number}")
    assert ask(guard, scope(size=10)).status == 429
    store.files.free_session_files("here")
    store.manager.add_file("here", UploadedFileRec("file", "n" * 61 * MB, "", b""))
    assert ask(guard, scope(size=10)).status == 429


async def _at_once(guard, app, asked) -> list[Line]:
    app.may_go_on = asyncio.Event()
    lines = [Line(b"x" * 10) for _ in asked]
    tasks = [asyncio.create_task(guard(one, line.receive, line.send)) for one, line in zip(asked, lines, strict=True)]
    await asyncio.sleep(0.2)
    app.may_go_on.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 20)
    app.may_go_on = None
    return lines


def test_bytes_are_reserved_before_they_come_and_no_longer_than_they_do(guard, app, store, monkeypatch):
    monkeypatch.setattr(limits, "UPLOADS_IN_ALL", 120 * MB)
    monkeypatch.setattr(limits, "UPLOADS_OF_VISITOR", 999 * MB)
    asked = [scope(store.come(name, name), size=50 * MB) for name in "abcd"]
    lines = run_coroutine(_at_once(guard, app, asked))
    assert sorted(line.status for line in lines) == [204, 204, 429, 429]
    # neither a success nor a failure leaves a reservation behind
    assert ask(guard, scope("a", size=50 * MB)).status == 204
    assert ask(guard, scope("a", size=5), Line(b"x" * 50)).status == 413
    assert (
        guard._reserved._bytes.total() == guard._reserved._bodies.total() == guard._reserved._of_visitor.total() == 0
    )


@pytest.mark.parametrize(("limit", "visitors"), [("BODIES_OF_VISITOR", "aaaa"), ("BODIES_IN_ALL", "abcd")])
def test_few_bodies_come_at_the_same_time(guard, app, store, monkeypatch, limit, visitors):
    monkeypatch.setattr(limits, "BODIES_OF_VISITOR", 99)
    monkeypatch.setattr(limits, limit, 3)
    asked = [scope(store.come(f"session {place}", one), size=10) for place, one in enumerate(visitors)]
    lines = run_coroutine(_at_once(guard, app, asked))
    assert sorted(line.status for line in lines) == [204, 204, 204, 429]
    assert app.most_at_once == 3


@pytest.fixture
def hurried(monkeypatch):
    monkeypatch.setattr(limits, "BODY_PAUSE_SECONDS", 0.4)
    monkeypatch.setattr(limits, "BODY_LEAST_RATE", 1000)
    monkeypatch.setattr(upload_body, "LINGER_SECONDS", 0.2)


def test_a_body_that_stops_is_cut(guard, app, store, hurried):
    store.come("here")
    stopped = ask(guard, scope(size=MB), Line(b"x" * 100_000, ends=False))
    assert (stopped.status, stopped.is_closed, app.taken) == (408, True, 0)
    assert stopped.sent[-1] == {"type": "http.response.body", "body": b""}


def test_a_trickle_is_cut_and_a_slow_body_is_not(guard, app, store, hurried):
    store.come("here")
    trickle = Line(*[b"x"] * 1000, gap=0.05)
    assert ask(guard, scope(size=MB), trickle).status == 408
    # a busy machine may make pauses longer, so the parts are far larger than they have to be
    slow = Line(*[b"x" * 5000] * 20, gap=0.05)
    assert ask(guard, scope(size=MB), slow).status == 204


def test_a_body_that_takes_too_long_is_cut(guard, app, store, hurried, monkeypatch):
    monkeypatch.setattr(limits, "BODY_SECONDS", 0.5)
    store.come("here")
    assert ask(guard, scope(size=MB), Line(*[b"x" * 5000] * 200, gap=0.05)).status == 408


def test_a_refused_body_is_read_past_for_a_while_so_that_the_answer_arrives(guard, app, store, hurried):
    short = ask(guard, scope("nobody", size=MB), Line(*[b"x" * 1000] * 9))
    assert (short.status, short.read) == (403, 9000)
    never = ask(guard, scope("nobody", size=MB), Line(b"x", ends=False))
    assert (never.status, never.is_closed) == (403, True)


def test_a_sender_who_leaves_is_no_fault_and_leaves_nothing(guard, app, store):
    store.come("here")

    async def left():
        return {"type": "http.disconnect"}

    line = Line()
    run_coroutine(guard(scope(size=10), left, line.send))
    assert (line.sent, app.taken, guard._reserved._bodies.total()) == ([], 0, 0)


def test_files_are_freed_when_the_visitor_leaves_but_not_when_only_the_line_was_cut(store):
    for name in ("gone", "back", "stays"):
        store.hold(store.come(name), MB)
    # came in when its session had ended already
    store.hold("nobody", MB)
    store.files.free_left()
    store.connected -= {"gone", "back"}
    store.files.free_left()
    store.now += limits.LEFT_SECONDS - 1
    store.connected.add("back")
    store.files.free_left()
    assert store.held() == 4 * MB
    store.now += 2
    store.files.free_left()
    assert sorted(session for session, size in store.files.bytes_held().items() if size > MB) == ["back", "stays"]
    assert store.files.was_freed("gone") and not store.files.was_freed("gone")
    assert not store.files.was_freed("back")
    assert store.held() == 2 * MB


def test_nothing_is_remembered_of_sessions_that_cannot_come_back(store):
    store.come("gone")
    store.connected.discard("gone")
    for _ in range(4):
        store.files.free_left()
        store.now += 100
    kept = (store.files._visitors, store.files._open, store.files._left, store.files._freed)
    assert not any(kept)


def test_another_page_frees_what_was_given(store):
    store.hold(store.come("here"), MB)
    store.files.close_session("here")
    assert store.held() == 0


@pytest.mark.parametrize(
    ("address", "setting", "allowed"),
    [
        ("localhost", "", True),
        ("127.0.0.1", "", True),
        ("127.9.9.9", "", True),
        ("::1", "", True),
        (None, "", False),
        ("", "", False),
        ("0.0.0.0", "", False),
        ("::", "", False),
        ("192.168.1.2", "", False),
        ("localhost.example", "", False),
        ("unix:///run/khoosheh", "", False),
        ("0.0.0.0", "on", True),
        ("0.0.0.0", " ON ", True),
        ("localhost", "off", False),
        ("localhost", "true", False),
        ("localhost", "1", False),
    ],
)
def test_uploads_are_on_for_this_machine_only_unless_they_are_set(monkeypatch, address, setting, allowed):
    monkeypatch.setenv("KHOOSHEH_UPLOADS", setting)
    monkeypatch.setattr(upload_setting, "get_option", {"server.address": address}.get)
    assert upload_setting.uploads_allowed() is allowed


def test_a_setting_that_is_neither_on_nor_off_is_logged_once(monkeypatch, caplog):
    upload_setting._warn_once.cache_clear()
    monkeypatch.setenv("KHOOSHEH_UPLOADS", "perhaps")
    assert not upload_setting.uploads_allowed() and not upload_setting.uploads_allowed()
    assert sum("perhaps" in one.message for one in caplog.records) == 1


def test_streamlit_refuses_what_is_larger_than_the_page_says(monkeypatch):
    assert streamlit.get_option("server.maxUploadSize") == limits.BYTES // MB == upload_setting.MOST_MB
    monkeypatch.setattr(upload_setting, "MOST_MB", 7)
    try:
        server.build_middleware()
        assert streamlit.get_option("server.maxUploadSize") == 7
    finally:
        with suppress(RuntimeError):
            config.set_option("server.maxUploadSize", limits.BYTES // MB, "tests")
