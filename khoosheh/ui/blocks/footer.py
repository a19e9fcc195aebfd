"""The footer of a page: links to downloads, the sources of its print, and the version of the register."""

import streamlit as st

from khoosheh.persian import isolate_direction
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import download_links, print_view
from khoosheh.ui.markup.tables import escape_html


def render_footer(page: PageContext) -> None:
    """Render the footer as one element: each element of Streamlit costs milliseconds at every change."""
    day, version = filters.format_register_date(page.register.compiled_on, page.lang), page.register.version[:8]
    compiled = page.t("footer.register", date=day, version=isolate_direction(version))
    words = f"{page.register.label(page.lang)} · {compiled}"
    downloads, sources = download_links.build_download_links(page), print_view.build_print_sources(page)
    st.html(f'<footer class="khoosheh-footer">{downloads}{sources}<p>{escape_html(words)}</p></footer>')
