"""What is drawn from register and address alone is made once, and kept for all readers who ask for the same view."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakKeyDictionary

import streamlit as st

from khoosheh.register import Register

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page

# drawings kept of each register; one has some tens of kilobytes
MOST = 256
_KEPT: WeakKeyDictionary[Register, OrderedDict] = WeakKeyDictionary()

Drawn = TypeVar("Drawn")


def kept(page: "Page", key: Hashable, make: Callable[[], Drawn]) -> Drawn:
    """Return what ``make`` returned when it was last asked for this view of the register, in this light.

    ``key`` names the drawing. What it is made of must stand in the register or in the address, nowhere
    else; what is returned is shared, so nobody may write to it. What was asked for longest ago is forgotten first.
    """
    mine = _KEPT.setdefault(page.register, OrderedDict())
    asked = (key, page.view, page.theme, st.context.is_embedded)
    found = mine.pop(asked, None)
    if found is None:
        found = make()
    mine[asked] = found
    while len(mine) > MOST:
        mine.popitem(last=False)
    return found
