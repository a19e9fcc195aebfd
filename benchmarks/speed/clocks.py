"""Clocks for the parts of a script's run, which count each moment for one part only."""

import threading
import time
from collections.abc import Callable
from functools import wraps

MEASURES, FIGURES, JSON, MESSAGES, REST = "measures", "figures", "json", "messages", "rest"
# collected before the answer is sent, and after it
GARBAGE, AFTER = "garbage", "after"
PARTS = (MEASURES, FIGURES, JSON, MESSAGES, REST, GARBAGE, AFTER)
MS = 1000


class Clock(threading.local):
    """The current part of a thread and the time spent in each part; stopped outside of a run of the script."""

    parts: dict[str, float] | None = None
    doing, before = REST, REST
    since, turns, ended = 0.0, 0, False

    def start(self) -> None:
        """Begin a run."""
        self.parts = dict.fromkeys(PARTS, 0.0)
        self.doing, self.turns, self.ended = REST, 0, False
        self.since = time.perf_counter()

    def turn(self, part: str) -> str:
        """Count the time from now on for ``part``; return the previous part."""
        now, before = time.perf_counter(), self.doing
        self.parts[before] += now - self.since
        self.doing, self.since = part, now
        self.turns += 1
        return before

    def stop(self) -> dict[str, float]:
        """End the run; returns seconds of each part."""
        self.turn(REST)
        found, self.parts = self.parts, None
        return found


CLOCK = Clock()


def wrap_with_clock(work: Callable, part: str) -> Callable:
    """Return ``work`` with its time counted for ``part``, except calls that are counted for another part."""

    @wraps(work)
    def call_with_clock(*given: object, **named: object) -> object:
        if CLOCK.parts is None or CLOCK.doing == part:
            return work(*given, **named)
        before = CLOCK.turn(part)
        try:
            return work(*given, **named)
        finally:
            CLOCK.turn(before)

    return call_with_clock
