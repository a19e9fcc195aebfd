"""Streamlit's upload address of a running server, asked by who has no browser: what it takes, and what memory is left."""

import http.client
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from streamlit_session import CUT, Session

from testing import workbooks
from testing.browser import ready, start, visit
from testing.servers import find_free_port, wait_for_address

MB = 1 << 20
# small, so that the test takes little memory; each limit is reached before the next
LIMITS = {
    "KHOOSHEH_UPLOAD_FILE_MB": "10",
    "KHOOSHEH_UPLOAD_SESSION_MB": "25",
    "KHOOSHEH_UPLOAD_VISITOR_MB": "45",
    "KHOOSHEH_UPLOAD_TOTAL_MB": "65",
    "KHOOSHEH_UPLOAD_PAUSE_SECONDS": "2",
    "KHOOSHEH_UPLOAD_LEFT_SECONDS": "1",
}
# what a process may keep of memory that it has given back, and what pages that were drawn meanwhile take
SLACK = 60 * MB


@dataclass(frozen=True)
class Server:
    """A running server: its address below its path, and its process."""

    address: str
    pid: int

    def memory(self) -> int:
        """Return the bytes of memory that the process holds."""
        lines = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS"))


@contextmanager
def running(data: Path, log: Path, **settings: str) -> Iterator[Server]:
    """Start a server with some settings, and end it."""
    port = find_free_port()
    with pytest.MonkeyPatch.context() as environment, log.open("w") as out:
        for name, value in settings.items():
            environment.setenv(name, value)
        process = start(data, port, out)
        try:
            address = f"http://127.0.0.1:{port}/{settings.get('STREAMLIT_SERVER_BASE_URL_PATH', '')}".rstrip("/")
            wait_for_address(f"{address}/_stcore/health")
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait(60)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-3000:]


@pytest.fixture(scope="module")
def server(tmp_path_factory, invented_path) -> Iterator[Server]:
    """A server that takes files, with small limits."""
    with running(invented_path, tmp_path_factory.mktemp("log") / "on.log", KHOOSHEH_UPLOADS="on", **LIMITS) as found:
        yield found


@contextmanager
def sessions(server: Server, *visitors: tuple[str, str]) -> Iterator[list[Session]]:
    """Open sessions, each on a page and with a visitor's cookie, one after the other."""
    with ExitStack() as stack:
        yield [stack.enter_context(closing(Session(server.address, page, name))) for page, name in visitors]


def settled(server: Server, most: int, seconds: float = 30) -> int:
    """Wait until the server holds at most so much memory; return what it holds at the end."""
    end = time.monotonic() + seconds
    while server.memory() > most and time.monotonic() < end:
        time.sleep(0.5)
    return server.memory()


def test_off_means_that_the_address_answers_no_method_also_below_a_path(tmp_path, invented_path):
    settings = {"KHOOSHEH_UPLOADS": "off", "STREAMLIT_SERVER_BASE_URL_PATH": "k/h"}
    with running(invented_path, tmp_path / "log", **settings) as server, sessions(server, ("data", "a")) as [one]:
        for method in ("PUT", "POST", "GET", "DELETE", "OPTIONS", "PATCH"):
            with closing(http.client.HTTPConnection(one.place, timeout=60)) as line:
                line.request(method, one.path("file"), b"x" * 1000, one.headers())
                assert line.getresponse().status == 403, method
        assert one.put("file", MB) == 403


def test_a_session_on_another_page_fills_no_memory(server):
    with sessions(server, ("overview", "attacker")) as [one]:
        before = server.memory()
        found = [one.put(f"{number}", 190 * MB) for number in range(12)]
        assert set(found) <= {403, CUT}
        assert 403 in found
        assert settled(server, before + SLACK) <= before + SLACK


def test_each_limit_holds_and_memory_is_free_again_when_the_visitors_have_left(server):
    visitors = [("data", "one"), ("data", "one"), ("data", "two"), ("data", "two")]
    with sessions(server, *visitors) as (first, beside, other, another):
        before = server.memory()
        # 25 MB of a session
        assert [first.put(f"{number}", 9 * MB) for number in range(3)] == [204, 204, 429]
        # 45 MB of a visitor
        assert [beside.put(f"{number}", 9 * MB) for number in range(3)] == [204, 204, 429]
        # 65 MB of all
        assert [other.put(f"{number}", 9 * MB) for number in range(4)] == [204, 204, 429, 429]
        assert [another.put(f"{number}", 9 * MB) for number in range(2)] == [204, 429]
        assert server.memory() < before + 65 * MB + SLACK
    assert settled(server, before + SLACK) <= before + SLACK
    # all of it may be given again
    with sessions(server, ("data", "one")) as [first]:
        deadline = time.monotonic() + 30
        while (status := first.put("again", 9 * MB)) == 429 and time.monotonic() < deadline:
            time.sleep(0.5)
        assert status == 204


def test_a_body_in_chunks_is_counted_as_well(server):
    with sessions(server, ("data", "three")) as [one]:
        before = server.memory()
        assert one.put("file", 2 * MB, chunked=True) == 204
        assert one.put("file", 40 * MB, chunked=True) in (413, CUT)
        # the file alone is larger than it may be, the form is not
        assert one.put("file", 10 * MB + 1000) == 413
        assert one.put("file", 10 * MB) == 204
        assert server.memory() < before + SLACK


def test_bodies_that_stall_are_cut(server):
    with sessions(server, ("data", "four"), ("overview", "five")) as (one, other), ExitStack() as stack:
        began = time.monotonic()
        lines = [
            stack.enter_context(closing((one, other)[number % 2].stall(f"{number}", 9 * MB))) for number in range(60)
        ]
        for line in lines:
            with suppress(ConnectionResetError, BrokenPipeError):
                answer = line.recv(9)
                assert answer == b"HTTP/1.1 "
                while line.recv(1000):
                    pass
        # with a pause of two seconds allowed, and three for the answer; the rest is for a busy machine
        assert time.monotonic() - began < 40
        # places are free again
        assert one.put("file", MB) == 204


def test_a_visitor_who_leaves_in_the_middle_of_a_file_leaves_no_trace(server):
    with sessions(server, ("data", "six")) as [one]:
        for number in range(4):
            line = one.stall(f"{number}", 9 * MB)
            line.shutdown(socket.SHUT_RDWR)
            line.close()
            time.sleep(0.3)
        assert one.put("file", MB) == 204


def test_a_visitor_whose_file_is_refused_is_told_so_in_words(server, browser, tmp_path):
    file = workbooks.xlsx(tmp_path / "own.xlsx", workbooks.sheets())
    with closing(browser.new_context()) as context, ExitStack() as stack:
        tab = visit(context.new_page(), f"{server.address}/data?lang=fa")
        (cookie,) = [one["value"] for one in context.cookies() if one["name"] == "khoosheh_visitor"]
        (beside,) = stack.enter_context(sessions(server, ("data", cookie)))
        # two files of this visitor are on their way already, and stall for two seconds
        for number in range(2):
            stack.enter_context(closing(beside.stall(f"{number}", MB)))
        tab.locator('input[type="file"]').set_input_files(file)
        chip = tab.locator('[data-testid="stFileChip"][aria-invalid="true"]')
        chip.wait_for()
        assert "دوباره" in chip.evaluate("e => getComputedStyle(e, '::after').content")
        # a moment later files are taken again; one of the same name would be no change to the browser's field
        time.sleep(4)
        tab.get_by_test_id("stFileChipDeleteBtn").locator("button").click()
        chip.wait_for(state="detached")
        tab.locator('input[type="file"]').set_input_files(shutil.copy(file, tmp_path / "again.xlsx"))
        tab.locator("h1", has_text="again.xlsx").wait_for(timeout=60_000)


def test_a_file_that_was_read_is_held_no_longer_and_a_changed_register_is_told(tmp_path, invented_path, browser):
    file = workbooks.xlsx(tmp_path / "own.xlsx", workbooks.sheets())
    data = shutil.copytree(invented_path, tmp_path / "data")
    # whoever gives one file of 10 MB and more could not give a second if the first were still held
    with running(data, tmp_path / "log", **LIMITS) as server, closing(browser.new_context()) as context:
        tab = visit(context.new_page(), f"{server.address}/data?lang=en")
        for number in range(4):
            padded = tmp_path / f"own-{number}.xlsx"
            padded.write_bytes(file.read_bytes() + bytes(9 * MB))
            tab.locator('input[type="file"]').set_input_files(padded)
            tab.locator("h1", has_text=padded.name).wait_for(timeout=60_000)
        tab.locator('input[type="file"]').set_input_files(file)
        tab.locator("h1", has_text=file.name).wait_for(timeout=60_000)
        ready(tab)
        claim = data / "statements.csv"
        claim.write_text(
            claim.read_text(encoding="utf-8").replace("Made-up statement M02", "Another claim", 1), encoding="utf-8"
        )
        tab.locator(".st-key-look button").click()
        tab.get_by_text("has changed since this file was compared").wait_for(timeout=60_000)
        assert tab.locator('[data-testid="stFileChip"]').count() == 0
