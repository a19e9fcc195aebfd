"""Links to exports of the view, which are built when a reader follows the link.

Their addresses contain the same view as that of the page, so that an export and the page show the same data.
"""

from khoosheh import exports
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup import addresses, tables

# the export that contains slides instead of statements
PRESENTATION = "pptx"


def build_download_links(page: PageContext) -> str:
    """Return HTML links to the exports of the view; none for a draft, which could be mistaken for a published one."""
    if page.draft:
        return f"<p>{tables.escape_html(page.t('takeaway.draft'))}</p>"
    links = "".join(f"<li>{build_download_link(page, form)}</li>" for form in exports.FORMATS)
    lead = tables.escape_html(page.t("takeaway.lead"))
    # a script shows the words while a file is made, and fills in what it alone knows
    making = tables.escape_html(page.t("takeaway.making", name="{name}", seconds="{seconds}"))
    return f'<nav class="khoosheh-takeaway" data-making="{making}"><span>{lead}</span><ul>{links}</ul></nav>'


def build_download_link(page: PageContext, form: str) -> str:
    """Return an HTML link to an export of the view; ``form``: one of :data:`khoosheh.exports.FORMATS`."""
    address = addresses.build_export_address(form, page.view.query(ids=(), q="", page=1, slide="", choose=""))
    name, description = (tables.escape_html(page.t(f"takeaway.{form}{part}")) for part in ("", ".told"))
    return f'<a href="{tables.escape_html(address)}" target="_self" title="{description}">{name}</a>'
