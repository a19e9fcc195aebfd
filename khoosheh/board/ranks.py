"""Questions of rank: computed and stated places, and what was said of them."""

import narwhals as nw

from khoosheh.board.base import by_day, everywhere, own, published, said, table
from khoosheh.engines import Frame, collected
from khoosheh.measures import common, evidence, ranking, standings
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered


@by_day
@remembered
def standing(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the computed places of all provinces; see :func:`khoosheh.measures.standings.standings`.

    Only the day matters: a table is known from the last day on which its source may have been published.
    """
    rows = published(register, "observations", selection)
    return standings.standings(rows, table(register, "indicators"))


@by_day
@remembered
def places(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the province's places; see :func:`khoosheh.measures.ranking.ranking`. Only the day matters."""
    known = common.known_on(own(register), selection.as_of)
    ranks = table(register, "ranks")
    if selection.as_of is not None:
        told = everywhere(register, selection).filter(nw.col("measure") == "tier").select("source_id").unique()
        ranks = ranks.filter(nw.col("source_id").is_in(collected(told)["source_id"].to_list()))
    found = ranking.ranking(known, table(register, "indicators"), ranks, register.province)
    mine = standings.of_province(standing(register, selection), register.province)
    return ranking.with_computed(found, mine, table(register, "indicators"))


@by_day
@remembered
def rank_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of the standing on an indicator without a number, and of ranks."""
    spoken = said(register, selection, "ranking")
    return spoken.filter(~nw.col("indicator_id").is_null())


@by_day
@remembered
def elsewhere(register: Register, selection: Selection) -> Frame:
    """Return the statements about other provinces and the country, for comparison, newest first.

    In a large register they are most of all, and stay with its engine.
    """
    others = everywhere(register, selection).filter(nw.col("iso_3166_2").fill_null("") != register.province)
    return evidence.newest(others)
