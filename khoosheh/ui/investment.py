"""The page of investment."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from khoosheh import board, findings, names, slides, words
from khoosheh.ui import show, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell

# nobody reads more bars; all rows stand in the table and its download
MOST_BARS = 60


def draw(page: PageContext) -> None:
    """Draw the page."""
    selection = page.view.selection
    amounts = board.amounts(page.register, selection)
    title, rows = kept(page, "investment", lambda: (_title(page), list(amounts.iter_rows(named=True))))
    show.heading(title, 1)
    st.caption(page.t("investment.lead"))
    if not rows:
        show.nothing(page)
    for unit in [selection.unit, *sorted({row["unit"] for row in rows} - {selection.unit})]:
        _unit(page, [row for row in rows if row["unit"] == unit], unit)
    if rows:
        _details(page, amounts, rows)
    _spoken(page)
    _benefits(page)


def _title(page: PageContext) -> str:
    totals = list(board.totals(page.register, page.view.selection).iter_rows(named=True))
    return findings.investment(page.register, totals, page.lang)


def _unit(page: PageContext, rows: list[dict], unit: str) -> None:
    if not rows:
        return
    name = names.of_unit(page.register, unit, page.lang)
    own = unit != page.view.unit
    show.heading(page.t("investment.unit_own" if own else "investment.unit", unit=name), 3)
    if own:
        wanted = names.of_unit(page.register, page.view.unit, page.lang)
        st.caption(plain(page.t("investment.no_rate", unit=name, wanted=wanted)))
    rows = sorted(rows, key=lambda row: -row["low"])
    shown = rows[:MOST_BARS]
    figure = slides.investment.figure(page.register, shown, page.view.by, page.lang, page.t("nav.investment"))
    show.chart(page, figure, f"investment-{unit}")
    show.more(page, len(shown), len(rows))
    if unit in words.CONVERTED:
        st.caption(page.t("investment.converted"))


def _details(page: PageContext, amounts: object, rows: list[dict]) -> None:
    headings = [page.t(f"column.{name}") for name in (page.view.by, "kind", "amount", "known", "evidence")]
    show.details(page, "investment", headings, partial(_cells, page), amounts, page.t("nav.investment"))
    show.sources(page, " ".join(row["statement_ids"] for row in rows), "investment")


def _cells(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_group(page.register, page.view.by, row["group"], page.lang)),
        Cell(names.of_kind(page.register, row["measure"], page.lang)),
        Cell(findings.amount(page.register, row, page.lang)),
        Cell(words.known_of(row["known"], row["of"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]


def _spoken(page: PageContext) -> None:
    found = board.money_words(page.register, page.view.selection)
    if len(found):
        with st.expander(plain(page.t("investment.spoken", count=len(found)))):
            st.caption(page.t("investment.spoken.lead"))
            statements.rows_table(page, found, "money", page.t("nav.investment"))


def _benefits(page: PageContext) -> None:
    found = board.benefits(page.register, page.view.selection)
    if len(found):
        show.heading(page.t("investment.benefits"))
        statements.rows_table(page, found, "benefits", page.t("investment.benefits"))
