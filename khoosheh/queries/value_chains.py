"""Questions of chains: states, completion, balances, and each with what a reader assumes."""

from datetime import date

import narwhals as nw

from khoosheh import calendar
from khoosheh.measures import capacity_balance, missing_links, scenario, scope, value_chains
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

# more steps than that nobody tells apart on a screen; months in a month, a season, a year
MOST_DAYS, PERIODS = 60, (1, 3, 12)


@ignore_amount_filters
@cached_per_register
def query_stage_states(register: Register, selection: Selection) -> Table:
    """Return the state of each stage; see :func:`khoosheh.measures.value_chains.compute_stage_states`."""
    told = scope.filter_known_in_scope(_select_state_statements(register), selection)
    return value_chains.reconcile_stage_states(
        told, _select_stages(register, selection), len(list_stage_states(register)) - 1
    )


def _select_stages(register: Register, selection: Selection) -> Table:
    stages = read_register_table(register, "stages")
    return stages.filter(nw.col("chain_id").is_in(list(selection.chains))) if selection.chains else stages


@cached_per_register
def _select_state_statements(register: Register) -> Table:
    """Return all that was ever said of the states of stages."""
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
    """Return :func:`query_stage_states` with the assumed stages operating; nobody stated those."""
    return scenario.apply_assumed_states(
        query_stage_states(register, selection), assumed, len(list_stage_states(register)) - 1
    )


@ignore_amount_filters
@cached_per_register
def query_scenario_completion(register: Register, selection: Selection, assumed: Scenario) -> Table:
    """Return :func:`query_chain_completion` with the assumed stages operating; nobody stated those."""
    top = len(list_stage_states(register)) - 1
    return value_chains.compute_chain_completion(
        query_scenario_states(register, selection, assumed), read_register_table(register, "chains"), top
    )


@ignore_amount_filters
@cached_per_register
def query_stage_additions(register: Register, selection: Selection, assumed: Scenario = ()) -> Table:
    """Return what each added stage closes; see :func:`khoosheh.measures.missing_links.compute_stage_additions`."""
    links = query_link_balances(register, selection, False, assumed)
    return missing_links.compute_stage_additions(
        query_scenario_states(register, selection, assumed), links, len(list_stage_states(register)) - 1
    )


def query_chain_links(register: Register, selection: Selection, chain: str, assumed: Scenario = ()) -> Table:
    """Return the balance of the links of one chain at stated, or assumed, capacities."""
    return query_link_balances(register, selection, False, assumed).filter(nw.col("chain_id") == chain)


def find_chain_bottleneck(
    register: Register, selection: Selection, chain: str, assumed: Scenario = ()
) -> missing_links.LinkCoverRow | None:
    """Return the link of a chain that is shortest of tonnes; see :mod:`khoosheh.measures.missing_links`."""
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
    """Return completion as it was known from each day on which a state became known; see
    :func:`khoosheh.measures.value_chains.compute_completion_history`. The last day is that of the selection.

    Of more than ``MOST_DAYS`` days the ends of months, seasons or years are taken.
    """
    days, _ = list_history_days(register, selection)
    told = scope.filter_known_in_scope(_select_state_statements(register), selection).select(
        *value_chains.STATE_COLUMNS
    )
    top = len(list_stage_states(register)) - 1
    on_days = value_chains.compute_states_by_day(told, _select_stages(register, selection), top, days)
    return value_chains.compute_completion_history(on_days, read_register_table(register, "chains"), top)


@ignore_amount_filters
@cached_per_register
def list_history_days(register: Register, selection: Selection) -> tuple[list[date], int]:
    """Return the days on which a state became known, or the ends of the shortest periods that are few enough.

    Also how many months a period has, 0 for days. The last day is that of the selection.
    """
    known = select_statements(register, selection).filter(
        ~nw.col("stage_id").is_null(), ~nw.col("state_low").is_null()
    )
    every = {day.date() for day in known["said_last_day"].unique().to_list()}
    last, period = find_as_of_day(register, selection), 0
    found = every | {last}
    for months in PERIODS:
        if len(found) > MOST_DAYS:
            period = months
            found = {min(calendar.find_period_end(day, months), last) for day in every} | {last}
    return sorted(found), period


@ignore_amount_filters
@cached_per_register
def select_chain_statements(register: Register, selection: Selection) -> Table:
    """Return what was said of the chains beside states: figures, aims, standing without an indicator."""
    spoken = select_statements_by_group(register, selection, "chain", "progress", "context", "ranking")
    return spoken.filter(nw.col("indicator_id").is_null())
