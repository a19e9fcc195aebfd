"""Memory: an answer is given again for the same register only, and forgotten with it."""

import gc
import time
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier, Event

import narwhals as nw

from khoosheh import queries, register
from khoosheh.limits import MIB
from khoosheh.measures.scope import Selection
from khoosheh.register import cached_per_register


def test_a_question_is_answered_once_for_each_register(invented_path):
    asked = []

    @cached_per_register
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        return f"{of.province} {word}"

    one, other = register.load_register(invented_path), register.load_register(invented_path)
    assert [ask(one, "a"), ask(one, "a"), ask(one, "b"), ask(other, "a")] == [
        "XA-01 a",
        "XA-01 a",
        "XA-01 b",
        "XA-01 a",
    ]
    assert asked == ["a", "b", "a"]


def test_answers_go_with_their_register(invented_path):
    found = register.load_register(invented_path)
    queries.query_investment_amounts(found, Selection())
    gone = weakref.ref(found)
    del found
    gc.collect()
    assert gone() is None


def test_what_is_kept_does_not_grow_for_ever(invented_path, store):
    found = register.load_register(invented_path)
    store.most = 200_000
    for day in range(1, 29):
        queries.query_commitments(found, Selection(as_of=date(2023, 2, day)))
        assert store.nbytes <= 200_000
    kept = len(store)
    store.most = 100 * MIB
    for day in range(1, 29):
        queries.query_commitments(found, Selection(as_of=date(2023, 2, day)))
    assert 0 < kept < len(store)


def test_remembered_answers_are_those_of_a_fresh_register(invented_path):
    old = register.load_register(invented_path)
    for selection in (
        Selection(),
        Selection(as_of=date(2023, 1, 1)),
        Selection(chains=("tea",)),
        Selection(unit="hemat"),
    ):
        new = register.load_register(invented_path)
        for ask in (
            queries.query_investment_amounts,
            queries.query_province_rankings,
            queries.query_stage_states,
            queries.query_chain_completion,
            queries.query_commitments,
        ):
            fresh = ask(new, selection).to_native()
            assert all(ask(old, selection).to_native().equals(fresh) for _ in range(2))


def test_what_was_asked_for_lately_is_kept(invented_path, store):
    store.most = 25_000
    asked = []

    @cached_per_register
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        return word * 10_000

    found = register.load_register(invented_path)
    for word in "abacab":
        ask(found, word)
    # c takes the place of b, which was asked for longer ago than a
    assert asked == ["a", "b", "c", "b"]


def test_large_answers_are_forgotten_sooner(invented_path, store):
    found, asked = register.load_register(invented_path), []

    @cached_per_register
    def ask(of: register.Register, rows: int, place: int) -> tuple[nw.DataFrame, str]:
        asked.append((rows, place))
        return nw.from_dict({"value": [0.0] * rows}, backend="pandas"), "word"

    store.most = 30_000
    small, large = [(10, 1), (10, 2)], [(1000, 1), (1000, 2), (1000, 3)]
    for one in [*small, *large]:
        ask(found, *one)
    asked.clear()
    # two of the large ones have room, and nothing that was asked for before them
    for one in [*reversed(large), *small]:
        ask(found, *one)
    assert asked == [large[0], *small]
    asked.clear()
    # what alone is too large is answered and not kept, and takes no other's place
    assert [len(ask(found, 10_000, 1)[0]) for _ in range(2)] == [10_000] * 2
    ask(found, *small[-1])
    assert asked == [(10_000, 1)] * 2


def test_what_answers_several_questions_counts_once(invented_path, store):
    found, asked = register.load_register(invented_path), []
    frame = nw.from_dict({"value": [0.0] * 1000}, backend="pandas")

    @cached_per_register
    def ask(of: register.Register, place: int) -> nw.DataFrame:
        asked.append(place)
        return frame

    store.most = 18_000
    for place in [*range(5), *range(5)]:
        ask(found, place)
    assert asked == [0, 1, 2, 3, 4]


def test_who_leaves_an_argument_out_asks_the_same(invented_path):
    asked = []

    @cached_per_register
    def ask(of: register.Register, word: str, more: str = "b", last: int = 3) -> str:
        asked.append((word, more, last))
        return word + more

    found = register.load_register(invented_path)
    assert [ask(found, "a"), ask(found, "a", "b"), ask(found, "a", "b", 3)] == ["ab"] * 3
    assert ask(found, "a", "c") == "ac"
    assert asked == [("a", "b", 3), ("a", "c", 3)]


READERS = 12


def asked_at_once(of: register.Register, ask: Callable[[register.Register, str], str]) -> list[str]:
    """Ask from as many threads as there are readers, all of which begin together; return answers and faults."""
    begun = Barrier(READERS)

    def reader(_: int) -> str:
        begun.wait()
        try:
            return ask(of, "a")
        except ValueError as fault:
            return str(fault)

    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(reader, range(READERS)))


def test_who_asks_while_an_answer_is_made_waits_for_it(invented_path):
    asked = []

    @cached_per_register
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        time.sleep(0.05)
        return word

    assert asked_at_once(register.load_register(invented_path), ask) == ["a"] * READERS
    assert asked == ["a"]


def test_whoever_waited_for_what_went_wrong_tries_again(invented_path):
    asked = []

    @cached_per_register
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        time.sleep(0.02)
        if len(asked) < 3:
            raise ValueError("broken")
        return word

    found = register.load_register(invented_path)
    assert sorted(asked_at_once(found, ask)) == ["a"] * (READERS - 2) + ["broken"] * 2
    assert len(asked) == 3 and ask(found, "a") == "a"


def test_who_asks_for_something_else_need_not_wait(invented_path):
    slow, quick = Event(), Event()

    @cached_per_register
    def ask(of: register.Register, word: str) -> str:
        if word == "slow":
            slow.set()
            assert quick.wait(10), "the other answer waited for this one"
        return word

    found = register.load_register(invented_path)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(ask, found, "slow")
        assert slow.wait(10)
        assert ask(found, "quick") == "quick"
        quick.set()
        assert waiting.result(10) == "slow"


def test_promises_do_not_wait_for_another_unit(shipped):
    selections = (Selection(), Selection(unit="hemat", by="sector", kinds=("cost_planned",)))
    for ask in (
        queries.query_commitments,
        queries.query_stage_states,
        queries.query_province_rankings,
        queries.select_statements,
        queries.query_completion_history,
    ):
        one, other = (ask(shipped, selection) for selection in selections)
        assert one is other
