"""Addresses within the app, and the fields they hold.

Pages lie side by side, so a page leads to another by its name alone: that holds below any path. What the server
itself says of its addresses begins with the path that it is served below (``server.baseUrlPath``).
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from khoosheh.ui.markup.page_list import PAGES

EXPORTS = "khoosheh/export"


def build_page_address(query: Mapping[str, str], page: str = "") -> str:
    """Return the address of a page for another page; of the same page, where none is named."""
    if not page:
        return f"?{urlencode(query)}"
    return _append_query(f"./{_format_page_path(page)}", query)


def build_export_address(form: str, query: Mapping[str, str]) -> str:
    """Return the address of a file to take away, for a page."""
    return _append_query(f"./{EXPORTS}/{form}", query)


def build_rooted_address(path: str, query: Mapping[str, str] | str = "") -> str:
    """Return the address of a path within the app, for answers that are not one of its pages."""
    return _append_query(f"{read_base_path()}/{_format_page_path(path)}", query)


def read_base_path() -> str:
    """Return the path that the app is served below: empty, or with a slash before it and none behind."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _format_page_path(page: str) -> str:
    """Return a page as its address names it: the first has no name there."""
    return "" if page == PAGES[0] else page


def _append_query(path: str, query: Mapping[str, str] | str) -> str:
    words = query if isinstance(query, str) else urlencode(query)
    return f"{path}?{words}" if words else path


def read_fields(query: str) -> dict[str, str]:
    """Return the fields of the query string of an address."""
    return keep_last_values(parse_qsl(query, keep_blank_values=True))


def read_visit_fields() -> dict[str, str]:
    """Return the fields of the address of the page that is being drawn."""
    given = st.query_params
    return keep_last_values((name, value) for name in given for value in given.get_all(name))


def keep_last_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return one value a field: of a field that is given more than once the last counts, though it be empty."""
    return dict(pairs)
