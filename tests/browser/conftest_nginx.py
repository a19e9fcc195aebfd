"""Two replicas of the app behind nginx, as in deploy/, without containers: the same nginx.conf, the same files."""

import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from testing.browser import ROOT, start
from testing.servers import find_free_port, wait_for_address

NGINX = shutil.which("nginx", path=os.pathsep.join((os.environ["PATH"], "/usr/sbin")))
COOKIE = "khoosheh_replica"
HTML = {"Accept": "text/html"}


@dataclass(frozen=True)
class Answer:
    """What nginx answered; names of ``headers`` are found in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Replicas:
    """nginx and the replicas ``a`` and ``b``, each of which can be killed and started again."""

    def __init__(self, folder: Path, data: Path) -> None:
        """Start all in an empty folder, where ``log`` is what they say, and wait until they answer."""
        self.log = folder / "log"
        self._data, self._out = data, self.log.open("a")
        self._app = copied(folder / "app")
        self._ports = {"a": find_free_port(), "b": find_free_port()}
        self._apps = {name: self._started(name) for name in self._ports}
        place = f"127.0.0.1:{find_free_port()}"
        self.address = f"http://{place}"
        self._nginx = self._front(folder / "nginx", place)
        for name in self._ports:
            self.await_replica(name)
        wait_for_address(f"{self.address}/health")

    def _front(self, folder: Path, place: str) -> subprocess.Popen:
        folder.mkdir()
        write_configuration(folder, place, [f"127.0.0.1:{one}" for one in self._ports.values()])
        # its workers would else be somebody who may not write into the folder of root
        said = "daemon off;" + (" user root;" if os.getuid() == 0 else "")
        command = [NGINX, "-p", f"{folder}/", "-c", "nginx.conf", "-g", said]
        return subprocess.Popen(command, stdout=self._out, stderr=self._out)

    def _started(self, name: str) -> subprocess.Popen:
        return start(self._data, self._ports[name], self._out, self._app)

    def await_replica(self, name: str) -> None:
        """Wait until a replica answers by itself."""
        wait_for_address(f"http://127.0.0.1:{self._ports[name]}/_stcore/health")

    def kill(self, name: str) -> None:
        """Kill a replica at once, without a chance to say good-bye."""
        self._apps[name].kill()
        self._apps[name].wait(20)

    def restart(self, name: str) -> None:
        """Start a killed replica again, and wait until it answers."""
        self._apps[name] = self._started(name)
        self.await_replica(name)

    def stop(self) -> None:
        """End everything."""
        for one in (self._nginx, *self._apps.values()):
            one.terminate()
        for one in (self._nginx, *self._apps.values()):
            one.wait(20)
        self._out.close()

    def ask(self, path: str, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
        """Ask nginx for something as no browser would: without cookies, without following redirects."""
        asked = urllib.request.Request(f"{self.address}{path}", body, headers, method=method)
        try:
            with _STAY.open(asked, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.headers, error.read())

    def answered(self, path: str) -> str:
        """Return the replica that answered the one who asked for a path, as nginx wrote it down."""
        names = {str(port): name for name, port in self._ports.items()}
        end = time.monotonic() + 10
        # the line is written once the answer has gone
        while time.monotonic() < end:
            found = re.search(rf" {re.escape(path)} \S*:(\d+) ", self.log.read_text(encoding="utf-8"))
            if found:
                return names[found[1]]
            time.sleep(0.01)
        raise TimeoutError(path)

    def settle(self, tab: Page, name: str) -> Page:
        """Let a visitor of no replica become one of a certain replica: a new visitor until the lot fell on it."""
        end = time.monotonic() + 20
        while replica_of(tab) != name and time.monotonic() < end:
            tab.context.clear_cookies()
            tab.context.request.get(self.address, headers=HTML)
        return tab


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        return None


_STAY = urllib.request.build_opener(_Stay)


def write_configuration(folder: Path, listen: str, places: list[str]) -> None:
    """Write the shipped configuration with these addresses, as the container's start and deploy/replicas do."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    (folder / "nginx.conf").write_text(text.replace("${KHOOSHEH_LISTEN}", listen), encoding="utf-8")
    command = [sys.executable, ROOT / "deploy" / "replicas", "--at", *places]
    (folder / "replicas.conf").write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)


def copies() -> list[tuple[str, str]]:
    """Return what the container file copies, and whither below its working folder."""
    file = (ROOT / "deploy" / "Containerfile").read_text(encoding="utf-8")
    return re.findall(r"^COPY (\S+) (\S+)$", file, re.MULTILINE)


def copied(folder: Path) -> Path:
    """Put into a folder what the container has, and nothing else."""
    for source, target in copies():
        if (ROOT / source).is_dir():
            shutil.copytree(ROOT / source, folder / target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / source, folder / target)
    return folder


def replica_of(tab: Page) -> str:
    """Return the replica whose visitor a tab is, by its cookie; nothing where it has none."""
    found = {one["name"]: one["value"] for one in tab.context.cookies()}
    return found.get(COOKIE, "")
