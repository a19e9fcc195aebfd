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
from khoosheh.ui.blocks import footer, header, statements
from khoosheh.ui.components import resume, sorting
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import embed, preview_banner, print_view
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PAGE_INFO, PAGES, PRESENT, UPLOADER
from khoosheh.ui.state import admission, loading, previews, view
from khoosheh.ui.state.uploaded_files import close_session

ROOT = app_folder()
ICON = ROOT / "static" / "khoosheh.svg"
STYLES = tuple(Path(__file__).parent / f"{name}.css" for name in ("direction", "paper"))


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
        preview_banner.render_preview_banner(visit.page)
        _draw_with_errors(visit.page, draw)
        statements.render_picked_statements(visit.page)
    else:
        _render_view(visit.page.links, visit.name, draw)


def render_app() -> None:
    """Render the whole app for one visit."""
    query = addresses.read_visit_fields()
    lang = view.read_language(query)
    st.set_page_config(page_title=format_message(lang, "app.name"), page_icon=str(ICON), layout="wide")
    st.html(_build_styles(lang))
    pages = {name: _make_streamlit_page(name, lang) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    with admission.hold_turn(lang):
        page = _load_page_context(pages)
        if page is None:
            return
        name = next(name for name, target in pages.items() if target.url_path == chosen.url_path)
        header.switch_to_followed_page(page, name)
        if name != UPLOADER:
            close_session()
        if name != PRESENT and not embed.is_embedded_visit():
            header.render_header(page, name)
        _run_page_file(_Visit(page, name), chosen)
        if name != PRESENT:
            sorting.attach_table_sorting(page.lang)
        resume.attach_reconnect()


def _load_page_context(pages: dict[str, Page]) -> PageContext | None:
    """Return the register and the view of the address; show the faults of a package that is not accepted."""
    query = addresses.read_visit_fields()
    lang = view.read_language(query)
    try:
        published = loading.load_register_with_warning(lang)
    except PackageError as error:
        tables.render_faults_table(error.faults, lang)
        return None
    draft = previews.find_draft(query.get("draft", ""))
    register = draft.register if draft else published
    return PageContext(register, view.read_view(query, register), pages, published, draft)


@st.fragment
def _render_view(pages: dict[str, Page], name: str, draw: Callable[[PageContext], None]) -> None:
    """Render all of a page that depends on the view: filters, body and footer.

    A change of the view runs this fragment alone: header and navigation stay, since their links read the address when
    they are followed.
    """
    visit = _VISIT.get()
    with admission.hold_turn(view.read_language(addresses.read_visit_fields())):
        page = visit.page if visit else _load_page_context(pages)
        if page is None:
            return
        print_view.render_print_header(page)
        preview_banner.render_preview_banner(page)
        if embed.is_embedded_visit():
            # without them the embedding site would show another view than its address requests, without a notice
            filters.render_address_warnings(page)
        else:
            filters.render_filters(page, name)
        _draw_with_errors(page, draw)
        if embed.is_embedded_visit():
            embed.render_embed_footer(page)
        else:
            footer.render_footer(page)
        statements.render_picked_statements(page)


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


def _run_page_file(visit: _Visit, chosen: Page) -> None:
    token = _VISIT.set(visit)
    try:
        chosen.run()
    finally:
        _VISIT.reset(token)


def _make_streamlit_page(name: str, lang: str) -> Page:
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=format_message(lang, f"nav.{name}"),
        icon=PAGE_INFO[name].icon,
        url_path=name,
        default=name == PAGES[0],
    )
