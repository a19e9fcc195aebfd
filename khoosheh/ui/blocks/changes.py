"""What changed between two days: new statements, and every figure that moved."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from khoosheh import calendar, queries
from khoosheh.measures.changes import Pair
from khoosheh.topics import registry
from khoosheh.topics.commitments import sentences as findings
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import as_known_on
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell

# months before the day of the page, where the reader chose no other
BACK = 12


def render_changes(page: PageContext) -> None:
    """Draw the two days, the list of figures that differ, and the statements said between."""
    until = queries.find_as_of_day(page.register, page.view.selection)
    since = page.view.since_day or compute_year_before(until)
    days = {
        "since": findings.format_jalali_day(since, page.lang),
        "until": findings.format_jalali_day(until, page.lang),
    }
    finding.render_heading(page.t("changes.title", **days))
    with st.container(horizontal=True, key="khoosheh-since", vertical_alignment="center", gap="small"):
        st.html(f"<span>{tables.escape_html(page.t('changes.since'))}</span>", width="content")
        as_known_on.render_date_picker(page, "since", page.view.since or str(calendar.to_jalali(since)))
    if since >= until:
        st.info(escape_markdown(page.t("changes.order", **days)))
        return
    told = queries.select_newly_known_statements(page.register, page.view.selection, since)
    st.caption(escape_markdown(page.t("changes.lead", count=len(told), **days)))
    _render_changed_figures(page, since, days)
    if len(told):
        with st.expander(escape_markdown(page.t("changes.statements", count=len(told)))):
            statements.render_statements_table(page, told, "changes", page.t("changes.statements", count=len(told)))


def compute_year_before(day: date) -> date:
    """Return the last day of the Jalali month a year before."""
    return calendar.add_months(calendar.to_jalali(day), -BACK).last_day


def _render_changed_figures(page: PageContext, since: date, days: Mapping[str, str]) -> None:
    drawn, rows = cached_render(page, "changes", lambda: _build_changes_table(page, since, days))
    if not rows:
        st.caption(page.t("changes.none"))
        return
    st.html(drawn)
    finding.render_truncation_note(page, finding.MOST_ROWS, rows)


def _build_changes_table(page: PageContext, since: date, days: Mapping[str, str]) -> tuple[str, int]:
    """Return the table of what differs as HTML, and how many rows there are; the first of them are drawn."""
    changed = registry.compare_days(page.register, page.view.selection, since)
    every = [(name, pair) for name, pairs in changed.items() for pair in pairs]
    headings = [page.t("column.figure"), days["since"], days["until"], page.t("column.evidence")]
    cells = [_build_change_row(page, name, pair) for name, pair in every[: finding.MOST_ROWS]]
    return tables.build_table_html(headings, cells, page.t("changes.title", **days)), len(every)


def _build_change_row(page: PageContext, finding_id: str, pair: Pair) -> list[Cell]:
    compared = registry.BY_ID[finding_id]
    words = [Cell(compared.format_row(page.request, row), muted=row is None) for row in pair]
    before, after = pair
    ids = (after or before)["statement_ids"]
    return [Cell(page.t(f"changes.{finding_id}")), *words, finding.build_evidence_cell(page, ids)]
