"""The next missing link of a chain in words, how we know, and what each single addition would close."""

from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board
from khoosheh.findings import missing_links as findings
from khoosheh.measures.common import join_ids
from khoosheh.measures.scenario import Scenario
from khoosheh.ui import show
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.words import missing as blank

COLUMNS = ("stage_id", "state", "run", "readiness_gain", "wanted", "evidence")


def draw(page: PageContext, chain: str) -> None:
    """Draw the sentences with the statements behind them, then the table."""
    ask = (page.register, page.view.selection)
    mine = nw.col("chain_id") == chain
    rows = list(board.additions(*ask).filter(mine).iter_rows(named=True))
    states = list(board.states(*ask).filter(mine).iter_rows(named=True))
    show.heading(findings.next_link(page.register, rows, states, board.ladder(page.register), page.lang), 3)
    known = any(row["known"] for row in states)
    links = board.links_of(*ask, chain)
    said = [findings.why(page.register, rows, page.lang)] if rows and known else []
    if not all(blank(one) for one in links["need_low_t_per_year"].to_list()):
        said.append(findings.bottleneck(page.register, links, page.lang))
    if said:
        st.markdown(plain(" ".join(said)))
    short = board.bottleneck(*ask, chain)
    behind = [*(row["statement_ids"] for row in states), short["statement_ids"] if short else ""]
    show.sources(page, join_ids(behind), f"missing-{chain}")
    additions(page, chain)


def additions(page: PageContext, chain: str, assumed: Scenario = ()) -> None:
    """Draw what each single addition would close, folded, with its download; the best first."""
    data = board.additions(page.register, page.view.selection, assumed).filter(nw.col("chain_id") == chain)
    if not len(data):
        return
    with st.expander(page.t("missing.table")):
        st.caption(page.t("missing.rule"))
        key = f"additions-{'assumed-' if assumed else ''}{chain}"
        headings = [page.t(f"column.{name}") for name in COLUMNS]
        show.open_table(page, key, headings, partial(_cells, page), data, page.t("missing.table"))


def _cells(page: PageContext, row: dict) -> list[Cell]:
    words = findings.addition(page.register, row, board.ladder(page.register), page.lang)
    return [*map(Cell, words), show.evidence_cell(page, row["statement_ids"])]
