"""A queue for runs of the script: a few compute at the same time, the others wait, first come first served.

Python runs one thread at a time, so runs that compute beside each other only make each other later. The queue is
bounded, and a session has one place in it at most: its newest run.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock

from khoosheh import limits


class Ticket:
    """One run of one session; ``since``: when the session took this place in the queue."""

    def __init__(self, session: Hashable, since: float) -> None:
        """Wait for nothing yet."""
        self.session, self.since = session, since
        # set when the run may begin, and when a newer one has taken its place
        self.called = Event()


class Gate:
    """Admits ``at_once`` runs and lets ``waiting`` others wait.

    A run that takes longer than ``long_s`` seconds no longer keeps others out, so that no single run can stop a
    server; at most ``beside`` such runs continue beside the others.
    """

    def __init__(
        self,
        at_once: int = limits.RUNS_AT_ONCE,
        waiting: int = limits.RUNS_WAITING,
        long_s: float = limits.RUN_LONG_SECONDS,
        beside: int = limits.RUNS_BESIDE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin with no runs."""
        self._at_once, self._waiting, self._long_s, self._beside = at_once, waiting, long_s, beside
        self._clock, self._lock = clock, Lock()
        self._began: dict[Ticket, float] = {}
        self._queue: OrderedDict[Hashable, Ticket] = OrderedDict()

    def join(self, session: Hashable) -> Ticket | None:
        """Return a ticket for a new run, which may begin once it is admitted; ``None`` where the queue is full.

        Where an older run of the session waits, the new one takes its place in the queue, and the older is given up.
        """
        with self._lock:
            self._admit_waiting()
            older = self._queue.get(session)
            if older is None and len(self._queue) >= self._waiting and not self._has_room():
                return None
            ticket = Ticket(session, older.since if older else self._clock())
            # a key that is set again keeps its place in the order
            self._queue[session] = ticket
            if older:
                older.called.set()
            self._admit_waiting()
            return ticket

    def come_back(self, ticket: Ticket) -> None:
        """Let a run that left for a while wait at the head of the queue, whatever its length.

        Nothing happens where a newer run of the session waits: this one is given up.
        """
        with self._lock:
            if ticket.session not in self._queue:
                ticket.called.clear()
                self._queue[ticket.session] = ticket
                self._queue.move_to_end(ticket.session, last=False)
                self._admit_waiting()

    def leave(self, ticket: Ticket) -> None:
        """End a run, or give its place in the queue up; may be called again."""
        with self._lock:
            self._began.pop(ticket, None)
            if self._queue.get(ticket.session) is ticket:
                del self._queue[ticket.session]
            self._admit_waiting()

    def admitted(self, ticket: Ticket, patience_s: float = 0.0) -> bool:
        """Return whether a run may begin; waits for it up to so many seconds."""
        if ticket not in self._began and patience_s:
            ticket.called.wait(patience_s)
        with self._lock:
            # nothing signals that a run has become long: each waiting run checks
            self._admit_waiting()
            return ticket in self._began

    def holds(self, ticket: Ticket) -> bool:
        """Return whether a run computes or waits: not one that left or whose place a newer run has taken."""
        with self._lock:
            return ticket in self._began or self._queue.get(ticket.session) is ticket

    def position(self, ticket: Ticket) -> int:
        """Return a waiting run's place in the queue, 1 for the next; 0 where it does not wait (any more)."""
        with self._lock:
            if self._queue.get(ticket.session) is not ticket:
                return 0
            return next(place for place, one in enumerate(self._queue.values(), 1) if one is ticket)

    def count(self) -> tuple[int, int]:
        """Return how many runs compute, and how many wait."""
        with self._lock:
            return len(self._began), len(self._queue)

    def _admit_waiting(self) -> None:
        """Admit from the head of the queue while there is room; the lock is held."""
        while self._queue and self._has_room():
            _, ticket = self._queue.popitem(last=False)
            self._began[ticket] = self._clock()
            ticket.called.set()

    def _has_room(self) -> bool:
        now = self._clock()
        short = sum(now - began < self._long_s for began in self._began.values())
        return short < self._at_once and len(self._began) < self._at_once + self._beside
