"""Connections that another site's page opens are refused before they reach Streamlit.

Streamlit refuses them as well, but first asks servers outside for its own address, and stops all visitors meanwhile.
"""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import get_option

LOCAL = ("localhost", "127.0.0.1", "::1")
FORBIDDEN = 4403


class SameOrigin:
    """ASGI middleware that refuses WebSockets whose page came from another place than they are opened to."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "websocket" and not is_own_origin(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": FORBIDDEN})
        else:
            await self.app(scope, receive, send)


def is_own_origin(headers: Headers) -> bool:
    """Return whether the page that opens a connection is this app's; programs, which name none, may open one."""
    origin = headers.get("origin")
    if not origin or not get_option("server.enableCORS"):
        return True
    try:
        found = urlsplit(origin)
        name = found.hostname or ""
    except ValueError:
        return False
    named = {get_option("browser.serverAddress"), get_option("server.address"), *LOCAL}
    return bool(name) and (found.netloc == headers.get("host") or name in named or origin in _list_allowed_origins())


def _list_allowed_origins() -> list[str]:
    return [one.rstrip("/") for one in get_option("server.corsAllowedOrigins") or ()]
