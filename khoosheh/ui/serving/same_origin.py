"""Refusing WebSockets that pages of other sites open, before they reach Streamlit.

Streamlit refuses them as well, but first asks external servers for its own address and blocks all visitors meanwhile.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option

LOCAL = ("localhost", "127.0.0.1", "::1")
FORBIDDEN = 4403


class SameOrigin:
    """ASGI middleware that refuses WebSockets whose page has another origin than the app."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one WebSocket."""
        if scope["type"] == "websocket" and not is_own_origin(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": FORBIDDEN})
        else:
            await self.app(scope, receive, send)


def is_own_origin(headers: Headers) -> bool:
    """Return whether a page of this app opens the connection; also ``True`` for programs, which name no origin."""
    origin = headers.get("origin")
    if not origin or not get_option("server.enableCORS"):
        return True
    try:
        parts = urlsplit(origin)
        name = parts.hostname or ""
    except ValueError:
        return False
    own_names = {get_option("browser.serverAddress"), get_option("server.address"), *LOCAL}
    is_own = parts.netloc == headers.get("host") or name in own_names
    return bool(name) and (is_own or origin in _list_allowed_origins())


def _list_allowed_origins() -> list[str]:
    return [allowed.rstrip("/") for allowed in get_option("server.corsAllowedOrigins") or ()]
