"""The frame around every page: header with pages and language, filters, the page, footer."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st

from khoosheh.engines import EngineError
from khoosheh.locale import LANGUAGES, text
from khoosheh.paths import app_folder
from khoosheh.persian import isolate
from khoosheh.register import PackageError
from khoosheh.slides import PAGES as SLIDES
from khoosheh.ui import (
    addresses,
    admission,
    drafts,
    embed,
    filters,
    loading,
    paper,
    ribbon,
    statements,
    table,
    takeaway_links,
    view,
)
from khoosheh.ui.components import resume, sorting
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.pages import ICONS, PAGES, PRESENT, UPLOADER
from khoosheh.ui.upload_files import close_session

ROOT = app_folder()
ICON = ROOT / "static" / "khoosheh.svg"
STYLES = tuple(Path(__file__).parent / f"{name}.css" for name in ("direction", "paper"))


_RUNNING: ContextVar[PageContext | None] = ContextVar("running page", default=None)


def show(draw: Callable[[PageContext], None]) -> None:
    """Draw the body of a page; called by the files in ``pages/``.

    The first visitor of a fresh server may come by a link to a page. Streamlit, which has not seen
    ``st.navigation`` by then, runs the page's file alone: the frame is put around it here.
    """
    page = _RUNNING.get()
    if page is None:
        run()
    else:
        draw(page)


def run() -> None:
    """Draw the whole app for one visit."""
    asked = addresses.fields_of_visit()
    lang = view.language(asked)
    st.set_page_config(page_title=text(lang, "app.name"), page_icon=str(ICON), layout="wide")
    st.html(_styles(lang))
    pages = {name: _page(name, lang) for name in PAGES}
    chosen = st.navigation(list(pages.values()), position="hidden")
    with admission.turn(lang):
        _answer(asked, pages, chosen)


def _answer(asked: dict[str, str], pages: dict[str, object], chosen: object) -> None:
    """Read the register and draw the chosen page; ``asked``: the fields of the address."""
    lang = view.language(asked)
    try:
        published = loading.register(lang)
    except PackageError as error:
        table.faults(error.faults, lang)
        return
    draft = drafts.find_draft(asked.get("draft", ""))
    register = draft.register if draft else published
    page = PageContext(register, view.read(asked, register), pages, published, draft)
    name = next(name for name, one in pages.items() if one.url_path == chosen.url_path)
    try:
        _drawn(page, name, chosen)
    except EngineError as error:
        st.error(plain(page.t("engine.failed", note=isolate(error.value))))


@cache
def _styles(lang: str) -> str:
    """Return all styles as one element: what is longer than 10 kB Streamlit sends a browser but once."""
    skip = f':root {{ --khoosheh-skip: "{text(lang, "frame.skip")}" }}'
    every = [*(style.read_text(encoding="utf-8") for style in STYLES), skip]
    return "".join(f"<style>{one}</style>" for one in every)


def _drawn(page: PageContext, name: str, chosen: object) -> None:
    if name != UPLOADER:
        close_session()
    if name == PRESENT:
        ribbon.draw(page)
        _body(page, chosen)
    else:
        _framed(page, name, chosen)
        sorting.attach(page.lang)
    resume.attach()
    statements.picked(page)


def _framed(page: PageContext, name: str, chosen: object) -> None:
    """Draw a page with its frame; within another site's page it has none."""
    if not embed.embedded():
        _header(page, name)
    paper.head(page)
    ribbon.draw(page)
    if embed.embedded():
        # who embeds a page with a day that there is not would else show another, unaware
        filters.warn(page)
    else:
        filters.draw(page, name)
    _body(page, chosen)
    if embed.embedded():
        embed.foot(page)
    else:
        _footer(page)


def _body(page: PageContext, chosen: object) -> None:
    token = _RUNNING.set(page)
    try:
        chosen.run()
    finally:
        _RUNNING.reset(token)


def _page(name: str, lang: str) -> object:
    return st.Page(
        ROOT / "pages" / f"{name}.py",
        title=text(lang, f"nav.{name}"),
        icon=ICONS[name],
        url_path=name,
        default=name == PAGES[0],
    )


def _header(page: PageContext, name: str) -> None:
    with st.container(horizontal=True, key="khoosheh-header", vertical_alignment="center"):
        app, label = table.escape(page.t("app.name")), table.escape(page.register.label(page.lang))
        st.html(f"<strong>{app}</strong> {label}", width="content")
        for other in LANGUAGES:
            if other != page.lang:
                words = page.t(f"language.{other}")
                st.html(table.link(words, page.view.query(lang=other), lang=other), width="content")
    with st.container(horizontal=True, key="khoosheh-nav", gap="xsmall"):
        fields = page.view.filters()
        for one, target in page.links.items():
            # from the other pages all slides are shown
            of = {"of": name} if one == PRESENT and name in SLIDES else {}
            st.page_link(target, query_params=fields | of)


def _footer(page: PageContext) -> None:
    st.divider()
    takeaway_links.draw(page)
    paper.sources(page)
    compiled = page.register.compiled_on
    day, version = filters.day(compiled, page.lang), isolate(page.register.version[:8])
    st.caption(plain(page.t("footer.register", date=day, version=version)))
