"""Every measure, and every question of a page, asked of an engine and of the files: to the digit."""

from datetime import date

import narwhals as nw

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
LATER = date(2024, 9, 1)


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


def measures(measure, found_in, expected_in, days):
    """Compare a measure on some days."""
    ask, nonempty = MEASURES[measure], 0
    for day in days:
        expected = ask(expected_in, common.known_on(expected_in.frame("statements"), day))
        found = ask(found_in, common.known_on(found_in.frame("statements"), day))
        assert rows(found) == rows(expected)
        assert found.columns == expected.columns
        nonempty += len(expected)
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


def questions(selection, found_in, expected_in):
    """Compare all questions of pages."""
    asked = SELECTIONS[selection]
    for question in ASKED:
        ask = getattr(board, question)
        found, expected = (ask(one, asked) for one in (found_in, expected_in))
        assert rows(in_order(found)) == rows(in_order(expected)), question
    assert board.uses(expected_in, asked) == board.uses(found_in, asked)
    assert board.said_days(found_in) == board.said_days(expected_in)


def in_order(table):
    """Return a table here; statements the newest first."""
    here = engines.collected(table)
    return evidence.newest(here) if "claim_fa" in here.columns else here


def by_id(found_in, expected_in):
    """Compare statements that are asked for by their ids, and the pages on which they are used."""
    every = expected_in.table("statements")["statement_id"].to_list()
    ids = [every[place] for place in (-1, 0, len(every) // 2)]
    found, expected = (board.named(one, ids) for one in (found_in, expected_in))
    assert rows(found) == rows(expected)
    for row in expected.iter_rows(named=True):
        pages = [board.pages_of(one, Selection(), row) for one in (found_in, expected_in)]
        assert pages[0] == pages[1]


def tables(found_in, expected_in):
    """Compare all tables, brought here whole."""
    for table in expected_in.tables:
        found, expected = (one.table(table) for one in (found_in, expected_in))
        assert found.equals(expected), table
        assert found.dtypes.to_dict() == expected.dtypes.to_dict()
    assert found_in.tables == expected_in.tables
    assert found_in.version == expected_in.version


def first_rows(found_in, expected_in):
    """Compare the beginning of what is sorted where it is."""
    asked = Selection(as_of=date(2024, 9, 1))
    both = [board.elsewhere(one, asked) for one in (found_in, expected_in)]
    for some in (0, 7):
        found, expected = (engines.first(one, some) for one in both)
        assert rows(found) == rows(expected)
    assert engines.size(both[0]) == engines.size(both[1])
