"""The header of a page: register, languages, and the navigation."""

import streamlit as st

from khoosheh.locale import LANGUAGES
from khoosheh.topics.deck import PAGES as SLIDES
from khoosheh.ui.components import page_links
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.page_list import PRESENT
from khoosheh.ui.markup.tables import build_page_link, escape_html
from khoosheh.ui.state.view import NO_SEARCH

FOLLOWED = "followed page"


def render_header(page: PageContext, name: str) -> None:
    """Render the header of the page ``name``."""
    app, label = escape_html(page.t("app.name")), escape_html(page.register.label(page.lang))
    languages = "".join(
        build_page_link(page.t(f"language.{other}"), page.view.query(lang=other), lang=other)
        for other in LANGUAGES
        if other != page.lang
    )
    st.html(f'<header class="khoosheh-header"><span><strong>{app}</strong> {label}</span>{languages}</header>')
    with st.container(horizontal=True, key="khoosheh-nav", gap="xsmall"):
        for other, target in page.links.items():
            st.page_link(target, query_params=_build_link_fields(page, name, other))
    page_links.attach_page_links(list(NO_SEARCH), _remember_followed_link)


def switch_to_followed_page(page: PageContext, name: str) -> None:
    """Go from the page ``name`` to the page whose link the reader has clicked, with the fields of the address."""
    place = st.session_state.pop(FOLLOWED, None)
    if place is not None:
        target = list(page.links)[place]
        st.switch_page(page.links[target], query_params=_build_link_fields(page, name, target))


def _remember_followed_link(place: int) -> None:
    st.session_state[FOLLOWED] = place


def _build_link_fields(page: PageContext, name: str, target: str) -> dict[str, str]:
    """Return the fields of the address for a link to another page."""
    # the presentation shows the slides of this page; if it has none, all slides
    of = {"of": name} if target == PRESENT and name in SLIDES else {}
    return page.view.filters() | of
