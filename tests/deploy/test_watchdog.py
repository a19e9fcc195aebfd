"""The watchdog: a server that hangs is killed, one that starts slowly is not, and an order to end is passed on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUICK = {"EVERY": "0.2", "TIMEOUT": "2", "FAILURES": "3", "START": "60", "GRACE": "20"}
# a server of the standard library: waits, then answers; SIGTERM may be ignored
STAND_IN = """
import http.server, signal, sys, time
port, wait, deaf = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3] == "deaf"
if deaf: signal.signal(signal.SIGTERM, signal.SIG_IGN)
time.sleep(wait)
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *_):
        pass
http.server.HTTPServer(("127.0.0.1", port), Answer).serve_forever()
"""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Watched:
    """A watchdog and the server that it started."""

    def __init__(self, log, port, path, command, env=(), **settings):
        self.address, self._log = f"http://127.0.0.1:{port}{path}", log
        given = {f"KHOOSHEH_WATCHDOG_{name}": value for name, value in (QUICK | settings).items()}
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, ROOT / "deploy" / "watchdog.py", self.address, *command],
                env={**os.environ, **given, **dict(env)},
                cwd=ROOT,
                stdout=out,
                stderr=out,
            )

    def server(self):
        """The process that the watchdog has started."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        assert len(found) == 1, found
        return int(found[0])

    def await_answer(self):
        """Wait until the watchdog knows of an answer; return what the server answers."""
        self.await_line("the server answers")
        return urllib.request.urlopen(self.address, timeout=20).read()

    def await_line(self, line, times=1, seconds=90):
        end = time.monotonic() + seconds
        while self.said().count(line) < times:
            assert self.process.poll() is None and time.monotonic() < end, self.said()
            time.sleep(0.1)

    def said(self):
        return self._log.read_text(encoding="utf-8")


@pytest.fixture
def watched(tmp_path):
    """Starts watchdogs, and ends what is left of them."""
    made = []

    def begin(port, path, command, **more):
        made.append(Watched(tmp_path / f"log{len(made)}", port, path, command, **more))
        return made[-1]

    yield begin
    for one in made:
        if one.process.poll() is None:
            with contextlib.suppress(AssertionError, ProcessLookupError):
                os.killpg(one.server(), signal.SIGKILL)
            one.process.kill()
            one.process.wait(20)


def stand_in(port, wait=0, kind="plain"):
    return [sys.executable, "-c", STAND_IN, str(port), str(wait), kind]


def streamlit(port):
    return [
        *(sys.executable, "-m", "streamlit", "run", "app.py", "--server.address", "127.0.0.1"),
        *("--server.port", str(port)),
    ]


def is_gone(pid):
    return not Path(f"/proc/{pid}").exists()


def test_a_hanging_app_is_killed_and_its_successor_answers(watched, invented_path):
    port = free_port()
    env = {"KHOOSHEH_DATA": str(invented_path)}.items()
    one = watched(port, "/_stcore/health", streamlit(port), env=env)
    assert one.await_answer() == b"ok"
    server = one.server()
    os.kill(server, signal.SIGSTOP)
    # three questions of two seconds each; the rest is room for a busy machine
    assert one.process.wait(60) == 1
    assert is_gone(server) and "does not answer any more" in one.said()
    after = watched(port, "/_stcore/health", streamlit(port), env=env)
    assert after.await_answer() == b"ok"
    after.process.send_signal(signal.SIGTERM)
    assert after.process.wait(60) == 0
    assert "did not end in time" not in after.said() and "Traceback" not in after.said()


def test_an_order_to_end_reaches_the_server(watched):
    port = free_port()
    one = watched(port, "/", stand_in(port))
    one.await_answer()
    server = one.server()
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(30) == 0
    assert is_gone(server) and one.said() == "watchdog: the server answers\n"


@pytest.mark.parametrize("stopped", [False, True])
def test_a_server_that_does_not_heed_the_order_is_killed(watched, stopped):
    port = free_port()
    one = watched(port, "/", stand_in(port, kind="deaf"), GRACE="1", FAILURES="1000")
    one.await_answer()
    server = one.server()
    if stopped:
        os.kill(server, signal.SIGSTOP)
    one.process.send_signal(signal.SIGTERM)
    assert one.process.wait(30) == 0
    assert is_gone(server) and "did not end in time" in one.said()


def test_a_slow_start_is_no_hang(watched):
    port = free_port()
    one = watched(port, "/", stand_in(port, wait=4))
    # by then twenty questions got no answer, where three are the limit
    assert one.await_answer() == b"ok"
    assert one.process.poll() is None and one.said() == "watchdog: the server answers\n"


def test_a_start_that_never_ends_is_one(watched):
    port = free_port()
    one = watched(port, "/", stand_in(port, wait=600), START="1")
    assert one.process.wait(30) == 1
    assert "did not start in time" in one.said()


@pytest.mark.parametrize("code", [0, 7])
def test_a_server_that_ends_by_itself_is_a_fault(watched, code):
    one = watched(free_port(), "/", [sys.executable, "-c", f"raise SystemExit({code})"])
    assert one.process.wait(30) == 1
    assert f"by itself with {code}" in one.said()


def test_a_lost_answer_is_forgiven(watched):
    port = free_port()
    one = watched(port, "/", stand_in(port), TIMEOUT="0.5", FAILURES="1000")
    one.await_answer()
    for times in (1, 2):
        os.kill(one.server(), signal.SIGSTOP)
        one.await_line("no answer, 2 in a row", times)
        os.kill(one.server(), signal.SIGCONT)
        # counting begins anew after an answer
        said = one.said().count("in a row")
        time.sleep(3)
        assert one.said().count("in a row") - said <= 1


def test_systemd_is_told(watched, tmp_path):
    port = free_port()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(30)
        one = watched(port, "/", stand_in(port), env={"NOTIFY_SOCKET": str(tmp_path / "notify")}.items())
        assert [manager.recv(99) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]
        one.process.send_signal(signal.SIGTERM)
        told = [manager.recv(99)]
        while told[-1] == b"WATCHDOG=1":
            told.append(manager.recv(99))
        assert told[-1] == b"STOPPING=1"


@pytest.mark.parametrize("value", ["0", "soon", "nan", "inf", "-3"])
def test_a_setting_that_is_no_number_is_told(watched, value):
    one = watched(free_port(), "/", [sys.executable, "-c", "raise SystemExit(5)"], EVERY=value)
    assert one.process.wait(30) == 1
    assert one.said() == f"watchdog: KHOOSHEH_WATCHDOG_EVERY: {value!r} is not a number above 0\n"
