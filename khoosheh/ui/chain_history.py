"""Completion over time: each chain and the province, as known on each day."""

from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, findings, slides, words
from khoosheh.measures.chains import RUN
from khoosheh.ui import show
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell


def draw(page: PageContext) -> None:
    """Draw the history of the chosen definition."""
    definition = page.view.definition
    title = slides.chains.history_title(definition, page.lang)
    table = board.history(page.register, page.view.selection).filter(nw.col("definition") == definition)
    rows = list(table.iter_rows(named=True))
    show.heading(title)
    lead = [page.t(f"definition.{definition}"), page.t("history.lead")]
    _, months = board.told_days(page.register, page.view.selection)
    if months:
        lead.append(page.t(f"history.lead.every_{months}"))
    if not page.view.chain:
        lead.append(page.t("history.lead.run" if definition == RUN else "history.lead.province"))
    st.caption(plain(" ".join(lead)))
    chains = slides.chains.shown_over_time(page.register, rows, page.view.chain)
    end = board.day_of(page.register, page.view.selection)
    bands = slides.chains.history(page.register, rows, chains, end, page.lang)
    show.chart(page, slides.chains.drawn_history(bands, title, page.lang), "history")
    shown = table.filter(nw.col("chain_id").is_in(chains))
    headings = [page.t(f"column.{name}") for name in ("day", "chain_id", "value", "stages_known", "evidence")]
    show.details(page, "history", headings, partial(_cells, page), shown, title)


def _cells(page: PageContext, row: dict) -> list[Cell]:
    return [
        Cell(slides.chains.day(row, page.lang), sort=row["day"].isoformat()),
        Cell(slides.chains.name_of(page.register, row, page.lang)),
        Cell(findings.completion_value(row, page.lang)),
        Cell(words.known_of(row["known"], row["of"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]
