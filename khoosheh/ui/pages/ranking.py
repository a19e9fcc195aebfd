"""The page of ranking."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from khoosheh import formatting, labels, queries
from khoosheh.engines import count_rows
from khoosheh.narrative import computed_rankings as of_standings
from khoosheh.narrative.stated_rankings import format_place_interval, format_ranking_summary, format_stated_climbs
from khoosheh.presenters.stated_rankings import make_rankings_figure_factory, select_stated_climbs
from khoosheh.ui.blocks import computed_rankings, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell


def render_ranking_page(page: PageContext) -> None:
    """Draw the page."""
    places = queries.query_province_rankings(page.register, page.view.selection)
    rows = list(places.iter_rows(named=True))
    title = format_ranking_summary(page.register, rows, page.lang)
    finding.render_heading(title, 1)
    st.caption(page.t("ranking.lead"))
    spoken = queries.select_ranking_statements(page.register, page.view.selection)
    steps = select_stated_climbs(spoken)
    for sentence in format_stated_climbs(rows, steps, page.lang):
        st.markdown(escape_markdown(sentence))
    computed_rankings.render_climb_trial(page, rows, steps)
    if not len(spoken) and not any(row["known"] for row in rows):
        finding.render_empty_result(page)
        return
    render_rank_figure(page, rows, title, "ranking")
    render_rank_table(page, places, rows)
    computed_rankings.render_computed_rankings(page)
    if len(spoken):
        _render_ranking_statements(page, spoken)


def _render_ranking_statements(page: PageContext, spoken: object) -> None:
    finding.render_heading(page.t("ranking.words"))
    statements.render_statements_table(page, spoken, "ranking-words", page.t("ranking.words"))
    others = queries.select_other_province_statements(page.register, page.view.selection)
    if count_rows(others):
        finding.render_heading(page.t("ranking.elsewhere"))
        st.caption(page.t("ranking.elsewhere.lead"))
        statements.render_statements_table(page, others, "ranking-elsewhere", page.t("ranking.elsewhere"))


def render_rank_figure(page: PageContext, rows: list[dict], title: str, key: str) -> None:
    """Draw the figure of places."""
    finding.render_figure(page, make_rankings_figure_factory(page.register, rows, title, page.lang), key)


def render_rank_table(page: PageContext, places: object, rows: list[dict]) -> None:
    """Draw the table of places, folded, with its download and sources."""
    headings = [page.t(f"column.{name}") for name in ("indicator", "aspect", "reading", "place", "known", "evidence")]
    finding.render_folded_table(
        page, "ranking", headings, partial(_build_rank_cells, page), places, page.t("nav.ranking")
    )
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "ranking")


def _build_rank_cells(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(labels.find_row_label(page.register, "indicators", row["indicator_id"], page.lang)),
        Cell(labels.find_value_label(page.register, "indicators", "aspect", row["aspect"], page.lang)),
        Cell(page.t(f"reading.{row['kind']}")),
        Cell(
            format_place_interval(row, page.lang),
            sort="" if formatting.is_missing(row["low"]) else row["low"],
        ),
        Cell(formatting.format_known_count(row["known"], row["of"], page.lang)),
        _build_rank_evidence_cell(page, row),
    ]


def _build_rank_evidence_cell(page: PageContext, row: dict) -> Cell:
    """Lead to the statements behind a place, or to the source of the table it was computed from."""
    if not row["source_id"]:
        return finding.build_evidence_cell(page, row["statement_ids"])
    source = of_standings.find_source_row(page.register, row["source_id"])
    return Cell(
        source[f"title_{page.lang}"], href="" if formatting.is_missing(source["address"]) else source["address"]
    )
