"""Tables, codes and statements of a selection, on which every other question stands."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps

import narwhals as nw

from khoosheh import calendar
from khoosheh.engines import Frame, collected
from khoosheh.measures import chains, cluster, common, evidence, investment, scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered

STATEMENTS = "statements"
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
def tabled(register: Register) -> list[str]:
    """Return the indicators that have a table of values, in order."""
    known = set(table(register, "observations")["indicator_id"].to_list())
    return [one for one in table(register, "indicators").sort("seq")["indicator_id"].to_list() if one in known]


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


def day_of(register: Register, selection: Selection) -> date:
    """Return the day up to which the selection speaks: the chosen one, at most that of the register."""
    end = calendar.parse(register.compiled_on).last_day
    return min(selection.as_of or end, end)


@remembered
def said_days(register: Register) -> list[str]:
    """Return the Jalali days from which on a statement is known, in order, each once."""
    every = collected(register.frame(STATEMENTS).select("said_last_day").unique())["said_last_day"].to_list()
    return sorted({str(calendar.to_jalali(day.date())) for day in every})


def without_amounts(ask: Callable) -> Callable:
    """Ask without kinds, unit and dimension of amounts, so that who changes these need not wait for the rest."""

    @wraps(ask)
    def asked(register: Register, selection: Selection, *more: object) -> object:
        return ask(register, replace(selection, kinds=(), unit=Selection.unit, by=Selection.by), *more)

    return asked


def by_day(ask: Callable) -> Callable:
    """Ask with nothing but the day, so that whoever changes another filter need not wait."""

    @wraps(ask)
    def asked(register: Register, selection: Selection, *more: object) -> object:
        return ask(register, Selection(as_of=selection.as_of), *more)

    return asked


def everywhere(register: Register, selection: Selection) -> Frame:
    """Return all that was known on the day, of other provinces and the country as well: a frame to be narrowed.

    It may be an engine's; bring here what is left of it with :func:`khoosheh.engines.collected`.
    """
    return common.known_on(register.frame(STATEMENTS), selection.as_of)


def search(register: Register, among: Frame, query: str) -> Frame:
    """Keep those ``among`` the register's statements in which every word of ``query`` occurs."""
    looks_here = query.strip() and not register.is_large
    return evidence.search(among, query, _searched(register) if looks_here else None)


@remembered
def _searched(register: Register) -> dict[str, str]:
    """Return the words of all statements as they are looked for, of a register that lies in memory."""
    return evidence.searched(table(register, STATEMENTS))


@remembered
def own(register: Register) -> nw.DataFrame:
    """Return the statements about the province, whenever they were said."""
    return collected(common.about(register.frame(STATEMENTS), register.province))


def named(register: Register, ids: Iterable[str]) -> nw.DataFrame:
    """Return the statements of some ids, in the register's order."""
    wanted = sorted(set(ids))
    mine = own(register).filter(nw.col("statement_id").is_in(wanted))
    if len(mine) == len(wanted):
        return mine
    return collected(register.frame(STATEMENTS).filter(nw.col("statement_id").is_in(wanted)))


@without_amounts
@remembered
def statements(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements about the province that were known on the day and fit the selection."""
    return common.known_on(_whenever(register, replace(selection, as_of=None)), selection.as_of)


@without_amounts
@remembered
def _whenever(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that fit the selection, whenever they were said."""
    return scope.narrowed(own(register), selection)


def perhaps(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that may have been said by the day, but count only from a later one."""
    return common.perhaps_on(_whenever(register, replace(selection, as_of=None)), day_of(register, selection))


@without_amounts
@remembered
def ids_by_project(register: Register, selection: Selection) -> dict[tuple, str]:
    """Return the ids of the statements about each project, under its id alone in a tuple."""
    return common.ids_by(statements(register, selection).filter(~nw.col("project_id").is_null()), ["project_id"])


def said(register: Register, selection: Selection, *groups: str) -> nw.DataFrame:
    """Return the statements of the selection in the given groups of measures, newest first."""
    return evidence.in_words(statements(register, selection), measures_of(register, *groups))


def published(register: Register, name: str, selection: Selection) -> nw.DataFrame:
    """Return the rows of a table whose source was certainly published by the day of the selection."""
    rows = table(register, name)
    if selection.as_of is None:
        return rows
    day = nw.lit(selection.as_of).cast(nw.Datetime)
    sources = table(register, "sources").filter(nw.col("published_last_day") <= day)
    return rows.filter(nw.col("source_id").is_in(sources["source_id"].to_list()))
