"""The ribbon over every page that shows a draft: which file it is, that nobody published it, and the way back."""

import streamlit as st

from khoosheh.persian import isolate_direction
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup import tables


def render_preview_banner(page: PageContext) -> None:
    """Draw it where the address asks for a draft, also where that is no longer held."""
    if not page.view.draft:
        return
    words = page.t("draft.ribbon", file=isolate_direction(page.draft.name)) if page.draft else page.t("draft.gone")
    # codes of the draft mean nothing to the published register
    back = tables.build_page_link(page.t("draft.back" if page.draft else "draft.gone.back"), {"lang": page.lang})
    st.html(f'<p class="khoosheh-ribbon" role="status"><span>{tables.escape_html(words)}</span> {back}</p>')
