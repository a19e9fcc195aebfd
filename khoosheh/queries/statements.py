"""Tables, codes and statements of a selection, which all other queries use."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

import narwhals as nw

from khoosheh import calendar
from khoosheh.engines import Frame, collect_frame, is_among
from khoosheh.measures import cluster, common, evidence, investment, scope, value_chains
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, cached_per_register

STATEMENTS = "statements"
# the arguments of a query after register and selection, and what it returns
Arguments = ParamSpec("Arguments")
Answer = TypeVar("Answer")
Query: TypeAlias = Callable[Concatenate[Register, Selection, Arguments], Answer]
# former names of fields of addresses and of the command line: read, never written
FORMER_FIELDS = {"kb": "knowledge_based", "exports": "exporting", "whatif": "scenario"}
# column of statements by the field of a selection whose codes are counted
COUNTED = {"chain": "chain_id", "county": "county_id", "sector": "sector", "kind": "measure"}
UNITS = ("thousand_bn_irr", "bn_toman", "hemat", "m_usd_market", "m_usd_nima", "irr")


@cached_per_register
def read_register_table(register: Register, name: str) -> Table:
    """Return one table of the register as an Arrow table."""
    return collect_frame(register.frame(name))


def list_measure_codes(register: Register, *groups: str) -> list[str]:
    """Return the codes of ``measure`` whose group in the dictionary is one of ``groups``."""
    values = register.dictionary.values("statements", "measure")
    return [code for code, info in values.items() if info["group"] in groups]


def list_stage_states(register: Register) -> list[str]:
    """Return the states of a stage in order, the last being 'operating'."""
    return list(register.dictionary.values("statements", "state_low"))


@cached_per_register
def list_tabulated_indicators(register: Register) -> list[str]:
    """Return the indicators that have a table of values, in order."""
    known = set(read_register_table(register, "observations")["indicator_id"].to_list())
    return [
        indicator_id
        for indicator_id in read_register_table(register, "indicators").sort("seq")["indicator_id"].to_list()
        if indicator_id in known
    ]


@cached_per_register
def list_selection_codes(register: Register) -> dict[str, list[str]]:
    """Return the codes that each part of a selection may take in this register."""
    counties = read_register_table(register, "counties").filter(nw.col("iso_3166_2") == register.province)
    return {
        "chain": read_register_table(register, "chains").sort("seq")["chain_id"].to_list(),
        "county": counties["county_id"].to_list(),
        "sector": list(register.dictionary.values("projects", "sector")),
        "project": read_register_table(register, "projects")["project_id"].to_list(),
        "kind": list_measure_codes(register, "investment"),
        "unit": list(UNITS),
        "province": read_register_table(register, "provinces").sort("iso_3166_2")["iso_3166_2"].to_list(),
        "indicator": list_tabulated_indicators(register),
        "isic": sorted(
            {
                isic_class
                for cell in read_register_table(register, "firms")["isic4"].to_list()
                for isic_class in cluster.parse_isic_classes(cell)
            }
        ),
        "knowledge_based": list(cluster.ANSWERS),
        "exporting": list(cluster.ANSWERS),
        "definition": list(value_chains.DEFINITIONS),
        "detail": read_register_table(register, "chains").sort("seq")["chain_id"].to_list(),
        "trial": read_register_table(register, "chains").sort("seq")["chain_id"].to_list(),
        "stage": read_register_table(register, "stages").sort("chain_id", "seq")["stage_id"].to_list(),
        "by": [name for name in investment.DIMENSIONS if name != "iso_3166_2"],
    }


@cached_per_register
def count_statements_by_code(register: Register, field: str) -> dict[str, int]:
    """Return the number of statements about the province, of any day, that each code of a filter selects alone.

    ``field``: one of ``COUNTED``. Codes that select no statement are left out.
    """
    return evidence.count_statements_by_code(select_province_statements(register), COUNTED[field])


def find_as_of_day(register: Register, selection: Selection) -> date:
    """Return the last day of the selection: the chosen one, at most the day on which the register was compiled."""
    end = calendar.parse_jalali_date(register.compiled_on).last_day
    return min(selection.as_of or end, end)


@cached_per_register
def count_statements_by_day(register: Register) -> dict[str, int]:
    """Return the number of statements that become known on each Jalali day; days in order, those with any alone."""
    counts = collect_frame(register.frame(STATEMENTS).group_by("said_last_day").agg(nw.len().alias("known")))
    return dict(sorted((str(calendar.to_jalali(day.date())), int(known)) for day, known in counts.iter_rows()))


def list_statement_days(register: Register) -> list[str]:
    """Return the Jalali days on which statements become known, in order, each once."""
    return list(count_statements_by_day(register))


def ignore_amount_filters(query: Query[Arguments, Answer]) -> Query[Arguments, Answer]:
    """Call a query without kinds, unit and dimension of amounts; a change of these finds the cached answer."""

    @wraps(query)
    def query_without_amounts(
        register: Register, selection: Selection, /, *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        without_amounts = replace(selection, kinds=(), unit=Selection.unit, by=Selection.by)
        return query(register, without_amounts, *arguments, **named)

    return query_without_amounts


def ignore_filters_except_day(query: Query[Arguments, Answer]) -> Query[Arguments, Answer]:
    """Call a query with the day of the selection alone; a change of another filter finds the cached answer."""

    @wraps(query)
    def query_by_day(
        register: Register, selection: Selection, /, *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Answer:
        return query(register, Selection(as_of=selection.as_of), *arguments, **named)

    return query_by_day


def select_all_known_statements(register: Register, selection: Selection) -> Frame:
    """Return the statements that were known on the day, also those about other provinces and the country.

    The result may be a frame of an engine: filter it, then call :func:`khoosheh.engines.collect_frame`.
    """
    return common.statements_known_on(register.frame(STATEMENTS), selection.as_of)


def search_known_statements(register: Register, among: Frame, query: str) -> Frame:
    """Return the statements, of the frame ``among``, in which every word of ``query`` occurs."""
    is_indexed = query.strip() and not register.is_large
    return evidence.filter_by_query(among, query, _build_search_index(register) if is_indexed else None)


@cached_per_register
def _build_search_index(register: Register) -> dict[str, str]:
    """Return the texts of all statements by id, normalised for the search; only for a register in memory."""
    return evidence.build_search_texts(read_register_table(register, STATEMENTS))


@cached_per_register
def select_province_statements(register: Register) -> Table:
    """Return the statements about the province, of any day."""
    return collect_frame(common.filter_by_province(register.frame(STATEMENTS), register.province))


def select_statements_by_id(register: Register, ids: Iterable[str]) -> Table:
    """Return the statements with these ids, in the order of the register."""
    wanted = sorted(set(ids))
    statements = select_province_statements(register).filter(is_among("statement_id", wanted))
    if len(statements) == len(wanted):
        return statements
    return collect_frame(register.frame(STATEMENTS).filter(is_among("statement_id", wanted)))


@ignore_amount_filters
@cached_per_register
def select_statements(register: Register, selection: Selection) -> Table:
    """Return the statements of the selection that were known on its day."""
    return common.statements_known_on(
        _select_statements_any_day(register, replace(selection, as_of=None)), selection.as_of
    )


@ignore_amount_filters
@cached_per_register
def _select_statements_any_day(register: Register, selection: Selection) -> Table:
    """Return the statements of the selection, of any day."""
    return scope.filter_by_scope(select_province_statements(register), selection)


def select_possibly_known_statements(register: Register, selection: Selection) -> Table:
    """Return the statements that may have been made by the day, but are certainly known only on a later day."""
    return common.statements_perhaps_known_on(
        _select_statements_any_day(register, replace(selection, as_of=None)), find_as_of_day(register, selection)
    )


@ignore_amount_filters
@cached_per_register
def group_ids_by_project(register: Register, selection: Selection) -> dict[tuple[str, ...], str]:
    """Return the ids of the statements about each project; the key is a tuple with the id of the project."""
    return common.group_statement_ids(
        select_statements(register, selection).filter(~nw.col("project_id").is_null()), ["project_id"]
    )


def select_statements_by_group(register: Register, selection: Selection, *groups: str) -> Table:
    """Return the statements of the selection whose measures are in the given groups, newest first."""
    return evidence.select_measure_statements(
        select_statements(register, selection), list_measure_codes(register, *groups)
    )


def select_published_rows(register: Register, name: str, selection: Selection) -> Table:
    """Return the rows of a table whose source was certainly published by the day of the selection."""
    rows = read_register_table(register, name)
    if selection.as_of is None:
        return rows
    day = nw.lit(selection.as_of).cast(nw.Datetime)
    sources = read_register_table(register, "sources").filter(nw.col("published_last_day") <= day)
    return rows.filter(is_among("source_id", sources["source_id"].to_list()))
