"""Addresses within the app, and their fields.

Links between pages are relative, so that they work below any path. Addresses in responses of the server itself begin
with the path at which the app is served (``server.baseUrlPath``).
"""

from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from khoosheh.ui.markup.page_list import PAGES

EXPORTS = "khoosheh/export"


def build_page_address(query: Mapping[str, str], page: str = "") -> str:
    """Return the relative address of a page; without ``page`` that of the same page with other fields."""
    if not page:
        return f"?{urlencode(query)}"
    return _append_query(f"./{_format_page_path(page)}", query)


def build_export_address(form: str, query: Mapping[str, str]) -> str:
    """Return the relative address of an export; ``form``: one of :data:`khoosheh.exports.FORMATS`."""
    return _append_query(f"./{EXPORTS}/{form}", query)


def build_rooted_address(path: str, query: Mapping[str, str] | str = "") -> str:
    """Return the absolute path of a page or file of the app, for responses other than pages."""
    return _append_query(f"{read_base_path()}/{_format_page_path(path)}", query)


def read_base_path() -> str:
    """Return the path at which the app is served: empty, or with a leading and without a trailing slash."""
    path = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""


def _format_page_path(page: str) -> str:
    """Return the path of a page within the app; that of the first page is empty."""
    return "" if page == PAGES[0] else page


def _append_query(path: str, query: Mapping[str, str] | str) -> str:
    encoded = query if isinstance(query, str) else urlencode(query)
    return f"{path}?{encoded}" if encoded else path


def read_fields(query: str) -> dict[str, str]:
    """Return the fields of a query string; of a repeated field the last value."""
    return keep_last_values(parse_qsl(query, keep_blank_values=True))


def read_visit_fields() -> dict[str, str]:
    """Return the fields in the address of the running page; of a repeated field the last value."""
    params = st.query_params
    return keep_last_values((name, value) for name in params for value in params.get_all(name))


def keep_last_values(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return one value for each name: the last one, even if it is empty."""
    return dict(pairs)
