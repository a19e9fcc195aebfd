"""The frame of every page: header with navigation and language, filters, the page itself, footer."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import Page

from khoosheh.engines import EngineError
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.paths import app_folder
from khoosheh.persian import isolate_direction
from khoosheh.register import PackageError
from khoosheh.topics.deck import PAGES as SLIDES
from khoosheh.ui.blocks import statements
from khoosheh.ui.components import resume, sorting
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import download_links, embed, preview_banner, print_view
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PAGE_INFO, PAGES, PRESENT, UPLOADER
from khoosheh.ui.state import admission, loading, previews, view
from khoosheh.ui.state.uploaded_files import close_session

ROOT = app_folder()
ICON = ROOT / "static" / "khoosheh.svg"
STYLES = tuple(Path(__file__).parent / f"{name}.css" for name in ("direction", "paper"))


_RUNNING: ContextVar[PageContext | None] = ContextVar("running page", default=None)


def render_page(draw: Callable[[PageContext], None]) -> None:
    """Render the body of a page; called by the files in ``pages/``.

    If the first visit of a new server is a link to a page, Streamlit runs the file of the page directly, since
    ``st.navigation`` was not called yet: then the whole app is rendered.
    """
    page = _RUNNING.get()
    if page is None:
        render_app()
    else:
        draw(page)


def render_app() -> None:
    """Render the whole app for one visit."""
    query = addresses.read_visit_fields()
    lang = view.read_language(query)
    st.set_page_config(page_title=format_message(lang, "app.name"), page_icon=str(ICON), layout="wide")
    st.html(_build_styles(lang))
    pages = {name: _make_streamlit_page(name, lang) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    with admission.hold_turn(lang):
        _load_and_render(query, pages, chosen)


def _load_and_render(query: dict[str, str], pages: dict[str, Page], chosen: Page) -> None:
    """Load the register and render the chosen page; ``query``: the fields of the address."""
    lang = view.read_language(query)
    try:
        published = loading.load_register_with_warning(lang)
    except PackageError as error:
        tables.render_faults_table(error.faults, lang)
        return
    draft = previews.find_draft(query.get("draft", ""))
    register = draft.register if draft else published
    page = PageContext(register, view.read_view(query, register), pages, published, draft)
    name = next(name for name, target in pages.items() if target.url_path == chosen.url_path)
    try:
        _render_chosen_page(page, name, chosen)
    except EngineError as error:
        st.error(escape_markdown(page.t("engine.failed", note=isolate_direction(str(error.value)))))


@cache
def _build_styles(lang: str) -> str:
    """Return all styles as one HTML text: Streamlit caches messages of more than 10 kB in the browser."""
    skip = f':root {{ --khoosheh-skip: "{format_message(lang, "frame.skip")}" }}'
    styles = [*(file.read_text(encoding="utf-8") for file in STYLES), skip]
    return "".join(f"<style>{style}</style>" for style in styles)


def _render_chosen_page(page: PageContext, name: str, chosen: Page) -> None:
    if name != UPLOADER:
        close_session()
    if name == PRESENT:
        preview_banner.render_preview_banner(page)
        _run_page_file(page, chosen)
    else:
        _render_framed_page(page, name, chosen)
        sorting.attach_table_sorting(page.lang)
    resume.attach_reconnect()
    statements.render_picked_statements(page)


def _render_framed_page(page: PageContext, name: str, chosen: Page) -> None:
    """Render a page with its frame; an embedded page has a footer only."""
    if not embed.is_embedded_visit():
        _render_header(page, name)
    print_view.render_print_header(page)
    preview_banner.render_preview_banner(page)
    if embed.is_embedded_visit():
        # without them the embedding site would show another view than its address requests, without a notice
        filters.render_address_warnings(page)
    else:
        filters.render_filters(page, name)
    _run_page_file(page, chosen)
    if embed.is_embedded_visit():
        embed.render_embed_footer(page)
    else:
        _render_footer(page)


def _run_page_file(page: PageContext, chosen: Page) -> None:
    token = _RUNNING.set(page)
    try:
        chosen.run()
    finally:
        _RUNNING.reset(token)


def _make_streamlit_page(name: str, lang: str) -> Page:
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=format_message(lang, f"nav.{name}"),
        icon=PAGE_INFO[name].icon,
        url_path=name,
        default=name == PAGES[0],
    )


def _render_header(page: PageContext, name: str) -> None:
    with st.container(horizontal=True, key="khoosheh-header", vertical_alignment="center"):
        app, label = tables.escape_html(page.t("app.name")), tables.escape_html(page.register.label(page.lang))
        st.html(f"<strong>{app}</strong> {label}", width="content")
        for other in LANGUAGES:
            if other != page.lang:
                words = page.t(f"language.{other}")
                st.html(tables.build_page_link(words, page.view.query(lang=other), lang=other), width="content")
    with st.container(horizontal=True, key="khoosheh-nav", gap="xsmall"):
        fields = page.view.filters()
        for other, target in page.links.items():
            # the presentation shows the slides of this page; if it has none, all slides
            of = {"of": name} if other == PRESENT and name in SLIDES else {}
            st.page_link(target, query_params=fields | of)


def _render_footer(page: PageContext) -> None:
    st.divider()
    download_links.render_download_links(page)
    print_view.render_print_sources(page)
    compiled = page.register.compiled_on
    day, version = filters.format_register_date(compiled, page.lang), isolate_direction(page.register.version[:8])
    st.caption(escape_markdown(page.t("footer.register", date=day, version=version)))
