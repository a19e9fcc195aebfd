"""Pages embedded in other sites: without header and filters, and with links that open in a new tab."""

import os
import re

import streamlit as st

from khoosheh import queries
from khoosheh.topics.commitments import sentences
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup import tables

ORIGINS = "KHOOSHEH_EMBED_ORIGINS"
ORIGIN = re.compile(r"https?://(\*\.)?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*(:[0-9]{1,5})?")


def is_embedded_visit() -> bool:
    """Return whether the page is embedded (``embed=true`` in the address)."""
    return bool(st.context.is_embedded)


def format_frame_ancestors() -> str:
    """Return the rule of the content security policy on who may embed pages: this site and the configured origins.

    Malformed origins in ``KHOOSHEH_EMBED_ORIGINS`` are left out: a mistyped list must not allow more than intended.
    """
    origins = os.environ.get(ORIGINS, "").split()
    return " ".join(["frame-ancestors 'self'", *(origin for origin in origins if ORIGIN.fullmatch(origin))])


def render_embed_footer(page: PageContext) -> None:
    """Render the footer of an embedded page: register, day of 'as known on', and a link to the full page."""
    day = sentences.format_jalali_day(queries.find_as_of_day(page.register, page.view.selection), page.lang)
    source = tables.escape_html(f"{page.register.label(page.lang)} · {page.t('slide.as_known', day=day)}")
    st.html(
        f'<p class="khoosheh-embed">{source} · {tables.build_page_link(page.t("embed.whole"), page.view.query())}</p>'
    )
