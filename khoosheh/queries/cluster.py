"""Queries about the cluster: needs, phases, firms and links between firms."""

from dataclasses import replace

import narwhals as nw

from khoosheh.engines import is_among
from khoosheh.measures import cluster
from khoosheh.measures.rows import Table
from khoosheh.measures.scope import Selection
from khoosheh.queries.statements import (
    ignore_filters_except_day,
    read_register_table,
    select_published_rows,
    select_statements_by_group,
)
from khoosheh.register import Register, cached_per_register


@cached_per_register
def select_need_statements(register: Register, selection: Selection) -> Table:
    """Return the statements that name a need of the cluster or give evidence for one."""
    statements = select_statements_by_group(register, selection, "cluster", "benefit")
    order = read_register_table(register, "requirements").select("requirement_id", nw.col("seq").alias("_seq"))
    # an inner join leaves out statements about no need
    return statements.join(order, on="requirement_id").sort("_seq", "statement_id").drop("_seq")


@ignore_filters_except_day
@cached_per_register
def query_cluster_needs(register: Register, selection: Selection) -> Table:
    """Return the statements of each need of the cluster; see :func:`khoosheh.measures.cluster.build_needs_table`.

    Of the selection only the day is used: its filters select firms, not needs.
    """
    return cluster.build_needs_table(
        select_need_statements(register, selection), read_register_table(register, "requirements")
    )


@ignore_filters_except_day
@cached_per_register
def query_cluster_phases(register: Register, selection: Selection) -> Table:
    """Return phases and labels of clusters; see :func:`khoosheh.measures.cluster.build_phases_table`.

    Of the selection only the day is used.
    """
    return cluster.build_phases_table(
        query_cluster_needs(register, selection), read_register_table(register, "life_cycle")
    )


@cached_per_register
def query_firms(register: Register, selection: Selection) -> Table:
    """Return the firms of the selection; see :func:`khoosheh.measures.cluster.filter_firms`.

    Firms and links are known from the last day on which their source may have been published.
    """
    firms, links = (select_published_rows(register, name, selection) for name in ("firms", "links"))
    return cluster.filter_firms(firms, links, read_register_table(register, "stages"), selection)


@cached_per_register
def select_firm_links(register: Register, selection: Selection) -> Table:
    """Return the links between the firms of the selection."""
    return cluster.select_links_between(
        select_published_rows(register, "links", selection), query_firms(register, selection)
    )


@cached_per_register
def query_stage_specialities(register: Register, selection: Selection) -> Table:
    """Return the firms of each stage; see :func:`khoosheh.measures.cluster.build_specialities_table`.

    Filters of chains and ISIC classes are not applied to firms: with them, stages of other classes would seem to have
    no firms.
    """
    stages = read_register_table(register, "stages")
    if selection.chains:
        stages = stages.filter(is_among("chain_id", selection.chains))
    return cluster.build_specialities_table(query_firms(register, replace(selection, chains=(), isic=())), stages)
