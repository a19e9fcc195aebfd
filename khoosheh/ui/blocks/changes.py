"""What changed between two days: new statements, and all figures that changed."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from khoosheh import calendar, queries
from khoosheh.measures.changes import Pair
from khoosheh.topics import registry
from khoosheh.topics.commitments import sentences
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import as_known_on
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell

# months between the two days if the reader chose no earlier day
BACK = 12


def render_changes(page: PageContext) -> None:
    """Draw the two days, the list of figures that differ, and the statements made between the days."""
    until = queries.find_as_of_day(page.register, page.view.selection)
    since = page.view.since_day or compute_year_before(until)
    days = {
        "since": sentences.format_jalali_day(since, page.lang),
        "until": sentences.format_jalali_day(until, page.lang),
    }
    finding.render_heading(page.t("changes.title", **days))
    with st.container(horizontal=True, key="khoosheh-since", vertical_alignment="center", gap="small"):
        st.html(f"<span>{tables.escape_html(page.t('changes.since'))}</span>", width="content")
        as_known_on.render_date_picker(page, "since", page.view.since or str(calendar.to_jalali(since)))
    if since >= until:
        st.info(escape_markdown(page.t("changes.order", **days)))
        return
    added = queries.select_newly_known_statements(page.register, page.view.selection, since)
    st.caption(escape_markdown(page.t("changes.lead", count=len(added), **days)))
    _render_changed_figures(page, since, days)
    if len(added):
        title = page.t("changes.statements", count=len(added))
        with st.expander(escape_markdown(title)):
            statements.render_statements_table(page, added, "changes", title)


def compute_year_before(day: date) -> date:
    """Return the last day of the Jalali month a year before."""
    return calendar.add_months(calendar.to_jalali(day), -BACK).last_day


def _render_changed_figures(page: PageContext, since: date, days: Mapping[str, str]) -> None:
    table_html, count = cached_render(page, "changes", lambda: _build_changes_table(page, since, days))
    if not count:
        st.caption(page.t("changes.none"))
        return
    st.html(table_html)
    finding.render_truncation_note(page, finding.MOST_ROWS, count)


def _build_changes_table(page: PageContext, since: date, days: Mapping[str, str]) -> tuple[str, int]:
    """Return the table of the figures that differ as HTML, cut to ``MOST_ROWS`` rows, and the number of all rows."""
    changed = registry.compare_days(page.register, page.view.selection, since)
    pairs = [(finding_id, pair) for finding_id, of_finding in changed.items() for pair in of_finding]
    headings = [page.t("column.figure"), days["since"], days["until"], page.t("column.evidence")]
    cells = [_build_change_row(page, finding_id, pair) for finding_id, pair in pairs[: finding.MOST_ROWS]]
    return tables.build_table_html(headings, cells, page.t("changes.title", **days)), len(pairs)


def _build_change_row(page: PageContext, finding_id: str, pair: Pair) -> list[Cell]:
    compared = registry.BY_ID[finding_id]
    words = [Cell(compared.format_row(page.request, row), muted=row is None) for row in pair]
    before, after = pair
    # a row that was removed has no row after it
    ids = next(str(row["statement_ids"]) for row in (after, before) if row is not None)
    return [Cell(page.t(f"changes.{finding_id}")), *words, finding.build_evidence_cell(page, ids)]
