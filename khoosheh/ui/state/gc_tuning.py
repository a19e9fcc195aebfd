"""Keeping garbage collection short: what has come to stay is not looked at again and again.

Streamlit collects all garbage after each run, which looks at every object of every visitor. What outlives a long
collection is frozen, that is, left out of later ones. Frozen objects are freed as ever once nobody refers to them,
but those that only refer to each other in a circle are not: from time to time all are thawed and looked at.
"""

import gc
import time
from collections.abc import Callable

FULL = 2
LONG_S = 0.008
THAW_S = 300.0


class Keeper:
    """Told by the interpreter when a collection starts and stops; see ``gc.callbacks``."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Count from now."""
        self._clock = clock
        self._thawed = self._began = clock()

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        """Thaw before a collection where it is time, freeze after one that took long."""
        if info["generation"] != FULL:
            return
        now = self._clock()
        if phase == "start":
            if now - self._thawed > THAW_S:
                gc.unfreeze()
                self._thawed = now
            self._began = self._clock()
        elif now - self._began > LONG_S:
            gc.freeze()


def shorten_garbage_collections() -> None:
    """Keep collections short from now on, once for the process."""
    if not any(isinstance(one, Keeper) for one in gc.callbacks):
        gc.callbacks.append(Keeper())
