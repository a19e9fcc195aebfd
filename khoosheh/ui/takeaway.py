"""What pages show, to take away: files for other programs, made when they are asked for.

Their addresses hold the same view as the page's own, so that a file and the page it was taken from cannot differ.
"""

import threading
from typing import TYPE_CHECKING

import streamlit as st
from starlette.requests import Request
from starlette.responses import Response

from khoosheh import exports, slides
from khoosheh.engines import EngineError
from khoosheh.locale import text
from khoosheh.register import PackageError, Register
from khoosheh.ui import addresses, loading, refusal, table, view

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page

PRESENTATION = "pptx"
# a workbook takes a second of work: whoever asks for many at once waits, and pages do not
AT_ONCE = threading.BoundedSemaphore(2)
BAD, GONE, BROKEN = 400, 404, 503


def draw(page: "Page") -> None:
    """Offer the files of the view; of a draft none, which would be taken for what is published."""
    if page.draft:
        st.caption(page.t("takeaway.draft"))
        return
    links = "".join(f"<li>{link(page, form)}</li>" for form in exports.FORMATS)
    lead = table.escape(page.t("takeaway.lead"))
    st.html(f'<nav class="khoosheh-takeaway"><span>{lead}</span><ul>{links}</ul></nav>')


def link(page: "Page", form: str) -> str:
    """Return a link to a file of the view."""
    address = addresses.to_export(form, page.view.query(ids=(), q="", page=1, slide="", choose=""))
    named, told = (table.escape(page.t(f"takeaway.{form}{part}")) for part in ("", ".told"))
    return f'<a href="{table.escape(address)}" target="_self" title="{told}">{named}</a>'


def answer(request: Request) -> Response:
    """Send a file of the view that the address asks for, or say in the reader's language why there is none."""
    query, form = addresses.read_fields(request.url.query), request.path_params["form"]
    lang = view.language(query)
    if form not in exports.FORMATS:
        return refusal.page(text(lang, "takeaway.unknown", form=form[:40]), lang, GONE)
    try:
        found, _ = loading.current()
    except PackageError as error:
        return refusal.page(text(lang, "load.faulty", faults=len(error.faults)), lang, BROKEN)
    asked = view.read(query, found)
    if asked.draft:
        return refusal.page(text(lang, "takeaway.draft"), lang, GONE)
    if asked.unknown:
        name, value, _ = asked.unknown[0]
        words = text(lang, "filter.unknown", field=text(lang, f"filter.{name}"), value=value[:60], reason="")
        return refusal.page(words.strip(), lang, BAD)
    return _made(found, asked, form)


def _made(register: Register, asked: view.View, form: str) -> Response:
    try:
        with AT_ONCE:
            made = _file(register, asked, form)
    except exports.ExportError as error:
        return refusal.page(error.words(asked.lang), asked.lang, BAD)
    except EngineError as error:
        return refusal.page(text(asked.lang, "engine.failed", note=error.value), asked.lang, BROKEN)
    name = exports.file_name(register, asked.selection, form)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(made, headers=headers, media_type=exports.FORMATS[form].media_type)


def _file(register: Register, asked: view.View, form: str) -> bytes:
    if form != PRESENTATION:
        return exports.FORMATS[form].make(register, asked.selection, asked.lang)
    # the set of slides that the address holds, with the choices of single pages
    deck = slides.deck(register, asked.question, asked.lang)
    chosen, _ = slides.chosen_of(deck, asked.slides, asked.of)
    return exports.pptx.written(register, asked.selection, chosen, asked.lang)
