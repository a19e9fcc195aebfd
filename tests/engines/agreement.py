"""Every measure, and every question of a page, asked of an engine and of the files: to the digit."""

from datetime import date

import narwhals as nw

from khoosheh import engines, money, queries
from khoosheh.formatting import is_missing
from khoosheh.measures import (
    capacity_balance,
    cluster,
    commitments,
    common,
    earned_value,
    evidence,
    investment,
    stated_rankings,
    value_chains,
)
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry

REGISTERS = ("shipped", "country")
LATER = date(2024, 9, 1)


def rows(table: nw.DataFrame) -> list[tuple]:
    """Return the rows of a table as they can be compared to the digit."""
    return [tuple(_cell(cell) for cell in row) for row in table.iter_rows()]


def _cell(cell: object) -> object:
    if is_missing(cell):
        return None
    if hasattr(cell, "date"):
        return cell.date().isoformat()
    return repr(float(cell)) if isinstance(cell, int | float) else str(cell)


def _rates(register):
    return money.build_rate_table(queries.read_register_table(register, "exchange_rates"))


def _amounts(register, told, unit, by):
    kinds = queries.list_measure_codes(register, "investment")
    projects = queries.read_register_table(register, "projects")
    return investment.compute_investment(told, projects, by=by, kinds=kinds, unit=unit, rates=_rates(register))


def _earned(register, told):
    kinds = [earned_value.INPUTS["budget"], earned_value.INPUTS["actual"]]
    stated, trail = investment.compute_stated_amounts(told, kinds, "irr", _rates(register))
    return earned_value.compute_earned_value(told, common.add_statement_ids(stated, trail, investment.SUBJECT))


def _states(register, told):
    return value_chains.compute_stage_states(
        told, queries.read_register_table(register, "stages"), queries.list_stage_states(register)
    )


def _completion(register, told):
    return value_chains.compute_chain_completion(
        _states(register, told),
        queries.read_register_table(register, "chains"),
        len(queries.list_stage_states(register)) - 1,
    )


def _places(register, told):
    indicators, ranks = (queries.read_register_table(register, name) for name in ("indicators", "ranks"))
    return stated_rankings.compute_stated_rankings(told, indicators, ranks, register.province)


def _promises(register, told):
    return commitments.track_commitments(
        told, queries.list_stage_states(register), date(2025, 3, 1), {"capacity_planned": "capacity"}
    )


def _needs(register, told):
    named = told.filter(~nw.col("requirement_id").is_null())
    return cluster.build_needs_table(named, queries.read_register_table(register, "requirements"))


def _found(register, told):
    # words that are there, in the spelling of an Arabic keyboard
    said = queries.read_register_table(register, "statements")["claim_fa"].to_list()[-1].split()
    words = " ".join(said[:2]).replace("ی", "ي").replace("ک", "ك")
    return evidence.sort_newest_first(engines.collect_frame(evidence.filter_by_query(told, words)))


def _perhaps(_, told):
    return evidence.sort_newest_first(
        engines.collect_frame(common.statements_perhaps_known_on(told, date(2023, 6, 1)))
    )


MEASURES = {
    **{
        f"investment by {by} in {unit}": lambda register, told, by=by, unit=unit: _amounts(register, told, unit, by)
        for by, unit in (
            ("project_id", "thousand_bn_irr"), ("chain_id", "m_usd_market"), ("said_year", "irr"), ("sector", "hemat")
        )
    },
    "earned value": _earned,
    "states of stages": _states,
    "states of projects": lambda register, told: value_chains.compute_project_states(told, queries.list_stage_states(register)),
    "completion": _completion,
    "ranking": _places,
    "promises": _promises,
    "progress": lambda _, told: commitments.select_physical_progress(told),
    "plants": lambda _, told: capacity_balance.compute_plant_capacities(told, planned=True),
    "balance": lambda register, told: capacity_balance.compute_chain_balance(told, queries.read_register_table(register, "stages"), planned=False),
    "needs": _needs,
    "search": _found,
    "perhaps": _perhaps,
}  # fmt: skip


def measures(measure, found_in, expected_in, days):
    """Compare a measure on some days."""
    ask, nonempty = MEASURES[measure], 0
    for day in days:
        expected = ask(expected_in, common.statements_known_on(expected_in.frame("statements"), day))
        found = ask(found_in, common.statements_known_on(found_in.frame("statements"), day))
        assert rows(found) == rows(expected)
        assert found.columns == expected.columns
        nonempty += len(expected)
    assert nonempty


ASKED = [
    "query_stage_additions",
    "query_investment_amounts",
    "query_link_balances",
    "select_benefit_statements",
    "select_chain_statements",
    "query_cluster_needs",
    "query_chain_completion",
    "select_confidence_statements",
    "query_earned_value",
    "select_other_province_statements",
    "query_completion_history",
    "select_investment_statements",
    "select_need_statements",
    "query_overall_completion",
    "query_cluster_phases",
    "query_province_rankings",
    "query_plant_capacities",
    "query_physical_progress",
    "query_commitments",
    "select_ranking_statements",
    "select_statements",
    "query_stage_states",
    "query_investment_totals",
    "query_amount_coverage",
    "query_dated_amounts",
]
SELECTIONS = {
    "all": Selection(),
    "one chain": Selection(chains=("steel", "tea"), by="sector"),
    "earlier": Selection(as_of=date(2023, 9, 1), unit="m_usd_nima"),
}


def questions(selection, found_in, expected_in):
    """Compare all questions of pages."""
    asked = SELECTIONS[selection]
    for question in ASKED:
        ask = getattr(queries, question)
        found, expected = (ask(one, asked) for one in (found_in, expected_in))
        assert rows(in_order(found)) == rows(in_order(expected)), question
    assert registry.find_pages_by_statement(expected_in, asked) == registry.find_pages_by_statement(found_in, asked)
    assert queries.count_statements_by_day(found_in) == queries.count_statements_by_day(expected_in)


def in_order(table):
    """Return a table here; statements the newest first."""
    here = engines.collect_frame(table)
    return evidence.sort_newest_first(here) if "claim_fa" in here.columns else here


def by_id(found_in, expected_in):
    """Compare statements that are asked for by their ids, and the pages on which they are used."""
    every = expected_in.table("statements")["statement_id"].to_list()
    ids = [every[place] for place in (-1, 0, len(every) // 2)]
    found, expected = (queries.select_statements_by_id(one, ids) for one in (found_in, expected_in))
    assert rows(found) == rows(expected)
    for row in expected.iter_rows(named=True):
        pages = [registry.list_statement_pages(one, Selection(), row) for one in (found_in, expected_in)]
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
    both = [queries.select_other_province_statements(one, asked) for one in (found_in, expected_in)]
    for some in (0, 7):
        found, expected = (engines.collect_first_rows(one, some) for one in both)
        assert rows(found) == rows(expected)
    assert engines.count_rows(both[0]) == engines.count_rows(both[1])
