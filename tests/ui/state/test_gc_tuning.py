"""What has come to stay is left out of collections that were long, and looked at again after a while."""

import gc

import pytest

from khoosheh.ui.state import gc_tuning


@pytest.fixture(autouse=True)
def alone():
    """Have no other keeper meanwhile, and leave the interpreter as it was found."""
    before = gc.callbacks[:]
    gc.callbacks[:] = [one for one in before if not isinstance(one, gc_tuning.CollectionTuner)]
    gc.unfreeze()
    yield
    gc.callbacks[:] = before
    gc.unfreeze()


class Clock:
    """Time that passes only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def collection(
    keeper: gc_tuning.CollectionTuner, clock: Clock, seconds: float, generation: int = gc_tuning.FULL
) -> None:
    keeper("start", {"generation": generation})
    clock.now += seconds
    keeper("stop", {"generation": generation})


def test_after_a_long_full_collection_all_is_frozen():
    clock = Clock()
    keeper = gc_tuning.CollectionTuner(clock)
    collection(keeper, clock, gc_tuning.LONG_S / 2)
    collection(keeper, clock, gc_tuning.LONG_S * 2, generation=1)
    assert gc.get_freeze_count() == 0
    collection(keeper, clock, gc_tuning.LONG_S * 2)
    assert gc.get_freeze_count() > 1000


def test_from_time_to_time_all_is_thawed():
    clock = Clock()
    keeper = gc_tuning.CollectionTuner(clock)
    collection(keeper, clock, gc_tuning.LONG_S * 2)
    clock.now += gc_tuning.UNFREEZE_S
    collection(keeper, clock, gc_tuning.LONG_S / 2)
    assert gc.get_freeze_count() == 0


def test_a_circle_that_was_frozen_is_freed_after_thawing():
    class Circle:
        freed = 0

        def __del__(self):
            Circle.freed += 1

    clock = Clock()
    keeper = gc_tuning.CollectionTuner(clock)
    gc.callbacks.append(keeper)
    one = Circle()
    one.itself = one
    keeper("start", {"generation": gc_tuning.FULL})
    clock.now += 1
    keeper("stop", {"generation": gc_tuning.FULL})
    del one
    gc.collect()
    assert Circle.freed == 0
    clock.now += gc_tuning.UNFREEZE_S
    gc.collect()
    assert Circle.freed == 1


def test_it_is_asked_for_once():
    gc_tuning.shorten_garbage_collections()
    gc_tuning.shorten_garbage_collections()
    assert sum(isinstance(one, gc_tuning.CollectionTuner) for one in gc.callbacks) == 1
