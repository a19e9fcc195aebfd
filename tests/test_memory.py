"""Memory: an answer is given again for the same register only, and forgotten with it."""

import gc
import weakref
from datetime import date

from khoosheh import board, register
from khoosheh.measures.scope import Selection
from khoosheh.register import remembered


def test_a_question_is_answered_once_for_each_register(invented_path):
    asked = []

    @remembered
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        return f"{of.province} {word}"

    one, other = register.load(invented_path), register.load(invented_path)
    assert [ask(one, "a"), ask(one, "a"), ask(one, "b"), ask(other, "a")] == [
        "XA-01 a",
        "XA-01 a",
        "XA-01 b",
        "XA-01 a",
    ]
    assert asked == ["a", "b", "a"]


def test_answers_go_with_their_register(invented_path):
    found = register.load(invented_path)
    board.amounts(found, Selection())
    gone = weakref.ref(found)
    del found
    gc.collect()
    assert gone() is None


def test_what_is_kept_does_not_grow_for_ever(invented_path, monkeypatch):
    from khoosheh.register import memory

    monkeypatch.setattr(memory, "MOST", 10)
    found = register.load(invented_path)
    for day in range(1, 29):
        board.promises(found, Selection(as_of=date(2023, 2, day)))
    assert len(memory._ANSWERS[found]) <= 10


def test_remembered_answers_are_those_of_a_fresh_register(invented_path):
    old = register.load(invented_path)
    for selection in (
        Selection(),
        Selection(as_of=date(2023, 1, 1)),
        Selection(chains=("tea",)),
        Selection(unit="hemat"),
    ):
        new = register.load(invented_path)
        for ask in (board.amounts, board.places, board.states, board.completion, board.promises):
            fresh = ask(new, selection).to_native()
            assert all(ask(old, selection).to_native().equals(fresh) for _ in range(2))


def test_what_was_asked_for_lately_is_kept(invented_path, monkeypatch):
    from khoosheh.register import memory

    monkeypatch.setattr(memory, "MOST", 2)
    asked = []

    @remembered
    def ask(of: register.Register, word: str) -> str:
        asked.append(word)
        return word

    found = register.load(invented_path)
    for word in "abacab":
        ask(found, word)
    # c takes the place of b, which was asked for longer ago than a
    assert asked == ["a", "b", "c", "b"]


def test_promises_do_not_wait_for_another_unit(shipped):
    selections = (Selection(), Selection(unit="hemat", by="sector", kinds=("cost_planned",)))
    for ask in (board.promises, board.states, board.places, board.statements, board.history):
        one, other = (ask(shipped, selection) for selection in selections)
        assert one is other
