"""The files that visitors gave, as Streamlit holds them in memory: how much of it they take, and when it is freed.

Streamlit keeps each file until its session ends, some minutes after the visitor has left; a file that arrives after
the session has ended it keeps for ever. Here files are freed as soon as they were read, when the visitor goes to
another page, and some seconds after the connection was lost. Sizes are asked of Streamlit's own store each time.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from khoosheh import limits
from khoosheh.ui.state.previews import COOKIE

# each file counts for so much more than its bytes, so that many empty ones are bounded as well
_RECORD = 64 * 1024
_EVERY_SECONDS = 2
# Streamlit lets a visitor return to a session for two minutes; afterwards nobody can
_RETURN_SECONDS = 180
# enough of a cookie to tell visitors apart
_KEY = 64


class UploadedFiles:
    """The files of all sessions, and the sessions whose page takes files.

    Pages call it from their own threads, the server from its event loop: each step changes one dict or set at once.
    """

    def __init__(
        self,
        manager: Callable[[], MemoryUploadedFileManager],
        is_connected: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Know no session yet."""
        self._manager, self._is_connected, self._clock = manager, is_connected, clock
        self._visitors: dict[str, str] = {}
        self._open: set[str] = set()
        self._left: dict[str, float] = {}
        self._freed: set[str] = set()

    def open_session(self, session_id: str, visitor: str) -> None:
        """Let a session give files, since its page shows the uploader."""
        self._visitors[session_id] = visitor
        self._open.add(session_id)

    def close_session(self, session_id: str) -> None:
        """Take no more files of a session whose page has no uploader, and free those it gave."""
        if session_id in self._open:
            self._open.discard(session_id)
            self.free_session_files(session_id)

    def visitor_of(self, session_id: str) -> str | None:
        """Return the visitor whose session may give files now; nothing where it may not."""
        if session_id in self._open and self._is_connected(session_id):
            return self._visitors.get(session_id)
        return None

    def bytes_held(self) -> dict[str, int]:
        """Return the bytes that are held for each session."""
        return {session: sum(map(_compute_file_size, files)) for session, files in self._list_records().items()}

    def bytes_of_visitors(self) -> dict[str, int]:
        """Return the bytes that are held for each visitor, all sessions together."""
        found: dict[str, int] = {}
        for session, size in self.bytes_held().items():
            visitor = self._visitors.get(session, "")
            found[visitor] = found.get(visitor, 0) + size
        return found

    def free_session_files(self, session_id: str) -> None:
        """Free all files of a session at once."""
        self._manager().remove_session_files(session_id)

    def free_left(self) -> None:
        """Free the files of all sessions whose visitor has left a while ago and has not come back."""
        now, records = self._clock(), self._list_records()
        for session in {*records, *self._visitors}:
            if self._is_connected(session):
                self._left.pop(session, None)
                continue
            away = now - self._left.setdefault(session, now)
            if away >= limits.LEFT_SECONDS and any(one.data for one in records.get(session, ())):
                self.free_session_files(session)
                self._freed.add(session)
            if away >= _RETURN_SECONDS:
                self._forget_session(session)

    def was_freed(self, session_id: str) -> bool:
        """Tell, once, whether files of a session were freed before its visitor came back."""
        found = session_id in self._freed
        self._freed.discard(session_id)
        return found

    def _forget_session(self, session_id: str) -> None:
        self.free_session_files(session_id)
        self._visitors.pop(session_id, None)
        self._left.pop(session_id, None)
        self._open.discard(session_id)
        self._freed.discard(session_id)

    def _list_records(self) -> dict[str, list[UploadedFileRec]]:
        return {session: list(files.values()) for session, files in list(self._manager().file_storage.items())}


def _compute_file_size(file: UploadedFileRec) -> int:
    return _RECORD + len(file.data) + sys.getsizeof(file.name) + sys.getsizeof(file.type)


FILES = UploadedFiles(
    lambda: runtime.get_instance().uploaded_file_mgr,
    lambda session_id: runtime.get_instance().is_active_session(session_id),
)


def open_session() -> None:
    """Let the session of the running page give files."""
    FILES.open_session(_read_session_id(), identify_visitor())


def close_session() -> None:
    """Take no files of the session of the running page."""
    FILES.close_session(_read_session_id())


def was_freed() -> bool:
    """Tell, once, whether files of this session were freed while its visitor was away."""
    return FILES.was_freed(_read_session_id())


def identify_visitor() -> str:
    """Return the visitor of the running page: the browser by its cookie, else its address."""
    cookie = dict(st.context.cookies).get(COOKIE)
    return f"browser {cookie[:_KEY]}" if cookie else f"address {st.context.ip_address}"


def _read_session_id() -> str:
    found = get_script_run_ctx()
    return found.session_id if found else ""


async def free_regularly() -> None:
    """Free the files of visitors who have left, for as long as the server runs."""
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        try:
            FILES.free_left()
        except Exception:  # the next turn may succeed, and without it memory would fill
            logging.getLogger(__name__).exception("files of visitors who have left were not freed")
