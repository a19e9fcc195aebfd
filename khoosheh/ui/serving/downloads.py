"""Answers with a file of the view: the address holds the same fields as the page it was taken from."""

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

# a workbook takes a second of work: many at once wait for each other, and pages do not wait for them
AT_ONCE = threading.BoundedSemaphore(2)
BAD, GONE, BROKEN = 400, 404, 503


def send_download(request: Request) -> Response:
    """Send a file of the view that the address asks for, or say in the reader's language why there is none."""
    query, form = addresses.read_fields(request.url.query), request.path_params["form"]
    lang = view.read_language(query)
    if form not in exports.FORMATS:
        return error_page.build_error_page(format_message(lang, "takeaway.unknown", form=form[:40]), lang, GONE)
    try:
        found, _ = loading.load_current_register()
    except PackageError as error:
        return error_page.build_error_page(
            format_message(lang, "load.faulty", faults=len(error.faults)), lang, BROKEN
        )
    asked = view.read_view(query, found)
    if asked.draft:
        return error_page.build_error_page(format_message(lang, "takeaway.draft"), lang, GONE)
    if asked.unknown:
        name, value, _ = asked.unknown[0]
        words = format_message(
            lang, "filter.unknown", field=format_message(lang, f"filter.{name}"), value=value[:60], reason=""
        )
        return error_page.build_error_page(words.strip(), lang, BAD)
    return _build_file_response(found, asked, form)


def _build_file_response(register: Register, asked: view.View, form: str) -> Response:
    try:
        with AT_ONCE:
            made = _build_file_content(register, asked, form)
    except exports.ExportError as error:
        return error_page.build_error_page(error.words(asked.lang), asked.lang, BAD)
    except EngineError as error:
        return error_page.build_error_page(
            format_message(asked.lang, "engine.failed", note=error.value), asked.lang, BROKEN
        )
    name = exports.build_export_file_name(register, asked.selection, form)
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(made, headers=headers, media_type=exports.FORMATS[form].media_type)


def _build_file_content(register: Register, asked: view.View, form: str) -> bytes:
    if form != PRESENTATION:
        return exports.FORMATS[form].make(register, asked.selection, asked.lang)
    # the set of slides that the address holds, with the choices of single pages
    deck = build_slide_deck(register, asked.question, asked.lang)
    chosen, _ = select_deck_slides(deck, asked.slides, asked.of)
    return exports.pptx.build_presentation(register, asked.selection, chosen, asked.lang)
