"""Questions of chains: states, completion, balances, and each with what a reader assumes."""

from datetime import date

import narwhals as nw

from khoosheh import calendar
from khoosheh.board.base import day_of, ladder, own, said, statements, table, without_amounts
from khoosheh.measures import balance, chains, missing_links, scenario, scope
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered

# more steps than that nobody tells apart on a screen; months in a month, a season, a year
MOST_DAYS, PERIODS = 60, (1, 3, 12)


@without_amounts
@remembered
def states(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the state of each stage; see :func:`khoosheh.measures.chains.stage_states`."""
    told = scope.scoped(_told(register), selection)
    return chains.states_among(told, _stages(register, selection), len(ladder(register)) - 1)


def _stages(register: Register, selection: Selection) -> nw.DataFrame:
    stages = table(register, "stages")
    return stages.filter(nw.col("chain_id").is_in(list(selection.chains))) if selection.chains else stages


@remembered
def _told(register: Register) -> nw.DataFrame:
    """Return all that was ever said of the states of stages."""
    return chains.told_states(own(register), ladder(register), scope.COLUMNS)


@without_amounts
@remembered
def completion(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the completion of each chain; see :func:`khoosheh.measures.chains.completion`."""
    top = len(ladder(register)) - 1
    return chains.completion(states(register, selection), table(register, "chains"), top)


@without_amounts
@remembered
def balances(register: Register, selection: Selection, planned: bool = False, assumed: Scenario = ()) -> nw.DataFrame:
    """Return the balance of each link of the chains; see :func:`khoosheh.measures.balance.balance`."""
    known = statements(register, selection)
    return balance.balance(known, table(register, "stages"), planned=planned, scenario=assumed)


@without_amounts
@remembered
def plants(register: Register, selection: Selection, planned: bool = False) -> nw.DataFrame:
    """Return the capacity of each project at each stage; see :func:`khoosheh.measures.balance.plants`."""
    return balance.plants(statements(register, selection), planned=planned)


@without_amounts
@remembered
def states_if(register: Register, selection: Selection, assumed: Scenario) -> nw.DataFrame:
    """Return :func:`states` with the assumed stages operating; nobody stated those."""
    return scenario.assumed_states(states(register, selection), assumed, len(ladder(register)) - 1)


@without_amounts
@remembered
def completion_if(register: Register, selection: Selection, assumed: Scenario) -> nw.DataFrame:
    """Return :func:`completion` with the assumed stages operating; nobody stated those."""
    top = len(ladder(register)) - 1
    return chains.completion(states_if(register, selection, assumed), table(register, "chains"), top)


@without_amounts
@remembered
def additions(register: Register, selection: Selection, assumed: Scenario = ()) -> nw.DataFrame:
    """Return what adding each stage would close; see :func:`khoosheh.measures.missing_links.additions`."""
    links = balances(register, selection, False, assumed)
    return missing_links.additions(states_if(register, selection, assumed), links, len(ladder(register)) - 1)


def links_of(register: Register, selection: Selection, chain: str, assumed: Scenario = ()) -> nw.DataFrame:
    """Return the balance of the links of one chain at stated, or assumed, capacities."""
    return balances(register, selection, False, assumed).filter(nw.col("chain_id") == chain)


def bottleneck(register: Register, selection: Selection, chain: str, assumed: Scenario = ()) -> dict | None:
    """Return the link of a chain that is shortest of tonnes; see :mod:`khoosheh.measures.missing_links`."""
    return missing_links.bottleneck(links_of(register, selection, chain, assumed))


@without_amounts
@remembered
def overall(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the completion of all stages together; see :func:`khoosheh.measures.chains.overall`."""
    return chains.overall(states(register, selection), len(ladder(register)) - 1)


@without_amounts
@remembered
def history(register: Register, selection: Selection) -> nw.DataFrame:
    """Return completion as it was known from each day on which a state became known; see
    :func:`khoosheh.measures.chains.history`. The last day is that of the selection.

    Of more than ``MOST_DAYS`` days the ends of months, seasons or years are taken.
    """
    days, _ = told_days(register, selection)
    told = scope.scoped(_told(register), selection).select(*chains.TOLD)
    top = len(ladder(register)) - 1
    on_days = chains.states_on(told, _stages(register, selection), top, days)
    return chains.history(on_days, table(register, "chains"), top)


@without_amounts
@remembered
def told_days(register: Register, selection: Selection) -> tuple[list[date], int]:
    """Return the days on which a state became known, or the ends of the shortest periods that are few enough.

    Also how many months a period has, 0 for days. The last day is that of the selection.
    """
    known = statements(register, selection).filter(~nw.col("stage_id").is_null(), ~nw.col("state_low").is_null())
    every = {day.date() for day in known["said_last_day"].unique().to_list()}
    last, period = day_of(register, selection), 0
    found = every | {last}
    for months in PERIODS:
        if len(found) > MOST_DAYS:
            period = months
            found = {min(calendar.end_of(day, months), last) for day in every} | {last}
    return sorted(found), period


@without_amounts
@remembered
def chain_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of the chains beside states: figures, aims, standing without an indicator."""
    spoken = said(register, selection, "chain", "progress", "context", "ranking")
    return spoken.filter(nw.col("indicator_id").is_null())
