"""The balance of a chain as a table: a row a link, stated and with plans."""

from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing
from khoosheh.measures.scenario import Scenario
from khoosheh.narrative import capacity_balance as findings
from khoosheh.narrative import computed_rankings
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.tables import Cell

COLUMNS = ("stage_id", "capacity", "need", "supply", "makes", "gap", "evidence", "coefficient")


def render_chain_balance(page: PageContext, chain: str) -> None:
    """Draw the balance of a chain; nothing where no link of it has a coefficient."""
    for planned in (False, True):
        data = queries.query_link_balances(page.register, page.view.selection, planned).filter(
            nw.col("chain_id") == chain
        )
        if any(not is_missing(one) for one in data["coefficient_source_id"].to_list()):
            _render_balance_table(page, chain, "planned" if planned else "stated", data)


def render_assumed_balance(page: PageContext, chain: str, scenario: Scenario) -> None:
    """Draw the balance of a chain under a reader's assumptions."""
    data = queries.query_link_balances(page.register, page.view.selection, False, scenario).filter(
        nw.col("chain_id") == chain
    )
    if any(not is_missing(one) for one in data["coefficient_source_id"].to_list()):
        _render_balance_table(page, chain, "assumed", data)


def _render_balance_table(page: PageContext, chain: str, name: str, data: nw.DataFrame) -> None:
    with st.expander(page.t(f"balance.title.{name}")):
        st.caption(page.t(f"balance.lead.{name}"))
        headings = [page.t(f"column.{one}") for one in COLUMNS]
        key, title = f"balance-{name}-{chain}", page.t(f"balance.title.{name}")
        finding.render_open_table(page, key, headings, partial(_build_balance_row, page), data, title)


def _build_balance_row(page: PageContext, row: dict) -> list[Cell]:
    return [
        Cell(labels.find_row_label(page.register, "stages", row["stage_id"], page.lang)),
        *(
            Cell(findings.format_tonnage_interval(page.register, row, one, page.lang))
            for one in ("capacity", "need", "supply", "makes")
        ),
        Cell(findings.format_balance_verdict(page.register, row, page.lang)),
        finding.build_evidence_cell(page, row["statement_ids"]),
        _build_source_cell(page, row["coefficient_source_id"]),
    ]


def _build_source_cell(page: PageContext, source_id: object) -> Cell:
    if is_missing(source_id):
        return Cell(page.t("value.not_stated"), muted=True)
    source = computed_rankings.find_source_row(page.register, source_id)
    return Cell(source[f"title_{page.lang}"], href="" if is_missing(source["address"]) else source["address"])
