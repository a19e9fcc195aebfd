"""Questions of time: promises, progress, what changed between two days, and on which pages a statement is used."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

import narwhals as nw

from khoosheh.measures import changes, commitments, evidence
from khoosheh.measures.scope import Selection
from khoosheh.queries.cluster import query_cluster_needs, select_need_statements
from khoosheh.queries.investment import (
    query_investment_amounts,
    select_benefit_statements,
    select_investment_statements,
)
from khoosheh.queries.rankings import query_province_rankings, select_ranking_statements
from khoosheh.queries.statements import (
    find_as_of_day,
    ignore_amount_filters,
    list_stage_states,
    select_province_statements,
    select_statements,
)
from khoosheh.queries.value_chains import query_chain_completion, query_stage_states, select_chain_statements
from khoosheh.register import Register, cached_per_register


@ignore_amount_filters
@cached_per_register
def query_commitments(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what became of each promise; see :func:`khoosheh.measures.commitments.track_commitments`."""
    values = register.dictionary.values("statements", "measure")
    reached_by = {code: str(info["reached_by"]) for code, info in values.items() if "reached_by" in info}
    known = select_statements(register, selection)
    return commitments.track_commitments(
        known,
        list_stage_states(register),
        find_as_of_day(register, selection),
        reached_by,
        _read_commitment_statements(register),
    )


@cached_per_register
def _read_commitment_statements(register: Register) -> dict[str, object]:
    return commitments.read_statement_records(select_province_statements(register), list_stage_states(register))


@ignore_amount_filters
@cached_per_register
def query_physical_progress(register: Register, selection: Selection) -> nw.DataFrame:
    """Return stated physical progress; see :func:`khoosheh.measures.commitments.select_physical_progress`."""
    return commitments.select_physical_progress(select_statements(register, selection))


@ignore_amount_filters
@cached_per_register
def select_confidence_statements(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements of how sure somebody is of a delivery, newest first."""
    known = select_statements(register, selection)
    return evidence.select_measure_statements(known, ["delivery_confidence"])


@dataclass(frozen=True)
class ComparedTable:
    """A table of a page as known on two days: by what its rows are matched, and what makes them differ."""

    ask: Callable[[Register, Selection], nw.DataFrame]
    keys: tuple[str, ...]
    values: tuple[str, ...]


COMPARED = {
    "investment": ComparedTable(query_investment_amounts, ("group", "measure", "unit"), ("low", "high", "known")),
    "ranking": ComparedTable(query_province_rankings, ("indicator_id", "kind"), ("low", "high", "known")),
    "value_chains": ComparedTable(query_stage_states, ("stage_id",), ("low", "high", "known")),
    "completion": ComparedTable(query_chain_completion, ("chain_id", "definition"), ("low", "high", "known")),
    "schedule": ComparedTable(
        query_commitments, ("statement_id",), ("verdict", "slip_low_months", "slip_high_months")
    ),
}


@cached_per_register
def query_changed_rows(register: Register, selection: Selection, since: date) -> dict[str, list[changes.Pair]]:
    """Return, for each compared table, the rows that differ between ``since`` and the day of the selection."""
    before = replace(selection, as_of=since)
    return {
        name: changes.find_row_differences(
            one.ask(register, before), one.ask(register, selection), one.keys, one.values
        )
        for name, one in COMPARED.items()
    }


@ignore_amount_filters
@cached_per_register
def select_newly_known_statements(register: Register, selection: Selection, since: date) -> nw.DataFrame:
    """Return the statements of the selection that became known after ``since``, newest first."""
    before, after = (select_statements(register, one) for one in (replace(selection, as_of=since), selection))
    return evidence.sort_newest_first(changes.find_new_statements(before, after))


PAGES: dict[str, tuple[Callable[[Register, Selection], nw.DataFrame], ...]] = {
    "investment": (query_investment_amounts, select_investment_statements, select_benefit_statements),
    "ranking": (query_province_rankings, select_ranking_statements),
    "value_chains": (query_stage_states, select_chain_statements, select_need_statements),
    "schedule": (query_commitments, query_physical_progress, select_confidence_statements),
    "cluster": (query_cluster_needs,),
}


@cached_per_register
def find_pages_by_statement(register: Register, selection: Selection) -> dict[str, list[str]]:
    """Return, for each statement about the province by its id, the pages on which something rests on it."""
    found: dict[str, list[str]] = {}
    for page, asked in PAGES.items():
        for one in evidence.list_statement_uses(
            {f"{page}/{ask.__name__}": ask(register, selection) for ask in asked}
        ):
            found.setdefault(one, []).append(page)
    return found


def list_statement_pages(register: Register, selection: Selection, row: Mapping) -> list[str]:
    """Return the pages on which something rests on a statement that was known on the day.

    Those about other provinces and the country, most of a large register, all stand on the page of ranking.
    """
    others = ["ranking"] if row["iso_3166_2"] != register.province else []
    return find_pages_by_statement(register, selection).get(row["statement_id"], others)
