"""A queue that limits how many files are read at the same time, and how many visitors wait."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

# seconds between two calls of ``still_waits``
STEP_S = 0.25


class BusyError(Exception):
    """The queue is full, or the owner waits in it already."""


class Turns:
    """Turns in order of arrival; an owner has one turn at a time, so that one visitor's tabs do not delay others."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Allow ``at_once`` turns at the same time, and ``waiting`` more visitors in the queue."""
        self._at_once, self._waiting = at_once, waiting
        self._changed = threading.Condition()
        self._queue: list[tuple[object, Hashable]] = []
        self._running: dict[object, Hashable] = {}

    @contextmanager
    def take(self, owner: Hashable, still_waits: Callable[[int], None]) -> Iterator[None]:
        """Wait for a turn and hold it for the length of the block.

        ``still_waits`` is called every quarter of a second with the number of visitors ahead in the queue; an
        exception that it raises leaves the queue. Raises ``BusyError`` for a full queue, or an owner who waits in it
        already.
        """
        ticket = object()
        with self._changed:
            if self._must_wait(owner) and self._is_full(owner):
                raise BusyError
            self._queue.append((ticket, owner))
        try:
            self._wait_for_turn(ticket, still_waits)
            yield
        finally:
            with self._changed:
                self._queue = [entry for entry in self._queue if entry[0] is not ticket]
                self._running.pop(ticket, None)
                self._changed.notify_all()

    def _wait_for_turn(self, ticket: object, still_waits: Callable[[int], None]) -> None:
        while True:
            with self._changed:
                if self._find_next_ticket() is ticket and self._count_free() > 0:
                    self._start_turn(ticket)
                    return
                ahead = [queued for queued, _ in self._queue].index(ticket)
            # outside the lock: it may take long or raise
            still_waits(ahead)
            with self._changed:
                self._changed.wait(STEP_S)

    def _must_wait(self, owner: Hashable) -> bool:
        return self._count_free() <= 0 or bool(self._queue) or owner in self._running.values()

    def _is_full(self, owner: Hashable) -> bool:
        return len(self._queue) >= self._waiting or owner in (waiting_owner for _, waiting_owner in self._queue)

    def _count_free(self) -> int:
        return self._at_once - len(self._running)

    def _find_next_ticket(self) -> object:
        """Return the first ticket whose owner holds no turn; ``None`` where there is none."""
        busy = set(self._running.values())
        return next((ticket for ticket, owner in self._queue if owner not in busy), None)

    def _start_turn(self, ticket: object) -> None:
        owner = next(owner for queued, owner in self._queue if queued is ticket)
        self._queue = [entry for entry in self._queue if entry[0] is not ticket]
        self._running[ticket] = owner
        self._changed.notify_all()
