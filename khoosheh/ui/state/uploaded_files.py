"""The uploaded files that Streamlit holds in memory: their sizes, and when they are freed.

Streamlit keeps a file until its session ends, some minutes after the visitor has left, and never frees a file that
arrives after that. Khoosheh frees files once they were read, when the visitor goes to another page, and some seconds
after the connection was lost. Sizes are read from Streamlit's own store each time.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable
from typing import cast

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from khoosheh import limits
from khoosheh.ui.state.previews import COOKIE

# added to the size of each file, so that the number of empty files is limited as well
_RECORD = 64 * 1024
_EVERY_SECONDS = 2
# Streamlit lets a visitor return to a session for two minutes
_RETURN_SECONDS = 180
# characters of the cookie that identify a visitor
_KEY = 64


class UploadedFiles:
    """The files of all sessions, and the sessions whose page shows the uploader.

    Pages call the methods from their threads and the server from its event loop. No lock is needed: each step changes
    a single dict or set, which is atomic.
    """

    def __init__(
        self,
        manager: Callable[[], MemoryUploadedFileManager],
        is_connected: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin without sessions; ``is_connected`` tells whether a session id has a connected visitor."""
        self._manager, self._is_connected, self._clock = manager, is_connected, clock
        self._visitors: dict[str, str] = {}
        self._open: set[str] = set()
        self._left: dict[str, float] = {}
        self._freed: set[str] = set()

    def open_session(self, session_id: str, visitor: str) -> None:
        """Accept files of a session whose page shows the uploader."""
        self._visitors[session_id] = visitor
        self._open.add(session_id)

    def close_session(self, session_id: str) -> None:
        """Accept no more files of a session, and free its files."""
        if session_id in self._open:
            self._open.discard(session_id)
            self.free_session_files(session_id)

    def visitor_of(self, session_id: str) -> str | None:
        """Return the visitor of a session that may upload now; ``None`` if it may not."""
        if session_id in self._open and self._is_connected(session_id):
            return self._visitors.get(session_id)
        return None

    def bytes_held(self) -> dict[str, int]:
        """Return the bytes of files in memory by session."""
        return {session: sum(map(_compute_file_size, files)) for session, files in self._list_records().items()}

    def bytes_of_visitors(self) -> dict[str, int]:
        """Return the bytes of files in memory by visitor, over all sessions of the visitor."""
        totals: dict[str, int] = {}
        for session, size in self.bytes_held().items():
            visitor = self._visitors.get(session, "")
            totals[visitor] = totals.get(visitor, 0) + size
        return totals

    def free_session_files(self, session_id: str) -> None:
        """Free all files of a session."""
        self._manager().remove_session_files(session_id)

    def free_left(self) -> None:
        """Free the files of sessions that have been disconnected for ``LEFT_SECONDS``."""
        now, records = self._clock(), self._list_records()
        for session in {*records, *self._visitors}:
            if self._is_connected(session):
                self._left.pop(session, None)
                continue
            away = now - self._left.setdefault(session, now)
            if away >= limits.LEFT_SECONDS and any(record.data for record in records.get(session, ())):
                self.free_session_files(session)
                self._freed.add(session)
            if away >= _RETURN_SECONDS:
                self._forget_session(session)

    def was_freed(self, session_id: str) -> bool:
        """Return whether files of a session were freed while it was disconnected; ``True`` only once."""
        freed = session_id in self._freed
        self._freed.discard(session_id)
        return freed

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
    # the store of Streamlit's own server; the interface that its type names has no sizes
    lambda: cast(MemoryUploadedFileManager, runtime.get_instance().uploaded_file_mgr),
    lambda session_id: runtime.get_instance().is_active_session(session_id),
)


def open_session() -> None:
    """Accept files of the session of the running page."""
    FILES.open_session(_read_session_id(), identify_visitor())


def free_file(file_id: str) -> None:
    """Free one file of the session of the running page."""
    context = get_script_run_ctx()
    # the interface that the type of the context names cannot remove single files
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)


def close_session() -> None:
    """Accept no more files of the session of the running page, and free its files."""
    FILES.close_session(_read_session_id())


def was_freed() -> bool:
    """Return whether files of this session were freed while it was disconnected; ``True`` only once."""
    return FILES.was_freed(_read_session_id())


def identify_visitor() -> str:
    """Return an identifier of the visitor of the running page, from the cookie or else from the IP address."""
    cookie = dict(st.context.cookies).get(COOKIE)
    return f"browser {cookie[:_KEY]}" if cookie else f"address {st.context.ip_address}"


def _read_session_id() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


async def free_regularly() -> None:
    """Free the files of disconnected sessions every few seconds; runs until cancelled."""
    while True:
        await asyncio.sleep(_EVERY_SECONDS)
        try:
            FILES.free_left()
        except Exception:  # the next round may succeed; without one, memory would fill
            logging.getLogger(__name__).exception("files of visitors who have left were not freed")
