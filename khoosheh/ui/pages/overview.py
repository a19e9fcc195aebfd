"""The page of the overview."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from khoosheh import labels, queries
from khoosheh.engines import count_rows
from khoosheh.measures import evidence
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.topics import registry
from khoosheh.topics.briefing_line import BriefingLine
from khoosheh.topics.investment.findings import TOTALS
from khoosheh.topics.investment.sentences import format_stated_amount
from khoosheh.topics.rankings.findings import STATED
from khoosheh.topics.value_chains.findings import MATRIX
from khoosheh.ui.blocks import chain_matrix, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.tables import escape_html
from khoosheh.ui.pages import ranking

LATEST = 5
CARDS = 4


def render_overview(page: PageContext) -> None:
    """Draw the page."""
    finding.render_heading(page.t("overview.title", province=page.province), 1)
    if not len(_select_statements(page)):
        finding.render_empty_result(page)
        return
    # on a phone the style sheet puts the picture before the briefing
    with st.container(key="khoosheh-first"):
        _render_briefing(page)
        _render_chains_summary(page)
    _render_statement_count(page)
    _render_investment_summary(page)
    left, right = st.columns(2, gap="large")
    with left:
        _render_ranking_summary(page)
    with right:
        _render_latest_statements(page)


def _select_statements(page: PageContext) -> Table:
    return queries.select_statements(page.register, page.view.selection)


def _render_statement_count(page: PageContext) -> None:
    """Render how many statements the page rests on, and how many more the page of evidence has."""
    count, day = len(_select_statements(page)), statements.format_as_of_date(page)
    others = count_rows(queries.select_all_known_statements(page.register, page.view.selection)) - count
    words = [page.t("overview.lead", count=count, province=page.province, day=day)]
    if others and not page.view.chain and not page.view.county and not page.view.sector:
        words.append(page.t("overview.others", count=others))
    finding.render_note(" ".join(words))


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
    kinds = _list_card_kinds(page)
    st.html(cached_render(page, "amounts", lambda: _build_amounts_html(page, rows, kinds)))
    others = [row for row in rows if (row["measure"], row["unit"]) not in kinds]
    if others:
        more = page.t("overview.more_amounts", count=len(others))
        st.html(tables.build_page_link(more, page.view.filters(), "investment"))


def _list_card_kinds(page: PageContext) -> list[tuple[str, str]]:
    """Return kind and unit of the amounts on cards: those stated for most projects, whatever the day of the view.

    So two days have the same cards in the same order, and can be compared by eye.
    """
    latest = replace(page.view.selection, as_of=None)
    rows = read_rows(queries.query_investment_totals(page.register, latest), AmountRow)
    return [(row["measure"], row["unit"]) for row in sorted(rows, key=lambda row: -row["known"])[:CARDS]]


def _build_amounts_html(page: PageContext, rows: Sequence[AmountRow], kinds: Sequence[tuple[str, str]]) -> str:
    by_kind = {(row["measure"], row["unit"]): row for row in rows}
    cards = "".join(_build_amount_card(page, measure, by_kind.get((measure, unit))) for measure, unit in kinds)
    return f'<dl class="khoosheh-amounts">{cards}</dl>'


def _build_amount_card(page: PageContext, measure: str, row: AmountRow | None) -> str:
    """Return the card of a kind of amount; ``row``: ``None`` where nobody had stated one on the day."""
    label = escape_html(labels.find_measure_label(page.register, measure, page.lang))
    if row is None:
        return f'<div><dt>{label}</dt><dd class="khoosheh-muted">{escape_html(page.t("value.not_stated"))}</dd></div>'
    amount = escape_html(format_stated_amount(page.register, row, page.lang))
    known = page.t("overview.projects", known=row["known"], count=row["of"])
    link = finding.build_evidence_link(page, known, row["statement_ids"])
    return f"<div><dt>{label}</dt><dd>{amount}</dd><dd>{link}</dd></div>"


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
    rows = MATRIX.read_rows(page.request)
    if not rows:
        return
    title = MATRIX.format_sentence(page.request, rows)
    finding.render_heading(title, 3)
    chain_matrix.render_chain_matrix(page, title)


def _render_latest_statements(page: PageContext) -> None:
    finding.render_heading(page.t("overview.latest"))
    latest = evidence.sort_newest_first(_select_statements(page)).head(LATEST)
    statements.render_statements_table(page, latest, "latest", page.t("overview.latest"))
