"""The balance of a chain as a table: a row a link, stated and with plans."""

import narwhals as nw
import streamlit as st

from khoosheh import board, names
from khoosheh.findings import balance as findings
from khoosheh.findings import standings
from khoosheh.ui import show
from khoosheh.ui.shell import Page
from khoosheh.ui.table import Cell
from khoosheh.words import missing


def draw(page: Page, chain: str) -> None:
    """Draw the balance of a chain; nothing where no link of it has a coefficient."""
    for planned in (False, True):
        table = board.balances(page.register, page.view.selection, planned).filter(nw.col("chain_id") == chain)
        rows = list(table.iter_rows(named=True))
        if all(missing(row["coefficient_source_id"]) for row in rows):
            return
        name = "planned" if planned else "stated"
        with st.expander(page.t(f"balance.title.{name}")):
            st.caption(page.t(f"balance.lead.{name}"))
            headings = [
                page.t(f"column.{one}")
                for one in ("stage_id", "capacity", "need", "supply", "makes", "gap", "evidence", "coefficient")
            ]
            show.open_table(
                page, f"balance-{name}-{chain}", headings, [_row(page, row) for row in rows], table,
                page.t(f"balance.title.{name}"),
            )  # fmt: skip


def _row(page: Page, row: dict) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "stages", row["stage_id"], page.lang)),
        *(Cell(findings.span(page.register, row, one, page.lang)) for one in ("capacity", "need", "supply", "makes")),
        Cell(findings.verdict(page.register, row, page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
        _source(page, row["coefficient_source_id"]),
    ]


def _source(page: Page, source_id: object) -> Cell:
    if missing(source_id):
        return Cell(page.t("value.not_stated"), muted=True)
    source = standings.source(page.register, source_id)
    return Cell(source[f"title_{page.lang}"], href="" if missing(source["address"]) else source["address"])
