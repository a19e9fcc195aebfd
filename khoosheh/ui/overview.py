"""The page of the overview."""

import streamlit as st

from khoosheh import board, findings
from khoosheh.measures import evidence
from khoosheh.measures.chains import READINESS
from khoosheh.ui import ranking, show, statements, value_chains
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain

LATEST = 5
CARDS = 4


def draw(page: PageContext) -> None:
    """Draw the page."""
    show.heading(page.t("overview.title", province=page.province), 1)
    st.caption(plain(page.t("overview.lead", statements=len(_all(page)), day=statements.day_of(page))))
    if not len(_all(page)):
        show.nothing(page)
        return
    _money(page)
    left, right = st.columns(2, gap="large")
    with left:
        _rank(page)
    with right:
        _chains(page)
    _latest(page)


def _all(page: PageContext) -> object:
    return board.statements(page.register, page.view.selection)


def _money(page: PageContext) -> None:
    rows = list(board.totals(page.register, page.view.selection).iter_rows(named=True))
    show.heading(findings.investment(page.register, rows, page.lang))
    shown = sorted(rows, key=lambda row: -row["known"])[:CARDS]
    cards = st.grid(CARDS, min_column_width=220)
    for row in shown:
        with cards.cell():
            _card(page, row)
    if len(rows) > len(shown):
        st.page_link(
            page.links["investment"],
            label=plain(page.t("overview.more_amounts", count=len(rows) - len(shown))),
            query_params=page.view.filters(),
            icon=":material/payments:",
        )


def _card(page: PageContext, row: dict) -> None:
    label = page.register.dictionary.value_label("statements", "measure", row["measure"], page.lang)
    amount = findings.amount(page.register, row, page.lang)
    st.metric(plain(label), plain(amount), border=True)
    known = page.t("overview.projects", known=int(row["known"]), of=int(row["of"]))
    st.page_link(
        page.links["evidence"],
        label=plain(known),
        icon=":material/fact_check:",
        query_params=show.evidence_query(page, row["statement_ids"]),
    )


def _rank(page: PageContext) -> None:
    places = board.places(page.register, page.view.selection)
    rows = [row for row in places.iter_rows(named=True) if row["known"]]
    title = findings.rank(page.register, rows, page.lang)
    show.heading(title)
    if not rows:
        return
    ranking.ladder(page, rows, title, "overview-rank")
    ranking.details(page, places, list(places.iter_rows(named=True)))


def _chains(page: PageContext) -> None:
    completion = board.completion(page.register, page.view.selection)
    rows = list(completion.iter_rows(named=True))
    title = findings.completion(page.register, rows, page.lang)
    show.heading(title)
    ready = [row for row in rows if row["definition"] == READINESS]
    value_chains.bars(page, ready, title, "overview-chains")
    st.caption(page.t("definition.readiness"))
    value_chains.details(page, completion, rows)


def _latest(page: PageContext) -> None:
    show.heading(page.t("overview.latest"))
    latest = evidence.newest(_all(page)).head(LATEST)
    statements.rows_table(page, latest, "latest", page.t("overview.latest"))
