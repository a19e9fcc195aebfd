"""Questions of rank: computed and stated places, and what was said of them."""

import narwhals as nw

from khoosheh.board.base import published, said, table
from khoosheh.measures import common, evidence, ranking, standings
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, remembered


@remembered
def standing(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the computed places of all provinces; see :func:`khoosheh.measures.standings.standings`.

    Only the day matters: a table is known from the last day on which its source may have been published.
    """
    rows = published(register, "observations", selection)
    return standings.standings(rows, table(register, "indicators"))


@remembered
def places(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the province's places; see :func:`khoosheh.measures.ranking.ranking`. Only the day matters."""
    known = common.known_on(table(register, "statements"), selection.as_of)
    ranks = table(register, "ranks")
    if selection.as_of is not None:
        told = known.filter(nw.col("measure") == "tier")["source_id"].to_list()
        ranks = ranks.filter(nw.col("source_id").is_in(told))
    found = ranking.ranking(known, table(register, "indicators"), ranks, register.province)
    mine = standings.of_province(standing(register, selection), register.province)
    return ranking.with_computed(found, mine, table(register, "indicators"))


@remembered
def rank_words(register: Register, selection: Selection) -> nw.DataFrame:
    """Return what was said of the standing on an indicator without a number, and of ranks."""
    everywhere = Selection(as_of=selection.as_of)
    spoken = said(register, everywhere, "ranking")
    return spoken.filter(~nw.col("indicator_id").is_null())


@remembered
def elsewhere(register: Register, selection: Selection) -> nw.DataFrame:
    """Return the statements about other provinces and the country, for comparison, newest first."""
    known = common.known_on(table(register, "statements"), selection.as_of)
    others = known.filter(nw.col("iso_3166_2").fill_null("") != register.province)
    return evidence.newest(others)
