"""What is drawn from register and address alone is made once, and kept for all readers who ask for the same view."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from khoosheh.register.cache import STORE
from khoosheh.ui.context import PageContext

Drawn = TypeVar("Drawn")


def cached_render(page: PageContext, key: Hashable, make: Callable[[], Drawn]) -> Drawn:
    """Return what ``make`` returned when it was last asked for this view of the register, in this light.

    ``key`` names the drawing. What it is made of must stand in the register or in the address, nowhere
    else; what is returned is shared, so nobody may write to it. It is kept with the answers of all registers, within
    their bound of bytes.
    """
    asked = (key, page.view, page.theme, st.context.is_embedded)
    return STORE.answer(page.register, cached_render, asked, make)
