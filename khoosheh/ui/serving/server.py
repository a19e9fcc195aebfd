"""The web server around the app: routes, middleware, and the language of Streamlit's page.

Streamlit's page has ``lang="en"`` and no direction. Language, direction, title and a font with the digits of the
language are set where the page is served, so that they hold for popups and canvases as well.
"""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khoosheh import temporary
from khoosheh.figures import plotly_bundle
from khoosheh.locale import DIRECTION, format_message
from khoosheh.ui import page_script
from khoosheh.ui.components import chart
from khoosheh.ui.markup import addresses
from khoosheh.ui.markup.tables import escape_html
from khoosheh.ui.serving import downloads, routing, static_assets, tcp_nodelay, warm_up
from khoosheh.ui.serving.headers import POLICY, PRIVATE, Headers, build_page_policy
from khoosheh.ui.serving.same_origin import SameOrigin
from khoosheh.ui.serving.upload_guard import UploadGuard
from khoosheh.ui.state import neighbours, previews, upload_setting, uploaded_files, view

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
# low priority: Streamlit's page needs other scripts first
PRELOAD = '<link rel="modulepreload" crossorigin fetchpriority="low" href="./static/js/{name}">'
# Plotly measures texts from left to right and caches the result: the rule has to hold before the first figure.
FIGURES = ".js-plotly-plot,#js-plotly-tester{direction:ltr}"
# Without it Streamlit's page, opened at /investment, would first look for its server below /investment.
BACKEND = "window.__streamlit={{BACKEND_BASE_URL:location.origin+'{base}/'}}"
# Request headers that are dropped, so that Streamlit sends its page complete and uncompressed and it can be changed.
CONDITIONAL = (b"accept-encoding", b"range", b"if-range", b"if-none-match", b"if-modified-since")
# response headers that are no longer true of the changed page
DROPPED = ("content-length", "etag", "last-modified", "accept-ranges")
NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
# a link to an interface for programs, which the app does not serve
SERVICE = re.compile(rb"<link rel=\"service-desc\"[^>]*>")
# Streamlit's own font, 170 kB, which pages show nowhere: it must not be loaded before what they need
FONT_OF_STREAMLIT = re.compile(rb"<link[^>]*SourceSans[^>]*>")


@cache
def localise_page(page: bytes, lang: str) -> bytes:
    """Return Streamlit's page with the language, direction, title and font of ``lang``."""
    base = addresses.read_base_path()
    root = f'<html lang="{lang}" dir="{DIRECTION[lang]}">'
    page = page.replace(b'<html lang="en">', root.encode(), 1)
    page = page.replace(b"<title>Streamlit</title>", _build_head_html(lang).encode(), 1)
    noscript = f"<noscript>{escape_html(format_message(lang, 'server.noscript'))}</noscript>"
    page = NOSCRIPT.sub(noscript.encode(), page)
    page = FONT_OF_STREAMLIT.sub(b"", SERVICE.sub(b"", page))
    preloads = "".join(
        PRELOAD.format(name=name) for name in static_assets.list_preload_scripts() if name.encode() not in page
    )
    # at the end of the head, so that Streamlit's own script does not wait for it
    own = "".join(f'<script type="module" src="{base}/{address}"></script>' for address in page_script.SCRIPTS)
    scripts = f'<script defer src="{base}/{chart.ADDRESS}"></script>{own}{preloads}</head>'
    return page.replace(b"</head>", scripts.encode(), 1)


def _build_head_html(lang: str) -> str:
    faces = "".join(FACE.format(file=file, weight=weight) for file, weight in FACES[lang])
    fonts = "".join(FONT.format(file=file) for file, _ in FACES[lang])
    backend, title = BACKEND.format(base=addresses.read_base_path()), escape_html(format_message(lang, "app.name"))
    return f"<script>{backend}</script>{fonts}<style>{faces}{FIGURES}</style><title>{title}</title>"


class Localise:
    """ASGI middleware that localises the page, and answers requests for addresses that do not exist."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one WebSocket."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        response = routing.check_route(request)
        if response:
            await response(scope, receive, send)
        elif routing.is_page(scope["path"]):
            headers = [pair for pair in scope["headers"] if pair[0] not in CONDITIONAL]
            await self.app({**scope, "headers": headers}, receive, _PageSender(send, request).send)
        else:
            await self.app(scope, receive, _FileSender(scope, receive, send).send)


def _build_visitor_cookie(request: Request) -> str:
    """Return a session cookie with a new secret, or an empty string if the browser already sent one."""
    if previews.COOKIE in request.cookies:
        return ""
    path = addresses.read_base_path() or "/"
    return f"{previews.COOKIE}={secrets.token_urlsafe(16)}; Path={path}; HttpOnly; SameSite=Lax"


class _PageSender:
    """Collects the parts of a page, and sends it localised once it is complete."""

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
    """Set the headers of a localised page; an empty ``cookie`` sets none."""
    headers["content-length"] = str(len(page))
    headers[POLICY] = build_page_policy(page)
    # the response depends on whether the browser sent the cookie
    headers["cache-control"] = PRIVATE
    headers["vary"] = "Cookie"
    if cookie:
        headers.append("set-cookie", cookie)


class _FileSender:
    """Passes a file on; where Streamlit sends its page instead, the file does not exist and the response says so."""

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
    """Return the routes that the app serves in addition to its pages."""
    return [
        *(
            Route(addresses.build_rooted_address(address), partial(static_assets.send_script, script))
            for address, script in {chart.ADDRESS: plotly_bundle.SCRIPT, **page_script.SCRIPTS}.items()
        ),
        Route(addresses.build_rooted_address(f"{addresses.EXPORTS}/{{form}}"), downloads.send_download),
    ]


def build_middleware() -> list[Middleware]:
    """Return the middleware of the app, the outermost first."""
    upload_setting.set_size_limit()
    return [
        Middleware(Headers),
        Middleware(SameOrigin),
        Middleware(Localise),
        Middleware(UploadGuard),
        Middleware(static_assets.CompressedScripts, base=addresses.read_base_path()),
    ]


@asynccontextmanager
async def manage_lifespan(_app: st.App) -> AsyncIterator[None]:
    """Prepare the server, and run its background task while it runs; called once the socket listens."""
    temporary.remove_abandoned_folders()
    tcp_nodelay.disable_nagle()
    warm_up.start_cache_warming()
    neighbours.WARMER.start()
    freeing = asyncio.create_task(uploaded_files.free_regularly())
    try:
        yield
    finally:
        freeing.cancel()
