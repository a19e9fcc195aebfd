"""Which addresses there are: pages, their files, and the few of Streamlit's own that a page needs.

Streamlit answers an unknown address with its page, and has addresses for programs that nobody needs here: metrics,
an interface for agents, signing in.
"""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from khoosheh.ui import addresses, refusal, view
from khoosheh.ui.headers import vary
from khoosheh.ui.pages import PAGES

FILES = (
    "_stcore/health", "_stcore/host-config", "_stcore/stream", "favicon.png",
)  # fmt: skip
STREAMLIT = "_stcore/"
FOLDERS = ("_stcore/upload_file/", "app/static/", "khoosheh/", "media/", "static/")
MISSING = 404
LONGEST_NAME = 60


def is_page(path: str) -> bool:
    """Tell whether a page of the app has this path."""
    return _name(path) in ("", *PAGES[1:])


def refused(request: Request) -> Response | None:
    """Return the answer to a request for an address that does not exist or has another name; else nothing."""
    name = _name(request.scope["path"])
    if name is not None and (is_page(request.scope["path"]) or name in FILES or name.startswith(FOLDERS)):
        return None
    moved = _moved(request)
    if moved:
        return RedirectResponse(moved)
    if name is not None and request.method == "GET" and refusal.wants_page(request) and not _is_file(name):
        lang = view.language(addresses.read_fields(request.url.query))
        missing = {"lang": lang, "missing": name.strip("/")[:LONGEST_NAME]}
        return _by_accept(RedirectResponse(addresses.rooted("", missing)))
    return not_there(request)


def not_there(request: Request) -> Response:
    """Return the answer to a request for an address that does not exist."""
    return _by_accept(refusal.answer(request, "server.missing", MISSING))


def _name(path: str) -> str | None:
    """Return a path below that of the app, without its first slash; nothing for what is not below it."""
    base = f"{addresses.base()}/"
    return path.removeprefix(base) if path.startswith(base) else None


def _moved(request: Request) -> str:
    """Return the address of a page that was asked for in another form: with a slash behind, the first by its name."""
    path = request.scope["path"]
    name = path.removeprefix(addresses.base()).strip("/")
    below = path == addresses.base() or _name(path) is not None
    return addresses.rooted(name, request.url.query) if below and name in ("", *PAGES) else ""


def _is_file(name: str) -> bool:
    """Tell whether a name is one of a file or of Streamlit's own, which nobody takes for a page's."""
    return "." in name.rsplit("/", 1)[-1] or name.startswith(STREAMLIT)


def _by_accept(response: Response) -> Response:
    vary(response.headers, "Accept")
    return response
