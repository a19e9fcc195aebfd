"""Child processes under limits of memory, time and size, and the messages that they exchange with their parent.

The parent calls :func:`run_worker`; the module that it names calls :func:`receive_request` first and :func:`send_end`
last. The request is one line of JSON on standard input; each message of the answer is one line on standard output.
"""

import ctypes
import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from khoosheh.limits import MEMORY, SECONDS_OF_WORK, SECONDS_TO_WAIT

ROOT = Path(__file__).parents[1]
# seconds between two calls of ``on_wait``
STEP_S = 0.25
_BLOCK = 1 << 16
_FILES_OPEN = 256
_END = {"end": True}
_PR_SET_PDEATHSIG = 1


class StoppedError(Exception):
    """The child was killed: it took too long, or the system stopped it for the memory or time that it used."""


class FailedError(Exception):
    """The child ended with an exit code other than 0, or without its last message."""


def run_worker(
    module: str,
    request: Mapping[str, str],
    receive: Callable[[Any], None],
    *,
    on_wait: Callable[[], None] = lambda: None,
    environment: Mapping[str, str] | None = None,
    errors: IO[bytes] | int = subprocess.DEVNULL,
) -> None:
    """Run ``python -m module`` on a request and pass each of its messages, parsed from JSON, to ``receive``.

    ``on_wait`` is called at least every quarter of a second. What ``receive`` or ``on_wait`` raises ends the child
    and is raised again. ``environment``: variables beside those of this process; ``errors``: the child's standard
    error. Raises ``StoppedError`` and ``FailedError``; messages received before either of them are not the whole
    answer.
    """
    child = subprocess.Popen(
        build_command(module),
        cwd=ROOT, env={**os.environ, **(environment or {})},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, start_new_session=True,
    )  # fmt: skip
    try:
        complete = _exchange_messages(child, {**request, "parent": os.getpid()}, receive, on_wait)
    finally:
        _kill_process_group(child)
    if child.returncode < 0:
        raise StoppedError(f"{module}: signal {-child.returncode}")
    if child.returncode or not complete:
        raise FailedError(f"{module}: exit code {child.returncode}")


def build_command(module: str) -> list[str]:
    """Return the command that runs a module in this process's Python."""
    return [sys.executable, "-m", module]


def _exchange_messages(
    child: subprocess.Popen, request: Mapping, receive: Callable[[Any], None], on_wait: Callable[[], None]
) -> bool:
    """Send the request and pass on the answer; return whether the last message came."""
    end = time.monotonic() + SECONDS_TO_WAIT
    assert child.stdin is not None and child.stdout is not None
    # of a child that ended before it read the request, the exit code tells why
    with suppress(BrokenPipeError):
        child.stdin.write(json.dumps(request).encode() + b"\n")
        child.stdin.close()
    complete = False
    for line in _read_lines(child.stdout, end, on_wait):
        message = json.loads(line)
        if message == _END:
            complete = True
            break
        receive(message)
    with suppress(subprocess.TimeoutExpired):
        child.wait(max(0.1, end - time.monotonic()))
    return complete


def _read_lines(stream: IO[bytes], end: float, on_wait: Callable[[], None]) -> Iterator[bytes]:
    """Yield the lines of a pipe until it is closed or the monotonic clock reaches ``end``."""
    parts: list[bytes] = []
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while time.monotonic() < end:
            on_wait()
            if not selector.select(STEP_S):
                continue
            block = os.read(stream.fileno(), _BLOCK)
            if not block:
                return
            *lines, rest = block.split(b"\n")
            for line in lines:
                # joined once a line is whole: adding each block to a long line would copy it as often as it has
                # blocks
                yield b"".join([*parts, line])
                parts = []
            parts.append(rest)


def _kill_process_group(child: subprocess.Popen) -> None:
    """Kill a child that still runs with the processes that share its group, and wait for its end."""
    if child.poll() is None:
        # a new session is a new process group of the same number
        os.killpg(child.pid, signal.SIGKILL)
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            # a request that the child did not read cannot be flushed
            with suppress(BrokenPipeError):
                stream.close()
    child.wait()


def receive_request(file_bytes: int) -> dict[str, str]:
    """Return the request of the parent; from here on the system enforces the limits of ``khoosheh.limits``.

    ``file_bytes``: the size to which this process may write a file. On Linux the process ends with its parent, also
    where the parent is killed. Exits with code 1 where the parent has ended already.
    """
    request = json.loads(sys.stdin.readline())
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != request.pop("parent"):
        sys.exit(1)
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS_OF_WORK),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, _FILES_OPEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))
    return request


def send_message(message: object) -> None:
    """Send one message to the parent at once."""
    print(json.dumps(message), flush=True)


def send_end() -> None:
    """Send the last message, without which the parent takes the answer for incomplete."""
    send_message(_END)
