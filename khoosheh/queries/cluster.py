"""Questions of the cluster: its needs and phases, its firms and who works with whom."""

from dataclasses import replace

import narwhals as nw

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
    spoken = select_statements_by_group(register, selection, "cluster", "benefit")
    order = read_register_table(register, "requirements").select("requirement_id", nw.col("seq").alias("_seq"))
    # an inner join leaves out what is about no need
    return spoken.join(order, on="requirement_id").sort("_seq", "statement_id").drop("_seq")


@ignore_filters_except_day
@cached_per_register
def query_cluster_needs(register: Register, selection: Selection) -> Table:
    """Return what was said of each need of the cluster; see :func:`khoosheh.measures.cluster.build_needs_table`.

    Only the day matters: filters choose firms.
    """
    return cluster.build_needs_table(
        select_need_statements(register, selection), read_register_table(register, "requirements")
    )


@ignore_filters_except_day
@cached_per_register
def query_cluster_phases(register: Register, selection: Selection) -> Table:
    """Return phases and labels of clusters; see :func:`khoosheh.measures.cluster.build_phases_table`.

    Only the day matters.
    """
    return cluster.build_phases_table(
        query_cluster_needs(register, selection), read_register_table(register, "life_cycle")
    )


@cached_per_register
def query_firms(register: Register, selection: Selection) -> Table:
    """Return the firms that fit the selection; see :func:`khoosheh.measures.cluster.filter_firms`.

    Firms and links are known from the last day on which their source may have been published.
    """
    every, links_ = (select_published_rows(register, name, selection) for name in ("firms", "links"))
    return cluster.filter_firms(every, links_, read_register_table(register, "stages"), selection)


@cached_per_register
def select_firm_links(register: Register, selection: Selection) -> Table:
    """Return the links between the firms of the selection."""
    return cluster.select_links_between(
        select_published_rows(register, "links", selection), query_firms(register, selection)
    )


@cached_per_register
def query_stage_specialities(register: Register, selection: Selection) -> Table:
    """Return which chosen stages have firms; see :func:`khoosheh.measures.cluster.build_specialities_table`.

    Chains and classes do not choose firms here: who asks for one class has not found that the others lack firms.
    """
    stages = read_register_table(register, "stages")
    if selection.chains:
        stages = stages.filter(nw.col("chain_id").is_in(list(selection.chains)))
    return cluster.build_specialities_table(query_firms(register, replace(selection, chains=(), isic=())), stages)
