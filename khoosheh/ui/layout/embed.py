"""A page within another site's: without frame and filters, its links opening on their own."""

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
    """Return whether this visit asks for a page without its frame (``embed=true`` in the address)."""
    return st.context.is_embedded


def format_frame_ancestors() -> str:
    """Return who may put pages into a frame: this site, and the origins that the administrator names.

    What is no origin is left out: a mistyped list must not let in more than was meant.
    """
    given = os.environ.get(ORIGINS, "").split()
    return " ".join(["frame-ancestors 'self'", *(one for one in given if ORIGIN.fullmatch(one))])


def render_embed_footer(page: PageContext) -> None:
    """Draw what a page within another still says: of what it is, as known on which day, the way to the whole."""
    day = sentences.format_jalali_day(queries.find_as_of_day(page.register, page.view.selection), page.lang)
    said = tables.escape_html(f"{page.register.label(page.lang)} · {page.t('slide.as_known', day=day)}")
    st.html(
        f'<p class="khoosheh-embed">{said} · {tables.build_page_link(page.t("embed.whole"), page.view.query())}</p>'
    )
