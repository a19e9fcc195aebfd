"""Keeping garbage collections short by excluding long-lived objects.

Streamlit runs a full collection after each run of the script, which traverses the objects of all visitors. Objects
that survive a long collection are frozen, that is, excluded from later ones (see ``gc.freeze``). Reference counting
still frees frozen objects, but not cycles of them: therefore all objects are unfrozen from time to time.
"""

import gc
import time
from collections.abc import Callable

# the generation of a full collection
FULL = 2
# survivors of a collection that takes longer are frozen
LONG_S = 0.008
UNFREEZE_S = 300.0


class CollectionTuner:
    """A callback that the interpreter calls when a collection starts and stops; see ``gc.callbacks``."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        """Start the interval until all objects are unfrozen."""
        self._clock = clock
        self._unfrozen = self._began = clock()

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        """Unfreeze all objects before a full collection if it is time, freeze the survivors after a long one."""
        if info["generation"] != FULL:
            return
        now = self._clock()
        if phase == "start":
            if now - self._unfrozen > UNFREEZE_S:
                gc.unfreeze()
                self._unfrozen = now
            self._began = self._clock()
        elif now - self._began > LONG_S:
            gc.freeze()


def shorten_garbage_collections() -> None:
    """Install the callback; a second call in the same process has no effect."""
    if not any(isinstance(callback, CollectionTuner) for callback in gc.callbacks):
        gc.callbacks.append(CollectionTuner())
