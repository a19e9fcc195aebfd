"""Links to the files of the view: for other programs, made when somebody follows one.

Their addresses hold the same view as the page's own, so that a file and the page it was taken from cannot differ.
"""

import streamlit as st

from khoosheh import exports
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup import addresses, tables

PRESENTATION = "pptx"


def render_download_links(page: PageContext) -> None:
    """Offer the files of the view; of a draft none, which would be taken for what is published."""
    if page.draft:
        st.caption(page.t("takeaway.draft"))
        return
    links = "".join(f"<li>{build_download_link(page, form)}</li>" for form in exports.FORMATS)
    lead = tables.escape_html(page.t("takeaway.lead"))
    st.html(f'<nav class="khoosheh-takeaway"><span>{lead}</span><ul>{links}</ul></nav>')


def build_download_link(page: PageContext, form: str) -> str:
    """Return a link to a file of the view."""
    address = addresses.build_export_address(form, page.view.query(ids=(), q="", page=1, slide="", choose=""))
    named, told = (tables.escape_html(page.t(f"takeaway.{form}{part}")) for part in ("", ".told"))
    return f'<a href="{tables.escape_html(address)}" target="_self" title="{told}">{named}</a>'
