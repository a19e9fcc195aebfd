"""Answering ahead what a reader is likely to ask next, while the server has nothing else to do.

One step from a view are the months before and after its day, and each single chain, sector and county.
"""

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from threading import Condition, Thread

from khoosheh import calendar, queries
from khoosheh.engines import EngineError
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics import registry
from khoosheh.ui.state import admission

# selections that are answered ahead for one view, at most
MOST = 16
# Seconds of an answer after which the view is given up: on a large register a visitor would have to wait for it.
LONGEST_S = 0.05
# seconds after a view in which its reader is likely to ask for the next one
PAUSE_S = 0.5


@dataclass(frozen=True)
class ShownView:
    """A view that was shown: register, selection, and the name of its page."""

    register: Register
    selection: Selection
    page: str


def list_neighbours(register: Register, selection: Selection) -> list[Selection]:
    """Return selections one step from a selection, the likeliest first, at most ``MOST``."""
    codes = queries.list_selection_codes(register)
    choices = (
        *(replace(selection, chains=(code,)) for code in codes["chain"]),
        *(replace(selection, sectors=(code,)) for code in codes["sector"]),
        *(replace(selection, counties=(code,)) for code in codes["county"]),
    )
    days = (replace(selection, as_of=day) for day in _iter_neighbouring_days(register, selection))
    found = dict.fromkeys(other for steps in (days, choices) for other in steps)
    return list(islice((other for other in found if other != selection), MOST))


def _iter_neighbouring_days(register: Register, selection: Selection) -> Iterator[date]:
    """Yield the last day of the month before that of the selection, and of the month after if it has begun."""
    last = calendar.to_jalali(queries.find_as_of_day(register, Selection()))
    month = calendar.to_jalali(queries.find_as_of_day(register, selection))
    yield calendar.add_months(month, -1).last_day
    after = calendar.add_months(month, 1)
    if (after.year, after.month) <= (last.year, last.month):
        yield after.last_day


def warm_neighbours(shown: ShownView, *, is_wanted: Callable[[], bool]) -> int:
    """Compute the answers of a page one step from a view; return how many were asked for.

    ``is_wanted`` is called before each answer: it ends where the result is ``False``.
    """
    asked = 0
    page_queries = registry.list_warm_queries(shown.page)
    for selection in list_neighbours(shown.register, shown.selection):
        for query in page_queries:
            if not is_wanted():
                return asked
            began = time.monotonic()
            query(shown.register, selection)
            asked += 1
            if time.monotonic() - began > LONGEST_S:
                return asked
    return asked


class NeighbourWarmer:
    """A thread that answers ahead for the view that was shown last."""

    def __init__(self, is_idle: Callable[[], bool]) -> None:
        """Create without starting; ``is_idle`` returns whether nobody waits for an answer."""
        self._is_idle, self._changed = is_idle, Condition()
        self._shown: ShownView | None = None

    def start(self) -> None:
        """Start the thread; the server does not wait for it when it ends."""
        Thread(target=self._run, name="neighbours", daemon=True).start()

    def request(self, shown: ShownView) -> None:
        """Have the answers one step from a view computed; the view replaces the last one."""
        with self._changed:
            self._shown = shown
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._shown is not None)
                shown, self._shown = self._shown, None
            assert shown is not None
            time.sleep(PAUSE_S)
            try:
                warm_neighbours(shown, is_wanted=lambda: self._shown is None and self._is_idle())
            except EngineError as error:
                logging.getLogger(__name__).warning("nothing was answered ahead: %s", error)
            # the register is not kept in memory until the next view
            del shown


WARMER = NeighbourWarmer(lambda: admission.GATE.count() == (0, 0))
