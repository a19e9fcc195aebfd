"""Who waits for a turn keeps what the page shows, and reads the place in the queue above it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect

from testing.browser import ROOT
from testing.servers import find_free_port, wait_for_address

SCRIPT = """
import pathlib, time
import streamlit as st
from khoosheh.ui.state import admission
st.set_page_config(page_title="queue")
with admission.hold_turn("fa"):
    while st.query_params.get("who") == "busy" and not (pathlib.Path(__file__).parent / "go").exists():
        time.sleep(0.02)
    runs = st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.title(f"answer {runs}")
    st.button("again")
"""


@pytest.fixture
def served(tmp_path) -> Iterator[str]:
    """The address of a page on which a visitor who is called busy takes the only place until the file 'go' is there."""
    (tmp_path / "page.py").write_text(SCRIPT)
    port = find_free_port()
    place = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = os.environ | {"KHOOSHEH_RUN_LONG_SECONDS": "600", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", str(tmp_path / "page.py"), *place]
    with (tmp_path / "log").open("w") as out:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
        try:
            wait_for_address(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


def test_the_page_stays_while_its_reader_waits(served, visitor, tmp_path):
    tab = visitor()
    tab.goto(served)
    tab.get_by_role("heading", name="answer 1").wait_for(timeout=60_000)
    other = f"ws://{urlsplit(served).netloc}/_stcore/stream"
    with connect(other, subprotocols=["streamlit"], max_size=None) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = "who=busy"
        socket.send(asked.SerializeToString())
        # its run has begun
        socket.recv(timeout=60)
        tab.wait_for_timeout(1000)
        tab.get_by_role("button", name="again").click()
        words = tab.get_by_role("status").filter(has_text="صف: ۱")
        words.wait_for(timeout=60_000)
        assert tab.get_by_role("heading", name="answer 1").is_visible()
        # another click takes no second place
        tab.get_by_role("button", name="again").click()
        tab.wait_for_timeout(1500)
        words.wait_for(timeout=60_000)
        (tmp_path / "go").touch()
        tab.get_by_role("heading", name="answer 2").wait_for(timeout=60_000)
        words.wait_for(state="detached", timeout=60_000)
