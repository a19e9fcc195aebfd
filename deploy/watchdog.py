"""Starts a server, asks for its health, and ends it when it does not answer any more.

    python watchdog.py http://127.0.0.1:8501/_stcore/health python -m streamlit run app.py

A process that is alive but silent is not replaced by any restart policy. So this one, which is what the container or
systemd runs, kills a silent server with all its processes and ends with 1; the restart policy then starts both again.
Standard library only; settings come from the environment.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass

# without the proxies of the environment, which have no part in asking one's own server
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _positive(name: str, default: float) -> float:
    given = os.environ.get(name) or str(default)
    with contextlib.suppress(ValueError):
        if 0 < float(given) < float("inf"):
            return float(given)
    sys.exit(f"watchdog: {name}: {given!r} is not a number above 0")


@dataclass(frozen=True)
class Settings:
    """How long a server may take before it is ended; seconds, and a count of questions."""

    start: float  # until the first answer
    every: float  # between two questions
    timeout: float  # for one answer
    failures: float  # questions in a row without an answer
    grace: float  # between SIGTERM and SIGKILL

    @classmethod
    def read(cls) -> "Settings":
        """Read the settings from the environment; ends the process where one is no number."""
        return cls(
            start=_positive("KHOOSHEH_WATCHDOG_START", 300),
            every=_positive("KHOOSHEH_WATCHDOG_EVERY", 5),
            timeout=_positive("KHOOSHEH_WATCHDOG_TIMEOUT", 10),
            failures=_positive("KHOOSHEH_WATCHDOG_FAILURES", 3),
            grace=_positive("KHOOSHEH_WATCHDOG_GRACE", 20),
        )


class Watchdog:
    """One server in a process group of its own, and what is known of its health."""

    def __init__(self, address: str, command: list[str], settings: Settings) -> None:
        """Start the server."""
        self._address, self._settings = address, settings
        self._ending = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._begin_ending)
        self._server = subprocess.Popen(command, start_new_session=True)

    def watch(self) -> int:
        """Ask until the server has ended or was killed; return the exit code."""
        started, healthy, failures = time.monotonic(), False, 0
        while not self._ended_within(self._settings.every):
            if self._ending:
                return self._end()
            if self._answers():
                if not healthy:
                    say("the server answers")
                    notify("READY=1")
                notify("WATCHDOG=1")
                healthy, failures = True, 0
            elif healthy:
                failures += 1
                say(f"no answer, {failures} in a row")
                if failures >= self._settings.failures:
                    return self._kill("the server does not answer any more")
            elif time.monotonic() - started > self._settings.start:
                return self._kill("the server did not start in time")
        self._kill_group()
        if self._ending:
            return 0
        say(f"the server has ended by itself with {self._server.returncode}")
        return 1

    def _answers(self) -> bool:
        # HTTPException, such as of a line that is none, is no OSError
        with contextlib.suppress(Exception), _OPENER.open(self._address, timeout=self._settings.timeout) as answer:
            return answer.status == 200
        return False

    def _ended_within(self, seconds: float) -> bool:
        """Wait until the server has ended or somebody wants its end; return whether it has ended."""
        until = time.monotonic() + seconds
        while self._server.poll() is None and not self._ending and time.monotonic() < until:
            time.sleep(0.1)
        return self._server.poll() is not None

    def _begin_ending(self, _number: int, _frame: object) -> None:
        self._ending = True

    def _end(self) -> int:
        """Ask the server to end, and wait until it has."""
        notify("STOPPING=1")
        self._server.terminate()
        try:
            self._server.wait(self._settings.grace)
        except subprocess.TimeoutExpired:
            say("the server did not end in time")
        self._kill_group()
        return 0

    def _kill(self, reason: str) -> int:
        say(f"{reason}: it is killed")
        self._kill_group()
        return 1

    def _kill_group(self) -> None:
        """Kill the server and the processes that it started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._server.pid, signal.SIGKILL)
        self._server.wait()


def notify(state: str) -> None:
    """Tell systemd, where it is there to be told (``Type=notify``)."""
    place = os.environ.get("NOTIFY_SOCKET", "")
    if place:
        with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
            one.sendto(state.encode(), place.replace("@", "\0", 1) if place.startswith("@") else place)


def say(text: str) -> None:
    """Write a line into the log."""
    print(f"watchdog: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("usage: watchdog.py ADDRESS COMMAND...")
    sys.exit(Watchdog(sys.argv[1], sys.argv[2:], Settings.read()).watch())
