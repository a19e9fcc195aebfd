"""Addresses within the app, and the fields they hold.

Pages lie side by side, so a page leads to another by its name alone: that holds below any path. What the server
itself says of its addresses begins with the path that it is served below (``server.baseUrlPath``).
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from khoosheh.ui.pages import PAGES

EXPORTS = "khoosheh/export"


def to_page(query: Mapping[str, str], page: str = "") -> str:
    """Return the address of a page for another page; of the same page, where none is named."""
    if not page:
        return f"?{urlencode(query)}"
    return _with_query(f"./{_place(page)}", query)


def to_export(form: str, query: Mapping[str, str]) -> str:
    """Return the address of a file to take away, for a page."""
    return _with_query(f"./{EXPORTS}/{form}", query)


def rooted(path: str, query: Mapping[str, str] | str = "") -> str:
    """Return the address of a path within the app, for answers that are not one of its pages."""
    return _with_query(f"{base()}/{_place(path)}", query)


def base() -> str:
    """Return the path that the app is served below: empty, or with a slash before it and none behind."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _place(page: str) -> str:
    """Return a page as its address names it: the first has no name there."""
    return "" if page == PAGES[0] else page


def _with_query(path: str, query: Mapping[str, str] | str) -> str:
    words = query if isinstance(query, str) else urlencode(query)
    return f"{path}?{words}" if words else path


def read_fields(query: str) -> dict[str, str]:
    """Return the fields of the query string of an address."""
    return last_of_each(parse_qsl(query, keep_blank_values=True))


def fields_of_visit() -> dict[str, str]:
    """Return the fields of the address of the page that is being drawn."""
    given = st.query_params
    return last_of_each((name, value) for name in given for value in given.get_all(name))


def last_of_each(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return one value a field: of a field that is given more than once the last counts, though it be empty."""
    return dict(pairs)
