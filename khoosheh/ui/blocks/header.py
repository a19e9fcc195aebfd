"""The header of a page: register, languages, and the navigation."""

import streamlit as st

from khoosheh.locale import LANGUAGES
from khoosheh.topics.deck import PAGES as SLIDES
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.page_list import PRESENT
from khoosheh.ui.markup.tables import build_page_link, escape_html


def render_header(page: PageContext, name: str) -> None:
    """Render the header of the page ``name``."""
    app, label = escape_html(page.t("app.name")), escape_html(page.register.label(page.lang))
    # a phone has no room for the label of the register, which its footer has
    name_html = f"<strong>{app}</strong> <span>{label}</span> <span>{escape_html(page.province)}</span>"
    languages = "".join(
        build_page_link(page.t(f"language.{other}"), page.view.query(lang=other), lang=other)
        for other in LANGUAGES
        if other != page.lang
    )
    st.html(f'<header class="khoosheh-header"><span>{name_html}</span>{languages}</header>')
    with st.container(horizontal=True, key="khoosheh-nav", gap="xsmall"):
        fields = page.view.filters()
        for other, target in page.links.items():
            # the presentation shows the slides of this page; if it has none, all slides
            of = {"of": name} if other == PRESENT and name in SLIDES else {}
            st.page_link(target, query_params=fields | of)
