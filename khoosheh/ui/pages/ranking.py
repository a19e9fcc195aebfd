"""The page of ranking."""

from collections.abc import Sequence

import streamlit as st

from khoosheh import queries
from khoosheh.engines import count_rows
from khoosheh.figures.theme import Figure, Theme
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.topics.rankings.findings import STATED
from khoosheh.topics.rankings.ladder import make_ladder_figure_factory
from khoosheh.topics.rankings.stated_sentences import format_stated_climbs
from khoosheh.topics.rankings.stated_slides import select_stated_climbs
from khoosheh.ui.blocks import computed_rankings, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup.markdown import escape_markdown


def render_ranking_page(page: PageContext) -> None:
    """Draw the page."""
    places = queries.query_province_rankings(page.register, page.view.selection)
    rows = read_rows(places, ProvinceRankingRow)
    title = STATED.format_sentence(page.request, rows)
    finding.render_heading(title, 1)
    of_ranking = queries.select_ranking_statements(page.register, page.view.selection)
    steps = select_stated_climbs(of_ranking)
    if not len(of_ranking) and not any(row["known"] for row in rows):
        finding.render_empty_result(page)
        return
    computed = computed_rankings.read_computed_rankings(page)
    # side by side on a wide screen, else below each other
    with st.container(horizontal=True, key="khoosheh-ranks", gap="medium"):
        with st.container(key="khoosheh-rank-ladder"):
            _render_ladder(page, places, rows, title)
        if computed is not None:
            computed_rankings.render_first_screen(page, computed)
    for sentence in format_stated_climbs(rows, steps, page.lang):
        st.markdown(escape_markdown(sentence))
    computed_rankings.render_climb_trial(page, rows, steps)
    computed_rankings.render_computed_rankings(page, computed)
    if len(of_ranking):
        _render_ranking_statements(page, of_ranking)


def _render_ladder(page: PageContext, places: Table, rows: Sequence[ProvinceRankingRow], title: str) -> None:
    finding.render_heading(page.t("ranking.ladder"), 3)

    def build_ladder(theme: Theme) -> Figure:
        return make_ladder_figure_factory(page.register, rows, title, page.lang)(theme)

    finding.render_figure(page, build_ladder, "ranking")
    finding.render_note(page.t("ranking.lead"))
    render_rank_table(page, places, rows)


def _render_ranking_statements(page: PageContext, of_ranking: Table) -> None:
    finding.render_heading(page.t("ranking.words"))
    statements.render_statements_table(page, of_ranking, "ranking-words", page.t("ranking.words"))
    of_others = queries.select_other_province_statements(page.register, page.view.selection)
    if count_rows(of_others):
        finding.render_heading(page.t("ranking.elsewhere"), note=page.t("ranking.elsewhere.lead"))
        statements.render_statements_table(page, of_others, "ranking-elsewhere", page.t("ranking.elsewhere"))


def render_rank_table(page: PageContext, places: Table, rows: Sequence[ProvinceRankingRow]) -> None:
    """Draw the table of places, folded, with its download and sources."""
    finding_tables.render_folded_table(page, "ranking", STATED.columns, places, page.t("nav.ranking"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "ranking")
