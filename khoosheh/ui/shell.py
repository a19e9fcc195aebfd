"""The frame around every page: header with pages and language, filters, the page, footer."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st

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
    """Draw the body of a page; called by the files in ``pages/``.

    The first visitor of a fresh server may come by a link to a page. Streamlit, which has not seen
    ``st.navigation`` by then, runs the page's file alone: the frame is put around it here.
    """
    page = _RUNNING.get()
    if page is None:
        render_app()
    else:
        draw(page)


def render_app() -> None:
    """Draw the whole app for one visit."""
    asked = addresses.read_visit_fields()
    lang = view.read_language(asked)
    st.set_page_config(page_title=format_message(lang, "app.name"), page_icon=str(ICON), layout="wide")
    st.html(_build_styles(lang))
    pages = {name: _make_streamlit_page(name, lang) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    with admission.hold_turn(lang):
        _load_and_render(asked, pages, chosen)


def _load_and_render(asked: dict[str, str], pages: dict[str, object], chosen: object) -> None:
    """Read the register and draw the chosen page; ``asked``: the fields of the address."""
    lang = view.read_language(asked)
    try:
        published = loading.load_register_with_warning(lang)
    except PackageError as error:
        tables.render_faults_table(error.faults, lang)
        return
    draft = previews.find_draft(asked.get("draft", ""))
    register = draft.register if draft else published
    page = PageContext(register, view.read_view(asked, register), pages, published, draft)
    name = next(name for name, one in pages.items() if one.url_path == chosen.url_path)
    try:
        _render_chosen_page(page, name, chosen)
    except EngineError as error:
        st.error(escape_markdown(page.t("engine.failed", note=isolate_direction(error.value))))


@cache
def _build_styles(lang: str) -> str:
    """Return all styles as one element: what is longer than 10 kB Streamlit sends a browser but once."""
    skip = f':root {{ --khoosheh-skip: "{format_message(lang, "frame.skip")}" }}'
    every = [*(style.read_text(encoding="utf-8") for style in STYLES), skip]
    return "".join(f"<style>{one}</style>" for one in every)


def _render_chosen_page(page: PageContext, name: str, chosen: object) -> None:
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


def _render_framed_page(page: PageContext, name: str, chosen: object) -> None:
    """Draw a page with its frame; within another site's page it has none."""
    if not embed.is_embedded_visit():
        _render_header(page, name)
    print_view.render_print_header(page)
    preview_banner.render_preview_banner(page)
    if embed.is_embedded_visit():
        # who embeds a page with a day that there is not would else show another, unaware
        filters.render_address_warnings(page)
    else:
        filters.render_filters(page, name)
    _run_page_file(page, chosen)
    if embed.is_embedded_visit():
        embed.render_embed_footer(page)
    else:
        _render_footer(page)


def _run_page_file(page: PageContext, chosen: object) -> None:
    token = _RUNNING.set(page)
    try:
        chosen.run()
    finally:
        _RUNNING.reset(token)


def _make_streamlit_page(name: str, lang: str) -> object:
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
        for one, target in page.links.items():
            # from the other pages all slides are shown
            of = {"of": name} if one == PRESENT and name in SLIDES else {}
            st.page_link(target, query_params=fields | of)


def _render_footer(page: PageContext) -> None:
    st.divider()
    download_links.render_download_links(page)
    print_view.render_print_sources(page)
    compiled = page.register.compiled_on
    day, version = filters.format_register_date(compiled, page.lang), isolate_direction(page.register.version[:8])
    st.caption(escape_markdown(page.t("footer.register", date=day, version=version)))
