"""The page of ranking."""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.engines import count_rows
from khoosheh.topics.rankings.findings import STATED
from khoosheh.topics.rankings.stated_sentences import format_stated_climbs
from khoosheh.topics.rankings.stated_slides import select_stated_climbs
from khoosheh.topics.request import Row
from khoosheh.ui.blocks import computed_rankings, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown


def render_ranking_page(page: PageContext) -> None:
    """Draw the page."""
    places = queries.query_province_rankings(page.register, page.view.selection)
    rows = list(places.iter_rows(named=True))
    title = STATED.format_sentence(page.request, rows)
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
    finding.render_finding_figure(page, STATED, rows, title, "ranking")
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


def render_rank_table(page: PageContext, places: nw.DataFrame, rows: Sequence[Row]) -> None:
    """Draw the table of places, folded, with its download and sources."""
    finding.render_folded_table(page, "ranking", STATED.columns, places, page.t("nav.ranking"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "ranking")
