"""Scripts of the page: packed once instead of never, and asked for before they are missed.

Streamlit sends its scripts unpacked, since packing them anew for each visitor takes longer than sending them; and its
page learns only from its first run which of them it needs. Neither has to be: they never change while a server runs.
"""

import gzip
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from khoosheh.figures import plotly_bundle as drawing

FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
ADDRESS = "static/js/"
# What every page has and Streamlit's page does not ask for at once: links in its head, elements of our own, filters.
ELEMENTS = ("Html", "PageLink", "BidiComponent", "Selectbox", "Multiselect", "DownloadButton")
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
# their addresses change with their content
HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}


class CompressedScripts:
    """ASGI middleware that sends Streamlit's scripts packed, where the browser takes them so."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        """Wrap ``app``, which is served below ``base``."""
        self.app, self.address = app, f"{f'/{base}' if base else ''}/{ADDRESS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        asks = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(self.address)
        name = scope["path"].removeprefix(self.address) if asks else ""
        if name in list_script_names() and _accepts_gzip(Request(scope)):
            await _build_script_response(FOLDER / name, packed=True)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def send_plotly_script(request: Request) -> Response:
    """Send the script that draws figures."""
    return _build_script_response(drawing.SCRIPT, packed=_accepts_gzip(request))


def _accepts_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _build_script_response(script: Path, *, packed: bool) -> Response:
    more = {"content-encoding": "gzip"} if packed else {}
    content = _compress_script(script) if packed else script.read_bytes()
    return Response(content, headers=HEADERS | more, media_type="text/javascript")


@cache
def _compress_script(script: Path) -> bytes:
    return gzip.compress(script.read_bytes(), 6)


@cache
def list_script_names() -> frozenset[str]:
    """Return the names of Streamlit's scripts."""
    return frozenset(path.name for path in FOLDER.glob("*.js"))


@cache
def list_preload_scripts() -> tuple[str, ...]:
    """Return the names of the scripts of ``ELEMENTS`` and of what they import.

    Names have other letters in each release of Streamlit. An element that is not found is fetched when it is missed.
    """
    found: dict[str, None] = {}
    for element in ELEMENTS:
        for name in sorted(list_script_names()):
            if re.fullmatch(rf"{element}\.[\w-]+\.js", name):
                found |= dict.fromkeys(_iter_imported_scripts(name, set()))
    return tuple(found)


def _iter_imported_scripts(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen:
        return
    seen.add(name)
    yield name
    for other in IMPORTED.findall((FOLDER / name).read_text(encoding="utf-8")):
        if other in list_script_names():
            yield from _iter_imported_scripts(other, seen)
