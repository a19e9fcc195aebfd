"""Parts of a page that only its print has: a header with its origin, and a list of sources at the end."""

from datetime import date
from urllib.parse import urlencode

import streamlit as st

from khoosheh import queries
from khoosheh.formatting import is_missing
from khoosheh.topics.commitments import sentences
from khoosheh.topics.request import Row
from khoosheh.topics.sources import find_source_row
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables


def render_print_header(page: PageContext) -> None:
    """Render the header of a printed page: register, day of 'as known on', date of printing, address."""
    day = sentences.format_jalali_day(queries.find_as_of_day(page.register, page.view.selection), page.lang)
    lines = [
        page.register.label(page.lang),
        page.t("slide.as_known", day=day),
        page.t("paper.printed", day=sentences.format_jalali_day(date.today(), page.lang)),
    ]
    if page.draft:
        lines.append(page.t("picture.draft", file=page.draft.name))
    query = urlencode(page.view.query())
    address = f"{st.context.url or ''}{'?' if query else ''}{query}"
    text = " · ".join(map(tables.escape_html, lines))
    # the style sheet inverts the colours of figures that were drawn in the dark scheme
    st.html(
        f'<div class="khoosheh-paper" data-scheme="{page.scheme}"><p>{text}</p>'
        f'<p><bdi dir="ltr">{tables.escape_html(address)}</bdi></p></div>'
    )


def build_print_sources(page: PageContext) -> str:
    """Return the sources of all data that a page may show, with their addresses, as HTML that only print shows."""
    return cached_render(page, "printed sources", lambda: _build_sources_html(page))


def _build_sources_html(page: PageContext) -> str:
    ids = dict.fromkeys(queries.select_statements(page.register, page.view.selection)["source_id"].to_list())
    ids |= dict.fromkeys(queries.query_computed_rankings(page.register, page.view.selection)["source_id"].to_list())
    shown = list(ids)[: finding.MOST_ROWS]
    items = "".join(
        f"<li>{_build_source_html(page, find_source_row(page.register, source_id))}</li>" for source_id in shown
    )
    title = tables.escape_html(page.t("workbook.sheet.sources"))
    more = tables.escape_html(page.t("paper.more", shown=len(shown), count=len(ids)))
    rest = f"<p>{more}</p>" if len(shown) < len(ids) else ""
    return f'<div class="khoosheh-paper"><h2>{title}</h2><ol>{items}</ol>{rest}</div>' if items else ""


def _build_source_html(page: PageContext, row: Row) -> str:
    words = [row[f"title_{page.lang}"], row[f"publisher_{page.lang}"], row["licence"]]
    text = tables.escape_html(" · ".join(str(word) for word in words if not is_missing(word)))
    address = "" if is_missing(row["address"]) else f' <bdi dir="ltr">{tables.escape_html(row["address"])}</bdi>'
    return text + address
