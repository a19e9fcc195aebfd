"""Questions of the cluster: its needs and phases, its firms and who works with whom."""

from dataclasses import replace

import narwhals as nw

from khoosheh.board.base import by_day, published, said, table
from khoosheh.measures import cluster
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered


@remembered
def needs(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements that name a need of the cluster or give evidence for one."""
    spoken = said(register, selection, "cluster", "benefit")
    order = table(register, "requirements").select("requirement_id", nw.col("seq").alias("_seq"))
    # an inner join leaves out what is about no need
    return spoken.join(order, on="requirement_id").sort("_seq", "statement_id").drop("_seq")


@by_day
@remembered
def cluster_needs(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of each need of the cluster; see :func:`khoosheh.measures.cluster.needs`.

    Only the day matters: filters choose firms.
    """
    return cluster.needs(needs(register, selection), table(register, "requirements"))


@by_day
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
