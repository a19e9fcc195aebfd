"""The page of evidence."""

import narwhals as nw
import streamlit as st

from khoosheh import board
from khoosheh.engines import Frame, size
from khoosheh.measures import scope
from khoosheh.ui import show, statements, table
from khoosheh.ui.context import PageContext

EACH = 20


def draw(page: PageContext) -> None:
    """Draw the page."""
    found = _found(page)
    count = size(found)
    show.heading(page.t("evidence.title", count=count), 1)
    st.caption(page.t("evidence.lead"))
    _search(page)
    if page.view.ids:
        st.html(table.link(page.t("evidence.all"), page.view.query(ids=(), page=1)))
    if not count:
        show.nothing(page)
        return
    pages = -(-count // EACH)
    at = min(page.view.page, pages)
    statements.cards(page, statements.order(found, at * EACH)[(at - 1) * EACH :])
    _turn(page, at, pages)
    show.download(page, "evidence", found)


def _found(page: PageContext) -> Frame:
    known = board.everywhere(page.register, page.view.selection)
    if page.view.ids:
        return known.filter(nw.col("statement_id").is_in(list(page.view.ids)))
    known = scope.narrowed(known, page.view.selection)
    return board.search(page.register, known, page.view.q)


def _search(page: PageContext) -> None:
    st.session_state["search"] = page.view.q
    st.text_input(page.t("evidence.search"), key="search", on_change=_write, icon=":material/search:")


def _write() -> None:
    for name in ("ids", "page"):
        st.query_params.pop(name, None)
    if st.session_state["search"]:
        st.query_params["q"] = st.session_state["search"]
    else:
        st.query_params.pop("q", None)


def _turn(page: PageContext, at: int, pages: int) -> None:
    if pages > 1:
        # a key a page: the address decides which page is shown, not what the widget remembers
        key = f"turn-{at}"
        st.pagination(pages, default=at, key=key, on_change=_go, args=(key,))


def _go(key: str) -> None:
    st.query_params["page"] = str(st.session_state[key])
