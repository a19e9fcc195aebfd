"""Drafts: registers that a visitor looks at before anybody publishes them, and files whose faults can be marked.

A draft is found by two secrets: one in the address, so that links, reload and the back button keep it, and one in a
cookie of the browser, so that whoever is sent such a link sees what is published. Drafts are held in memory only, for
a while, and within one bound of bytes for all of them.
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
# after this time without a visit, a draft may make room for another visitor's
IDLE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Draft:
    """A register that one visitor looks at; ``name``: the file it came from."""

    name: str
    register: Register

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return self.register.nbytes


@dataclass(frozen=True)
class GivenFile:
    """A file with faults, held so that a copy with its faults marked can be made of it."""

    name: str
    content: bytes

    @property
    def nbytes(self) -> int:
        """The bytes it takes."""
        return len(self.content)


@dataclass
class _Entry:
    owner: str
    held: Draft | GivenFile
    # asking a register for its bytes goes through all of its tables
    nbytes: int
    since: float
    used: float


class Drafts:
    """Drafts within a bound of bytes: for one visitor, and for all.

    A visitor's own oldest drafts make room for the visitor's new one. Drafts of others make room only where nobody
    looked at them for ``IDLE_SECONDS``; where that is not enough, the new one is not held.
    """

    def __init__(
        self,
        most: int = PREVIEWS,
        most_of_owner: int = PREVIEWS_OF_VISITOR,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold none yet."""
        self._most, self._most_of_owner, self._clock = most, most_of_owner, clock
        self._lock = threading.Lock()
        # by token, the oldest first
        self._entries: dict[str, _Entry] = {}

    @property
    def nbytes(self) -> int:
        """The bytes that are held."""
        with self._lock:
            return self._sum_bytes()

    def keep(self, owner: str, held: Draft | GivenFile) -> str:
        """Hold a draft; return the token by which its owner finds it, '' where there is no room for it."""
        token, now, size = secrets.token_urlsafe(16), self._clock(), held.nbytes
        with self._lock:
            self._forget_old()
            self._make_room(owner, size)
            if size > self._most_of_owner or self._sum_bytes() + size > self._most:
                return ""
            self._entries[token] = _Entry(owner, held, size, now, now)
        return token

    def find(self, owner: str, token: str) -> Draft | GivenFile | None:
        """Return a draft to its owner, and to nobody else; nothing where it is no longer held."""
        with self._lock:
            self._forget_old()
            entry = self._entries.get(token)
            if entry is None or not secrets.compare_digest(entry.owner.encode(), owner.encode()):
                return None
            entry.used = self._clock()
            return entry.held

    def drop(self, owner: str, token: str) -> None:
        """Forget a draft of its owner."""
        with self._lock:
            entry = self._entries.get(token)
            if entry is not None and entry.owner == owner:
                del self._entries[token]

    def _make_room(self, owner: str, size: int) -> None:
        own = [token for token, one in self._entries.items() if one.owner == owner]
        while own and (self._sum_bytes(owner) + size > self._most_of_owner or self._sum_bytes() + size > self._most):
            del self._entries[own.pop(0)]
        if size > self._most_of_owner:
            return
        idle = self._clock() - IDLE_SECONDS
        unused = sorted((one.used, token) for token, one in self._entries.items() if one.used < idle)
        while unused and self._sum_bytes() + size > self._most:
            del self._entries[unused.pop(0)[1]]

    def _sum_bytes(self, owner: str | None = None) -> int:
        return sum(one.nbytes for one in self._entries.values() if owner in (None, one.owner))

    def _forget_old(self) -> None:
        end = self._clock() - SECONDS
        self._entries = {token: one for token, one in self._entries.items() if one.since >= end}


HELD = Drafts()


def read_visitor_secret() -> str:
    """Return the secret of the visitor's browser; of the session where the browser keeps no cookie."""
    return dict(st.context.cookies).get(COOKIE) or st.session_state.setdefault(COOKIE, secrets.token_urlsafe(16))


def find_draft(token: str) -> Draft | None:
    """Return the register that this visitor looks at by a token of the address."""
    found = HELD.find(read_visitor_secret(), token) if token else None
    return found if isinstance(found, Draft) else None


def find_file(token: str) -> GivenFile | None:
    """Return the file that this visitor gave, where it is still held."""
    found = HELD.find(read_visitor_secret(), token) if token else None
    return found if isinstance(found, GivenFile) else None
