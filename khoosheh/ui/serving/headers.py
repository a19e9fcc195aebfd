"""Headers of every response: security policy and caching.

This is the outermost middleware, so that redirects, refusals and error responses get the headers as well.
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

# browser features that pages use: copying an address, and full screen
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
    "permissions-policy": ", ".join(
        [*(f"{feature}=()" for feature in UNUSED), *(f"{feature}=(self)" for feature in USED)]
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
POLICY = "content-security-policy"
# Responses other than pages may load and run nothing; error pages have an inline style.
NOTHING = ("default-src 'none'", "style-src 'unsafe-inline'", "base-uri 'none'", "form-action 'none'")
# What Streamlit's page needs: it writes inline styles, and loads scripts of components from blob: addresses. Figures
# that are saved as pictures use blob: and data: addresses.
PAGE = (
    "default-src 'none'", "script-src 'self' blob: {hashes}", "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:", "font-src 'self' data:", "connect-src 'self'", "object-src 'none'",
    "frame-src 'none'", "worker-src 'none'", "base-uri 'none'", "form-action 'none'",
)  # fmt: skip
INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# a response that sets a cookie is for one visitor: no shared cache may store it
PRIVATE = "private, no-store"
FORBIDDEN, BROKEN = 403, 500


def build_page_policy(page: bytes) -> str:
    """Return the content security policy of a page, which allows only the inline scripts that ``page`` contains."""
    digests = (hashlib.sha256(script).digest() for script in INLINE.findall(page))
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
    return _format_policy(rule.format(hashes=hashes) for rule in PAGE)


def _format_policy(rules: Iterable[str]) -> str:
    return "; ".join([*rules, embed.format_frame_ancestors()])


def add_standard_headers(own: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of a response with the ones that every response has."""
    headers = MutableHeaders(raw=list(own))
    for name, value in ALWAYS.items():
        headers[name] = value
    headers.setdefault(POLICY, _format_policy(NOTHING))
    if "set-cookie" in headers:
        headers["cache-control"] = PRIVATE
        add_vary_header(headers, "Cookie")
    return headers.raw


def add_vary_header(headers: MutableHeaders, name: str) -> None:
    """Add the name of a request header to ``Vary``; each name stands there once."""
    names = [part.strip() for line in headers.getlist("vary") for part in line.split(",") if part.strip()]
    headers["vary"] = ", ".join(dict.fromkeys([*(other.title() for other in names), name]))


class Headers:
    """ASGI middleware that adds headers to every response, answers HEAD like GET, and turns exceptions into pages."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one WebSocket."""
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

        # HEAD has the headers of GET and no body
        handled = {**scope, "method": "GET"} if head else scope
        try:
            await self.app(handled, receive, send_with_headers)
        except Exception:
            if begun:
                raise
            logging.getLogger(__name__).exception("no answer to %s %s", scope["method"], scope["path"])
            response = error_page.build_error_response(Request(handled), "server.broken", BROKEN)
            await response(handled, receive, send_with_headers)


class _Handshake:
    """Sends the messages of a WebSocket's server, and turns a refused handshake into a response with headers."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._send, self._open = send, False
        self._can_respond = "websocket.http.response" in scope.get("extensions", {})

    async def send(self, message: Message) -> None:
        if message["type"] == "websocket.accept":
            self._open = True
            message = {**message, "headers": add_standard_headers(message.get("headers", ()))}
        elif message["type"] == "websocket.close" and not self._open and self._can_respond:
            await self._refuse_handshake()
            return
        elif message["type"] == "websocket.http.response.start":
            message = {**message, "headers": add_standard_headers(message.get("headers", ()))}
        await self._send(message)

    async def _refuse_handshake(self) -> None:
        plain = add_standard_headers([(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"0")])
        await self._send({"type": "websocket.http.response.start", "status": FORBIDDEN, "headers": plain})
        await self._send({"type": "websocket.http.response.body", "body": b""})
