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
        return sum(memory_kb(one) for one in [self.process, *children(self.process)]) / 1024


@contextmanager
def khoosheh(data: Path | None = None) -> Iterator[Server]:
    """Serve the app on a package, the shipped one where none is named."""
    with _streamlit("app.py", data) as one:
        yield one


@contextmanager
def timed(told: Path, data: Path | None = None) -> Iterator[Server]:
    """Serve the app with clocks in it, which write a line a run to ``told``; see :mod:`benchmarks.speed.timed`."""
    with _streamlit("app.py", data, TIMED, {"KHOOSHEH_TIMES": str(told)}) as one:
        yield one


@contextmanager
def empty() -> Iterator[Server]:
    """Serve the empty page."""
    with _streamlit(str(Path(__file__).with_name("empty.py")), None) as one:
        yield one


@contextmanager
def least() -> Iterator[Server]:
    """Serve the least page with a figure."""
    with _streamlit(str(Path(__file__).with_name("least.py")), None) as one:
        yield one


@contextmanager
def rival(data: Path | None = None, workers: int = WORKERS) -> Iterator[Server]:
    """Serve the rival with as many processes as there are cores."""
    port = free_port()
    command = [*GUNICORN, f"127.0.0.1:{port}", "--workers", str(workers), "benchmarks.rival.app:server"]
    with _serve(command, port, "/", data) as one:
        yield one


@contextmanager
def _streamlit(
    script: str, data: Path | None, command: Sequence[str] = STREAMLIT, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    port = free_port()
    with _serve([*command, *RUN, str(port), script], port, "/_stcore/health", data, more) as one:
        yield one


@contextmanager
def _serve(
    command: Sequence[str], port: int, health: str, data: Path | None, more: Mapping[str, str] | None = None
) -> Iterator[Server]:
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | ({"KHOOSHEH_DATA": str(data)} if data else {}) | (more or {})
    silent = subprocess.DEVNULL
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=silent, stderr=silent)
    try:
        wait_for(address + health)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address: str, seconds: float = 900) -> None:
    """Wait until an address answers; raises ``TimeoutError``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5).read()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(address)


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def children(process: int) -> list[int]:
    """Return the numbers of all processes below one."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for one in map(int, listed) for found in (one, *children(one))]


def memory_kb(process: int) -> int:
    """Return the memory that one process holds, pages that several share counted in parts, in kB."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
