"""The page of investment."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from khoosheh import formatting, labels, queries
from khoosheh.narrative.investment import format_investment_summary, format_stated_amount
from khoosheh.presenters.investment import make_amounts_figure_factory
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell

# nobody reads more bars; all rows stand in the table and its download
MOST_BARS = 60


def render_investment_page(page: PageContext) -> None:
    """Draw the page."""
    selection = page.view.selection
    amounts = queries.query_investment_amounts(page.register, selection)
    title, rows = cached_render(
        page, "investment", lambda: (_format_investment_title(page), list(amounts.iter_rows(named=True)))
    )
    finding.render_heading(title, 1)
    st.caption(page.t("investment.lead"))
    if not rows:
        finding.render_empty_result(page)
    for unit in [selection.unit, *sorted({row["unit"] for row in rows} - {selection.unit})]:
        _render_unit_amounts(page, [row for row in rows if row["unit"] == unit], unit)
    if rows:
        _render_amount_details(page, amounts, rows)
    _render_money_statements(page)
    _render_benefits(page)


def _format_investment_title(page: PageContext) -> str:
    totals = list(queries.query_investment_totals(page.register, page.view.selection).iter_rows(named=True))
    return format_investment_summary(page.register, totals, page.lang)


def _render_unit_amounts(page: PageContext, rows: list[dict], unit: str) -> None:
    if not rows:
        return
    name = labels.find_unit_label(page.register, unit, page.lang)
    own = unit != page.view.unit
    finding.render_heading(page.t("investment.unit_own" if own else "investment.unit", unit=name), 3)
    if own:
        wanted = labels.find_unit_label(page.register, page.view.unit, page.lang)
        st.caption(escape_markdown(page.t("investment.no_rate", unit=name, wanted=wanted)))
    rows = sorted(rows, key=lambda row: -row["low"])
    shown = rows[:MOST_BARS]
    figure = make_amounts_figure_factory(page.register, shown, page.view.by, page.lang, page.t("nav.investment"))
    finding.render_figure(page, figure, f"investment-{unit}")
    finding.render_truncation_note(page, len(shown), len(rows))
    if unit in formatting.CONVERTED:
        st.caption(page.t("investment.converted"))


def _render_amount_details(page: PageContext, amounts: object, rows: list[dict]) -> None:
    headings = [page.t(f"column.{name}") for name in (page.view.by, "kind", "amount", "known", "evidence")]
    finding.render_folded_table(
        page, "investment", headings, partial(_build_amount_row, page), amounts, page.t("nav.investment")
    )
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "investment")


def _build_amount_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(labels.find_group_label(page.register, page.view.by, row["group"], page.lang)),
        Cell(labels.find_measure_label(page.register, row["measure"], page.lang)),
        Cell(format_stated_amount(page.register, row, page.lang)),
        Cell(formatting.format_known_count(row["known"], row["of"], page.lang)),
        finding.build_evidence_cell(page, row["statement_ids"]),
    ]


def _render_money_statements(page: PageContext) -> None:
    found = queries.select_investment_statements(page.register, page.view.selection)
    if len(found):
        with st.expander(escape_markdown(page.t("investment.spoken", count=len(found)))):
            st.caption(page.t("investment.spoken.lead"))
            statements.render_statements_table(page, found, "money", page.t("nav.investment"))


def _render_benefits(page: PageContext) -> None:
    found = queries.select_benefit_statements(page.register, page.view.selection)
    if len(found):
        finding.render_heading(page.t("investment.benefits"))
        statements.render_statements_table(page, found, "benefits", page.t("investment.benefits"))
