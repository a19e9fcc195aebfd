"""The limits of deploy/nginx.conf, before a server that answers everything."""

import http.client
import os
import socket
import subprocess
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from conftest_nginx import NGINX, write_configuration

from testing.servers import find_free_port, wait_for_address

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
MB = 1 << 20
UPLOAD = "/_stcore/upload_file/session/file"


class Everything(BaseHTTPRequestHandler):
    """Reads what comes and answers 204."""

    def do_GET(self) -> None:
        left = int(self.headers.get("Content-Length", 0))
        while left:
            left -= len(self.rfile.read(min(left, MB)))
        self.send_response(204)
        self.end_headers()

    def do_PUT(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def place(tmp_path):
    """Where nginx listens; each test has its own, since it counts."""
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Everything)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    app, found = f"127.0.0.1:{behind.server_port}", f"127.0.0.1:{find_free_port()}"
    write_configuration(tmp_path, found, [app])
    said = "daemon off;" + (" user root;" if os.getuid() == 0 else "")
    with (tmp_path / "log").open("w") as log:
        nginx = subprocess.Popen(
            [NGINX, "-p", f"{tmp_path}/", "-c", "nginx.conf", "-g", said], stdout=log, stderr=log
        )
        try:
            wait_for_address(f"http://{found}/health", 20)
            yield found
        finally:
            nginx.terminate()
            nginx.wait(20)
            behind.shutdown()
            behind.server_close()


def put(place: str, path: str, size: int) -> int:
    with closing(http.client.HTTPConnection(place, timeout=30)) as line:
        line.request("PUT", path, bytes(size))
        return line.getresponse().status


def test_only_the_upload_address_takes_large_bodies(place):
    assert put(place, UPLOAD, 51 * MB) == 204
    assert put(place, f"/k/h{UPLOAD}", 51 * MB) == 204
    assert put(place, UPLOAD, 51 * MB + 1) == 413
    assert put(place, "/data", 64 * 1024) == 204
    assert put(place, "/data", 64 * 1024 + 1) == 413


def test_who_gives_files_without_end_is_told_to_wait_and_pages_are_not(place):
    with ThreadPoolExecutor(2) as pool:
        found = Counter(pool.map(lambda _: put(place, UPLOAD, 10), range(80)))
        pages = Counter(pool.map(lambda _: put(place, "/data", 0), range(80)))
    assert found[204] >= 30 and found[429] >= 20 and found.total() == found[204] + found[429]
    assert pages == {204: 80}


def begun(place: str, words: str) -> socket.socket:
    host, port = place.split(":")
    line = socket.create_connection((host, int(port)), timeout=60)
    line.sendall(words.encode())
    return line


def end_of(line: socket.socket) -> bytes:
    """Return all that comes until the other side ends."""
    found = b""
    with suppress(ConnectionResetError):
        while part := line.recv(10_000):
            found += part
    return found


def test_who_stalls_is_cut_and_only_four_files_of_an_address_come_at_the_same_time(place):
    head = f"PUT {UPLOAD} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
    began = time.monotonic()
    with ExitStack() as stack:
        bodies = [stack.enter_context(closing(begun(place, f"{head}\r\nx"))) for _ in range(12)]
        heads = [stack.enter_context(closing(begun(place, head))) for _ in range(12)]
        answers = Counter(end_of(line)[9:12] for line in bodies)
        assert answers[b"429"] == 8
        # a body that stalls gets an answer or only the end of its line
        assert answers[b"408"] + answers[b""] == 4
        assert {end_of(line)[9:12] for line in heads} <= {b"408", b""}
    assert time.monotonic() - began < 50
