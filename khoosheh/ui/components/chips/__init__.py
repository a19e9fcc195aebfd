"""Chips of the set filters, each removed by a click; on a phone also the button that opens day and filters."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import streamlit as st

from khoosheh.ui.components import register_component

KEY = "chips"
_mount = register_component(__file__, "chips")


@dataclass(frozen=True)
class Chip:
    """One set filter: the field of the address, its code, the words shown, and those that say what a click does."""

    field: str
    code: str
    text: str
    action: str


def render_chips(
    page: str, chips: Sequence[Chip], words: dict[str, str], on_remove: Callable[[str, str], None]
) -> None:
    """Render the chips; ``on_remove`` is called with the field and the code of a chip, of 'clear all' with two ''.

    ``page``: the name of the page, since another one begins with its controls closed. ``words``: the texts ``label``,
    ``clear``, ``open``, ``close`` and ``count``, the number of chips.
    """
    data = {"page": page, "chips": [asdict(chip) for chip in chips], "words": words}
    _mount(key=KEY, data=data, on_removed_change=lambda: on_remove(*st.session_state[KEY]["removed"]))
