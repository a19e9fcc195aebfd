"""Questions of amounts: what is stated, its totals, what it brings, earned value."""

from dataclasses import replace

import narwhals as nw

from khoosheh import money
from khoosheh.board.base import measures_of, own, said, statements, table
from khoosheh.measures import common, earned_value, investment, scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered


@remembered
def amounts(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the investment table of the selection; see :func:`khoosheh.measures.investment.investment`."""
    stated, trail = _stated(register, replace(selection, by=Selection.by))
    projects = scope.narrowed(table(register, "projects"), selection)
    return investment.summed(stated, trail, projects, by=selection.by)


@remembered
def _stated(register: Register, selection: Selection) -> tuple[nw.DataFrame, nw.DataFrame]:
    """Return the amounts in force, by whatever they are summed, and the statements they rest on."""
    rows = scope.scoped(_converted(register, selection.unit), selection)
    return investment.in_force(rows.filter(nw.col("measure").is_in(selection.kinds)) if selection.kinds else rows)


@remembered
def _converted(register: Register, unit: str) -> nw.DataFrame:
    """Return every amount that was ever stated, in a unit."""
    rates = money.rate_table(table(register, "exchange_rates"))
    return investment.converted(own(register), measures_of(register, "investment"), unit, rates, scope.COLUMNS)


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
def money_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return every statement about an amount, those that others replaced or that cover a part included."""
    return said(register, selection, "investment")


@remembered
def benefits(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what the projects are said to bring: jobs, output, income."""
    spoken = said(register, selection, "benefit")
    return spoken.filter(nw.col("requirement_id").is_null())


@remembered
def earned(register: Register, selection: Selection) -> nw.DataFrame:
    """Return earned value by project; see :func:`khoosheh.measures.earned_value.earned_value`."""
    kinds = tuple(earned_value.INPUTS[name] for name in ("budget", "actual"))
    stated, trail = _stated(register, replace(selection, kinds=kinds, by=Selection.by))
    stated = common.with_ids(stated, trail, investment.SUBJECT)
    return earned_value.earned_value(statements(register, selection), stated)
