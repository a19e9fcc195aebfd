"""Every measure, and every question of a page, gives the same on pandas, DuckDB and Spark, to the digit."""

from dataclasses import replace
from datetime import date

import narwhals as nw
import pytest

from khoosheh import board, engines, money
from khoosheh.measures import (
    balance,
    chains,
    cluster,
    common,
    earned_value,
    evidence,
    investment,
    ranking,
    schedule,
)
from khoosheh.measures.scope import Selection
from khoosheh.words import missing

REGISTERS = ("shipped", "country")
DAYS = (None, date(2024, 9, 1))


def rows(table: nw.DataFrame) -> list[tuple]:
    """Return the rows of a table as they can be compared to the digit."""
    return [tuple(_cell(cell) for cell in row) for row in table.iter_rows()]


def _cell(cell: object) -> object:
    if missing(cell):
        return None
    if hasattr(cell, "date"):
        return cell.date().isoformat()
    return repr(float(cell)) if isinstance(cell, int | float) else str(cell)


def _rates(register):
    return money.rate_table(board.table(register, "exchange_rates"))


def _amounts(register, told, unit, by):
    kinds = board.measures_of(register, "investment")
    projects = board.table(register, "projects")
    return investment.investment(told, projects, by=by, kinds=kinds, unit=unit, rates=_rates(register))


def _earned(register, told):
    kinds = [earned_value.INPUTS["budget"], earned_value.INPUTS["actual"]]
    stated, trail = investment.stated_amounts(told, kinds, "irr", _rates(register))
    return earned_value.earned_value(told, common.with_ids(stated, trail, investment.SUBJECT))


def _states(register, told):
    return chains.stage_states(told, board.table(register, "stages"), board.ladder(register))


def _completion(register, told):
    return chains.completion(
        _states(register, told), board.table(register, "chains"), len(board.ladder(register)) - 1
    )


def _places(register, told):
    indicators, ranks = (board.table(register, name) for name in ("indicators", "ranks"))
    return ranking.ranking(told, indicators, ranks, register.province)


def _promises(register, told):
    return schedule.promises(told, board.ladder(register), date(2025, 3, 1), {"capacity_planned": "capacity"})


def _needs(register, told):
    named = told.filter(~nw.col("requirement_id").is_null())
    return cluster.needs(named, board.table(register, "requirements"))


def _found(register, told):
    # words that are there, in the spelling of an Arabic keyboard
    said = board.table(register, "statements")["claim_fa"].to_list()[-1].split()
    words = " ".join(said[:2]).replace("ی", "ي").replace("ک", "ك")
    return evidence.newest(engines.collected(evidence.search(told, words)))


def _perhaps(_, told):
    return evidence.newest(engines.collected(common.perhaps_on(told, date(2023, 6, 1))))


MEASURES = {
    **{
        f"investment by {by} in {unit}": lambda register, told, by=by, unit=unit: _amounts(register, told, unit, by)
        for by, unit in (
            ("project_id", "thousand_bn_irr"), ("chain_id", "m_usd_market"), ("said_year", "irr"), ("sector", "hemat")
        )
    },
    "earned value": _earned,
    "states of stages": _states,
    "states of projects": lambda register, told: chains.project_states(told, board.ladder(register)),
    "completion": _completion,
    "ranking": _places,
    "promises": _promises,
    "progress": lambda _, told: schedule.progress(told),
    "plants": lambda _, told: balance.plants(told, planned=True),
    "balance": lambda register, told: balance.balance(told, board.table(register, "stages"), planned=False),
    "needs": _needs,
    "search": _found,
    "perhaps": _perhaps,
}  # fmt: skip


@pytest.mark.parametrize("name", REGISTERS)
@pytest.mark.parametrize("measure", MEASURES)
def test_measures_agree(measure, name, on_engine, plain):
    ask, nonempty = MEASURES[measure], 0
    for day in DAYS:
        expected = ask(plain[name], common.known_on(plain[name].frame("statements"), day))
        found = ask(on_engine[name], common.known_on(on_engine[name].frame("statements"), day))
        assert rows(found) == rows(expected)
        assert found.columns == expected.columns
        nonempty += len(expected)
    # the shipped register has no project with all inputs of earned value in the same time, but has some of them
    assert nonempty


ASKED = [
    "additions", "amounts", "balances", "benefits", "chain_words", "cluster_needs", "completion", "confidence", "earned",
    "elsewhere", "history", "money_words", "needs", "overall", "phases", "places", "plants", "progress", "promises",
    "rank_words", "statements", "states", "totals",
]  # fmt: skip
SELECTIONS = {
    "all": Selection(),
    "one chain": Selection(chains=("steel", "tea"), by="sector"),
    "earlier": Selection(as_of=date(2023, 9, 1), unit="m_usd_nima"),
}


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("name", REGISTERS)
def test_questions_of_pages_agree(name, selection, on_engine, plain):
    asked = SELECTIONS[selection]
    for question in ASKED:
        ask = getattr(board, question)
        found, expected = (ask(one[name], asked) for one in (on_engine, plain))
        assert rows(evidence_order(found)) == rows(evidence_order(expected)), question
    assert board.uses(plain[name], asked).items() >= board.uses(on_engine[name], asked).items()
    assert board.said_days(on_engine[name]) == board.said_days(plain[name])


def evidence_order(table):
    here = engines.collected(table)
    return evidence.newest(here) if "statement_id" in here.columns and "claim_fa" in here.columns else here


@pytest.mark.parametrize("name", REGISTERS)
def test_statements_are_found_by_id_and_used_on_the_same_pages(name, on_engine, plain):
    every = plain[name].table("statements")["statement_id"].to_list()
    ids = [every[place] for place in (-1, 0, len(every) // 2)]
    found, expected = (board.named(one[name], ids) for one in (on_engine, plain))
    assert rows(found) == rows(expected)
    for row in expected.iter_rows(named=True):
        pages = [board.pages_of(one[name], Selection(), row) for one in (on_engine, plain)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize("name", REGISTERS)
def test_a_table_brought_here_whole_is_that_of_the_files(name, on_engine, plain):
    for table in plain[name].tables:
        found, expected = (one[name].table(table) for one in (on_engine, plain))
        assert found.equals(expected), table
        assert found.dtypes.to_dict() == expected.dtypes.to_dict()
    assert on_engine[name].tables == plain[name].tables
    assert on_engine[name].version == plain[name].version


def test_the_first_rows_of_a_sorted_frame_stay_in_order(on_engine, plain):
    for known in (0, 7):
        asked = replace(Selection(), as_of=date(2024, 9, 1))
        found, expected = (engines.first(board.elsewhere(one["country"], asked), known) for one in (on_engine, plain))
        assert rows(found) == rows(expected)
    assert engines.size(board.elsewhere(on_engine["country"], asked)) == len(board.elsewhere(plain["country"], asked))
