"""Links of the header and the navigation, which take the fields of the address when a reader follows them.

Header and navigation are not rendered again when the view changes, so that the addresses in them are those of an
earlier view.
"""

from collections.abc import Callable, Sequence

import streamlit as st

from khoosheh.ui.components import register_component

KEY = "page-links"
_mount = register_component(__file__, "page_links")


def attach_page_links(dropped: Sequence[str], on_follow: Callable[[int], None]) -> None:
    """Make the links of header and navigation follow the address.

    ``dropped``: fields that a link to another page does not take along. ``on_follow`` is called with the position in
    the navigation of a link that was clicked.
    """
    _mount(
        key=KEY,
        data={"dropped": list(dropped)},
        on_followed_change=lambda: on_follow(int(st.session_state[KEY]["followed"])),
    )
