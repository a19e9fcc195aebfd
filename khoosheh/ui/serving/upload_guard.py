"""A guard before the address at which Streamlit takes files: ``/_stcore/upload_file/SESSION/FILE``.

Streamlit takes files of up to its own limit from every connected session, as many as come, whatever page is open, and
keeps them in memory. The guard lets a file through only where uploads are on and the page of the session shows the
uploader. It reserves the bytes before any is read, so that no number of senders takes more memory than was set.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from khoosheh import limits
from khoosheh.ui.serving.upload_body import MOST, Answer, Body, BodyRefusedError, SenderLeftError
from khoosheh.ui.state.upload_setting import uploads_allowed
from khoosheh.ui.state.uploaded_files import FILES, UploadedFiles

# below any path at which the app may be served
ADDRESS = "/_stcore/upload_file"


class UploadGuard:
    """ASGI middleware that refuses files which the server should not take; all else passes."""

    def __init__(self, app: ASGIApp, files: UploadedFiles = FILES) -> None:
        """Wrap ``app``, whose files are ``files``."""
        self.app, self._files, self._reserved = app, files, Reservations(files)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
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
            # nobody is there to be answered
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
        # Streamlit would compare the whole form with what a file may have, and refuse the largest one that is allowed
        kept = [pair for pair in scope["headers"] if pair[0] != b"content-length"]
        with self._reserved.reserve(session, visitor, size):
            await self.app({**scope, "headers": kept}, body.receive, answer.send)


class Reservations:
    """Bytes of the files that are coming in; used by the event loop only."""

    def __init__(self, files: UploadedFiles) -> None:
        """Reserve beside what ``files`` holds."""
        self._files = files
        self._bytes: Counter[str] = Counter()
        self._of_visitor: Counter[str] = Counter()
        self._bodies: Counter[str] = Counter()

    @contextmanager
    def reserve(self, session: str, visitor: str, size: int) -> Iterator[None]:
        """Reserve the bytes of one file while it comes; raises ``BodyRefusedError`` where a limit is reached."""
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
        # a limit that is less than one file would refuse all
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
    """Return the bytes that a request says to bring; the most that is allowed where it does not say."""
    headers = dict(scope["headers"])
    given = headers.get(b"content-length", b"")
    if b"transfer-encoding" in headers or not given.isdigit():
        return MOST
    # more digits than any size has are as good as the largest
    return int(given[:20])


def _parse_session_id(path: str) -> str:
    return path.rsplit("/", 2)[-2]
