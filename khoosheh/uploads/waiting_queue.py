"""Turns: how many files are read at the same time, and how many visitors wait for that."""

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

# how often one who waits is asked whether he still does
STEP_S = 0.25


class BusyError(Exception):
    """As many visitors wait already as may."""


class Turns:
    """First come, first served; an owner has one turn at a time, so that many tabs of one do not keep others out."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Let ``at_once`` have their turn at the same time, and ``waiting`` more wait for one."""
        self._at_once, self._waiting = at_once, waiting
        self._changed = threading.Condition()
        self._queue: list[tuple[object, Hashable]] = []
        self._running: dict[object, Hashable] = {}

    @contextmanager
    def take(self, owner: Hashable, still_waits: Callable[[int], None]) -> Iterator[None]:
        """Wait for a turn and hold it as long as the block runs.

        ``still_waits`` is called now and then with the number of those before; what it raises gives the place up.
        Raises ``BusyError`` where too many wait, or where the owner waits already.
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
                self._queue = [one for one in self._queue if one[0] is not ticket]
                self._running.pop(ticket, None)
                self._changed.notify_all()

    def _wait_for_turn(self, ticket: object, still_waits: Callable[[int], None]) -> None:
        while True:
            with self._changed:
                if self._find_next_ticket() is ticket and self._count_free() > 0:
                    self._start_turn(ticket)
                    return
                before = [one for one, _ in self._queue].index(ticket)
            # outside the lock: what is called may take its time or raise
            still_waits(before)
            with self._changed:
                self._changed.wait(STEP_S)

    def _must_wait(self, owner: Hashable) -> bool:
        return self._count_free() <= 0 or bool(self._queue) or owner in self._running.values()

    def _is_full(self, owner: Hashable) -> bool:
        return len(self._queue) >= self._waiting or owner in (one for _, one in self._queue)

    def _count_free(self) -> int:
        return self._at_once - len(self._running)

    def _find_next_ticket(self) -> object:
        """Return the first ticket whose owner has no turn now."""
        busy = set(self._running.values())
        return next((ticket for ticket, owner in self._queue if owner not in busy), None)

    def _start_turn(self, ticket: object) -> None:
        owner = next(owner for one, owner in self._queue if one is ticket)
        self._queue = [one for one in self._queue if one[0] is not ticket]
        self._running[ticket] = owner
        self._changed.notify_all()
