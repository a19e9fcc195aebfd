"""Queries about amounts: stated amounts, totals, benefits and earned value."""

from dataclasses import replace

import narwhals as nw

from khoosheh import money
from khoosheh.engines import is_among
from khoosheh.measures import amount_coverage, common, earned_value, investment, scope
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.queries.statements import (
    ignore_amount_filters,
    list_measure_codes,
    read_register_table,
    select_province_statements,
    select_statements,
    select_statements_by_group,
)
from khoosheh.register import Register, cached_per_register


@cached_per_register
def query_investment_amounts(register: Register, selection: Selection) -> Table:
    """Return the investment table of the selection; see :func:`khoosheh.measures.investment.compute_investment`."""
    stated, trail = _query_latest_amounts(register, replace(selection, by=Selection.by))
    projects = scope.filter_by_scope(read_register_table(register, "projects"), selection)
    return investment.sum_amounts(stated, trail, projects, by=selection.by)


@cached_per_register
def select_projects(register: Register, selection: Selection) -> Table:
    """Return the province's projects of the selected chains, counties and sectors, also those nobody spoke of."""
    projects = common.filter_by_province(read_register_table(register, "projects"), register.province)
    return scope.filter_by_scope(projects, selection)


@cached_per_register
def query_amount_coverage(register: Register, selection: Selection) -> Table:
    """Return of how many projects each kind was stated.

    See :func:`khoosheh.measures.amount_coverage.count_projects_by_kind`. The dimension of sums makes no difference.
    """
    amounts = query_investment_amounts(register, replace(selection, by="project_id"))
    kinds = [
        kind for kind in list_measure_codes(register, "investment") if not selection.kinds or kind in selection.kinds
    ]
    return amount_coverage.count_projects_by_kind(amounts, select_projects(register, selection), kinds)


@cached_per_register
def query_dated_amounts(register: Register, selection: Selection) -> Table:
    """Return each amount with the days it was said; those that later ones replaced and those about a part as well.

    See :func:`khoosheh.measures.amount_coverage.list_dated_amounts`.
    """
    plain = replace(selection, by=Selection.by)
    _, in_force = _query_latest_amounts(register, plain)
    return amount_coverage.list_dated_amounts(_select_known_amounts(register, plain), in_force)


@cached_per_register
def _query_latest_amounts(register: Register, selection: Selection) -> tuple[Table, Table]:
    """Return the latest amounts, whatever the dimension of their sums, and the statements they come from."""
    return investment.latest_amounts(_select_known_amounts(register, selection))


def _select_known_amounts(register: Register, selection: Selection) -> Table:
    """Return the amounts of the selection that were known on its day, converted to its unit."""
    rows = scope.filter_known_in_scope(_convert_all_amounts(register, selection.unit), selection)
    return rows.filter(is_among("measure", selection.kinds)) if selection.kinds else rows


@cached_per_register
def _convert_all_amounts(register: Register, unit: str) -> Table:
    """Return all stated amounts of all days, converted to a unit."""
    rates = money.build_rate_table(read_register_table(register, "exchange_rates"))
    return investment.convert_stated_amounts(
        select_province_statements(register), list_measure_codes(register, "investment"), unit, rates, scope.COLUMNS
    )


@cached_per_register
def query_investment_totals(register: Register, selection: Selection) -> Table:
    """Return the amounts of the selection over all its projects: one row for each kind and unit.

    Rows in the unit of the selection come first; kinds are in the order of the descriptor.
    """
    amounts = query_investment_amounts(register, replace(selection, by="iso_3166_2"))
    order = {kind: place for place, kind in enumerate(list_measure_codes(register, "investment"))}
    ranked = amounts.with_columns(
        nw.col("measure").replace_strict(order, return_dtype=nw.Int64).alias("_kind"),
        (nw.col("unit") != selection.unit).alias("_other"),
    )
    return ranked.sort("_other", "_kind", "unit").drop("_kind", "_other")


@cached_per_register
def select_investment_statements(register: Register, selection: Selection) -> Table:
    """Return all statements about amounts, also those that later ones replaced and those about a part."""
    return select_statements_by_group(register, selection, "investment")


@cached_per_register
def select_benefit_statements(register: Register, selection: Selection) -> Table:
    """Return the statements about the benefits of projects: jobs, output, income."""
    statements = select_statements_by_group(register, selection, "benefit")
    return statements.filter(nw.col("requirement_id").is_null())


@ignore_amount_filters
@cached_per_register
def select_project_counties(register: Register, selection: Selection) -> Table:
    """Return the projects of which something was known on the day, with their counties.

    Columns: ``project_id``; ``county_id``, missing where no source states it; ``statement_ids``. Selected counties
    are ignored, so that a map shows the others as well.
    """
    anywhere = replace(selection, counties=())
    projects = common.filter_by_province(read_register_table(register, "projects"), register.province)
    chosen = scope.filter_by_scope(projects, anywhere).select("project_id", "county_id")
    known = common.add_statement_ids(chosen, select_statements(register, anywhere), ["project_id"])
    return known.filter(nw.col("statement_ids") != "").sort("project_id")


@cached_per_register
def query_earned_value(register: Register, selection: Selection) -> Table:
    """Return earned value by project; see :func:`khoosheh.measures.earned_value.compute_earned_value`."""
    kinds = tuple(earned_value.INPUTS[name] for name in ("budget", "actual"))
    stated, trail = _query_latest_amounts(register, replace(selection, kinds=kinds, by=Selection.by))
    stated = common.add_statement_ids(stated, trail, investment.SUBJECT)
    return earned_value.compute_earned_value(select_statements(register, selection), stated)
