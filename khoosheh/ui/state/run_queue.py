"""A queue for runs of the script: a few compute at the same time, the others wait in order of arrival.

Python executes one thread at a time, so concurrent runs only delay each other. The length of the queue is limited,
and each session has at most one place in it: that of its newest run.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Event, Lock

from khoosheh import limits


class Ticket:
    """A run of a session; ``since``: when the session joined the queue, in seconds of the queue's clock."""

    def __init__(self, session: Hashable, since: float) -> None:
        """Create a ticket that is not in a queue yet."""
        self.session, self.since = session, since
        # set when the run may begin, and when a newer run of the session has replaced it
        self.called = Event()


class Gate:
    """Admits ``at_once`` runs, and lets at most ``waiting`` others wait.

    A run of more than ``long_s`` seconds no longer counts against ``at_once``, so that slow runs cannot block the
    server; at most ``beside`` such runs compute in addition.
    """

    def __init__(
        self,
        at_once: int = limits.RUNS_AT_ONCE,
        waiting: int = limits.RUNS_WAITING,
        long_s: float = limits.RUN_LONG_SECONDS,
        beside: int = limits.RUNS_BESIDE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin without runs; ``clock`` returns seconds."""
        self._at_once, self._waiting, self._long_s, self._beside = at_once, waiting, long_s, beside
        self._clock, self._lock = clock, Lock()
        self._began: dict[Ticket, float] = {}
        self._queue: OrderedDict[Hashable, Ticket] = OrderedDict()

    def join(self, session: Hashable) -> Ticket | None:
        """Return a ticket for a new run, which may begin once it is admitted; ``None`` if the queue is full.

        If an older run of the session is waiting, the new run replaces it and keeps its place in the queue.
        """
        with self._lock:
            self._admit_waiting()
            older = self._queue.get(session)
            if older is None and len(self._queue) >= self._waiting and not self._has_room():
                return None
            ticket = Ticket(session, older.since if older else self._clock())
            # an existing key keeps its place in the order
            self._queue[session] = ticket
            if older:
                older.called.set()
            self._admit_waiting()
            return ticket

    def come_back(self, ticket: Ticket) -> None:
        """Put a run that had left at the head of the queue, even if the queue is full.

        Has no effect if a newer run of the session is waiting.
        """
        with self._lock:
            if ticket.session not in self._queue:
                ticket.called.clear()
                self._queue[ticket.session] = ticket
                self._queue.move_to_end(ticket.session, last=False)
                self._admit_waiting()

    def leave(self, ticket: Ticket) -> None:
        """Remove a run from the queue, waiting or computing; a second call has no effect."""
        with self._lock:
            self._began.pop(ticket, None)
            if self._queue.get(ticket.session) is ticket:
                del self._queue[ticket.session]
            self._admit_waiting()

    def admitted(self, ticket: Ticket, patience_s: float = 0.0) -> bool:
        """Return whether a run may begin; wait for that for at most ``patience_s`` seconds."""
        if ticket not in self._began and patience_s:
            ticket.called.wait(patience_s)
        with self._lock:
            # no event tells that a run has become long: each waiting run has to check
            self._admit_waiting()
            return ticket in self._began

    def holds(self, ticket: Ticket) -> bool:
        """Return whether a run computes or waits: ``False`` once it has left or a newer run has replaced it."""
        with self._lock:
            return ticket in self._began or self._queue.get(ticket.session) is ticket

    def position(self, ticket: Ticket) -> int:
        """Return the place of a waiting run in the queue, 1 for the next; 0 if the run does not wait."""
        with self._lock:
            if self._queue.get(ticket.session) is not ticket:
                return 0
            return next(place for place, waiting in enumerate(self._queue.values(), 1) if waiting is ticket)

    def count(self) -> tuple[int, int]:
        """Return the numbers of runs that compute and that wait."""
        with self._lock:
            return len(self._began), len(self._queue)

    def _admit_waiting(self) -> None:
        """Admit runs from the head of the queue while the limits allow it; the caller holds the lock."""
        while self._queue and self._has_room():
            _, ticket = self._queue.popitem(last=False)
            self._began[ticket] = self._clock()
            ticket.called.set()

    def _has_room(self) -> bool:
        now = self._clock()
        short = sum(now - began < self._long_s for began in self._began.values())
        return short < self._at_once and len(self._began) < self._at_once + self._beside
