"""The board: each question of a page asked of a register, once, for pages and command line alike.

Here belongs the choice of tables and of statements for a measure. Here does not belong: arithmetic (measures),
words, charts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw

from khoosheh import calendar, money
from khoosheh.measures import (
    balance,
    chains,
    changes,
    cluster,
    common,
    earned_value,
    evidence,
    investment,
    missing_links,
    ranking,
    scenario,
    schedule,
    scope,
    standings,
)
from khoosheh.measures.scenario import Scenario
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered

UNITS = ("thousand_bn_irr", "bn_toman", "hemat", "m_usd_market", "m_usd_nima", "irr")


@remembered
def table(register: Register, name: str) -> nw.DataFrame:
    """Return one table of the register as a narwhals frame."""
    return nw.from_native(register.table(name), eager_only=True)


def measures_of(register: Register, *groups: str) -> list[str]:
    """Return the codes of ``measure`` whose group in the dictionary is one of ``groups``."""
    values = register.dictionary.values("statements", "measure")
    return [code for code, info in values.items() if info["group"] in groups]


def ladder(register: Register) -> list[str]:
    """Return the states of a stage in order, the last being 'operating'."""
    return list(register.dictionary.values("statements", "state_low"))


@remembered
def codes(register: Register) -> dict[str, list[str]]:
    """Return the codes that each part of a selection may take in this register."""
    counties = table(register, "counties").filter(nw.col("iso_3166_2") == register.province)
    return {
        "chain": table(register, "chains").sort("seq")["chain_id"].to_list(),
        "county": counties["county_id"].to_list(),
        "sector": list(register.dictionary.values("projects", "sector")),
        "kind": measures_of(register, "investment"),
        "unit": list(UNITS),
        "province": table(register, "provinces").sort("iso_3166_2")["iso_3166_2"].to_list(),
        "indicator": tabled(register),
        "isic": sorted(
            {one for cell in table(register, "firms")["isic4"].to_list() for one in cluster.classes(cell)}
        ),
        "kb": list(cluster.ANSWERS),
        "exports": list(cluster.ANSWERS),
        "definition": list(chains.DEFINITIONS),
        "trial": table(register, "chains").sort("seq")["chain_id"].to_list(),
        "stage": table(register, "stages").sort("chain_id", "seq")["stage_id"].to_list(),
        "by": [name for name in investment.DIMENSIONS if name != "iso_3166_2"],
    }


@remembered
def statements(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements about the province that were known on the day and fit the selection."""
    return scope.scoped(table(register, "statements"), selection, register.province)


@remembered
def amounts(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the investment table of the selection; see :func:`khoosheh.measures.investment.investment`."""
    kinds = [kind for kind in measures_of(register, "investment") if kind in (selection.kinds or (kind,))]
    return investment.investment(
        statements(register, selection),
        scope.narrowed(table(register, "projects"), selection),
        by=selection.by,
        kinds=kinds,
        unit=selection.unit,
        rates=money.rate_table(table(register, "exchange_rates")),
    )


@remembered
def totals(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the amounts of the selection over all its projects: one row a kind and unit, in the dictionary's order.

    Rows in the wanted unit come first.
    """
    table_ = amounts(register, replace(selection, by="iso_3166_2"))
    order = {kind: place for place, kind in enumerate(measures_of(register, "investment"))}
    ranked = table_.with_columns(
        nw.col("measure").replace_strict(order, return_dtype=nw.Int64).alias("_kind"),
        (nw.col("unit") != selection.unit).alias("_other"),
    )
    return ranked.sort("_other", "_kind", "unit").drop("_kind", "_other")


@remembered
def tabled(register: Register) -> list[str]:
    """Return the indicators that have a table of values, in order."""
    known = set(table(register, "observations")["indicator_id"].to_list())
    return [one for one in table(register, "indicators").sort("seq")["indicator_id"].to_list() if one in known]


@remembered
def standing(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the computed places of all provinces; see :func:`khoosheh.measures.standings.standings`.

    Only the day matters: a table is known from the last day on which its source may have been published.
    """
    rows = published(register, "observations", selection)
    return standings.standings(rows, table(register, "indicators"))


def published(register: Register, name: str, selection: Selection) -> nw.DataFrame:
    """Return the rows of a table whose source was certainly published by the day of the selection."""
    rows = table(register, name)
    if selection.as_of is None:
        return rows
    day = nw.lit(selection.as_of).cast(nw.Datetime)
    sources = table(register, "sources").filter(nw.col("published_last_day") <= day)
    return rows.filter(nw.col("source_id").is_in(sources["source_id"].to_list()))


@remembered
def places(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the province's places; see :func:`khoosheh.measures.ranking.ranking`. Only the day matters."""
    known = common.known_on(table(register, "statements"), selection.as_of)
    ranks = table(register, "ranks")
    if selection.as_of is not None:
        told = known.filter(nw.col("measure") == "tier")["source_id"].to_list()
        ranks = ranks.filter(nw.col("source_id").is_in(told))
    found = ranking.ranking(known, table(register, "indicators"), ranks, register.province)
    mine = standings.of_province(standing(register, selection), register.province)
    return ranking.with_computed(found, mine, table(register, "indicators"))


@remembered
def states(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the state of each stage; see :func:`khoosheh.measures.chains.stage_states`."""
    stages = table(register, "stages")
    if selection.chains:
        stages = stages.filter(nw.col("chain_id").is_in(list(selection.chains)))
    return chains.stage_states(statements(register, selection), stages, ladder(register))


@remembered
def completion(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the completion of each chain; see :func:`khoosheh.measures.chains.completion`."""
    top = len(ladder(register)) - 1
    return chains.completion(states(register, selection), table(register, "chains"), top)


@remembered
def balances(register: Register, selection: Selection, planned: bool = False, assumed: Scenario = ()) -> nw.DataFrame:
    """Return the balance of each link of the chains; see :func:`khoosheh.measures.balance.balance`."""
    known = statements(register, selection)
    return balance.balance(known, table(register, "stages"), planned=planned, scenario=assumed)


@remembered
def plants(register: Register, selection: Selection, planned: bool = False) -> nw.DataFrame:
    """Return the capacity of each project at each stage; see :func:`khoosheh.measures.balance.plants`."""
    return balance.plants(statements(register, selection), planned=planned)


@remembered
def states_if(register: Register, selection: Selection, assumed: Scenario) -> nw.DataFrame:
    """Return :func:`states` with the assumed stages operating; nobody stated those."""
    return scenario.assumed_states(states(register, selection), assumed, len(ladder(register)) - 1)


@remembered
def completion_if(register: Register, selection: Selection, assumed: Scenario) -> nw.DataFrame:
    """Return :func:`completion` with the assumed stages operating; nobody stated those."""
    top = len(ladder(register)) - 1
    return chains.completion(states_if(register, selection, assumed), table(register, "chains"), top)


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


@remembered
def overall(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the completion of all stages together; see :func:`khoosheh.measures.chains.overall`."""
    return chains.overall(states(register, selection), len(ladder(register)) - 1)


@remembered
def history(register: Register, selection: Selection) -> nw.DataFrame:
    """Return completion as it was known from each day on which a state became known; see
    :func:`khoosheh.measures.chains.history`. The last day is that of the selection.
    """
    known = statements(register, selection).filter(~nw.col("stage_id").is_null(), ~nw.col("state_low").is_null())
    days = sorted({day.date() for day in known["said_last_day"].to_list()} | {day_of(register, selection)})
    on_day = [(day, states(register, replace(selection, as_of=day))) for day in days]
    return chains.history(on_day, table(register, "chains"), len(ladder(register)) - 1)


def said(register: Register, selection: Selection, *groups: str) -> nw.DataFrame:
    """Return the statements of the selection in the given groups of measures, newest first."""
    return evidence.in_words(statements(register, selection), measures_of(register, *groups))


@remembered
def rank_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of the standing on an indicator without a number, and of ranks."""
    everywhere = Selection(as_of=selection.as_of)
    spoken = said(register, everywhere, "ranking")
    return spoken.filter(~nw.col("indicator_id").is_null())


@remembered
def elsewhere(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements about other provinces and the country, for comparison, newest first."""
    known = common.known_on(table(register, "statements"), selection.as_of)
    others = known.filter(nw.col("iso_3166_2").fill_null("") != register.province)
    return evidence.newest(others)


@remembered
def chain_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of the chains beside states: figures, aims, standing without an indicator."""
    spoken = said(register, selection, "chain", "progress", "context", "ranking")
    return spoken.filter(nw.col("indicator_id").is_null())


@remembered
def needs(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that name a need of the cluster or give evidence for one."""
    spoken = said(register, selection, "cluster", "benefit")
    order = table(register, "requirements").select("requirement_id", nw.col("seq").alias("_seq"))
    # an inner join leaves out what is about no need
    return spoken.join(order, on="requirement_id").sort("_seq", "statement_id").drop("_seq")


@remembered
def cluster_needs(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of each need of the cluster; see :func:`khoosheh.measures.cluster.needs`.

    Only the day matters: filters choose firms.
    """
    told = needs(register, Selection(as_of=selection.as_of))
    return cluster.needs(told, table(register, "requirements"))


@remembered
def phases(register: Register, selection: Selection) -> nw.DataFrame:
    """Return phases and labels of clusters; see :func:`khoosheh.measures.cluster.phases`. Only the day matters."""
    return cluster.phases(cluster_needs(register, selection), table(register, "life_cycle"))


@remembered
def firms(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the firms that fit the selection; see :func:`khoosheh.measures.cluster.firms`.

    Firms and links are known from the last day on which their source may have been published.
    """
    every, links_ = (published(register, name, selection) for name in ("firms", "links"))
    return cluster.firms(every, links_, table(register, "stages"), selection)


@remembered
def links(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the links between the firms of the selection."""
    return cluster.between(published(register, "links", selection), firms(register, selection))


@remembered
def specialities(register: Register, selection: Selection) -> nw.DataFrame:
    """Return which stages of the chosen chains have firms; see :func:`khoosheh.measures.cluster.specialities`.

    Chains and classes do not choose firms here: who asks for one class has not found that the others lack firms.
    """
    stages = table(register, "stages")
    if selection.chains:
        stages = stages.filter(nw.col("chain_id").is_in(list(selection.chains)))
    return cluster.specialities(firms(register, replace(selection, chains=(), isic=())), stages)


@remembered
def money_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return every statement about an amount, those that others replaced or that cover a part included."""
    return said(register, selection, "investment")


@remembered
def benefits(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what the projects are said to bring: jobs, output, income."""
    spoken = said(register, selection, "benefit")
    return spoken.filter(nw.col("requirement_id").is_null())


def day_of(register: Register, selection: Selection) -> date:
    """Return the day up to which the selection speaks: the chosen one, at most that of the register."""
    end = calendar.parse(register.compiled_on).last_day
    return min(selection.as_of or end, end)


def perhaps(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that may have been said by the day, but count only from a later one."""
    every = scope.narrowed(common.about(table(register, "statements"), register.province), selection)
    return common.perhaps_on(every, day_of(register, selection))


@remembered
def promises(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what became of each promise; see :func:`khoosheh.measures.schedule.promises`."""
    values = register.dictionary.values("statements", "measure")
    reached_by = {code: info["reached_by"] for code, info in values.items() if "reached_by" in info}
    known = statements(register, selection)
    return schedule.promises(known, ladder(register), day_of(register, selection), reached_by)


@remembered
def progress(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the stated physical progress of projects; see :func:`khoosheh.measures.schedule.progress`."""
    return schedule.progress(statements(register, selection))


@remembered
def earned(register: Register, selection: Selection) -> nw.DataFrame:
    """Return earned value by project; see :func:`khoosheh.measures.earned_value.earned_value`."""
    known = statements(register, selection)
    kinds = [earned_value.INPUTS["budget"], earned_value.INPUTS["actual"]]
    rates = money.rate_table(table(register, "exchange_rates"))
    stated, trail = investment.stated_amounts(known, kinds, selection.unit, rates)
    stated = common.with_ids(stated, trail, investment.SUBJECT)
    return earned_value.earned_value(known, stated)


def confidence(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements of how sure somebody is of a delivery, newest first."""
    known = statements(register, selection)
    return evidence.in_words(known, ["delivery_confidence"])


@dataclass(frozen=True)
class Compared:
    """A table of a page as known on two days: by what its rows are matched, and what makes them differ."""

    ask: Callable[[Register, Selection], nw.DataFrame]
    keys: tuple[str, ...]
    values: tuple[str, ...]


COMPARED = {
    "investment": Compared(amounts, ("group", "measure", "unit"), ("low", "high", "known")),
    "ranking": Compared(places, ("indicator_id", "kind"), ("low", "high", "known")),
    "value_chains": Compared(states, ("stage_id",), ("low", "high", "known")),
    "completion": Compared(completion, ("chain_id", "definition"), ("low", "high", "known")),
    "schedule": Compared(promises, ("statement_id",), ("verdict", "slip_low_months", "slip_high_months")),
}


def changed(register: Register, selection: Selection, since: date) -> dict[str, list[changes.Pair]]:
    """Return, for each compared table, the rows that differ between ``since`` and the day of the selection."""
    before = replace(selection, as_of=since)
    return {
        name: changes.changed(one.ask(register, before), one.ask(register, selection), one.keys, one.values)
        for name, one in COMPARED.items()
    }


def said_between(register: Register, selection: Selection, since: date) -> nw.DataFrame:
    """Return the statements of the selection that became known after ``since``, newest first."""
    before, after = (statements(register, one) for one in (replace(selection, as_of=since), selection))
    return evidence.newest(changes.said_between(before, after))


PAGES: dict[str, tuple[Callable[[Register, Selection], nw.DataFrame], ...]] = {
    "investment": (amounts, money_words, benefits),
    "ranking": (places, rank_words, elsewhere),
    "value_chains": (states, chain_words, needs),
    "schedule": (promises, progress, confidence),
    "cluster": (cluster_needs,),
}


@remembered
def uses(register: Register, selection: Selection) -> dict[str, list[str]]:
    """Return, for each statement id, the pages on which something rests on it."""
    found: dict[str, list[str]] = {}
    for page, asked in PAGES.items():
        tables = {f"{page}/{ask.__name__}": ask(register, selection) for ask in asked}
        for one in evidence.uses(tables):
            found.setdefault(one, []).append(page)
    return found
