"""The page of investment."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from khoosheh import formatting, labels, queries
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.topics.investment import counties
from khoosheh.topics.investment.findings import AMOUNTS, COUNTIES, TOTALS
from khoosheh.topics.request import Row
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import address_bar

# bars that a figure has at most; the table and its download have all rows
MOST_BARS = 60


def render_investment_page(page: PageContext) -> None:
    """Draw the page."""
    selection = page.view.selection
    amounts = queries.query_investment_amounts(page.register, selection)
    title, rows = cached_render(
        page, "investment", lambda: (_format_investment_title(page), read_rows(amounts, AmountRow))
    )
    finding.render_heading(title, 1, page.t("investment.lead"))
    if not rows:
        finding.render_empty_result(page)
    for unit in [selection.unit, *sorted({row["unit"] for row in rows} - {selection.unit})]:
        _render_unit_amounts(page, [row for row in rows if row["unit"] == unit], unit)
    if rows:
        _render_amount_details(page, amounts, rows)
    _render_county_map(page)
    _render_money_statements(page)
    _render_benefits(page)


def _format_investment_title(page: PageContext) -> str:
    return TOTALS.format_sentence(page.request, TOTALS.read_rows(page.request))


def _render_unit_amounts(page: PageContext, rows: Sequence[AmountRow], unit: str) -> None:
    if not rows:
        return
    name = labels.find_unit_label(page.register, unit, page.lang)
    unconverted = unit != page.view.unit
    finding.render_heading(page.t("investment.unit_own" if unconverted else "investment.unit", unit=name), 3)
    if unconverted:
        wanted = labels.find_unit_label(page.register, page.view.unit, page.lang)
        st.caption(escape_markdown(page.t("investment.no_rate", unit=name, wanted=wanted)))
    rows = sorted(rows, key=lambda row: -row["low"])
    shown = rows[:MOST_BARS]
    finding.render_finding_figure(page, AMOUNTS, shown, page.t("nav.investment"), f"investment-{unit}")
    finding.render_truncation_note(page, len(shown), len(rows))
    if unit in formatting.CONVERTED:
        st.caption(page.t("investment.converted"))


def _render_amount_details(page: PageContext, amounts: Table, rows: Sequence[AmountRow]) -> None:
    finding.render_folded_table(page, "investment", AMOUNTS.columns, amounts, page.t("nav.investment"))
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
            st.caption(page.t("investment.counties.lead"))
            sources = cached_render(page, "county-sources", lambda: counties.list_source_ids(page.register, rows))
            select = partial(address_bar.toggle_code, "county")
            finding.render_finding_figure(page, COUNTIES, rows, title, "counties", select, sources)
        finding.render_folded_table(page, "counties", COUNTIES.columns, projects, title)
    with list_column:
        _render_projects_without_county(page, counties.list_projects_without_county(rows))


def _render_projects_without_county(page: PageContext, rows: Sequence[Row]) -> None:
    if not rows:
        return
    with st.container(border=True, key="khoosheh-without-county"):
        finding.render_heading(page.t("investment.counties.none", count=len(rows)), 3)
        st.html(cached_render(page, "without county", lambda: _build_project_list(page, rows[:MOST_BARS])))
        finding.render_truncation_note(page, MOST_BARS, len(rows))


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
        summary, note = page.t("investment.spoken", count=len(of_money)), page.t("investment.spoken.lead")
        statements.render_folded_statements(page, of_money, "money", page.t("nav.investment"), summary, note)


def _render_benefits(page: PageContext) -> None:
    of_benefits = queries.select_benefit_statements(page.register, page.view.selection)
    if len(of_benefits):
        finding.render_heading(page.t("investment.benefits"))
        statements.render_statements_table(page, of_benefits, "benefits", page.t("investment.benefits"))
