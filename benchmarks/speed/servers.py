"""Starting the servers that are measured."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from testing.servers import RUN, STREAMLIT, Server, find_free_port, wait_for_address

ROOT = Path(__file__).parents[2]
TIMED = ("-m", "benchmarks.speed.timed")
GUNICORN = ("-m", "gunicorn", "--threads", "4", "--no-control-socket", "--keep-alive", "75", "--bind")
WORKERS = 2
# a register of a million statements is read for more than a minute
PATIENCE_S = 900


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
    """Serve the minimal page with a figure."""
    with _serve_streamlit(str(Path(__file__).with_name("least.py")), None) as one:
        yield one


@contextmanager
def serve_rival(data: Path | None = None, workers: int = WORKERS) -> Iterator[Server]:
    """Serve the Dash app with a number of worker processes."""
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
        wait_for_address(address + health, PATIENCE_S)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(30)
