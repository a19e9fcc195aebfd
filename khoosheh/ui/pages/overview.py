"""The page of the overview."""

import streamlit as st

from khoosheh import labels, queries
from khoosheh.measures import evidence
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.measures.value_chains import READINESS, CompletionRow
from khoosheh.topics import registry
from khoosheh.topics.briefing_line import BriefingLine
from khoosheh.topics.investment.findings import TOTALS
from khoosheh.topics.investment.sentences import format_stated_amount
from khoosheh.topics.rankings.findings import STATED
from khoosheh.topics.value_chains.findings import COMPLETION
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.pages import ranking, value_chains

LATEST = 5
CARDS = 4


def render_overview(page: PageContext) -> None:
    """Draw the page."""
    finding.render_heading(page.t("overview.title", province=page.province), 1)
    st.caption(
        escape_markdown(
            page.t("overview.lead", count=len(_select_statements(page)), day=statements.format_as_of_date(page))
        )
    )
    if not len(_select_statements(page)):
        finding.render_empty_result(page)
        return
    _render_briefing(page)
    _render_investment_summary(page)
    left, right = st.columns(2, gap="large")
    with left:
        _render_ranking_summary(page)
    with right:
        _render_chains_summary(page)
    _render_latest_statements(page)


def _select_statements(page: PageContext) -> Table:
    return queries.select_statements(page.register, page.view.selection)


def _render_briefing(page: PageContext) -> None:
    """Render what each topic says first, each sentence with a link to its page and one to its statements."""
    lines = cached_render(page, "briefing", lambda: _build_briefing_html(page))
    if lines:
        st.html(lines)


def _build_briefing_html(page: PageContext) -> str:
    items = "".join(f"<li>{_build_briefing_links(page, line)}</li>" for line in registry.build_briefing(page.request))
    return f'<ul class="khoosheh-briefing">{items}</ul>' if items else ""


def _build_briefing_links(page: PageContext, line: BriefingLine) -> str:
    evidence_query = finding.build_evidence_query(page, line.statement_ids)
    if line.page == "evidence":
        return tables.build_page_link(line.text, evidence_query, line.page)
    link = tables.build_page_link(line.text, page.view.filters() | dict(line.fields), line.page)
    if not line.statement_ids:
        return link
    label = page.t("evidence.count", count=len(line.statement_ids.split()))
    return f"{link} <small>{tables.build_page_link(label, evidence_query, 'evidence')}</small>"


def _render_investment_summary(page: PageContext) -> None:
    rows = read_rows(queries.query_investment_totals(page.register, page.view.selection), AmountRow)
    finding.render_heading(TOTALS.format_sentence(page.request, rows))
    shown = sorted(rows, key=lambda row: -row["known"])[:CARDS]
    cards = st.grid(CARDS, min_column_width=220)
    for row in shown:
        with cards.cell():
            _render_amount_card(page, row)
    if len(rows) > len(shown):
        more = page.t("overview.more_amounts", count=len(rows) - len(shown))
        st.html(tables.build_page_link(more, page.view.filters(), "investment"))


def _render_amount_card(page: PageContext, row: AmountRow) -> None:
    label = labels.find_measure_label(page.register, row["measure"], page.lang)
    amount = format_stated_amount(page.register, row, page.lang)
    st.metric(escape_markdown(label), escape_markdown(amount), border=True)
    known = page.t("overview.projects", known=row["known"], count=row["of"])
    st.html(tables.build_page_link(known, finding.build_evidence_query(page, row["statement_ids"]), "evidence"))


def _render_ranking_summary(page: PageContext) -> None:
    places = queries.query_province_rankings(page.register, page.view.selection)
    rows = read_rows(places, ProvinceRankingRow)
    known_rows = [row for row in rows if row["known"]]
    title = STATED.format_sentence(page.request, known_rows)
    finding.render_heading(title)
    if not known_rows:
        return
    finding.render_finding_figure(page, STATED, known_rows, title, "overview-rank")
    ranking.render_rank_table(page, places, rows)


def _render_chains_summary(page: PageContext) -> None:
    completion = queries.query_chain_completion(page.register, page.view.selection)
    rows = read_rows(completion, CompletionRow)
    title = COMPLETION.format_sentence(page.request, rows)
    finding.render_heading(title)
    of_readiness = [row for row in rows if row["definition"] == READINESS]
    finding.render_finding_figure(page, COMPLETION, of_readiness, title, "overview-chains")
    st.caption(page.t("definition.readiness"))
    value_chains.render_completion_table(page, completion, rows)


def _render_latest_statements(page: PageContext) -> None:
    finding.render_heading(page.t("overview.latest"))
    latest = evidence.sort_newest_first(_select_statements(page)).head(LATEST)
    statements.render_statements_table(page, latest, "latest", page.t("overview.latest"))
