"""The balance of a chain as a table: a row a link, stated and with plans."""

from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, names
from khoosheh.findings import balance as findings
from khoosheh.findings import standings
from khoosheh.measures.scenario import Scenario
from khoosheh.ui import show
from khoosheh.ui.context import PageContext
from khoosheh.ui.table import Cell
from khoosheh.words import missing

COLUMNS = ("stage_id", "capacity", "need", "supply", "makes", "gap", "evidence", "coefficient")


def draw(page: PageContext, chain: str) -> None:
    """Draw the balance of a chain; nothing where no link of it has a coefficient."""
    for planned in (False, True):
        data = board.balances(page.register, page.view.selection, planned).filter(nw.col("chain_id") == chain)
        if any(not missing(one) for one in data["coefficient_source_id"].to_list()):
            _table(page, chain, "planned" if planned else "stated", data)


def assumed(page: PageContext, chain: str, scenario: Scenario) -> None:
    """Draw the balance of a chain under a reader's assumptions."""
    data = board.balances(page.register, page.view.selection, False, scenario).filter(nw.col("chain_id") == chain)
    if any(not missing(one) for one in data["coefficient_source_id"].to_list()):
        _table(page, chain, "assumed", data)


def _table(page: PageContext, chain: str, name: str, data: nw.DataFrame) -> None:
    with st.expander(page.t(f"balance.title.{name}")):
        st.caption(page.t(f"balance.lead.{name}"))
        headings = [page.t(f"column.{one}") for one in COLUMNS]
        key, title = f"balance-{name}-{chain}", page.t(f"balance.title.{name}")
        show.open_table(page, key, headings, partial(_row, page), data, title)


def _row(page: PageContext, row: dict) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "stages", row["stage_id"], page.lang)),
        *(Cell(findings.span(page.register, row, one, page.lang)) for one in ("capacity", "need", "supply", "makes")),
        Cell(findings.verdict(page.register, row, page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
        _source(page, row["coefficient_source_id"]),
    ]


def _source(page: PageContext, source_id: object) -> Cell:
    if missing(source_id):
        return Cell(page.t("value.not_stated"), muted=True)
    source = standings.source(page.register, source_id)
    return Cell(source[f"title_{page.lang}"], href="" if missing(source["address"]) else source["address"])
