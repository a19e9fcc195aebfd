"""The frame of every page: header with navigation and language, filters, the page itself, footer."""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from khoosheh.engines import EngineError
from khoosheh.locale import format_message
from khoosheh.paths import app_folder
from khoosheh.persian import isolate_direction
from khoosheh.register import PackageError
from khoosheh.ui import page_script
from khoosheh.ui.blocks import footer, header, statements
from khoosheh.ui.components import resume
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import as_known_on, filters, set_filters
from khoosheh.ui.layout import embed, preview_banner, print_view
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PAGE_INFO, PAGES, PRESENT, UPLOADER
from khoosheh.ui.state import admission, loading, neighbours, previews, view
from khoosheh.ui.state.address_bar import ASOF, FILTERS, VIEW
from khoosheh.ui.state.uploaded_files import close_session

ROOT = app_folder()
ICON = ROOT / "static" / "khoosheh.svg"
STYLES = (*(Path(__file__).parent / f"{name}.css" for name in ("direction", "paper")), *page_script.STYLES)


@dataclass(frozen=True)
class _Visit:
    """What a full run of the app knows when it runs the file of a page; ``name``: that of the page."""

    page: PageContext
    name: str


_VISIT: ContextVar[_Visit | None] = ContextVar("visit", default=None)


def render_page(draw: Callable[[PageContext], None]) -> None:
    """Render the body of a page; called by the files in ``pages/``.

    If the first visit of a new server is a link to a page, Streamlit runs the file of the page directly, since
    ``st.navigation`` was not called yet: then the whole app is rendered.
    """
    visit = _VISIT.get()
    if visit is None:
        render_app()
    elif visit.name == PRESENT:
        _draw_with_errors(visit.page, draw)
        statements.render_picked_statements(visit.page)
    elif PAGE_INFO[visit.name].has_day:
        _render_view(visit.name, draw)
    else:
        _render_body(visit.page, draw)


def render_app() -> None:
    """Render the whole app for one visit."""
    query = addresses.read_visit_fields()
    lang = view.read_language(query)
    st.set_page_config(page_title=format_message(lang, "app.name"), page_icon=str(ICON), layout="wide")
    st.html(_build_styles(lang))
    pages = {name: _make_streamlit_page(name, lang) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    with admission.hold_turn(lang):
        name = next(name for name, target in pages.items() if target.url_path == chosen.url_path)
        page = _load_page_context(name, with_messages=True)
        if page is not None:
            _render_visit(_Visit(page, name), chosen)


def _load_page_context(name: str, *, with_messages: bool) -> PageContext | None:
    """Return the register and the view of the address; ``None`` where the package is not accepted.

    ``with_messages``: whether the faults of a package are shown, which one part of a page does for all.
    """
    query = addresses.read_visit_fields()
    lang = view.read_language(query)
    try:
        published = loading.load_register_with_warning(lang) if with_messages else loading.load_current_register()[0]
    except PackageError as error:
        if with_messages:
            tables.render_faults_table(error.faults, lang)
        return None
    draft = previews.find_draft(query.get("draft", ""))
    register = draft.register if draft else published
    return PageContext(register, view.read_view(query, register), published, draft, name)


def _render_visit(visit: _Visit, chosen: Page) -> None:
    """Render header, controls and body of a page; an embedded page has no header and no controls."""
    page, name = visit.page, visit.name
    if name != UPLOADER:
        close_session()
    is_framed = name != PRESENT and not embed.is_embedded_visit()
    token = _VISIT.set(visit)
    try:
        if is_framed:
            header.render_header(page, name)
        preview_banner.render_preview_banner(page)
        if is_framed:
            _render_asof_control(name)
            _render_filter_bar(name)
        chosen.run()
    finally:
        _VISIT.reset(token)
    resume.attach_reconnect()


# A change of the view runs these fragments alone; of the controls only those that another part of the page has
# changed. In a run of the whole app they use the page of the visit.


@st.fragment(key=ASOF)
def _render_asof_control(name: str) -> None:
    page = _get_or_load_page(name)
    if page is not None and PAGE_INFO[name].has_day:
        as_known_on.render_asof_control(page)


@st.fragment(key=FILTERS)
def _render_filter_bar(name: str) -> None:
    page = _get_or_load_page(name)
    if page is not None and PAGE_INFO[name].filters:
        filters.render_filter_bar(page, PAGE_INFO[name].filters)


@st.fragment(key=VIEW)
def _render_view(name: str, draw: Callable[[PageContext], None]) -> None:
    """Render all of a page that depends on the view but its controls."""
    with admission.hold_turn(view.read_language(addresses.read_visit_fields())):
        page = _get_or_load_page(name, with_messages=True)
        if page is not None:
            if not embed.is_embedded_visit():
                set_filters.render_set_filters(page, name)
            as_known_on.render_possible_statements(page)
            _render_body(page, draw)
            neighbours.WARMER.request(neighbours.ShownView(page.register, page.view.selection, name))


def _render_body(page: PageContext, draw: Callable[[PageContext], None]) -> None:
    print_view.render_print_header(page)
    filters.render_address_warnings(page)
    _draw_with_errors(page, draw)
    if embed.is_embedded_visit():
        embed.render_embed_footer(page)
    else:
        footer.render_footer(page)
    statements.render_picked_statements(page)


def _get_or_load_page(name: str, *, with_messages: bool = False) -> PageContext | None:
    visit = _VISIT.get()
    return visit.page if visit else _load_page_context(name, with_messages=with_messages)


def _draw_with_errors(page: PageContext, draw: Callable[[PageContext], None]) -> None:
    """Draw the body of a page; show the message of an engine that fails."""
    try:
        draw(page)
    except EngineError as error:
        st.error(escape_markdown(page.t("engine.failed", note=isolate_direction(str(error.value)))))


@cache
def _build_styles(lang: str) -> str:
    """Return all styles as one HTML text: Streamlit caches messages of more than 10 kB in the browser."""
    skip = f':root {{ --khoosheh-skip: "{format_message(lang, "frame.skip")}" }}'
    styles = [*(file.read_text(encoding="utf-8") for file in STYLES), skip]
    return "".join(f"<style>{style}</style>" for style in styles)


def _make_streamlit_page(name: str, lang: str) -> Page:
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=format_message(lang, f"nav.{name}"),
        url_path=name,
        default=name == PAGES[0],
    )
