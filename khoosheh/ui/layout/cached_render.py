"""What is drawn from register and address alone is made once, and kept for all readers who ask for the same view."""

from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from khoosheh.register.answer_cache import RegisterCaches
from khoosheh.ui.context import PageContext

# drawings kept of each register; a view has a dozen, together some hundred kilobytes of a large one
MOST = 1000
_KEPT = RegisterCaches()

Drawn = TypeVar("Drawn")


def cached_render(page: PageContext, key: Hashable, make: Callable[[], Drawn]) -> Drawn:
    """Return what ``make`` returned when it was last asked for this view of the register, in this light.

    ``key`` names the drawing. What it is made of must stand in the register or in the address, nowhere
    else; what is returned is shared, so nobody may write to it. What was asked for longest ago is forgotten first.
    """
    asked = (key, page.view, page.theme, st.context.is_embedded)
    return _KEPT.of(page.register).answer(asked, make, MOST)
