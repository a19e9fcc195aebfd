"""More visitors than a server can answer at once, over real WebSockets: in turn, told, and none of them for ever."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from testing import made_up, servers
from testing.views import generate_views
from testing.visitors import AppVisitor

ROOT = Path(__file__).parents[3]
PATIENCE_S = 60
# a page whose runs end when the test wants it, and which writes down whose turn it was
SCRIPT = """
import pathlib, time
import streamlit as st
from khoosheh.ui.state import admission
folder, who = pathlib.Path(__file__).parent, st.query_params["who"]
with admission.hold_turn("en"):
    with (folder / "order").open("a") as order:
        order.write(who + " ")
    while not (folder / "go").exists():
        time.sleep(0.02)
    st.title(who)
"""


@contextmanager
def serve(script: Path, **limits: int) -> Iterator[servers.Server]:
    """Serve a script with limits of its own."""
    port = servers.find_free_port()
    settings = {f"KHOOSHEH_{name}": str(value) for name, value in limits.items()}
    environment = os.environ | settings | {"PYTHONPATH": str(ROOT), "KHOOSHEH_DATA": str(made_up.SHIPPED)}
    command = [sys.executable, *servers.STREAMLIT, *servers.RUN, str(port), str(script)]
    silent = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=silent, stderr=silent)
    try:
        servers.wait_for_address(f"http://127.0.0.1:{port}/_stcore/health", PATIENCE_S)
        yield servers.Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


class Visitor:
    """A visitor who may ask without waiting for an answer."""

    def __init__(self, address: str, who: str) -> None:
        where = urlsplit(address).netloc
        self._socket = connect(f"ws://{where}/_stcore/stream", subprotocols=["streamlit"], max_size=None)
        self.who, self.said = who, []
        self.ask(who)

    def ask(self, who: str) -> None:
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode({"who": who})
        self._socket.send(asked.SerializeToString())

    def hear(self, wanted: Callable[[str], bool]) -> str:
        """Return the first words that are wanted."""
        while True:
            message = ForwardMsg.FromString(self._socket.recv(timeout=PATIENCE_S))
            element = message.delta.new_element
            said = element.html.body or element.heading.body
            if said:
                self.said.append(said)
                if wanted(said):
                    return said

    def waits(self) -> str:
        return self.hear(lambda said: 'data-queue="waiting"' in said)

    def close(self) -> None:
        self._socket.close()


def healthy(address: str) -> float:
    """Return how long the server takes to say that it is alive."""
    began = time.monotonic()
    with urllib.request.urlopen(f"{address}/_stcore/health", timeout=PATIENCE_S) as answer:
        assert answer.read() == b"ok"
    return time.monotonic() - began


def test_visitors_are_served_in_the_order_in_which_they_came(tmp_path):
    """One runs, three wait, one of them leaves, one asks again, and one comes beyond the queue."""
    script = tmp_path / "page.py"
    script.write_text(SCRIPT)
    order = tmp_path / "order"
    with serve(script, RUNS_AT_ONCE=1, RUNS_WAITING=3, RUN_LONG_SECONDS=600) as server:
        first = Visitor(server.address, "first")
        while not order.exists():
            time.sleep(0.02)
        waiting = []
        for who in ("second", "third", "fourth"):
            waiting.append(Visitor(server.address, who))
            assert f"number {len(waiting)} in" in waiting[-1].waits()
        beyond = Visitor(server.address, "beyond")
        beyond.hear(lambda said: 'data-queue="busy"' in said)
        # keeps the place, although others came after the first request
        waiting[0].ask("second again")
        assert "number 1 in" in waiting[0].waits()
        waiting[1].close()
        assert "number 2 in" in waiting[2].hear(lambda said: "number 2 in" in said)
        assert healthy(server.address) < 5
        (tmp_path / "go").touch()
        for visitor, who in (
            (first, "first"),
            (waiting[0], "second again"),
            (waiting[2], "fourth"),
            (beyond, "beyond"),
        ):
            visitor.hear(lambda said, who=who: said == who)
            visitor.close()
    assert order.read_text().replace("second again", "second-again").split()[:3] == [
        "first",
        "second-again",
        "fourth",
    ]
    assert sorted(order.read_text().split()) == sorted(["first", "second", "again", "fourth", "beyond"])


def test_a_crowd_is_answered_or_told_and_the_server_stays_alive(shipped):
    """Four times as many visitors as may run and wait, each with views that nobody asked for before."""
    crowd, turns = 16, 2
    with serve(ROOT / "app.py", RUNS_AT_ONCE=1, RUNS_WAITING=4) as server:
        AppVisitor(server.address).close()
        before = server.memory_mb()

        def visit(number: int) -> tuple[int, set[str]]:
            visitor, asked, states = AppVisitor(server.address), generate_views(shipped, number), set()
            for _ in range(turns):
                one = next(asked)
                # raises where there is neither an answer nor words
                visitor.ask(one.query, one.page)
                states |= set(visitor.queued)
            visitor.close()
            return turns, states

        with ThreadPoolExecutor(crowd) as pool:
            running = [pool.submit(visit, number) for number in range(crowd)]
            alive = []
            while not all(one.done() for one in running):
                alive.append(healthy(server.address))
                time.sleep(0.5)
            found = [one.result() for one in running]
        after = server.memory_mb()
    assert sum(answers for answers, _ in found) == crowd * turns
    # four waiting runs are often through before the second after which a place in the queue is shown
    assert "busy" in set.union(*(states for _, states in found))
    assert max(alive) < 10
    assert after - before < 200


@pytest.mark.parametrize("given", ["0", "many"])
def test_a_wrong_number_of_runs_is_refused_at_the_start(given):
    command = [sys.executable, "-c", "import khoosheh.limits"]
    told = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"KHOOSHEH_RUNS_AT_ONCE": given}, capture_output=True, check=False
    )
    assert told.returncode and b"KHOOSHEH_RUNS_AT_ONCE" in told.stderr
