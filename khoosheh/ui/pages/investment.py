"""The page of investment."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from khoosheh import queries
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.topics.investment import amounts_figure, counties, over_time
from khoosheh.topics.investment.findings import AMOUNTS, COUNTIES, DATED_AMOUNTS, TOTALS
from khoosheh.topics.request import Row
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import scale
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.state import address_bar

# amounts that a figure has at most, and projects of a list; the tables and their downloads have all
MOST_MARKS = MOST_LISTED = 60


def render_investment_page(page: PageContext) -> None:
    """Draw the page."""
    amounts = queries.query_investment_amounts(page.register, page.view.selection)
    title, rows = cached_render(
        page, "investment", lambda: (_format_investment_title(page), read_rows(amounts, AmountRow))
    )
    finding.render_heading(title, 1)
    if rows:
        _render_amounts_figure(page, rows)
        _render_amounts_over_time(page)
        _render_amount_details(page, amounts, rows)
    else:
        finding.render_empty_result(page)
    _render_county_map(page)
    _render_money_statements(page)
    _render_benefits(page)


def _format_investment_title(page: PageContext) -> str:
    return TOTALS.format_sentence(page.request, TOTALS.read_rows(page.request))


def _render_amounts_figure(page: PageContext, rows: Sequence[AmountRow]) -> None:
    """Render of how many projects each kind was stated, the amounts of each, and the projects without any."""
    shown = amounts_figure.select_drawn_rows(rows, MOST_MARKS)
    finding.render_finding_figure(page, AMOUNTS, shown, page.t("nav.investment"), "investment")
    finding.render_truncation_note(page, len(shown), len(rows))
    finding.render_note(" ".join(amounts_figure.list_notes(page.request, rows)))
    if amounts_figure.can_choose_scale(rows):
        scale.render_scale_choice(page)


def _render_amounts_over_time(page: PageContext) -> None:
    title, shown, count = cached_render(page, "amounts over time", lambda: _read_dated_amounts(page))
    finding.render_heading(title, note=page.t("amounts_over_time.lead"))
    finding.render_finding_figure(page, DATED_AMOUNTS, shown, title, "amounts-over-time")
    finding.render_truncation_note(page, len(shown), count)


def _read_dated_amounts(page: PageContext) -> tuple[str, list[Row], int]:
    """Return the title of what was said when, the amounts that are drawn, and the number of all."""
    rows = DATED_AMOUNTS.read_rows(page.request)
    return DATED_AMOUNTS.format_sentence(page.request, rows), over_time.select_drawn_amounts(rows), len(rows)


def _render_amount_details(page: PageContext, amounts: Table, rows: Sequence[AmountRow]) -> None:
    finding_tables.render_folded_table(page, "investment", AMOUNTS.columns, amounts, page.t("nav.investment"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "investment")


def _render_county_map(page: PageContext) -> None:
    """Render the projects by county; a click on a county adds it to the filter, or removes it."""
    projects = queries.select_project_counties(page.register, page.view.selection)
    rows = list(projects.iter_rows(named=True))
    if not rows:
        return
    title = COUNTIES.format_sentence(page.request, rows)
    finding.render_heading(title)
    map_column, list_column = st.columns([3, 2], gap="large")
    with map_column:
        if counties.read_county_shapes(page.register):
            finding.render_note(page.t("investment.counties.lead"))
            sources = cached_render(page, "county-sources", lambda: counties.list_source_ids(page.register, rows))
            select = partial(address_bar.toggle_code, "county")
            finding.render_finding_figure(page, COUNTIES, rows, title, "counties", select, sources)
        finding_tables.render_folded_table(page, "counties", COUNTIES.columns, projects, title)
    with list_column:
        _render_projects_without_county(page, counties.list_projects_without_county(rows))


def _render_projects_without_county(page: PageContext, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with st.container(border=True, key="khoosheh-without-county"):
        finding.render_heading(page.t("investment.counties.none", count=len(rows)), 3)
        st.html(cached_render(page, "without county", lambda: _build_project_list(page, rows[:MOST_LISTED])))
        finding.render_truncation_note(page, MOST_LISTED, len(rows))


def _build_project_list(page: PageContext, rows: Sequence[Row]) -> str:
    """Return a list of projects with what is known of where they are, as HTML."""
    lines = (
        page.t(
            "investment.counties.project",
            project=counties.format_project_name(page.request, row),
            note=counties.format_location_note(page.request, row),
        )
        for row in rows
    )
    return f"<ul>{''.join(f'<li>{tables.escape_html(line)}</li>' for line in lines)}</ul>"


def _render_money_statements(page: PageContext) -> None:
    of_money = queries.select_investment_statements(page.register, page.view.selection)
    if len(of_money):
        title, note = page.t("investment.spoken", count=len(of_money)), page.t("investment.spoken.lead")
        statements.render_folded_statements(page, of_money, "money", title, note)


def _render_benefits(page: PageContext) -> None:
    of_benefits = queries.select_benefit_statements(page.register, page.view.selection)
    if len(of_benefits):
        finding.render_heading(page.t("investment.benefits"))
        statements.render_statements_table(page, of_benefits, "benefits", page.t("investment.benefits"))
