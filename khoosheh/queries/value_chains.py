"""Queries about value chains: states, completion and balances, each also with the assumptions of a reader."""

from datetime import date

import narwhals as nw

from khoosheh import calendar
from khoosheh.engines import is_among
from khoosheh.measures import (
    capacity_balance,
    capacity_spread,
    chain_matrix,
    missing_links,
    scenario,
    scope,
    value_chains,
)
from khoosheh.measures.rows import Table
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.scope import Selection
from khoosheh.queries.statements import (
    find_as_of_day,
    ignore_amount_filters,
    list_stage_states,
    read_register_table,
    select_province_statements,
    select_statements,
    select_statements_by_group,
)
from khoosheh.register import Register, cached_per_register

# the most steps that can be distinguished on a screen; the months of a month, a season, a year
MOST_DAYS, PERIODS = 60, (1, 3, 12)


@ignore_amount_filters
@cached_per_register
def query_stage_states(register: Register, selection: Selection) -> Table:
    """Return the state of each stage; see :func:`khoosheh.measures.value_chains.compute_stage_states`."""
    state_statements = scope.filter_known_in_scope(_select_state_statements(register), selection)
    return value_chains.reconcile_stage_states(
        state_statements, _select_stages(register, selection), len(list_stage_states(register)) - 1
    )


def _select_stages(register: Register, selection: Selection) -> Table:
    stages = read_register_table(register, "stages")
    return stages.filter(is_among("chain_id", selection.chains)) if selection.chains else stages


@cached_per_register
def _select_state_statements(register: Register) -> Table:
    """Return the statements of all days about the states of stages."""
    return value_chains.select_stage_state_statements(
        select_province_statements(register), list_stage_states(register), scope.COLUMNS
    )


@ignore_amount_filters
@cached_per_register
def query_chain_completion(register: Register, selection: Selection) -> Table:
    """Return the completion of each chain; see :func:`khoosheh.measures.value_chains.compute_chain_completion`."""
    top = len(list_stage_states(register)) - 1
    return value_chains.compute_chain_completion(
        query_stage_states(register, selection), read_register_table(register, "chains"), top
    )


@ignore_amount_filters
@cached_per_register
def query_link_balances(
    register: Register, selection: Selection, planned: bool = False, assumed: Scenario = ()
) -> Table:
    """Return the balance of each link; see :func:`khoosheh.measures.capacity_balance.compute_chain_balance`."""
    known = select_statements(register, selection)
    return capacity_balance.compute_chain_balance(
        known, read_register_table(register, "stages"), planned=planned, scenario=assumed
    )


@ignore_amount_filters
@cached_per_register
def query_plant_capacities(register: Register, selection: Selection, planned: bool = False) -> Table:
    """Return projects' stage capacities; see :func:`khoosheh.measures.capacity_balance.compute_plant_capacities`."""
    return capacity_balance.compute_plant_capacities(select_statements(register, selection), planned=planned)


@ignore_amount_filters
@cached_per_register
def query_scenario_states(register: Register, selection: Selection, assumed: Scenario) -> Table:
    """Return :func:`query_stage_states` with the assumed stages operating, which are not from statements."""
    return scenario.apply_assumed_states(
        query_stage_states(register, selection), assumed, len(list_stage_states(register)) - 1
    )


@ignore_amount_filters
@cached_per_register
def query_scenario_completion(register: Register, selection: Selection, assumed: Scenario) -> Table:
    """Return :func:`query_chain_completion` with the assumed stages operating, which are not from statements."""
    top = len(list_stage_states(register)) - 1
    return value_chains.compute_chain_completion(
        query_scenario_states(register, selection, assumed), read_register_table(register, "chains"), top
    )


@ignore_amount_filters
@cached_per_register
def query_stage_additions(register: Register, selection: Selection, assumed: Scenario = ()) -> Table:
    """Return the effect of adding each stage; see :func:`khoosheh.measures.missing_links.compute_stage_additions`."""
    links = query_link_balances(register, selection, False, assumed)
    return missing_links.compute_stage_additions(
        query_scenario_states(register, selection, assumed), links, len(list_stage_states(register)) - 1
    )


@ignore_amount_filters
@cached_per_register
def query_capacity_spreads(register: Register, selection: Selection) -> Table:
    """Return all that was stated of capacities; see :mod:`khoosheh.measures.capacity_spread`."""
    return capacity_spread.compute_capacity_spreads(select_statements(register, selection))


@ignore_amount_filters
@cached_per_register
def query_chain_matrix(register: Register, selection: Selection) -> Table:
    """Return the stages of all chains as one picture; see :mod:`khoosheh.measures.chain_matrix`."""
    return chain_matrix.build_chain_matrix(
        query_stage_states(register, selection),
        query_stage_additions(register, selection),
        query_link_balances(register, selection),
        query_capacity_spreads(register, selection),
    )


def query_chain_links(register: Register, selection: Selection, chain: str, assumed: Scenario = ()) -> Table:
    """Return the balances of the links of a chain with stated, or assumed, capacities."""
    return query_link_balances(register, selection, False, assumed).filter(nw.col("chain_id") == chain)


def find_chain_bottleneck(
    register: Register, selection: Selection, chain: str, assumed: Scenario = ()
) -> missing_links.LinkCoverRow | None:
    """Return the link of a chain with the lowest supply for its need; see :mod:`khoosheh.measures.missing_links`."""
    return missing_links.find_bottleneck(query_chain_links(register, selection, chain, assumed))


@ignore_amount_filters
@cached_per_register
def query_overall_completion(register: Register, selection: Selection) -> Table:
    """Return the completion of all stages; see :func:`khoosheh.measures.value_chains.compute_overall_completion`."""
    return value_chains.compute_overall_completion(
        query_stage_states(register, selection), len(list_stage_states(register)) - 1
    )


@ignore_amount_filters
@cached_per_register
def query_completion_history(register: Register, selection: Selection) -> Table:
    """Return the completion that was known on each day of :func:`list_history_days`.

    See :func:`khoosheh.measures.value_chains.compute_completion_history`.
    """
    days, _ = list_history_days(register, selection)
    state_statements = scope.filter_known_in_scope(_select_state_statements(register), selection).select(
        *value_chains.STATE_COLUMNS
    )
    top = len(list_stage_states(register)) - 1
    states_by_day = value_chains.compute_states_by_day(
        state_statements, _select_stages(register, selection), top, days
    )
    return value_chains.compute_completion_history(states_by_day, read_register_table(register, "chains"), top)


@ignore_amount_filters
@cached_per_register
def list_history_days(register: Register, selection: Selection) -> tuple[list[date], int]:
    """Return the days on which a state became known, and 0; the last day is that of the selection.

    If these are more than ``MOST_DAYS``, the ends of the shortest periods that are at most as many, and the months of
    a period.
    """
    known = select_statements(register, selection).filter(
        ~nw.col("stage_id").is_null(), ~nw.col("state_low").is_null()
    )
    known_days = {day.date() for day in known["said_last_day"].unique().to_list()}
    last, period = find_as_of_day(register, selection), 0
    days = known_days | {last}
    for months in PERIODS:
        if len(days) > MOST_DAYS:
            period = months
            days = {min(calendar.find_period_end(day, months), last) for day in known_days} | {last}
    return sorted(days), period


@ignore_amount_filters
@cached_per_register
def select_chain_statements(register: Register, selection: Selection) -> Table:
    """Return the statements about chains that are not about states: figures, aims, ranks without an indicator."""
    statements = select_statements_by_group(register, selection, "chain", "progress", "context", "ranking")
    return statements.filter(nw.col("indicator_id").is_null())
