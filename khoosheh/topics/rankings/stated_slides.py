"""Slides of places: all indicators at once, one of them over the years, and what a climb allows."""

from collections.abc import Callable, Mapping, Sequence

import narwhals as nw

from khoosheh import formatting, queries
from khoosheh.figures.stated_rankings import build_province_rankings_figure
from khoosheh.figures.theme import Theme
from khoosheh.formatting import format_alt_text
from khoosheh.register import Register
from khoosheh.topics.columns import select_columns
from khoosheh.topics.rankings.columns import STATED_COLUMNS
from khoosheh.topics.rankings.stated_sentences import (
    format_ranking_row,
    format_ranking_summary,
    format_stated_climbs,
)
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.slide import Slide
from khoosheh.topics.slide_parts import MOST_DRAWN, build_slide_table, collect_statement_ids, join_sentences

PAGE = "ranking"


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slide of all stated and computed places; none where nothing is known."""
    rows = list(queries.query_province_rankings(request.register, request.selection).iter_rows(named=True))
    known = [row for row in rows if row["known"]]
    if not known:
        return []
    climbs = format_stated_climbs(
        rows,
        select_stated_climbs(queries.select_ranking_statements(request.register, request.selection)),
        request.lang,
    )
    shown = build_slide_table(
        request, select_columns(STATED_COLUMNS, "indicator", "aspect", "reading", "place"), known, MOST_DRAWN
    )
    title = format_ranking_summary(request.register, rows, request.lang)
    return [
        Slide(
            key=PAGE,
            page=PAGE,
            title=title,
            known=formatting.format_known_count(len(known), len(rows), request.lang),
            note=join_sentences(*climbs),
            figure=make_rankings_figure_factory(request.register, known[:MOST_DRAWN], title, request.lang),
            table=shown,
            statement_ids=collect_statement_ids(rows),
        )
    ]


def make_rankings_figure_factory(
    register: Register, rows: Sequence[Mapping], title: str, lang: str
) -> Callable[[Theme], object]:
    """Return what draws the places of a province in a theme."""
    said = [format_ranking_row(register, row, lang) for row in rows]
    alt = format_alt_text(title, said, lang)
    return lambda theme: build_province_rankings_figure(rows=rows, words=said, theme=theme, alt=alt)


def select_stated_climbs(spoken: nw.DataFrame) -> dict[str, int]:
    """Return the stated climb of each indicator, in places; ``spoken``: statements about ranks."""
    climbs = spoken.filter(nw.col("measure") == "rank_change", ~nw.col("value_low").is_null())
    return {indicator: int(low) for indicator, low in climbs.select("indicator_id", "value_low").iter_rows()}
