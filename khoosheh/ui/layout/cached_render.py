"""Caching of parts of a page that depend on register and address only, for all readers of the same view."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from khoosheh.register.cache import STORE
from khoosheh.ui.context import PageContext

Rendered = TypeVar("Rendered")


def cached_render(page: PageContext, key: Hashable, make: Callable[[], Rendered]) -> Rendered:
    """Return the result of ``make`` for this view of the register, language and colour scheme; call it at most once.

    ``key`` identifies the part of the page. ``make`` may depend on the register and the address only. Callers share
    the result and must not change it. It is stored with the answers of all registers, within their limit in bytes.
    """
    arguments = (key, page.view, page.theme, st.context.is_embedded)
    return STORE.answer(page.register, cached_render, arguments, make)
