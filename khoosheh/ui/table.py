"""Tables as plain HTML: read from right to left or left to right, wrapped, with links that stay in the tab.

Streamlit's own dataframe draws on a canvas, from left to right and with English menus.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from khoosheh.locale import DIRECTION, text
from khoosheh.persian import from_right
from khoosheh.register import Fault
from khoosheh.ui import addresses
from khoosheh.ui.markdown import plain

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


def escape(words: object) -> str:
    """Return words safe to stand in HTML, their direction kept to themselves."""
    return html.escape(str(words), quote=True)


def link(words: str, query: dict[str, str], page: str = "", lang: str = "") -> str:
    """Return an HTML link to a page of the app, in the same tab; within another site's page in a tab of its own.

    Without ``page`` it leads to the same page with another view.
    """
    href = addresses.to_page(query, page)
    tongue = f' lang="{lang}"' if lang else ""
    target = "_blank" if st.context.is_embedded else "_self"
    return f'<a href="{escape(href)}" target="{target}"{tongue}>{escape(words)}</a>'


def outward(words: str, address: str) -> str:
    """Return a link to another site, in a tab of its own; plain words where the address is none of the web."""
    if not address.startswith(("https://", "http://")):
        return escape(words)
    return f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(words)}</a>'


def draw(headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False) -> None:
    """Draw a table; see :func:`drawn`."""
    st.html(drawn(headings, rows, caption, headed=headed))


def drawn(headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False) -> str:
    """Return a table as HTML; ``caption`` names it for screen readers.

    ``headed``: its headings, by which it is sorted, stay above it on a phone, where rows become cards.
    """
    head = "".join(f'<th scope="col"><button type="button">{escape(words)}</button></th>' for words in headings)
    body = "".join(f"<tr>{''.join(map(_td, row, headings))}</tr>" for row in rows)
    kind = "khoosheh-table khoosheh-headed" if headed else "khoosheh-table"
    return (
        f'<div class="{kind}"><table><caption>{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _td(cell: Cell, heading: str) -> str:
    words = link(cell.words, cell.query or {}, cell.page) if cell.query is not None else escape(cell.words)
    if cell.href:
        words = outward(cell.words, cell.href)
    kind = "khoosheh-muted" if cell.muted else "" if cell.words else "khoosheh-empty"
    marked = f' class="{kind}"' if kind else ""
    by = "" if cell.sort is None else f' data-sort="{escape(cell.sort)}"'
    return f'<td{marked}{by} data-heading="{escape(heading)}"><bdi>{words}</bdi></td>'


def faults(found: Sequence[Fault], lang: str) -> None:
    """Tell what is wrong with a package, fault by fault."""
    st.error(plain(text(lang, "load.faulty", faults=len(found))))
    names = ("file", "row", "field", "value", "why", "mend")
    rows = fault_rows(found[:500], names, lang)
    draw([text(lang, f"fault.column.{name}") for name in names], rows, text(lang, "load.faulty", faults=len(found)))


def fault_rows(found: Sequence[Fault], names: Sequence[str], lang: str) -> list[list[Cell]]:
    """Return parts of faults as cells; sentences keep the order of their language, whatever word begins them."""
    ordered = from_right if DIRECTION[lang] == "rtl" else str
    every = [fault.as_dict(lang) for fault in found]
    return [
        [Cell(ordered(one[name]) if name in SENTENCES else str(one.get(name) or "")) for name in names]
        for one in every
    ]
