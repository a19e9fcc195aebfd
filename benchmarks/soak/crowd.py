"""Visitors who arrive, change the view every two seconds, and leave."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.exceptions import WebSocketException

from khoosheh.register import Register
from testing.views import ViewRequest, generate_views
from testing.visitors import AppVisitor

EVERY_S, REPLACED_S = 2.0, 30.0
FAULTS = (OSError, RuntimeError, TimeoutError, WebSocketException)


@dataclass
class VisitRecord:
    """What visitors met: changes and errors by when they were due, in seconds from the beginning.

    ``changes``: (due, seconds until the whole answer was there); ``errors``: (due, what went wrong);
    ``sessions``: how many visitors came; ``first``: when each different view was first asked for.
    """

    changes: list[tuple[float, float]] = field(default_factory=list)
    errors: list[tuple[float, str]] = field(default_factory=list)
    sessions: int = 0
    first: dict[tuple, float] = field(default_factory=dict)

    def between(self, first: float, last: float) -> tuple[list[float], int]:
        """Return the seconds of the changes that were due in a part of the time, in order, and the errors."""
        taken = sorted(took for due, took in self.changes if first <= due < last)
        return taken, sum(first <= due < last for due, _ in self.errors)


class Crowd:
    """``many`` visitors at a time; each leaves after a while and another comes in the same place."""

    def __init__(self, address: str, register: Register, many: int) -> None:
        """Prepare the visitors without starting them."""
        self._address, self._register, self._many = address, register, many
        self._pool = ThreadPoolExecutor(many)
        self._began = 0.0
        self.met = VisitRecord()

    def come(self, seconds: float) -> None:
        """Start the visitors, who change their views for a time; returns at once."""
        self._began = time.perf_counter()
        self._running = [self._pool.submit(self._run_visitor, place, seconds) for place in range(self._many)]

    def passed(self) -> float:
        """Return the seconds since the visitors were started."""
        return time.perf_counter() - self._began

    def leave(self) -> None:
        """Wait until all visitors have left; raises the exception of a visitor that failed."""
        for one in self._running:
            one.result()
        self._pool.shutdown()

    def _run_visitor(self, place: int, seconds: float) -> None:
        visitor, generation = None, -1
        for due in _list_due_times(EVERY_S * place / self._many, seconds):
            if self.passed() > seconds:
                # a delay of that length is recorded already
                break
            time.sleep(max(0.0, due - self.passed()))
            # only one visitor is replaced at a time
            due_generation = int((due + place * REPLACED_S) / (self._many * REPLACED_S))
            if due_generation != generation or visitor is None:
                _close_visitor(visitor)
                generation = due_generation
                asked = generate_views(self._register, generation * self._many + place)
                visitor = self._connect_visitor(due)
            elif not self._request_view(visitor, next(asked), due):
                _close_visitor(visitor)
                visitor = None
        _close_visitor(visitor)

    def _connect_visitor(self, due: float) -> AppVisitor | None:
        """Return a new visitor; ``None`` if the server did not answer."""
        self.met.sessions += 1
        try:
            return AppVisitor(self._address)
        except FAULTS as error:
            self.met.errors.append((due, repr(error)))
            return None

    def _request_view(self, visitor: AppVisitor, asked: ViewRequest, due: float) -> bool:
        """Request a view and record the time since it was due; return whether it was answered."""
        try:
            visitor.ask(asked.query, asked.page)
        except FAULTS as error:
            self.met.errors.append((due, f"{asked}: {error!r}"))
            return False
        self.met.changes.append((due, self.passed() - due))
        self.met.first.setdefault((asked.page, *sorted(asked.query.items())), due)
        return True


def _list_due_times(first: float, seconds: float) -> Iterator[float]:
    turn = 0
    while (due := first + turn * EVERY_S) < seconds:
        yield due
        turn += 1


def _close_visitor(visitor: AppVisitor | None) -> None:
    if visitor is not None:
        with suppress(*FAULTS):
            visitor.close()
