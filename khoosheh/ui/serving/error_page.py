"""Error pages in the reader's language, sent by the server without Streamlit."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from khoosheh.locale import DIRECTION, format_message
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.state import view


def build_error_page(words: str, lang: str, status: int) -> Response:
    """Return an HTML page with a message and a link to the first page of the app."""
    name = tables.escape_html(format_message(lang, "app.name"))
    href = tables.escape_html(addresses.build_rooted_address("", {"lang": lang}))
    back = f'<a href="{href}">{tables.escape_html(format_message(lang, "takeaway.back"))}</a>'
    page = (
        f'<!doctype html><html lang="{lang}" dir="{DIRECTION[lang]}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title>'
        '<body style="font:1.1rem/1.9 Tahoma,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem">'
        f"<p>{tables.escape_html(words)}</p><p>{back}</p>"
    )
    return HTMLResponse(page, status)


def build_error_response(request: Request, key: str, status: int) -> Response:
    """Return a message of the catalogue: as a page for browsers, as plain text for other programs."""
    lang = view.read_language(addresses.read_fields(request.url.query))
    words = format_message(lang, key)
    return build_error_page(words, lang, status) if wants_page(request) else PlainTextResponse(f"{words}\n", status)


def wants_page(request: Request) -> bool:
    """Return whether the request was made by a browser that opens a page."""
    return "text/html" in request.headers.get("accept", "")
