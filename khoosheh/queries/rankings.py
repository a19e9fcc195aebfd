"""Queries about rankings: computed and stated places, and the statements about them."""

import narwhals as nw

from khoosheh.engines import Frame, collect_frame, is_among
from khoosheh.measures import common, computed_rankings, evidence, stated_rankings
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.queries.statements import (
    ignore_filters_except_day,
    read_register_table,
    select_all_known_statements,
    select_province_statements,
    select_published_rows,
    select_statements_by_group,
)
from khoosheh.register import Register, cached_per_register


@ignore_filters_except_day
@cached_per_register
def query_computed_rankings(register: Register, selection: Selection) -> Table:
    """Return the computed places of all provinces; see :func:`khoosheh.measures.computed_rankings.compute_rankings`.

    Of the selection only the day is used: a table is known from the last day on which its source may have been
    published.
    """
    rows = select_published_rows(register, "observations", selection)
    return computed_rankings.compute_rankings(rows, read_register_table(register, "indicators"))


@ignore_filters_except_day
@cached_per_register
def query_province_rankings(register: Register, selection: Selection) -> Table:
    """Return the province's places; see :func:`khoosheh.measures.stated_rankings.compute_stated_rankings`.

    Of the selection only the day is used.
    """
    known = common.statements_known_on(select_province_statements(register), selection.as_of)
    ranks = read_register_table(register, "ranks")
    if selection.as_of is not None:
        tier_sources = (
            select_all_known_statements(register, selection)
            .filter(nw.col("measure") == "tier")
            .select("source_id")
            .unique()
        )
        ranks = ranks.filter(is_among("source_id", collect_frame(tier_sources)["source_id"].to_list()))
    stated = stated_rankings.compute_stated_rankings(
        known, read_register_table(register, "indicators"), ranks, register.province
    )
    own_rankings = computed_rankings.select_province_rankings(
        query_computed_rankings(register, selection), register.province
    )
    return stated_rankings.add_computed_rankings(stated, own_rankings, read_register_table(register, "indicators"))


@ignore_filters_except_day
@cached_per_register
def select_ranking_statements(register: Register, selection: Selection) -> Table:
    """Return the statements about ranks, also those that name an indicator without a number."""
    statements = select_statements_by_group(register, selection, "ranking")
    return statements.filter(~nw.col("indicator_id").is_null())


@ignore_filters_except_day
@cached_per_register
def select_other_province_statements(register: Register, selection: Selection) -> Frame:
    """Return the statements about other provinces and the country, for comparison, newest first.

    The result is a frame of the register's engine, since in a large register these are most of the statements.
    """
    others = select_all_known_statements(register, selection).filter(
        nw.col("iso_3166_2").fill_null("") != register.province
    )
    return evidence.sort_newest_first(others)
