"""Scripts of the page: compressed once, and requested before they are needed.

Streamlit sends its scripts uncompressed, since compressing them for each request would take longer than sending them;
and its page learns only from the first run which scripts it needs. The scripts never change while a server runs, so
that they can be compressed once and named in the head of the page.
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

FOLDER = Path(streamlit.__file__).parent / "static" / "static" / "js"
ADDRESS = "static/js/"
# Elements that every page has and whose scripts Streamlit's page does not request at once.
ELEMENTS = ("Html", "BidiComponent", "Selectbox", "Multiselect", "DownloadButton")
IMPORTED = re.compile(r'(?:from|import)\s*"\./([\w.-]+\.js)"')
# the address of a script changes with its content
HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "accept-encoding"}


class CompressedScripts:
    """ASGI middleware that sends Streamlit's scripts compressed to browsers that accept gzip."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        """Wrap ``app``, which is served below the path ``base``."""
        self.app, self.address = app, f"{f'/{base}' if base else ''}/{ADDRESS}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one WebSocket."""
        is_script = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(self.address)
        name = scope["path"].removeprefix(self.address) if is_script else ""
        if name in list_script_names() and _accepts_gzip(Request(scope)):
            await _build_script_response(FOLDER / name, compressed=True)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def send_script(script: Path, request: Request) -> Response:
    """Return a script of the app."""
    return _build_script_response(script, compressed=_accepts_gzip(request))


def _accepts_gzip(request: Request) -> bool:
    return "gzip" in request.headers.get("accept-encoding", "")


def _build_script_response(script: Path, *, compressed: bool) -> Response:
    encoding = {"content-encoding": "gzip"} if compressed else {}
    content = _compress_script(script) if compressed else script.read_bytes()
    return Response(content, headers=HEADERS | encoding, media_type="text/javascript")


@cache
def _compress_script(script: Path) -> bytes:
    return gzip.compress(script.read_bytes(), 6)


@cache
def list_script_names() -> frozenset[str]:
    """Return the file names of Streamlit's scripts."""
    return frozenset(path.name for path in FOLDER.glob("*.js"))


@cache
def list_preload_scripts() -> tuple[str, ...]:
    """Return the file names of the scripts of ``ELEMENTS`` and of the scripts that they import, each once.

    The names contain a hash that changes with releases of Streamlit. An element without a script of the expected name
    is left out: the page then loads its script when it needs it.
    """
    names: dict[str, None] = {}
    for element in ELEMENTS:
        for name in sorted(list_script_names()):
            if re.fullmatch(rf"{element}\.[\w-]+\.js", name):
                names |= dict.fromkeys(_iter_imported_scripts(name, set()))
    return tuple(names)


def _iter_imported_scripts(name: str, seen: set[str]) -> Iterator[str]:
    if name in seen:
        return
    seen.add(name)
    yield name
    for other in IMPORTED.findall((FOLDER / name).read_text(encoding="utf-8")):
        if other in list_script_names():
            yield from _iter_imported_scripts(other, seen)
