"""The web server around the app: language and direction of the page, its font, and what wraps it.

Streamlit's page says ``lang="en"`` and knows no direction. Both, the title and the font that fits the digits of
the language are set here, where the page is served, so that popups and canvases follow them as well.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khoosheh import temporary
from khoosheh.locale import DIRECTION, format_message
from khoosheh.ui.components import chart
from khoosheh.ui.markup import addresses
from khoosheh.ui.markup.tables import escape_html
from khoosheh.ui.serving import downloads, routing, static_assets, tcp_nodelay, warm_up
from khoosheh.ui.serving.headers import POLICY, PRIVATE, Headers, build_page_policy
from khoosheh.ui.serving.same_origin import SameOrigin
from khoosheh.ui.serving.upload_guard import UploadGuard
from khoosheh.ui.state import previews, upload_setting, uploaded_files, view

OK = 200
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
BACKEND = "window.__streamlit={{BACKEND_BASE_URL:location.origin+'{base}/'}}"
# a page that is to be changed must come whole and not compressed
WHOLE = (b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since")
DROPPED = ("content-length", "etag", "last-modified", "accept-ranges")
NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
# it leads to an interface for programs, which is closed
SERVICE = re.compile(rb"<link rel=\"service-desc\"[^>]*>")


@cache
def localise_page(page: bytes, lang: str) -> bytes:
    """Return Streamlit's page with language, direction, title and font of ``lang``."""
    base = addresses.read_base_path()
    root = f'<html lang="{lang}" dir="{DIRECTION[lang]}">'
    page = page.replace(b'<html lang="en">', root.encode(), 1)
    page = page.replace(b"<title>Streamlit</title>", _build_head_html(lang).encode(), 1)
    noscript = f"<noscript>{escape_html(format_message(lang, 'server.noscript'))}</noscript>"
    page = SERVICE.sub(b"", NOSCRIPT.sub(noscript.encode(), page))
    soon = "".join(
        SOON.format(name=name) for name in static_assets.list_preload_scripts() if name.encode() not in page
    )
    # after Streamlit's own script, which has not to wait until this has come
    last = f'<script defer src="{base}/{chart.ADDRESS}"></script>{soon}</head>'
    return page.replace(b"</head>", last.encode(), 1)


def _build_head_html(lang: str) -> str:
    faces = "".join(FACE.format(file=file, weight=weight) for file, weight in FACES[lang])
    fonts = "".join(FONT.format(file=file) for file, _ in FACES[lang])
    backend, title = BACKEND.format(base=addresses.read_base_path()), escape_html(format_message(lang, "app.name"))
    return f"<script>{backend}</script>{fonts}<style>{faces}{FIGURES}</style><title>{title}</title>"


class Localise:
    """ASGI middleware that localises the page, and refuses what is not there."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        refused = routing.check_route(request)
        if refused:
            await refused(scope, receive, send)
        elif routing.is_page(scope["path"]):
            asked = [pair for pair in scope["headers"] if pair[0] not in WHOLE]
            await self.app({**scope, "headers": asked}, receive, _PageSender(send, request).send)
        else:
            await self.app(scope, receive, _FileSender(scope, receive, send).send)


def _build_visitor_cookie(request: Request) -> str:
    """Return the header by which a browser without a visitor's secret gets one, for as long as it is open."""
    if previews.COOKIE in request.cookies:
        return ""
    path = addresses.read_base_path() or "/"
    return f"{previews.COOKIE}={secrets.token_urlsafe(16)}; Path={path}; HttpOnly; SameSite=Lax"


class _PageSender:
    """Collects a page until it is whole, and sends it localised."""

    def __init__(self, send: Send, request: Request) -> None:
        self._send, self._request = send, request
        self._start: Message = {}
        self._body = b""

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if not message.get("more_body"):
            await self._send_whole()

    async def _send_whole(self) -> None:
        headers = MutableHeaders(raw=list(self._start["headers"]))
        page = self._body
        if self._start["status"] == OK:
            page = localise_page(self._body, view.read_language(addresses.read_fields(self._request.url.query)))
            for name in DROPPED:
                del headers[name]
            _set_page_headers(headers, page, _build_visitor_cookie(self._request))
        await self._send({**self._start, "headers": headers.raw})
        await self._send({"type": "http.response.body", "body": page})


def _set_page_headers(headers: MutableHeaders, page: bytes, cookie: str) -> None:
    """Write what belongs to a page of the app into its headers."""
    headers["content-length"] = str(len(page))
    headers[POLICY] = build_page_policy(page)
    # with a cookie or without, it is for this visitor
    headers["cache-control"] = PRIVATE
    headers["vary"] = "Cookie"
    if cookie:
        headers.append("set-cookie", cookie)


class _FileSender:
    """Lets a file through as it comes; where Streamlit sends its page instead, there is no such file."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._missing = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            kind = dict(message["headers"]).get(b"content-type", b"")
            self._missing = message["status"] == OK and kind.startswith(b"text/html")
            if self._missing:
                await routing.build_not_found_response(Request(self._scope))(self._scope, self._receive, self._send)
        if not self._missing:
            await self._send(message)


def build_routes() -> list[Route]:
    """Return what the app serves beside its pages."""
    return [
        Route(addresses.build_rooted_address(chart.ADDRESS), static_assets.send_plotly_script),
        Route(addresses.build_rooted_address(f"{addresses.EXPORTS}/{{form}}"), downloads.send_download),
    ]


def build_middleware() -> list[Middleware]:
    """Return what wraps the app."""
    upload_setting.set_size_limit()
    return [
        Middleware(Headers),
        Middleware(SameOrigin),
        Middleware(Localise),
        Middleware(UploadGuard),
        Middleware(static_assets.CompressedScripts, base=addresses.read_base_path()),
    ]


@asynccontextmanager
async def manage_lifespan(_app: object) -> AsyncIterator[None]:
    """Run while the app runs; when it starts, its socket listens already."""
    temporary.remove_abandoned_folders()
    tcp_nodelay.disable_nagle()
    warm_up.start_cache_warming()
    freeing = asyncio.create_task(uploaded_files.free_regularly())
    try:
        yield
    finally:
        freeing.cancel()
