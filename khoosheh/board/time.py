"""Questions of time: promises, progress, what changed between two days, and on which pages a statement is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw

from khoosheh.board.base import day_of, ladder, own, statements, without_amounts
from khoosheh.board.chains import chain_words, completion, states
from khoosheh.board.cluster import cluster_needs, needs
from khoosheh.board.investment import amounts, benefits, money_words
from khoosheh.board.ranks import places, rank_words
from khoosheh.measures import changes, evidence, schedule
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered


@without_amounts
@remembered
def promises(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what became of each promise; see :func:`khoosheh.measures.schedule.promises`."""
    values = register.dictionary.values("statements", "measure")
    reached_by = {code: info["reached_by"] for code, info in values.items() if "reached_by" in info}
    known = statements(register, selection)
    return schedule.promises(known, ladder(register), day_of(register, selection), reached_by, _read(register))


@remembered
def _read(register: Register) -> dict[str, object]:
    return schedule.read_once(own(register), ladder(register))


@without_amounts
@remembered
def progress(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the stated physical progress of projects; see :func:`khoosheh.measures.schedule.progress`."""
    return schedule.progress(statements(register, selection))


@without_amounts
@remembered
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


@remembered
def changed(register: Register, selection: Selection, since: date) -> dict[str, list[changes.Pair]]:
    """Return, for each compared table, the rows that differ between ``since`` and the day of the selection."""
    before = replace(selection, as_of=since)
    return {
        name: changes.changed(one.ask(register, before), one.ask(register, selection), one.keys, one.values)
        for name, one in COMPARED.items()
    }


@without_amounts
@remembered
def said_between(register: Register, selection: Selection, since: date) -> nw.DataFrame:
    """Return the statements of the selection that became known after ``since``, newest first."""
    before, after = (statements(register, one) for one in (replace(selection, as_of=since), selection))
    return evidence.newest(changes.said_between(before, after))


PAGES: dict[str, tuple[Callable[[Register, Selection], nw.DataFrame], ...]] = {
    "investment": (amounts, money_words, benefits),
    "ranking": (places, rank_words),
    "value_chains": (states, chain_words, needs),
    "schedule": (promises, progress, confidence),
    "cluster": (cluster_needs,),
}


@remembered
def uses(register: Register, selection: Selection) -> dict[str, list[str]]:
    """Return, for each statement about the province by its id, the pages on which something rests on it."""
    found: dict[str, list[str]] = {}
    for page, asked in PAGES.items():
        for one in evidence.uses({f"{page}/{ask.__name__}": ask(register, selection) for ask in asked}):
            found.setdefault(one, []).append(page)
    return found


def pages_of(register: Register, selection: Selection, row: Mapping) -> list[str]:
    """Return the pages on which something rests on a statement that was known on the day.

    Those about other provinces and the country, most of a large register, all stand on the page of ranking.
    """
    others = ["ranking"] if row["iso_3166_2"] != register.province else []
    return uses(register, selection).get(row["statement_id"], others)
