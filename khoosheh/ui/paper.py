"""What only paper needs: on top what this is and whence, at the end the sources of what is shown."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

import streamlit as st

from khoosheh import board
from khoosheh.findings import schedule, standings
from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept
from khoosheh.words import missing


def head(page: PageContext) -> None:
    """Draw what stands above a printed page: register, as known on which day, printed when, its address."""
    day = schedule.day(board.day_of(page.register, page.view.selection), page.lang)
    lines = [
        page.register.label(page.lang),
        page.t("slide.as_known", day=day),
        page.t("paper.printed", day=schedule.day(date.today(), page.lang)),
    ]
    if page.draft:
        lines.append(page.t("picture.draft", file=page.draft.name))
    query = urlencode(page.view.query())
    address = f"{st.context.url or ''}{'?' if query else ''}{query}"
    said = " · ".join(map(table.escape, lines))
    # figures are drawn for the screen: those of a dark one are turned for white paper
    st.html(
        f'<div class="khoosheh-paper" data-scheme="{page.scheme}"><p>{said}</p>'
        f'<p><bdi dir="ltr">{table.escape(address)}</bdi></p></div>'
    )


def sources(page: PageContext) -> None:
    """Draw the sources behind all that a page may show, with their addresses."""
    drawn = kept(page, "sources on paper", lambda: _sources(page))
    if drawn:
        st.html(drawn)


def _sources(page: PageContext) -> str:
    ids = dict.fromkeys(board.statements(page.register, page.view.selection)["source_id"].to_list())
    ids |= dict.fromkeys(board.standing(page.register, page.view.selection)["source_id"].to_list())
    shown = list(ids)[: show.MOST_ROWS]
    items = "".join(f"<li>{_source(page, standings.source(page.register, one))}</li>" for one in shown)
    title = table.escape(page.t("workbook.sheet.sources"))
    more = table.escape(page.t("paper.more", shown=len(shown), count=len(ids)))
    rest = f"<p>{more}</p>" if len(shown) < len(ids) else ""
    return f'<div class="khoosheh-paper"><h2>{title}</h2><ol>{items}</ol>{rest}</div>' if items else ""


def _source(page: PageContext, row: Mapping) -> str:
    words = [row[f"title_{page.lang}"], row[f"publisher_{page.lang}"], row["licence"]]
    said = table.escape(" · ".join(str(one) for one in words if not missing(one)))
    address = "" if missing(row["address"]) else f' <bdi dir="ltr">{table.escape(row["address"])}</bdi>'
    return said + address
