"""Starting what is measured, and asking what memory it holds."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
STREAMLIT, TIMED = ("-m", "streamlit"), ("-m", "benchmarks.speed.timed")
RUN = ("run", "--server.address", "127.0.0.1", "--server.port")
GUNICORN = ("-m", "gunicorn", "--threads", "4", "--no-control-socket", "--keep-alive", "75", "--bind")
WORKERS = 2


@dataclass(frozen=True)
class Server:
    """A running server: its ``address``, and the number of its first process."""

    address: str
    process: int

    def memory_mb(self) -> float:
        """Return the memory that it and its children hold, pages that several share counted in parts, in MB."""
        return sum(read_memory_kb(one) for one in [self.process, *list_child_processes(self.process)]) / 1024


@contextmanager
def serve_app(data: Path | None = None) -> Iterator[Server]:
    """Serve the app on a package, the shipped one where none is named."""
    with _serve_streamlit("app.py", data) as one:
        yield one


@contextmanager
def serve_clocked_app(told: Path, data: Path | None = None) -> Iterator[Server]:
    """Serve the app with clocks in it, which write a line a run to ``told``; see :mod:`benchmarks.speed.timed`."""
    with _serve_streamlit("app.py", data, TIMED, {"KHOOSHEH_TIMES": str(told)}) as one:
        yield one


@contextmanager
def serve_empty_page() -> Iterator[Server]:
    """Serve the empty page."""
    with _serve_streamlit(str(Path(__file__).with_name("empty.py")), None) as one:
        yield one


@contextmanager
def serve_least_page() -> Iterator[Server]:
    """Serve the least page with a figure."""
    with _serve_streamlit(str(Path(__file__).with_name("least.py")), None) as one:
        yield one


@contextmanager
def serve_rival(data: Path | None = None, workers: int = WORKERS) -> Iterator[Server]:
    """Serve the rival with as many processes as there are cores."""
    port = find_free_port()
    command = [*GUNICORN, f"127.0.0.1:{port}", "--workers", str(workers), "benchmarks.rival.app:server"]
    with _run_server(command, port, "/", data) as one:
        yield one


@contextmanager
def _serve_streamlit(
    script: str, data: Path | None, command: Sequence[str] = STREAMLIT, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    port = find_free_port()
    with _run_server([*command, *RUN, str(port), script], port, "/_stcore/health", data, more) as one:
        yield one


@contextmanager
def _run_server(
    command: Sequence[str], port: int, health: str, data: Path | None, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | ({"KHOOSHEH_DATA": str(data)} if data else {}) | (more or {})
    silent = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=silent, stderr=silent)
    try:
        wait_for_address(address + health)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def wait_for_address(address: str, seconds: float = 900) -> None:
    """Wait until an address answers; raises ``TimeoutError``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def find_free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def list_child_processes(process: int) -> list[int]:
    """Return the numbers of all processes below one."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for one in map(int, listed) for found in (one, *list_child_processes(one))]


def read_memory_kb(process: int) -> int:
    """Return the memory that one process holds, pages that several share counted in parts, in kB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
