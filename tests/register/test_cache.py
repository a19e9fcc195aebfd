"""The store of answers: what it counts, what it forgets first, and what becomes of failures and of gone registers."""

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pandas as pd
import pytest

from khoosheh.register import cache
from khoosheh.register.memory_size import measure_memory
from khoosheh.register.register import Register

DESCRIPTOR = {"resources": [{"name": "one", "path": "one.csv", "labels": {}, "schema": {"fields": []}}]}


def make_register(tmp_path) -> Register:
    return Register(tmp_path, DESCRIPTOR, {"one": pd.DataFrame({"a": [0.5] * 1000})}, {}, version="1")


@pytest.fixture
def small(tmp_path) -> Register:
    return make_register(tmp_path)


def size(answer: str, *arguments: str) -> int:
    """Return the bytes of an answer and its key: arguments are a tuple of texts."""
    return cache.ENTRY_BYTES + sys.getsizeof(answer) + sys.getsizeof(arguments) + sum(map(sys.getsizeof, arguments))


def test_an_answer_counts_with_its_arguments(small, store):
    assert (len(store), store.nbytes) == (0, 0)
    assert store.answer(small, "ask", ("first",), lambda: "x" * 1000) == "x" * 1000
    assert (len(store), store.nbytes) == (1, size("x" * 1000, "first"))
    assert store.answer(small, "ask", ("first",), lambda: "y") == "x" * 1000
    assert store.answer(small, "other", ("first",), lambda: "y") == "y"
    assert store.answer(small, "ask", ("second",), lambda: None) is store.answer(
        small, "ask", ("second",), lambda: "z"
    )
    assert len(store) == 3


def test_an_answer_of_several_questions_counts_once_until_the_last_is_forgotten(small, store):
    shared, others = "x" * 1000, ["a", "b", "c"]
    for word in others:
        store.answer(small, "ask", (word,), lambda: shared)
    each = size(shared, "a") - sys.getsizeof(shared)
    assert store.nbytes == 3 * each + sys.getsizeof(shared)
    for left in (2, 1, 0):
        store.most = store.nbytes - 1
        # what is larger than the bound is not kept, but then the others have to fit
        store.answer(small, "large", (), lambda: "y" * 9000)
        assert len(store) == left
        assert {key for owner in store._owners.values() for key in owner.keys} == set(store._entries)
        assert store.nbytes == left * each + (sys.getsizeof(shared) if left else 0)


def test_an_answer_as_large_as_the_bound_is_kept_and_a_larger_one_is_not(small, store):
    store.most = size("x" * 1000, "a")
    for length, kept in ((1001, 0), (1000, 1), (1001, 1)):
        assert (
            len(store.answer(small, "ask", ("a" if length == 1000 else "b",), lambda length=length: "x" * length))
            == length
        )
        assert len(store) == kept
    # as much as fits stays: this one replaces the other
    store.answer(small, "ask", ("c",), lambda: "y")
    assert [key[2] for key in store._entries] == [("c",)]


def test_what_the_register_itself_holds_counts_nothing(small, store):
    frame = small.table("one")
    found = store.answer(small, "ask", (), lambda: frame)
    assert found is frame and 0 < store.nbytes < 8000 in measure_memory(small).values()
    # the register is not counted either
    assert store.answer(small, "more", (), lambda: [small, frame])[0] is small
    assert store.nbytes < 12_000


def test_a_failure_is_told_and_nothing_is_kept_of_it(small, store):
    def fail() -> str:
        raise KeyboardInterrupt("stopped")

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt, match="stopped"):
            store.answer(small, "ask", (), fail)
    assert (len(store), store._turns) == (0, {})
    assert store.answer(small, "ask", (), lambda: "x") == "x"
    assert store._turns == {}


def test_an_answer_may_ask_for_another(small, store):
    def ask() -> str:
        return store.answer(small, "inner", (), lambda: "in") + "side"

    assert store.answer(small, "outer", (), ask) == "inside"
    assert len(store) == 2


def test_who_waits_gets_the_answer_of_the_one_who_computes(small, store):
    begun, go = Event(), Event()

    def slow() -> str:
        begun.set()
        assert go.wait(10)
        return "slow"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.answer, small, "ask", (), slow)
        assert begun.wait(10)
        second = pool.submit(store.answer, small, "ask", (), lambda: "quick")
        with pytest.raises(TimeoutError):
            second.result(0.05)
        go.set()
        assert (first.result(10), second.result(10)) == ("slow", "slow")


def test_who_waits_for_a_failure_computes_the_answer(small, store):
    begun, go = Event(), Event()

    def fail() -> str:
        begun.set()
        assert go.wait(10)
        raise ValueError("broken")

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.answer, small, "ask", (), fail)
        assert begun.wait(10)
        second = pool.submit(store.answer, small, "ask", (), lambda: "sound")
        with pytest.raises(TimeoutError):
            second.result(0.05)
        go.set()
        with pytest.raises(ValueError, match="broken"):
            first.result(10)
        assert second.result(10) == "sound"
    assert len(store) == 1 and store._turns == {}


def test_answers_of_a_gone_register_are_forgotten_and_others_stay(tmp_path, store):
    one, other = make_register(tmp_path), make_register(tmp_path)
    for of in (one, one, other):
        for word in ("a", "b"):
            store.answer(of, "ask", (word,), lambda word=word: word * 100)
    assert len(store) == 4 and len(store._owners) == 2
    del one, of
    gc.collect()
    assert len(store) == 2 and len(store._owners) == 1 and {key[0]() for key in store._entries} == {other}
    # a register may go while an answer is being kept: its answers are then forgotten with the next one
    with store._lock:
        del other
        gc.collect()
        assert len(store) == 2
    last = make_register(tmp_path)
    store.answer(last, "ask", (), lambda: "x")
    assert len(store) == 1 and len(store._owners) == 1 and store.nbytes == size("x")
    assert not store._lock.locked()


def test_a_query_keeps_its_name_and_takes_its_defaults(small, store):
    asked = []

    @cache.cached_per_register
    def ask(of: Register, word: str, more: str = "b") -> str:
        """Tell two words."""
        asked.append(more)
        return word + more

    assert (ask.__name__, ask.__doc__) == ("ask", "Tell two words.")
    assert [ask(small, "a"), ask(small, "a", "b"), ask(small, "a", "c"), ask(small, "b")] == ["ab", "ab", "ac", "bb"]
    assert asked == ["b", "c", "b"]
    assert {key[2] for key in store._entries} == {("a", "b"), ("a", "c"), ("b", "b")}
