"""The web server around the app: language and direction of the page, its font, headers.

Streamlit's page says ``lang="en"`` and knows no direction. Both, the title and the font that fits the digits of
the language are set here, where the page is served, so that popups and canvases follow them as well.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlencode

from starlette.middleware import Middleware
from starlette.responses import RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import get_option

from khoosheh.locale import DEFAULT, DIRECTION, LANGUAGES, text
from khoosheh.ui import ahead, drafts, embed, scripts, sockets, takeaway, upload_files, upload_setting
from khoosheh.ui.components import chart
from khoosheh.ui.pages import PAGES
from khoosheh.ui.upload_guard import UploadGuard

FACE = "@font-face{{font-family:Khoosheh;src:url(./app/static/{file}) format('woff2');font-weight:{weight}}}"
FACES = {
    "fa": (
        ("Vazirmatn-FD-Regular.woff2", "400"),
        ("Vazirmatn-FD-SemiBold.woff2", "600"),
        ("Vazirmatn-FD-Bold.woff2", "700"),
    ),
    "en": (("Vazirmatn-Variable.woff2", "100 900"),),
}
FONT = '<link rel="preload" href="./app/static/{file}" as="font" type="font/woff2" crossorigin>'
# behind what Streamlit's page needs to begin
SOON = '<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{name}">'
# Plotly places its texts by left-to-right measures and remembers them: the rule must stand before the first figure.
FIGURES = ".js-plotly-plot,#js-plotly-tester{direction:ltr}"
# Without it Streamlit's page, opened at /investment, first looks for its server below /investment, in vain.
BACKEND = "window.__streamlit={{BACKEND_BASE_URL:location.origin+'/{base}'}}"
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
OTHERS = ("_stcore", "app/", "khoosheh/", "static/", "media/", "component", "favicon")
DROPPED = (b"content-length", b"etag", b"last-modified")


def language(query: str) -> str:
    """Return the language a query string asks for; the default where it asks for none we have."""
    asked = parse_qs(query).get("lang", [DEFAULT])[0]
    return asked if asked in LANGUAGES else DEFAULT


def localised(page: bytes, lang: str) -> bytes:
    """Return Streamlit's page with language, direction, title and font of ``lang``."""
    faces = "".join(FACE.format(file=file, weight=weight) for file, weight in FACES[lang])
    base = _base()
    root = f'<html lang="{lang}" dir="{DIRECTION[lang]}">'
    page = page.replace(b'<html lang="en">', root.encode(), 1)
    fonts = "".join(FONT.format(file=file) for file, _ in FACES[lang])
    backend, title = BACKEND.format(base=base), text(lang, "app.name")
    head = f"<script>{backend}</script>{fonts}<style>{faces}{FIGURES}</style><title>{title}</title>"
    page = page.replace(b"<title>Streamlit</title>", head.encode(), 1)
    soon = "".join(SOON.format(name=name) for name in scripts.needed() if name.encode() not in page)
    # after Streamlit's own script, which has not to wait until this has come
    last = f'<script defer src="{f"/{base}" if base else ""}/{chart.ADDRESS}"></script>{soon}</head>'
    return page.replace(b"</head>", last.encode(), 1)


class Localise:
    """ASGI middleware that localises the page and adds security headers to every answer."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        missing = _missing_page(scope)
        if missing:
            await RedirectResponse(missing)(scope, receive, send)
            return
        # A page that is to be changed must not come compressed.
        asked = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding" or not _wants_page(scope)]
        answer = _Answer(send, language(scope.get("query_string", b"").decode("latin-1")), _cookie(scope))
        await self.app({**scope, "headers": asked}, receive, answer.send)


def _missing_page(scope: Scope) -> str:
    """Return where a visitor goes who asks for a page that is not there; Streamlit would answer in English."""
    base = f"/{_base()}" if _base() else ""
    name = scope["path"].removeprefix(base).strip("/")
    if not _wants_page(scope) or not name or name in PAGES[1:] or name.startswith(OTHERS):
        return ""
    query = scope.get("query_string", b"").decode("latin-1")
    if name == PAGES[0]:
        # the first page has no name in its address
        return f"{base}/{'?' if query else ''}{query}"
    lang = language(query)
    return f"{base}/?{urlencode({'lang': lang, 'missing': name[:60]})}"


def _base() -> str:
    return str(get_option("server.baseUrlPath") or "").strip("/")


def _wants_page(scope: Scope) -> bool:
    return b"text/html" in dict(scope["headers"]).get(b"accept", b"")


def _cookie(scope: Scope) -> list[tuple[bytes, bytes]]:
    """Return the header by which a browser without a visitor's secret gets one, for as long as it is open."""
    if f"{drafts.COOKIE}=".encode() in dict(scope["headers"]).get(b"cookie", b""):
        return []
    found = f"{drafts.COOKIE}={secrets.token_urlsafe(16)}; Path=/{_base()}; HttpOnly; SameSite=Lax"
    return [(b"set-cookie", found.encode())]


class _Answer:
    """Collects a page until it is whole, and lets every other answer through as it comes."""

    def __init__(self, send: Send, lang: str, cookie: list[tuple[bytes, bytes]]) -> None:
        self._send, self._lang, self._cookie = send, lang, cookie
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            await self._begin(message)
        elif self._start is None:
            await self._send(message)
        else:
            await self._collect(message)

    async def _begin(self, message: Message) -> None:
        headers = [*message["headers"], *HEADERS, (b"content-security-policy", embed.ancestors().encode())]
        message = {**message, "headers": headers}
        if dict(headers).get(b"content-type", b"").startswith(b"text/html"):
            self._start = message
        else:
            await self._send(message)

    async def _collect(self, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        page = localised(self._body, self._lang)
        kept = [pair for pair in self._start["headers"] if pair[0].lower() not in DROPPED]
        length = (b"content-length", str(len(page)).encode())
        await self._send({**self._start, "headers": [*kept, length, *self._cookie]})
        await self._send({"type": "http.response.body", "body": page})


def routes() -> list[Route]:
    """Return what the app serves beside its pages."""
    base = f"/{_base()}" if _base() else ""
    return [
        Route(f"{base}/{chart.ADDRESS}", scripts.library),
        Route(f"{base}/{takeaway.ADDRESS}/{{form}}", takeaway.answer),
    ]


def middleware() -> list[Middleware]:
    """Return what wraps the app."""
    upload_setting.set_size_limit()
    return [Middleware(Localise), Middleware(UploadGuard), Middleware(scripts.Packed, base=_base())]


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Run while the app runs; when it starts, its socket listens already."""
    sockets.send_at_once()
    ahead.begin()
    freeing = asyncio.create_task(upload_files.free_regularly())
    try:
        yield
    finally:
        freeing.cancel()
