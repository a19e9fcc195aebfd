"""Drafts: registers that a visitor looks at before anybody publishes them.

A draft is found by two secrets: one in the address, so that links, reload and the back button keep it, and one in a
cookie of the browser, so that whoever is sent such a link sees what is published. Drafts are held in memory only,
a few of them and for a while.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from khoosheh.register import Register

COOKIE = "khoosheh_visitor"
MOST = 5
SECONDS = 2 * 3600


@dataclass(frozen=True)
class Draft:
    """A register that one visitor looks at; ``name``: the file it came from."""

    name: str
    register: Register


class Drafts:
    """A few drafts, each its owner's alone; the oldest goes first, and each after ``SECONDS``."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Hold none yet."""
        self._clock, self._lock = clock, threading.Lock()
        self._held: dict[tuple[str, str], tuple[float, Draft]] = {}

    def keep(self, owner: str, draft: Draft) -> str:
        """Hold a draft; return the token by which its owner finds it."""
        token = secrets.token_urlsafe(16)
        with self._lock:
            self._forget()
            while len(self._held) >= MOST:
                self._held.pop(next(iter(self._held)))
            self._held[owner, token] = (self._clock(), draft)
        return token

    def find(self, owner: str, token: str) -> Draft | None:
        """Return a draft to its owner, and to nobody else; nothing where it is no longer held."""
        with self._lock:
            self._forget()
            found = self._held.get((owner, token))
        return found[1] if found else None

    def _forget(self) -> None:
        end = self._clock() - SECONDS
        self._held = {key: one for key, one in self._held.items() if one[0] >= end}


HELD = Drafts()


def owner() -> str:
    """Return the secret of the visitor's browser; of the session where the browser keeps no cookie."""
    return dict(st.context.cookies).get(COOKIE) or st.session_state.setdefault(COOKIE, secrets.token_urlsafe(16))
