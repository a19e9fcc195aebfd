"""Starting the app, and waiting for its pages."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def serve(data: Path, log: Path) -> Iterator[str]:
    """Start the app on a package and yield its address."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.address",
        "127.0.0.1",
    ]
    with log.open("w") as out:
        server = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "KHOOSHEH_DATA": str(data)}, stdout=out, stderr=out
        )
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-3000:]


def wait_for(address: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=2).read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def is_far(address: str) -> bool:
    return not address.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:"))


def ready(tab: Page) -> Page:
    """Wait until the page is drawn: its footer is the last thing, its figures come after."""
    tab.locator('[data-testid="stCaptionContainer"]').last.wait_for(timeout=30_000)
    tab.wait_for_function(
        "!document.querySelector('[data-testid=stApp]') || document.querySelector('[data-testid=stApp]').dataset.testScriptState !== 'running'"
    )
    tab.wait_for_function(
        "[...document.querySelectorAll('.khoosheh-plot')].every(c => c.querySelector('.main-svg .annotation-text, .main-svg .xtick'))"
    )
    tab.wait_for_timeout(250)
    return tab


def visit(tab: Page, address: str) -> Page:
    """Open an address and wait until it is drawn."""
    tab.goto(address)
    return ready(tab)
