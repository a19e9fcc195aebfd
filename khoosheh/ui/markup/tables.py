"""Tables and links as plain HTML, in the direction of the page.

Streamlit's own dataframe is drawn on a canvas, always from left to right and with English menus.
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
    """A cell of a table: its text, an optional link, and an optional sort key.

    ``query`` and ``page``: fields of the address and name of the page to which the cell links; without ``page`` it
    links to the same page. ``href``: a link to another site. ``sort``: the value by which a column is sorted instead
    of the text. ``muted``: the cell is shown in a weaker colour.
    """

    words: str
    query: dict[str, str] | None = None
    page: str = ""
    muted: bool = False
    sort: str | float | None = None
    href: str = ""


def escape_html(text: object) -> str:
    """Return a text, or the text of any value, escaped for HTML content and attributes."""
    return html.escape(str(text), quote=True)


def build_page_link(
    words: str, query: dict[str, str], page: str = "", *, lang: str = "", current: bool = False
) -> str:
    """Return an HTML link to a page of the app; without ``page`` to another view of the same page.

    It opens in the same tab without loading the app anew (see ``ui/page_script/links.js``), but in a new tab if the
    app is embedded in another site. ``lang``: the language of ``words`` if it is not that of the page: such a link
    loads the app anew, in that language. ``current``: whether the link leads to the page on which it stands.
    """
    return build_link(words, addresses.build_page_address(query, page), lang=lang, current=current)


def build_link(words: str, address: str, *, lang: str = "", current: bool = False) -> str:
    """Return an HTML link to an address within the app; see :func:`build_page_link`."""
    target = "_blank" if st.context.is_embedded else "_self"
    more = f' lang="{lang}"' if lang else " data-page"
    if current:
        more += ' aria-current="page"'
    return f'<a href="{escape_html(address)}" target="{target}"{more}>{escape_html(words)}</a>'


def build_external_link(words: str, address: str) -> str:
    """Return an HTML link to another site in a new tab; only the escaped text if ``address`` is not HTTP(S)."""
    if not address.startswith(("https://", "http://")):
        return escape_html(words)
    return f'<a href="{escape_html(address)}" target="_blank" rel="noopener noreferrer">{escape_html(words)}</a>'


def build_folded_html(summary: str, content: str, key: str) -> str:
    """Return ``content``, as HTML, folded under a ``summary``, as text; opened by find-in-page and in print.

    One element is much quicker than Streamlit's expander with its elements. ``key`` is unique on the page: a script
    remembers it, so that what was unfolded stays open when its content changes (see ``page_script/folds.js``).
    """
    return (
        f'<details class="khoosheh-fold" data-key="{escape_html(key)}">'
        f"<summary>{escape_html(summary)}</summary>{content}</details>"
    )


def build_note_html(words: str) -> str:
    """Return a note below a heading or a figure as HTML."""
    return f'<p class="khoosheh-note">{escape_html(words)}</p>'


def render_table(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False
) -> None:
    """Render a table; see :func:`build_table_html`."""
    st.html(build_table_html(headings, rows, caption, headed=headed))


def build_table_html(
    headings: Sequence[str], rows: Sequence[Sequence[Cell]], caption: str, *, headed: bool = False
) -> str:
    """Return a table as HTML; ``caption`` names it for screen readers.

    On a phone rows are shown as cards. With ``headed`` the headings stay above the cards, so that the table can still
    be sorted.
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


def render_faults_table(faults: Sequence[Fault], lang: str) -> None:
    """Render the number of faults of a package, and a table of the first 500."""
    title = format_message(lang, "load.faulty", count=len(faults))
    st.error(escape_markdown(title))
    names = ("file", "row", "field", "value", "why", "mend")
    headings = [format_message(lang, f"fault.column.{name}") for name in names]
    render_table(headings, build_fault_rows(faults[:500], names, lang), title)


def build_fault_rows(faults: Sequence[Fault], names: Sequence[str], lang: str) -> list[list[Cell]]:
    """Return the parts ``names`` of faults as rows of a table.

    Sentences get the direction of ``lang``: their first word may be in another script.
    """
    rtl = DIRECTION[lang] == "rtl"
    rows = []
    for fault in faults:
        parts = {name: str(value or "") for name, value in fault.as_dict(lang).items()}
        rows.append([
            Cell(force_right_to_left(parts[name]) if rtl and name in SENTENCES else parts.get(name, ""))
            for name in names
        ])  # fmt: skip
    return rows
