"""Turns are taken first come, first served, within bounds, and given back whatever happens."""

import random
import threading

import pytest

from khoosheh.uploads import BusyError, Turns


def patient(before: int) -> None:
    """Wait on."""


class LeftError(Exception):
    """The visitor left."""


class Visitor(threading.Thread):
    """Takes a turn and holds it until it is told to end."""

    def __init__(self, turns: Turns, owner: str, order: list[str]) -> None:
        super().__init__(daemon=True)
        self.turns, self.owner, self.order = turns, owner, order
        self.waits, self.begun, self.end = threading.Event(), threading.Event(), threading.Event()
        self.places: list[int] = []
        self.start()

    def _still_waits(self, before: int) -> None:
        self.places.append(before)
        self.waits.set()

    def run(self) -> None:
        with self.turns.take(self.owner, self._still_waits):
            self.order.append(self.owner)
            self.begun.set()
            self.end.wait(20)


def test_who_came_first_has_the_first_turn():
    turns, order = Turns(1, 5), []
    visitors = [Visitor(turns, "a", order)]
    assert visitors[0].begun.wait(20)
    for name in "bcd":
        visitors.append(Visitor(turns, name, order))
        assert visitors[-1].waits.wait(20)
    assert [one.places[0] for one in visitors[1:]] == [0, 1, 2]
    for one in visitors:
        assert one.begun.wait(20)
        one.end.set()
    for one in visitors:
        one.join(20)
    assert order == ["a", "b", "c", "d"]


def test_no_more_wait_than_may():
    turns, order = Turns(1, 1), []
    first = Visitor(turns, "a", order)
    assert first.begun.wait(20)
    second = Visitor(turns, "b", order)
    assert second.waits.wait(20)
    with pytest.raises(BusyError), turns.take("c", patient):
        pass
    first.end.set()
    second.end.set()
    second.join(20)
    with turns.take("c", patient):
        pass


def test_an_owner_has_one_turn_and_one_place():
    turns, order = Turns(2, 5), []
    first = Visitor(turns, "a", order)
    assert first.begun.wait(20)
    again = Visitor(turns, "a", order)
    assert again.waits.wait(20)
    with pytest.raises(BusyError), turns.take("a", patient):
        pass
    # another visitor passes the one who has a turn already
    other = Visitor(turns, "b", order)
    assert other.begun.wait(20)
    assert not again.begun.is_set()
    for one in (first, other):
        one.end.set()
    assert again.begun.wait(20)
    again.end.set()
    again.join(20)


def test_who_leaves_while_waiting_gives_up_the_place():
    turns, order = Turns(1, 1), []
    first = Visitor(turns, "a", order)
    assert first.begun.wait(20)

    def leave(before: int) -> None:
        raise LeftError

    with pytest.raises(LeftError), turns.take("b", leave):
        pass
    second = Visitor(turns, "c", order)
    assert second.waits.wait(20)
    first.end.set()
    second.end.set()
    second.join(20)
    assert order == ["a", "c"]


def test_no_turn_is_lost_whatever_happens():
    turns = Turns(2, 50)
    chance, running, most = random.Random(7), [], []

    def come(owner: str, fails: bool) -> None:
        try:
            with turns.take(owner, patient):
                running.append(owner)
                most.append(len(running))
                running.remove(owner)
                if fails:
                    raise LeftError
        except LeftError:
            pass

    threads = [threading.Thread(target=come, args=(f"v{at}", chance.random() < 0.3)) for at in range(40)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not any(one.is_alive() for one in threads)
    assert max(most) <= 2
    with turns.take("last", patient):
        pass
