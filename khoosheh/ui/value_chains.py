"""The page of value chains."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, findings, names, slides, words
from khoosheh.measures.chains import DEFINITIONS
from khoosheh.persian import format_number
from khoosheh.ui import balance, chain_history, chain_map, missing, show, statements, whatif
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell


def draw(page: PageContext) -> None:
    """Draw the page."""
    completion = board.completion(page.register, page.view.selection)
    rows = list(completion.iter_rows(named=True))
    show.heading(findings.completion(page.register, rows, page.lang), 1)
    st.caption(page.t("chains.lead"))
    if not rows:
        show.nothing(page)
        return
    _definitions(page, rows)
    order = slides.chains.every_chain(page.register)
    details(page, completion, rows)
    chain_history.draw(page)
    st.caption(plain(page.t("chains.ladder", states=_ladder_words(page, board.ladder(page.register)))))
    st.caption(plain(" ".join(page.t(f"map.key.{one}") for one in ("order", "box", "flow"))))
    states = board.states(page.register, page.view.selection)
    spoken = board.chain_words(page.register, page.view.selection)
    for chain in [one for one in order if one in set(states["chain_id"].to_list())]:
        _chain(page, chain, rows, states, spoken)
    rest = spoken.filter(nw.col("chain_id").is_null())
    if len(rest):
        show.heading(page.t("chains.rest"))
        statements.rows_table(page, rest, "chains-rest", page.t("chains.rest"))


def _definitions(page: PageContext, rows: list[dict]) -> None:
    cells = st.grid(len(DEFINITIONS), min_column_width=300, gap="medium")
    for definition in DEFINITIONS:
        with cells.cell():
            show.heading(page.t(f"definition.{definition}.name"), 3)
            st.caption(page.t(f"definition.{definition}"))
            mine = [row for row in rows if row["definition"] == definition]
            bars(page, mine, page.t(f"definition.{definition}.name"), definition)


def bars(page: PageContext, rows: list[dict], title: str, key: str) -> None:
    """Draw the figure of completion by one definition."""
    show.chart(page, slides.chains.bars(page.register, rows, title, page.lang), key)


def details(page: PageContext, completion: object, rows: list[dict]) -> None:
    """Draw the table of completion, folded, with its download and sources."""
    headings = [page.t(f"column.{name}") for name in ("chain_id", "definition", "value", "stages_known", "evidence")]
    show.details(page, "completion", headings, partial(_completion, page), completion, page.t("nav.value_chains"))
    show.sources(page, " ".join(row["statement_ids"] for row in rows), "completion")


def _completion(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "chains", row["chain_id"], page.lang)),
        Cell(page.t(f"definition.{row['definition']}.name")),
        Cell(findings.completion_value(row, page.lang)),
        Cell(words.known_of(row["known"], row["of"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _chain(page: PageContext, chain: str, rows: list[dict], states: nw.DataFrame, spoken: nw.DataFrame) -> None:
    title = findings.chain(page.register, chain, rows, page.lang)
    show.heading(title)
    missing.draw(page, chain)
    chain_map.draw(page, chain, title)
    ladder = board.ladder(page.register)
    _stages(page, chain, states.filter(nw.col("chain_id") == chain), ladder)
    balance.draw(page, chain)
    whatif.draw(page, chain)
    _spoken(page, chain, spoken)
    every = board.needs(page.register, page.view.selection)
    if len(every.filter(nw.col("chain_id") == chain)):
        show.heading(page.t("chains.needs"), 3)
        together = every.filter(nw.col("chain_id").is_null() | (nw.col("chain_id") == chain))
        statements.rows_table(page, together, f"needs-{chain}", page.t("chains.needs"))


def _stages(page: PageContext, chain: str, states: nw.DataFrame, ladder: list[str]) -> None:
    headings = [page.t(f"column.{name}") for name in ("stage_id", "state", "projects_known", "evidence")]
    show.details(page, f"stages-{chain}", headings, partial(_stage, page, ladder), states, page.t("nav.value_chains"))
    show.sources(page, " ".join(states["statement_ids"].to_list()).strip(), chain)


def _stage(page: PageContext, ladder: list[str], row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "stages", row["stage_id"], page.lang)),
        Cell(findings.stage_state(page.register, row, ladder, page.lang)),
        Cell(format_number(row["known"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _ladder_words(page: PageContext, ladder: list[str]) -> str:
    said = [names.of_value(page.register, "statements", "state_low", state, page.lang) for state in ladder]
    return page.t("list.comma").join(said)


def _spoken(page: PageContext, chain: str, spoken: object) -> None:
    mine = spoken.filter(nw.col("chain_id") == chain)
    if len(mine):
        with st.expander(plain(page.t("chains.spoken", count=len(mine)))):
            statements.rows_table(page, mine, f"chain-{chain}", page.t("nav.value_chains"))
