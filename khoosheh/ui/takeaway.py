"""Answers with a file of the view: the address holds the same fields as the page it was taken from."""

import threading

from starlette.requests import Request
from starlette.responses import Response

from khoosheh import exports, slides
from khoosheh.engines import EngineError
from khoosheh.locale import text
from khoosheh.register import PackageError, Register
from khoosheh.ui import addresses, loading, refusal, view

PRESENTATION = "pptx"
# a workbook takes a second of work: whoever asks for many at once waits, and pages do not
AT_ONCE = threading.BoundedSemaphore(2)
BAD, GONE, BROKEN = 400, 404, 503


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
