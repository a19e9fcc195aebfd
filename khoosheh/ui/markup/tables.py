"""Tables as plain HTML: read from right to left or left to right, wrapped, with links that stay in the tab.

Streamlit's own dataframe draws on a canvas, from left to right and with English menus.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from khoosheh.locale import DIRECTION, format_message
from khoosheh.persian import force_right_to_left
from khoosheh.register import Fault
from khoosheh.ui.markup import addresses
from khoosheh.ui.markup.markdown import escape_markdown

SENTENCES = ("why", "mend")


@dataclass(frozen=True)
class Cell:
    """A cell: its words, where they lead, and what it is sorted by where that is not its words.

    ``page``: the page that ``query`` is for; the same where none is named.
    """

    words: str
    query: dict[str, str] | None = None
    page: str = ""
    muted: bool = False
    sort: str | float | None = None
    href: str = ""


def escape_html(words: object) -> str:
    """Return words safe to stand in HTML, their direction kept to themselves."""
    return html.escape(str(words), quote=True)


def build_page_link(words: str, query: dict[str, str], page: str = "", lang: str = "") -> str:
    """Return an HTML link to a page of the app, in the same tab; within another site's page in a tab of its own.

    Without ``page`` it leads to the same page with another view.
    """
    href = addresses.build_page_address(query, page)
    tongue = f' lang="{lang}"' if lang else ""
    target = "_blank" if st.context.is_embedded else "_self"
    return f'<a href="{escape_html(href)}" target="{target}"{tongue}>{escape_html(words)}</a>'


def build_external_link(words: str, address: str) -> str:
    """Return a link to another site, in a tab of its own; plain words where the address is none of the web."""
    if not address.startswith(("https://", "http://")):
        return escape_html(words)
    return f'<a href="{escape_html(address)}" target="_blank" rel="noopener noreferrer">{escape_html(words)}</a>'


def render_table(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False
) -> None:
    """Draw a table; see :func:`build_table_html`."""
    st.html(build_table_html(headings, rows, caption, headed=headed))


def build_table_html(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False
) -> str:
    """Return a table as HTML; ``caption`` names it for screen readers.

    ``headed``: its headings, by which it is sorted, stay above it on a phone, where rows become cards.
    """
    head = "".join(f'<th scope="col"><button type="button">{escape_html(words)}</button></th>' for words in headings)
    body = "".join(f"<tr>{''.join(map(_build_cell_html, row, headings))}</tr>" for row in rows)
    kind = "khoosheh-table khoosheh-headed" if headed else "khoosheh-table"
    return (
        f'<div class="{kind}"><table><caption>{escape_html(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _build_cell_html(cell: Cell, heading: str) -> str:
    words = (
        build_page_link(cell.words, cell.query or {}, cell.page)
        if cell.query is not None
        else escape_html(cell.words)
    )
    if cell.href:
        words = build_external_link(cell.words, cell.href)
    kind = "khoosheh-muted" if cell.muted else "" if cell.words else "khoosheh-empty"
    marked = f' class="{kind}"' if kind else ""
    by = "" if cell.sort is None else f' data-sort="{escape_html(cell.sort)}"'
    return f'<td{marked}{by} data-heading="{escape_html(heading)}"><bdi>{words}</bdi></td>'


def render_faults_table(found: Sequence[Fault], lang: str) -> None:
    """Tell what is wrong with a package, fault by fault."""
    st.error(escape_markdown(format_message(lang, "load.faulty", count=len(found))))
    names = ("file", "row", "field", "value", "why", "mend")
    rows = build_fault_rows(found[:500], names, lang)
    render_table(
        [format_message(lang, f"fault.column.{name}") for name in names],
        rows,
        format_message(lang, "load.faulty", count=len(found)),
    )


def build_fault_rows(found: Sequence[Fault], names: Sequence[str], lang: str) -> list[list[Cell]]:
    """Return parts of faults as cells; sentences keep the order of their language, whatever word begins them."""
    ordered = force_right_to_left if DIRECTION[lang] == "rtl" else str
    every = [fault.as_dict(lang) for fault in found]
    return [
        [Cell(ordered(one[name]) if name in SENTENCES else str(one.get(name) or "")) for name in names]
        for one in every
    ]
