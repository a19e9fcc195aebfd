"""Headers of every answer: what a browser may do with it, and who may keep it.

This is the outermost middleware, so redirects, refusals and answers to errors pass it as well.
"""

import base64
import hashlib
import logging
import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from khoosheh.ui.layout import embed
from khoosheh.ui.serving import error_page

# what pages use: the button that copies an address, and the one that fills the screen
USED = ("clipboard-write", "fullscreen")
UNUSED = (
    "accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "clipboard-read", "display-capture",
    "encrypted-media", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get", "idle-detection",
    "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture",
    "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access",
    "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": ", ".join([*(f"{one}=()" for one in UNUSED), *(f"{one}=(self)" for one in USED)]),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = "content-security-policy"
# an answer that is no page of the app runs nothing; those that say why there is nothing have a style of their own
NOTHING = ("default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'")
# What Streamlit's page needs. It writes its styles into the page as it draws, and starts scripts of components from
# the memory of the browser (blob:). Figures are saved as pictures from there as well, and by data:.
PAGE = (
    "default-src 'none'", "script-src 'self' blob: {hashes}", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "object-src 'none'",
    "frame-src 'none'", "worker-src 'none'", "base-uri 'none'", "form-action 'none'",
)  # fmt: skip
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# nobody but the visitor may keep an answer that gives a cookie
PRIVATE = "private, no-store"
FORBIDDEN, BROKEN = 403, 500


def build_page_policy(page: bytes) -> str:
    """Return what a page of the app may load and run: of scripts within it, only those that it came with."""
    digests = (hashlib.sha256(script).digest() for script in INLINE.findall(page))
    hashes = " ".join(f"'sha256-{base64.b64encode(one).decode()}'" for one in digests)
    return _format_policy(one.format(hashes=hashes) for one in PAGE)


def _format_policy(rules: Iterable[str]) -> str:
    return "; ".join([*rules, embed.format_frame_ancestors()])


def add_standard_headers(given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer with those that every answer has."""
    headers = MutableHeaders(raw=list(given))
    for name, value in ALWAYS.items():
        headers[name] = value
    headers.setdefault(POLICY, _format_policy(NOTHING))
    if "set-cookie" in headers:
        headers["cache-control"] = PRIVATE
        add_vary_header(headers, "Cookie")
    return headers.raw


def add_vary_header(headers: MutableHeaders, name: str) -> None:
    """Say once that the answer depends on a header of the request."""
    given = [one.strip() for line in headers.getlist("vary") for one in line.split(",") if one.strip()]
    headers["vary"] = ", ".join(dict.fromkeys([*(one.title() for one in given), name]))


class Headers:
    """ASGI middleware that adds headers to every answer, answers HEAD like GET, and words errors."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or open one line of a page."""
        if scope["type"] == "http":
            await self._answer_request(scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, _Handshake(scope, send).send)
        else:
            await self.app(scope, receive, send)

    async def _answer_request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, head = False, scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message = {**message, "headers": add_standard_headers(message.get("headers", ()))}
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # whatever answers GET answers HEAD, with the same headers
        asked = {**scope, "method": "GET"} if head else scope
        try:
            await self.app(asked, receive, send_with_headers)
        except Exception:
            if begun:
                raise
            logging.getLogger(__name__).exception("no answer to %s %s", scope["method"], scope["path"])
            await error_page.build_error_response(Request(asked), "server.broken", BROKEN)(
                asked, receive, send_with_headers
            )


class _Handshake:
    """Sends what a server says to the client of a WebSocket; a refusal becomes an answer with headers."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send, self._open = send, False
        self._worded = "websocket.http.response" in scope.get("extensions", {})

    async def send(self, message: Message) -> None:
        if message["type"] == "websocket.accept":
            self._open = True
            message = {**message, "headers": add_standard_headers(message.get("headers", ()))}
        elif message["type"] == "websocket.close" and not self._open and self._worded:
            await self._refuse_handshake()
            return
        elif message["type"] == "websocket.http.response.start":
            message = {**message, "headers": add_standard_headers(message.get("headers", ()))}
        await self._send(message)

    async def _refuse_handshake(self) -> None:
        plain = add_standard_headers([(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")])
        await self._send({"type": "websocket.http.response.start", "status": FORBIDDEN, "headers": plain})
        await self._send({"type": "websocket.http.response.body", "body": b""})
