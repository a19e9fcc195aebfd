"""The queue of runs: first come first served, bounded, the newest run of each session, and no place ever lost."""

import random
import threading

import pytest

from khoosheh.ui.state.run_queue import Gate

PATIENCE_S = 30


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


def gate(at_once=1, waiting=3, long_s=5.0, beside=2, clock=None):
    return Gate(at_once, waiting, long_s, beside, clock or Clock())


def test_runs_begin_in_the_order_in_which_they_came():
    one = gate()
    tickets = [one.join(session) for session in "abcd"]
    order = []
    for _ in tickets:
        (running,) = [ticket for ticket in tickets if one.admitted(ticket)]
        order.append(running.session)
        one.leave(running)
    assert order == list("abcd")
    assert one.count() == (0, 0)


def test_as_many_run_as_are_allowed_and_no_more():
    one = gate(at_once=2)
    tickets = [one.join(session) for session in "abcd"]
    assert [one.admitted(ticket) for ticket in tickets] == [True, True, False, False]
    assert [one.position(ticket) for ticket in tickets] == [0, 0, 1, 2]


@pytest.mark.parametrize("waiting", [0, 1, 3])
def test_the_queue_is_bounded_and_open_again_once_somebody_leaves(waiting):
    one = gate(waiting=waiting)
    first = one.join("first")
    assert all(one.join(place) for place in range(waiting))
    assert one.join("too many") is None
    assert one.count() == (1, waiting)
    one.leave(first)
    assert one.join("later") is not None


def test_the_newest_run_of_a_session_takes_the_place_of_the_older():
    clock = Clock()
    one = gate(clock=clock)
    running, old, behind = one.join("a"), one.join("b"), one.join("c")
    clock.now = 2.0
    new = one.join("b")
    assert one.position(new) == 1 and one.position(behind) == 2
    assert new.since == old.since == 0.0
    assert not one.holds(old) and old.called.is_set() and not one.admitted(old)
    # the older run, which ends now, takes nothing away from the newer
    one.leave(old)
    one.leave(running)
    assert one.admitted(new) and not one.admitted(behind)


def test_a_session_may_ask_again_even_where_the_queue_is_full():
    one = gate(waiting=1)
    one.join("a")
    assert one.join("b") and one.join("b")
    assert one.join("c") is None
    assert one.count() == (1, 1)


def test_a_session_that_runs_already_waits_for_its_turn_like_others():
    one = gate()
    old, other, new = one.join("a"), one.join("b"), one.join("a")
    assert one.holds(old)
    one.leave(old)
    assert one.admitted(other) and not one.admitted(new)
    one.leave(other)
    assert one.admitted(new)


def test_who_leaves_the_queue_makes_room_for_those_behind():
    one = gate()
    running, gone, behind = one.join("a"), one.join("b"), one.join("c")
    one.leave(gone)
    assert one.position(behind) == 1
    one.leave(running)
    assert one.admitted(behind) and not one.holds(gone)


def test_leaving_twice_frees_one_place_only():
    one = gate()
    first, second, third = one.join("a"), one.join("b"), one.join("c")
    one.leave(first)
    one.leave(first)
    assert one.admitted(second) and not one.admitted(third)


def test_who_was_admitted_but_never_looked_gives_the_place_back():
    one = gate()
    first, second, third = one.join("a"), one.join("b"), one.join("c")
    one.leave(first)
    # its visitor left at the same moment
    one.leave(second)
    assert one.admitted(third)


def test_long_runs_keep_nobody_out_but_are_bounded_too():
    clock = Clock()
    one = gate(long_s=5.0, beside=2, clock=clock)
    tickets = [one.join(session) for session in "abcd"]
    admitted = []
    for second in (0.0, 4.9, 5.0, 10.0, 15.0):
        clock.now = second
        admitted.append([one.admitted(ticket) for ticket in tickets].count(True))
    # one runs and two long ones beside it; the fourth has to wait for one of them
    assert admitted == [1, 1, 2, 3, 3]
    one.leave(tickets[0])
    assert one.admitted(tickets[3])


def test_who_comes_back_is_the_next():
    one = gate()
    away, other, behind = one.join("a"), one.join("b"), one.join("c")
    one.leave(away)
    assert one.admitted(other)
    one.come_back(away)
    assert not one.admitted(away) and one.position(away) == 1 and one.position(behind) == 2
    one.leave(other)
    assert one.admitted(away) and not one.admitted(behind)


def test_who_comes_back_after_a_newer_run_has_come_is_given_up():
    one = gate()
    away = one.join("a")
    one.leave(away)
    one.join("b")
    newer = one.join("a")
    one.come_back(away)
    assert not one.holds(away) and one.holds(newer)


def test_a_waiting_run_is_woken_when_its_turn_comes():
    one = Gate(1, 3, 1000.0, 0)
    first, second = one.join("a"), one.join("b")
    woken = threading.Event()

    def wait():
        if one.admitted(second, PATIENCE_S):
            woken.set()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert not woken.is_set()
    one.leave(first)
    assert woken.wait(PATIENCE_S / 2)
    waiting.join(PATIENCE_S)


@pytest.mark.parametrize("seed", range(4))
def test_no_place_is_lost_whatever_visitors_do(seed):
    """Sessions ask, ask again, leave, fail and go away for a while, all at the same time."""
    at_once, most = 2, 5
    one = Gate(at_once, most, 1000.0, 0)
    inside, beyond, lock = [0], [0], threading.Lock()

    def run(chance: random.Random) -> None:
        ticket = one.join(chance.randrange(8))
        if ticket is None:
            return
        try:
            while not one.admitted(ticket, 0.001):
                if not one.holds(ticket) or chance.random() < 0.1:
                    return
            with lock:
                inside[0] += 1
                beyond[0] = max(beyond[0], inside[0])
            try:
                if chance.random() < 0.3:
                    raise RuntimeError
                threading.Event().wait(chance.random() * 0.002)
            finally:
                with lock:
                    inside[0] -= 1
            if chance.random() < 0.3:
                one.leave(ticket)
                one.come_back(ticket)
        except RuntimeError:
            return
        finally:
            one.leave(ticket)

    def visit(number: int) -> None:
        chance = random.Random(seed * 100 + number)
        for _ in range(40):
            run(chance)
            assert one.count()[1] <= most + 12

    threads = [threading.Thread(target=visit, args=(number,), daemon=True) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert not any(thread.is_alive() for thread in threads)
    assert one.count() == (0, 0)
    assert 1 <= beyond[0] <= at_once
    assert [one.admitted(one.join(f"after {place}")) for place in range(at_once)] == [True] * at_once
