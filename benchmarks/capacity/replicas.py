"""The setups that are measured: one process, or two behind nginx as in ``deploy/``, without containers."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed import servers
from benchmarks.speed.servers import ROOT
from testing.servers import find_free_port, list_child_processes, wait_for_address
from testing.visitors import AppVisitor

NGINX = shutil.which("nginx", path=os.pathsep.join((os.environ["PATH"], "/usr/sbin")))
COOKIE = "khoosheh_replica"


@dataclass(frozen=True)
class Setup:
    """A setup: ``cookies`` direct a visitor to each replica; ``front``: process ids of nginx."""

    address: str
    processes: tuple[int, ...]
    cookies: tuple[str, ...] = ("",)
    front: tuple[int, ...] = ()

    def visitor(self, place: int, page: str = "investment") -> AppVisitor:
        """Return a visitor, of each replica in turn."""
        return AppVisitor(self.address, page, self.cookies[place % len(self.cookies)])


@contextmanager
def start_single_process() -> Iterator[Setup]:
    """Start one process."""
    with servers.serve_app() as one:
        yield Setup(one.address, (one.process,))


@contextmanager
def start_replica_pair() -> Iterator[Setup]:
    """Start two processes behind nginx; raises ``FileNotFoundError`` where it is not installed."""
    if NGINX is None:
        raise FileNotFoundError("nginx: see tools/nginx")
    with servers.serve_app() as a, servers.serve_app() as b, tempfile.TemporaryDirectory() as folder:
        listen = f"127.0.0.1:{find_free_port()}"
        _write_configuration(Path(folder), listen, [one.address.removeprefix("http://") for one in (a, b)])
        # started by root, nginx would run its workers as a user who may not write into the folder
        said = "daemon off;" + (" user root;" if os.getuid() == 0 else "")
        command = [NGINX, "-p", f"{folder}/", "-c", "nginx.conf", "-g", said]
        silent = subprocess.DEVNULL
        front = subprocess.Popen(command, stdout=silent, stderr=silent)
        try:
            wait_for_address(f"http://{listen}/health", servers.PATIENCE_S)
            processes = (front.pid, *list_child_processes(front.pid))
            cookies = tuple(f"{COOKIE}={name}" for name in "ab")
            yield Setup(f"http://{listen}", (a.process, b.process), cookies, processes)
        finally:
            front.terminate()
            front.wait(30)


def _write_configuration(folder: Path, listen: str, places: list[str]) -> None:
    """Write the configuration of ``deploy/`` with these addresses."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (folder / "nginx.conf").write_text(text.replace("${KHOOSHEH_LISTEN}", listen), encoding="utf-8")
    command = [sys.executable, ROOT / "deploy" / "replicas", "--at", *places]
    (folder / "replicas.conf").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
