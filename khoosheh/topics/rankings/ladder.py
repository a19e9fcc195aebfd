"""The ladder: all known places of the province on one scale."""

from collections.abc import Sequence

from khoosheh.figures.rank_ladder import Rung, build_ladder_figure
from khoosheh.figures.stated_rankings import ASPECTS
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import format_alt_text
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.register import Register
from khoosheh.topics.rankings.stated_sentences import format_ranking_row

# places of a scale on which no field has a known size
LEAST_PLACES = 5


def make_ladder_figure_factory(
    register: Register, rows: Sequence[ProvinceRankingRow], title: str, lang: str
) -> FigureFactory:
    """Return a function that draws the known places of a province; ``title``: its name for screen readers."""
    known = [row for row in rows if row["low"] is not None]
    ends = [end for row in known for end in (row["of"], row["low"], row["high"]) if end is not None]
    last = int(max(ends, default=LEAST_PLACES))
    rungs = [
        Rung(
            format_ranking_row(register, row, lang),
            row["low"],
            float(last) if row["high"] is None else row["high"],
            row["statement_ids"],
            ASPECTS.index(row["aspect"]),
        )
        for row in known
        if row["low"] is not None
    ]
    alt = format_alt_text(title, [rung.words for rung in rungs], lang)
    return lambda theme: build_ladder_figure(rungs=rungs, last=last, theme=theme, alt=alt)
