"""Runs of the script take turns, and a visitor who waits is told so; see :mod:`khoosheh.ui.state.run_queue`.

While a run waits, the page keeps what it shows: only the words about the queue are added, above it.
"""

import random
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from khoosheh.locale import format_message
from khoosheh.persian import format_number
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.state.run_queue import Gate, Ticket

GATE = Gate()
SESSION = "khoosheh_session"
# a wait that is shorter than this is not told; the place in the queue is told again at most this often
TELL_S = 1.0
# how often a waiting run looks whether its visitor has left or has asked for something else
POLL_S = 0.25
# beyond the queue: how long until the next try, drawn by lot so that not all try at once, and how many tries
RETRY_S, TRIES = (3.0, 8.0), 20

_TICKET: ContextVar[Ticket | None] = ContextVar("ticket", default=None)


@contextmanager
def hold_turn(lang: str) -> Iterator[None]:
    """Wait for the turn of this run, and hold its place until the block ends, however it ends.

    The run is stopped here where the visitor has left, or has asked for something newer. A block within a block
    changes nothing.
    """
    if _TICKET.get():
        yield
        return
    words = st.empty()
    ticket = _join_queue(words, lang)
    try:
        _wait_for_turn(ticket, words, lang)
        token = _TICKET.set(ticket)
        try:
            yield
        finally:
            _TICKET.reset(token)
    finally:
        GATE.leave(ticket)


@contextmanager
def release_turn() -> Iterator[None]:
    """Give the run's place up while it waits for something that is computed elsewhere, and take it again.

    An exception passes through: such a run needs no place any more.
    """
    ticket = _TICKET.get()
    if ticket is None:
        yield
        return
    GATE.leave(ticket)
    yield
    GATE.come_back(ticket)
    while not GATE.admitted(ticket, POLL_S):
        _stop_if_given_up(ticket)


def _join_queue(words: DeltaGenerator, lang: str) -> Ticket:
    """Return a place in the queue; where the queue is full, tell it and try again a number of times."""
    session = st.session_state.setdefault(SESSION, secrets.token_urlsafe(8))
    ticket = GATE.join(session)
    for _ in range(TRIES):
        if ticket:
            return ticket
        _render_queue_message(words, "busy", format_message(lang, "queue.busy"))
        _sleep_unless_stopped(random.uniform(*RETRY_S))
        ticket = GATE.join(session)
    if ticket is None:
        # without the words of the tries, since the page is left with these
        link = tables.build_page_link(format_message(lang, "queue.again"), addresses.read_visit_fields())
        _render_queue_message(words, "refused", format_message(lang, "queue.gave_up"), link)
        st.stop()
    return ticket


def _wait_for_turn(ticket: Ticket, words: DeltaGenerator, lang: str) -> None:
    """Wait until the run may begin, and tell the visitor the place in the queue."""
    told, last = "", 0.0
    while not GATE.admitted(ticket, POLL_S):
        _stop_if_given_up(ticket)
        now, place = time.monotonic(), GATE.position(ticket)
        if not place or now - ticket.since < TELL_S or now - last < TELL_S:
            continue
        found = format_message(lang, "queue.place", place=format_number(place, lang))
        if found != told:
            _render_queue_message(words, "waiting", found)
            told, last = found, now
    words.empty()


def _stop_if_given_up(ticket: Ticket) -> None:
    """Stop the run where its visitor has left or has asked for something newer.

    Streamlit stops a run whose visitor has left or asked again when the run next touches the state of the session.
    """
    _ = SESSION in st.session_state
    if not GATE.holds(ticket):
        st.stop()


def _sleep_unless_stopped(seconds: float) -> None:
    """Sleep, but end the run as soon as Streamlit wants it."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _ = SESSION in st.session_state
        time.sleep(min(POLL_S, left))


def _render_queue_message(words: DeltaGenerator, state: str, told: str, link: str = "") -> None:
    """Show words about the queue; ``state`` names what they say to programs, whatever the language."""
    words.html(
        f'<p class="khoosheh-waiting" data-queue="{state}" role="status">{tables.escape_html(told)} {link}</p>'
    )
