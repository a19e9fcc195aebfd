"""Which addresses there are: pages, their files, and the few of Streamlit's own that a page needs.

Streamlit answers an unknown address with its page, and has addresses for programs that nobody needs here: metrics,
an interface for agents, signing in.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khoosheh.ui.markup import addresses
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.serving import error_page
from khoosheh.ui.serving.headers import add_vary_header
from khoosheh.ui.state import view

FILES = (
    "_stcore/health", "_stcore/host-config", "_stcore/stream", "favicon.png",
)  # fmt: skip
STREAMLIT = "_stcore/"
FOLDERS = ("_stcore/upload_file/", "app/static/", "khoosheh/", "media/", "static/")
MISSING = 404
LONGEST_NAME = 60


def is_page(path: str) -> bool:
    """Tell whether a page of the app has this path."""
    return _strip_base_path(path) in ("", *PAGES[1:])


def check_route(request: Request) -> Response | None:
    """Return the answer to a request for an address that does not exist or has another name; else nothing."""
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
    """Return the answer to a request for an address that does not exist."""
    return _vary_by_accept(error_page.build_error_response(request, "server.missing", MISSING))


def _strip_base_path(path: str) -> str | None:
    """Return a path below that of the app, without its first slash; nothing for what is not below it."""
    base = f"{addresses.read_base_path()}/"
    return path.removeprefix(base) if path.startswith(base) else None


def _find_canonical_address(request: Request) -> str:
    """Return the address of a page that was asked for in another form: with a slash behind, the first by its name."""
    path = request.scope["path"]
    name = path.removeprefix(addresses.read_base_path()).strip("/")
    below = path == addresses.read_base_path() or _strip_base_path(path) is not None
    return addresses.build_rooted_address(name, request.url.query) if below and name in ("", *PAGES) else ""


def _is_file(name: str) -> bool:
    """Tell whether a name is one of a file or of Streamlit's own, which nobody takes for a page's."""
    return "." in name.rsplit("/", 1)[-1] or name.startswith(STREAMLIT)


def _vary_by_accept(response: Response) -> Response:
    add_vary_header(response.headers, "Accept")
    return response
