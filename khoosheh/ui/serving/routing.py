"""The addresses that exist: pages, their files, and the few addresses of Streamlit that a page needs.

Streamlit itself would answer an unknown address with its page, and serves more addresses that this app does not need:
metrics, an interface for agents, signing in.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khoosheh.ui.markup import addresses
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.serving import error_page
from khoosheh.ui.serving.headers import add_vary_header
from khoosheh.ui.state import view

FILES = ("_stcore/health", "_stcore/host-config", "_stcore/stream", "favicon.png")
STREAMLIT = "_stcore/"
FOLDERS = ("_stcore/upload_file/", "app/static/", "khoosheh/", "media/", "static/")
MISSING = 404
LONGEST_NAME = 60


def is_page(path: str) -> bool:
    """Return whether a path is that of a page of the app."""
    return _strip_base_path(path) in ("", *PAGES[1:])


def check_route(request: Request) -> Response | None:
    """Return ``None`` for an address that exists; else a redirect to its canonical form, or the error response."""
    name = _strip_base_path(request.scope["path"])
    if name is not None and (is_page(request.scope["path"]) or name in FILES or name.startswith(FOLDERS)):
        return None
    moved = _find_canonical_address(request)
    if moved:
        return RedirectResponse(moved)
    if name is not None and request.method == "GET" and error_page.wants_page(request) and not _is_file(name):
        lang = view.read_language(addresses.read_fields(request.url.query))
        missing = {"lang": lang, "missing": name.strip("/")[:LONGEST_NAME]}
        return _vary_by_accept(RedirectResponse(addresses.build_rooted_address("", missing)))
    return build_not_found_response(request)


def build_not_found_response(request: Request) -> Response:
    """Return the response to a request for an address that does not exist."""
    return _vary_by_accept(error_page.build_error_response(request, "server.missing", MISSING))


def _strip_base_path(path: str) -> str | None:
    """Return a path relative to that of the app, without its first slash; ``None`` for a path outside of it."""
    base = f"{addresses.read_base_path()}/"
    return path.removeprefix(base) if path.startswith(base) else None


def _find_canonical_address(request: Request) -> str:
    """Return the canonical address of a page for a path with a trailing slash or the first page's name; else ''."""
    path = request.scope["path"]
    name = path.removeprefix(addresses.read_base_path()).strip("/")
    below = path == addresses.read_base_path() or _strip_base_path(path) is not None
    return addresses.build_rooted_address(name, request.url.query) if below and name in ("", *PAGES) else ""


def _is_file(name: str) -> bool:
    """Return whether a path is that of a file or of Streamlit's own, so that a redirect to a page would not help."""
    return "." in name.rsplit("/", 1)[-1] or name.startswith(STREAMLIT)


def _vary_by_accept(response: Response) -> Response:
    add_vary_header(response.headers, "Accept")
    return response
