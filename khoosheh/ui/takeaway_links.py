"""Links to the files of the view: for other programs, made when somebody follows one.

Their addresses hold the same view as the page's own, so that a file and the page it was taken from cannot differ.
"""

import streamlit as st

from khoosheh import exports
from khoosheh.ui import addresses, table
from khoosheh.ui.context import PageContext


def draw(page: PageContext) -> None:
    """Offer the files of the view; of a draft none, which would be taken for what is published."""
    if page.draft:
        st.caption(page.t("takeaway.draft"))
        return
    links = "".join(f"<li>{link(page, form)}</li>" for form in exports.FORMATS)
    lead = table.escape(page.t("takeaway.lead"))
    st.html(f'<nav class="khoosheh-takeaway"><span>{lead}</span><ul>{links}</ul></nav>')


def link(page: PageContext, form: str) -> str:
    """Return a link to a file of the view."""
    address = addresses.to_export(form, page.view.query(ids=(), q="", page=1, slide="", choose=""))
    named, told = (table.escape(page.t(f"takeaway.{form}{part}")) for part in ("", ".told"))
    return f'<a href="{table.escape(address)}" target="_self" title="{told}">{named}</a>'
