"""Guarding the address at which Streamlit accepts files: ``/_stcore/upload_file/SESSION/FILE``.

Streamlit accepts any number of files from every connected session, whatever page is open, and keeps them in memory.
The guard accepts a file only if uploads are enabled and the page of the session shows the uploader. It reserves the
declared size before it reads the body, so that any number of senders together stay within the limits of memory.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from khoosheh import limits
from khoosheh.ui.serving.upload_body import MOST, Answer, Body, BodyRefusedError, SenderLeftError
from khoosheh.ui.state.upload_setting import uploads_allowed
from khoosheh.ui.state.uploaded_files import FILES, UploadedFiles

# a part of the path, since the app may be served below another path
ADDRESS = "/_stcore/upload_file"


class UploadGuard:
    """ASGI middleware that refuses uploads which the limits do not allow, and passes all other requests on."""

    def __init__(self, app: ASGIApp, files: UploadedFiles = FILES) -> None:
        """Wrap ``app``, which stores its uploads in ``files``."""
        self.app, self._files, self._reserved = app, files, Reservations(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request or one WebSocket."""
        if scope["type"] != "http" or ADDRESS not in scope["path"]:
            await self.app(scope, receive, send)
            return
        body = Body(receive)
        answer = Answer(send, body)
        try:
            await self._pass_upload(scope, body, answer)
        except BodyRefusedError as refused:
            await answer.refuse(refused.status, str(refused))
        except SenderLeftError:
            # the connection is gone: no response is possible
            return

    async def _pass_upload(self, scope: Scope, body: Body, answer: Answer) -> None:
        if not uploads_allowed():
            raise BodyRefusedError("not_allowed")
        if scope["method"] != "PUT":
            await self.app(scope, body.receive, answer.send)
            return
        session, size = _parse_session_id(scope["path"]), read_declared_size(scope)
        visitor = self._files.visitor_of(session)
        if visitor is None:
            raise BodyRefusedError("not_allowed")
        if size > MOST:
            raise BodyRefusedError("too_large")
        body.limit(size)
        # Without this header: Streamlit would compare the size of the whole form with the limit of a file, and refuse
        # the largest file that is allowed.
        headers = [pair for pair in scope["headers"] if pair[0] != b"content-length"]
        with self._reserved.reserve(session, visitor, size):
            await self.app({**scope, "headers": headers}, body.receive, answer.send)


class Reservations:
    """The reserved bytes of uploads in progress; used by the event loop only."""

    def __init__(self, files: UploadedFiles) -> None:
        """Count reservations in addition to the bytes that ``files`` holds."""
        self._files = files
        self._bytes: Counter[str] = Counter()
        self._of_visitor: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()

    @contextmanager
    def reserve(self, session: str, visitor: str, size: int) -> Iterator[None]:
        """Reserve the bytes of one upload while the block runs; raises ``BodyRefusedError`` beyond a limit."""
        self._check_bodies(visitor)
        self._check_bytes(session, visitor, size)
        self._change_counts(session, visitor, size, 1)
        try:
            yield
        finally:
            self._change_counts(session, visitor, -size, -1)

    def _check_bodies(self, visitor: str) -> None:
        if self._bodies[visitor] >= limits.BODIES_OF_VISITOR or self._bodies.total() >= limits.BODIES_IN_ALL:
            raise BodyRefusedError("too_many")

    def _check_bytes(self, session: str, visitor: str, size: int) -> None:
        held, of_visitors = self._files.bytes_held(), self._files.bytes_of_visitors()
        bounds = (
            (held.get(session, 0) + self._bytes[session], limits.UPLOADS_OF_SESSION),
            (of_visitors.get(visitor, 0) + self._of_visitor[visitor], limits.UPLOADS_OF_VISITOR),
            (sum(held.values()) + self._bytes.total(), limits.UPLOADS_IN_ALL),
        )
        # a limit below the size of one file would refuse all files
        if any(taken + size > max(most, MOST) for taken, most in bounds):
            raise BodyRefusedError("too_many")

    def _change_counts(self, session: str, visitor: str, size: int, bodies: int) -> None:
        for counter, key, change in (
            (self._bytes, session, size),
            (self._of_visitor, visitor, size),
            (self._bodies, visitor, bodies),
        ):
            counter[key] += change
            if not counter[key]:
                del counter[key]


def read_declared_size(scope: Scope) -> int:
    """Return the declared size of a body in bytes; the largest allowed one if the request declares none."""
    headers = dict(scope["headers"])
    declared = headers.get(b"content-length", b"")
    if b"transfer-encoding" in headers or not declared.isdigit():
        return MOST
    # twenty digits exceed any limit, and longer numbers are slow to parse
    return int(declared[:20])


def _parse_session_id(path: str) -> str:
    return path.rsplit("/", 2)[-2]
