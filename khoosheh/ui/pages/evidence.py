"""The page of evidence."""

import streamlit as st

from khoosheh import queries
from khoosheh.engines import Frame, count_rows, is_among
from khoosheh.measures import scope
from khoosheh.ui.blocks import statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup import tables
from khoosheh.ui.state import address_bar

# statements on one page of results
EACH = 20


def render_evidence_page(page: PageContext) -> None:
    """Draw the page."""
    selected = _select_statements(page)
    count = count_rows(selected)
    finding.render_heading(page.t("evidence.title", count=count), 1, page.t("evidence.lead"))
    _render_search_box(page)
    if page.view.ids:
        st.html(tables.build_page_link(page.t("evidence.all"), page.view.query(ids=(), page=1)))
    if not count:
        finding.render_empty_result(page)
        return
    pages = -(-count // EACH)
    at = min(page.view.page, pages)
    statements.render_statement_cards(page, statements.list_newest_first(selected, at * EACH)[(at - 1) * EACH :])
    _render_pagination(page, at, pages)
    finding_tables.render_csv_button(page, "evidence", selected)


def _select_statements(page: PageContext) -> Frame:
    known = queries.select_all_known_statements(page.register, page.view.selection)
    if page.view.ids:
        return known.filter(is_among("statement_id", page.view.ids))
    known = scope.filter_by_scope(known, page.view.selection)
    return queries.search_known_statements(page.register, known, page.view.q)


def _render_search_box(page: PageContext) -> None:
    st.session_state["search"] = page.view.q
    st.text_input(page.t("evidence.search"), key="search", on_change=_write_search_query, icon=":material/search:")


def _write_search_query() -> None:
    for name in ("ids", "page"):
        st.query_params.pop(name, None)
    if st.session_state["search"]:
        st.query_params["q"] = st.session_state["search"]
    else:
        st.query_params.pop("q", None)
    address_bar.rerun_view()


def _render_pagination(page: PageContext, at: int, pages: int) -> None:
    if pages > 1:
        # a key for each page, so that the address and not the state of the widget decides which page is shown
        key = f"turn-{at}"
        st.pagination(pages, default=at, key=key, on_change=_write_page_number, args=(key,))


def _write_page_number(key: str) -> None:
    st.query_params["page"] = str(st.session_state[key])
    address_bar.rerun_view()
