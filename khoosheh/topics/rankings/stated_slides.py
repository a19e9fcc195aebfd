"""The slide of stated and computed places of the province in all indicators."""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import formatting, queries
from khoosheh.figures.stated_rankings import RankingRow, build_province_rankings_figure
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import format_alt_text, parse_cell_number
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.register import Register
from khoosheh.topics.columns import select_columns
from khoosheh.topics.rankings.columns import STATED_COLUMNS
from khoosheh.topics.rankings.stated_sentences import (
    format_ranking_row,
    format_ranking_summary,
    format_stated_climbs,
)
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import Slide
from khoosheh.topics.slide_parts import MOST_DRAWN, build_slide_table, collect_statement_ids, join_sentences

PAGE = "ranking"


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slide of all stated and computed places; an empty list where no place is known."""
    rows = read_rows(queries.query_province_rankings(request.register, request.selection), ProvinceRankingRow)
    known = [row for row in rows if row["known"]]
    if not known:
        return []
    climbs = format_stated_climbs(
        rows,
        select_stated_climbs(queries.select_ranking_statements(request.register, request.selection)),
        request.lang,
    )
    table = build_slide_table(
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
            table=table,
            statement_ids=collect_statement_ids(rows),
        )
    ]


def make_rankings_figure_factory(register: Register, rows: Sequence[Row], title: str, lang: str) -> FigureFactory:
    """Return a function that draws the places of a province in a theme."""
    labels = [format_ranking_row(register, row, lang) for row in rows]
    alt_text = format_alt_text(title, labels, lang)
    drawn_rows = _select_drawn_columns(rows)
    return lambda theme: build_province_rankings_figure(rows=drawn_rows, words=labels, theme=theme, alt=alt_text)


def _select_drawn_columns(rows: Sequence[Row]) -> list[RankingRow]:
    return [
        RankingRow(
            aspect=row["aspect"],
            low=parse_cell_number(row["low"]),
            high=parse_cell_number(row["high"]),
            of=parse_cell_number(row["of"]),
            statement_ids=row["statement_ids"],
        )
        for row in rows
    ]


def select_stated_climbs(statements: Table) -> dict[str, int]:
    """Return the stated climb of each indicator, in places, from statements about ranks."""
    climbs = statements.filter(nw.col("measure") == "rank_change", ~nw.col("value_low").is_null())
    return {indicator: int(low) for indicator, low in climbs.select("indicator_id", "value_low").iter_rows()}
