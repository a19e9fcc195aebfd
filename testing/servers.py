"""Servers that tests and benchmarks start: free ports, waiting for an answer, and the memory that they use."""

import socket
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

# arguments of Python that run a page with Streamlit; the port and the script follow
STREAMLIT = ("-m", "streamlit")
RUN = ("run", "--server.address", "127.0.0.1", "--server.port")


@dataclass(frozen=True)
class Server:
    """A running server: its address and the id of its first process."""

    address: str
    process: int

    def memory_mb(self) -> float:
        """Return the memory of the server and its children in MB, shared pages divided among processes (PSS)."""
        return sum(read_memory_kb(one) for one in [self.process, *list_child_processes(self.process)]) / 1024


def wait_for_address(address: str, seconds: float = 60) -> None:
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
    """Return a free TCP port of this machine."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def list_child_processes(process: int) -> list[int]:
    """Return the ids of all descendants of a process."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for one in map(int, listed) for found in (one, *list_child_processes(one))]


def read_memory_kb(process: int) -> int:
    """Return the memory of one process in kB, shared pages divided among processes (PSS)."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
