"""Drafts of visitors: unpublished registers that a visitor previews, and files whose faults can be marked.

Two secrets identify a draft: a token in the address, so that links, reload and the back button keep the draft, and a
secret in a cookie, so that other people who open such a link see the published register. Drafts are held in memory
only, for a limited time, and their total size is limited.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from khoosheh.limits import PREVIEWS, PREVIEWS_OF_VISITOR
from khoosheh.register import Register

COOKIE = "khoosheh_visitor"
SECONDS = 2 * 3600
# A draft that was not used for this time may be dropped for one of another visitor.
IDLE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Draft:
    """A register that one visitor previews; ``name``: the file that it was read from."""

    name: str
    register: Register

    @property
    def nbytes(self) -> int:
        """The size of the register in bytes."""
        return self.register.nbytes


@dataclass(frozen=True)
class GivenFile:
    """A file with faults, held so that a copy with marked faults can be made."""

    name: str
    content: bytes

    @property
    def nbytes(self) -> int:
        """The size of the file in bytes."""
        return len(self.content)


@dataclass
class _Entry:
    owner: str
    held: Draft | GivenFile
    # stored, since a register computes its size from all of its tables
    nbytes: int
    since: float
    used: float


class Drafts:
    """The drafts of all visitors, limited in bytes for each visitor and in total.

    A new draft replaces the oldest ones of the same visitor where needed. Drafts of other visitors are dropped for it
    only if they were not used for ``IDLE_SECONDS``; if that does not free enough memory, the new draft is refused.
    """

    def __init__(
        self,
        most: int = PREVIEWS,
        most_of_owner: int = PREVIEWS_OF_VISITOR,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin without drafts; ``most`` and ``most_of_owner``: limits in bytes, in total and for each visitor."""
        self._most, self._most_of_owner, self._clock = most, most_of_owner, clock
        self._lock = threading.Lock()
        # by token, the oldest first
        self._entries: dict[str, _Entry] = {}

    @property
    def nbytes(self) -> int:
        """The total size of the drafts in bytes."""
        with self._lock:
            return self._sum_bytes()

    def keep(self, owner: str, held: Draft | GivenFile) -> str:
        """Hold a draft, and return its token; an empty string if the limits do not allow it."""
        token, now, size = secrets.token_urlsafe(16), self._clock(), held.nbytes
        with self._lock:
            self._forget_old()
            self._make_room(owner, size)
            if size > self._most_of_owner or self._sum_bytes() + size > self._most:
                return ""
            self._entries[token] = _Entry(owner, held, size, now, now)
        return token

    def find(self, owner: str, token: str) -> Draft | GivenFile | None:
        """Return the draft of a token; ``None`` if it is no longer held or belongs to another visitor."""
        with self._lock:
            self._forget_old()
            entry = self._entries.get(token)
            if entry is None or not secrets.compare_digest(entry.owner.encode(), owner.encode()):
                return None
            entry.used = self._clock()
            return entry.held

    def drop(self, owner: str, token: str) -> None:
        """Drop the draft of a token if it belongs to ``owner``."""
        with self._lock:
            entry = self._entries.get(token)
            if entry is not None and entry.owner == owner:
                del self._entries[token]

    def _make_room(self, owner: str, size: int) -> None:
        own = [token for token, entry in self._entries.items() if entry.owner == owner]
        while own and (self._sum_bytes(owner) + size > self._most_of_owner or self._sum_bytes() + size > self._most):
            del self._entries[own.pop(0)]
        if size > self._most_of_owner:
            return
        idle = self._clock() - IDLE_SECONDS
        unused = sorted((entry.used, token) for token, entry in self._entries.items() if entry.used < idle)
        while unused and self._sum_bytes() + size > self._most:
            del self._entries[unused.pop(0)[1]]

    def _sum_bytes(self, owner: str | None = None) -> int:
        return sum(entry.nbytes for entry in self._entries.values() if owner in (None, entry.owner))

    def _forget_old(self) -> None:
        end = self._clock() - SECONDS
        self._entries = {token: entry for token, entry in self._entries.items() if entry.since >= end}


HELD = Drafts()


def read_visitor_secret() -> str:
    """Return the secret in the visitor's cookie; one of the session if the browser stores no cookies."""
    return dict(st.context.cookies).get(COOKIE) or st.session_state.setdefault(COOKIE, secrets.token_urlsafe(16))


def find_draft(token: str) -> Draft | None:
    """Return the draft of a token of the address; ``None`` if this visitor has no such draft."""
    held = HELD.find(read_visitor_secret(), token) if token else None
    return held if isinstance(held, Draft) else None


def find_file(token: str) -> GivenFile | None:
    """Return the file of a token; ``None`` if this visitor has no such file, or it is no longer held."""
    held = HELD.find(read_visitor_secret(), token) if token else None
    return held if isinstance(held, GivenFile) else None
