"""The page of what changed between two days."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from khoosheh import calendar, queries
from khoosheh.topics import news
from khoosheh.topics.commitments import sentences
from khoosheh.topics.news import MonthOfNews
from khoosheh.ui.blocks import changes, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import as_known_on
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown


def render_changes_page(page: PageContext) -> None:
    """Draw the page: the changes since the chosen day, or of the latest month with news."""
    until = queries.find_as_of_day(page.register, page.view.selection)
    since = page.view.since_day or queries.find_day_before_news(page.register, page.view.selection)
    days = {
        "since": sentences.format_jalali_day(since, page.lang),
        "until": sentences.format_jalali_day(until, page.lang),
    }
    months = cached_render(page, "news", lambda: news.list_news(page.request, since)) if since < until else []
    finding.render_heading(_format_title(page, months, days) if months else page.t("nav.changes"), 1)
    with st.container(horizontal=True, key="khoosheh-since", vertical_alignment="center", gap="small"):
        st.html(f"<span>{tables.escape_html(page.t('changes.since'))}</span>", width="content")
        as_known_on.render_date_picker(page, "since", page.view.since or str(calendar.to_jalali(since)))
    if since >= until:
        st.info(escape_markdown(page.t("changes.order", **days)))
    elif not months:
        st.info(escape_markdown(page.t("changes.none", **days)))
    else:
        _render_news(page, months, since)


def _format_title(page: PageContext, months: Sequence[MonthOfNews], days: Mapping[str, str]) -> str:
    counts = news.count_kinds(months)
    parts = [page.t(f"changes.{kind}.count", count=count) for kind, count in counts.items() if count]
    return page.t("changes.title", parts=page.t("list.comma").join(parts), **days)


def _render_news(page: PageContext, months: Sequence[MonthOfNews], since: date) -> None:
    st.html(cached_render(page, "news-html", lambda: changes.build_news_html(page, months, finding.MOST_ROWS)))
    finding.render_truncation_note(page, finding.MOST_ROWS, sum(news.count_kinds(months).values()))
    added = queries.select_newly_known_statements(page.register, page.view.selection, since)
    if len(added):
        statements.render_folded_statements(page, added, "changes", page.t("changes.statements", count=len(added)))
