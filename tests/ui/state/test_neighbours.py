"""What is one step from a view is answered ahead, within bounds, and not while somebody waits."""

import threading
from datetime import date

import pytest

from khoosheh import calendar, queries
from khoosheh.measures.scope import Selection
from khoosheh.register.cache import AnswerStore
from khoosheh.topics import registry
from khoosheh.ui.markup.page_list import PAGE_INFO
from khoosheh.ui.state import neighbours
from khoosheh.ui.state.neighbours import MOST, NeighbourWarmer, ShownView, list_neighbours, warm_neighbours


def day(text: str) -> date:
    return calendar.parse_jalali_date(text).last_day


def count_answers(monkeypatch) -> list[object]:
    """Return a list of the functions that compute an answer from now on, which grows."""
    computed, plain = [], AnswerStore.answer

    def answer(self, of, function, arguments, make):
        def count_and_make():
            computed.append(function)
            return make()

        return plain(self, of, function, arguments, count_and_make)

    monkeypatch.setattr(AnswerStore, "answer", answer)
    return computed


def test_neighbours_are_the_months_beside_and_single_choices(shipped):
    found = list_neighbours(shipped, Selection(as_of=day("1404-06"), unit="hemat"))
    assert [one.as_of for one in found[:2]] == [day("1404-05"), day("1404-07")]
    codes = queries.list_selection_codes(shipped)
    chains = [one.chains for one in found[2:] if one.chains]
    assert chains == [(code,) for code in codes["chain"]]
    assert len(found) == min(MOST, 2 + sum(len(codes[name]) for name in ("chain", "sector", "county")))
    assert {one.unit for one in found} == {"hemat"} and len(set(found)) == len(found)


def test_no_month_follows_the_day_of_the_register_and_the_view_itself_is_left_out(shipped):
    last = calendar.to_jalali(queries.find_as_of_day(shipped, Selection()))
    chain = queries.list_selection_codes(shipped)["chain"][0]
    found = list_neighbours(shipped, Selection((chain,)))
    assert found[0].as_of == calendar.add_months(last, -1).last_day
    assert [one.as_of for one in found[1:]] == [None] * (len(found) - 1)
    assert Selection((chain,)) not in found


@pytest.mark.parametrize("page", [name for name, info in PAGE_INFO.items() if info.has_day])
def test_what_was_answered_ahead_is_not_computed_again(invented, monkeypatch, page):
    shown = ShownView(invented, Selection(), page)
    monkeypatch.setattr(neighbours, "LONGEST_S", 60)
    asked = warm_neighbours(shown, is_wanted=lambda: True)
    assert asked == len(list_neighbours(invented, Selection())) * len(registry.list_warm_queries(page)) > 0
    computed = count_answers(monkeypatch)
    for selection in list_neighbours(invented, Selection()):
        for query in registry.list_warm_queries(page):
            query(invented, selection)
    assert computed == []


def test_a_visitor_ends_it_and_a_slow_answer_too(invented, monkeypatch):
    shown, left = ShownView(invented, Selection(sectors=("A",)), "investment"), iter([True, True, False])
    assert warm_neighbours(shown, is_wanted=lambda: next(left)) == 2
    monkeypatch.setattr(neighbours, "LONGEST_S", 0)
    assert warm_neighbours(shown, is_wanted=lambda: True) == 1


def test_the_thread_answers_for_the_last_view_only_while_nobody_waits(invented, monkeypatch):
    monkeypatch.setattr(neighbours, "PAUSE_S", 0.05)
    asked, done, idle = [], threading.Event(), threading.Event()

    def remember(shown, *, is_wanted):
        asked.append((shown.page, is_wanted()))
        done.set()

    monkeypatch.setattr(neighbours, "warm_neighbours", remember)
    warmer = NeighbourWarmer(idle.is_set)
    warmer.request(ShownView(invented, Selection(), "ranking"))
    warmer.request(ShownView(invented, Selection(), "schedule"))
    warmer.start()
    assert done.wait(20) and asked == [("schedule", False)]
    idle.set()
    done.clear()
    warmer.request(ShownView(invented, Selection(), "investment"))
    assert done.wait(20) and asked[-1] == ("investment", True)
