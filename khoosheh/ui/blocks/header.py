"""The header of a page: register, languages, and the navigation."""

from collections.abc import Iterable

import streamlit as st

from khoosheh.locale import LANGUAGES
from khoosheh.queries import FORMER_FIELDS
from khoosheh.topics.deck import PAGES as SLIDES
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.page_list import PAGES, PRESENT
from khoosheh.ui.markup.tables import build_page_link, escape_html
from khoosheh.ui.state.view import NO_SEARCH, QUERY


def render_header(page: PageContext, name: str) -> None:
    """Render the header of the page ``name``.

    Its links have the view of the address when they are followed: ``data-carry`` names the fields that a script takes
    from there, since the header is not rendered again when the view changes.
    """
    st.html(_build_title_html(page) + _build_navigation_html(page, name))


def _build_title_html(page: PageContext) -> str:
    app, label = escape_html(page.t("app.name")), escape_html(page.register.label(page.lang))
    # a phone has no room for the label of the register, which its footer has
    name_html = f"<strong>{app}</strong> <span>{label}</span> <span>{escape_html(page.province)}</span>"
    languages = "".join(
        build_page_link(page.t(f"language.{other}"), page.view.query(lang=other), lang=other)
        for other in LANGUAGES
        if other != page.lang
    )
    carried = _format_carried_fields(field for field in QUERY if field != "lang")
    return (
        f'<header class="khoosheh-header"><span>{name_html}</span>'
        f'<span data-carry="{carried}">{languages}</span></header>'
    )


def _build_navigation_html(page: PageContext, name: str) -> str:
    fields = page.view.filters()
    links = "".join(
        # the presentation shows the slides of this page; if it has none, all slides
        build_page_link(
            page.t(f"nav.{other}"),
            fields | ({"of": name} if other == PRESENT and name in SLIDES else {}),
            other,
            current=other == name,
        )
        for other in PAGES
    )
    carried = _format_carried_fields(field for field in QUERY if field not in NO_SEARCH)
    label = escape_html(page.t("frame.pages"))
    # a script fills in the list of the page's sections
    sections = f'<nav class="khoosheh-sections" aria-label="{escape_html(page.t("sections.label"))}" hidden></nav>'
    return f'<nav class="khoosheh-nav" aria-label="{label}" data-carry="{carried}">{links}</nav>{sections}'


def _format_carried_fields(fields: Iterable[str]) -> str:
    """Return fields of the address with the names that they had in older links, separated by blanks."""
    names = set(fields)
    former = (old for old, present in FORMER_FIELDS.items() if present in names)
    return " ".join([*sorted(names), *former])
