"""The banner above pages that show a draft: the name of its file, that it is unpublished, and a link back."""

import streamlit as st

from khoosheh.persian import isolate_direction
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup import tables


def render_preview_banner(page: PageContext) -> None:
    """Render the banner if the address has a draft, also if that is no longer held."""
    if not page.view.draft:
        return
    words = page.t("draft.ribbon", file=isolate_direction(page.draft.name)) if page.draft else page.t("draft.gone")
    # only the language is kept: codes of the draft may not exist in the published register
    back = tables.build_page_link(page.t("draft.back" if page.draft else "draft.gone.back"), {"lang": page.lang})
    st.html(f'<p class="khoosheh-ribbon" role="status"><span>{tables.escape_html(words)}</span> {back}</p>')
