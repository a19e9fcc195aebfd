"""A page that says in the reader's language why there is nothing else; sent by the server without Streamlit."""

from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from khoosheh.locale import DIRECTION, text
from khoosheh.ui import addresses, table, view


def page(words: str, lang: str, status: int) -> Response:
    """Return a page of a few words, and the way to the first page of the app."""
    name = table.escape(text(lang, "app.name"))
    href = table.escape(addresses.rooted("", {"lang": lang}))
    back = f'<a href="{href}">{table.escape(text(lang, "takeaway.back"))}</a>'
    made = (
        f'<!doctype html><html lang="{lang}" dir="{DIRECTION[lang]}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{name}</title>'
        '<body style="font:1.1rem/1.9 Tahoma,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem">'
        f"<p>{table.escape(words)}</p><p>{back}</p>"
    )
    return HTMLResponse(made, status)


def answer(request: Request, key: str, status: int) -> Response:
    """Say something of the catalogue: as a page to a browser, as plain words to other programs."""
    lang = view.language(addresses.read_fields(request.url.query))
    words = text(lang, key)
    return page(words, lang, status) if wants_page(request) else PlainTextResponse(f"{words}\n", status)


def wants_page(request: Request) -> bool:
    """Tell whether the one who asks is a browser that opens a page."""
    return "text/html" in request.headers.get("accept", "")
