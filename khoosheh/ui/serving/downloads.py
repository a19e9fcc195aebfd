"""Serving exports of a view: their addresses have the same fields as those of pages."""

import threading

from starlette.requests import Request
from starlette.responses import Response

from khoosheh import exports
from khoosheh.engines import EngineError
from khoosheh.locale import format_message
from khoosheh.register import PackageError, Register
from khoosheh.topics.deck import build_slide_deck, select_deck_slides
from khoosheh.ui.layout.download_links import PRESENTATION
from khoosheh.ui.markup import addresses
from khoosheh.ui.serving import error_page
from khoosheh.ui.state import loading, view

# A workbook takes a second to build: requests for more files wait, so that pages need not.
AT_ONCE = threading.BoundedSemaphore(2)
BAD, GONE, BROKEN = 400, 404, 503


def send_download(request: Request) -> Response:
    """Return the export that an address asks for, or a page that says in the reader's language why there is none."""
    query, form = addresses.read_fields(request.url.query), request.path_params["form"]
    lang = view.read_language(query)
    if form not in exports.FORMATS:
        return error_page.build_error_page(format_message(lang, "takeaway.unknown", form=form[:40]), lang, GONE)
    try:
        register, _ = loading.load_current_register()
    except PackageError as error:
        return error_page.build_error_page(error.words(lang), lang, BROKEN)
    requested = view.read_view(query, register)
    if requested.draft:
        return error_page.build_error_page(format_message(lang, "takeaway.draft"), lang, GONE)
    if requested.unknown:
        name, value, _ = requested.unknown[0]
        words = format_message(
            lang, "filter.unknown", field=format_message(lang, f"filter.{name}"), value=value[:60], reason=""
        )
        return error_page.build_error_page(words.strip(), lang, BAD)
    return _build_file_response(register, requested, form)


def _build_file_response(register: Register, requested: view.View, form: str) -> Response:
    try:
        with AT_ONCE:
            content = _build_file_content(register, requested, form)
    except exports.ExportError as error:
        return error_page.build_error_page(error.words(requested.lang), requested.lang, BAD)
    except EngineError as error:
        return error_page.build_error_page(
            format_message(requested.lang, "engine.failed", note=error.value), requested.lang, BROKEN
        )
    name = exports.build_export_file_name(register, requested.selection, form)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, headers=headers, media_type=exports.FORMATS[form].media_type)


def _build_file_content(register: Register, requested: view.View, form: str) -> bytes:
    if form != PRESENTATION:
        return exports.FORMATS[form].make(register, requested.selection, requested.lang)
    # a presentation depends on more than the selection: on the chosen slides and on the choices of single pages
    deck = build_slide_deck(register, requested.question, requested.lang)
    chosen, _ = select_deck_slides(deck, requested.slides, requested.of)
    return exports.pptx.build_presentation(register, requested.selection, chosen, requested.lang)
