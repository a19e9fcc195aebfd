"""Making runs of the script wait for their turn in :mod:`khoosheh.ui.state.run_queue`, and telling visitors who wait.

While a run waits, the page keeps its content: only a message about the queue is added above it.
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
# The message is shown only after this wait, and updated at most this often.
MESSAGE_S = 1.0
# how often a waiting run checks whether its visitor has left or started a newer run
POLL_S = 0.25
# When the queue is full: bounds of the random wait before the next try, so that runs do not all try at the same time,
# and the number of tries.
RETRY_S, TRIES = (3.0, 8.0), 20

_TICKET: ContextVar[Ticket | None] = ContextVar("ticket", default=None)


@contextmanager
def hold_turn(lang: str) -> Iterator[None]:
    """Wait for the turn of this run, and release it when the block ends, also by an exception.

    Stops the run if the visitor has left or started a newer run. A nested block has no effect.
    """
    # also in a nested block, so that the elements after it have the same places
    message = st.empty()
    if _TICKET.get():
        yield
        return
    ticket = _join_queue(message, lang)
    try:
        _wait_for_turn(ticket, message, lang)
        token = _TICKET.set(ticket)
        try:
            yield
        finally:
            _TICKET.reset(token)
    finally:
        GATE.leave(ticket)


@contextmanager
def release_turn() -> Iterator[None]:
    """Let other runs compute while this one waits for another process, then wait for a turn again.

    After an exception in the block the run does not wait for another turn.
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


def _join_queue(message: DeltaGenerator, lang: str) -> Ticket:
    """Return a ticket of the queue; if the queue is full, tell the visitor, try again, and finally stop the run."""
    session = st.session_state.setdefault(SESSION, secrets.token_urlsafe(8))
    ticket = GATE.join(session)
    for _ in range(TRIES):
        if ticket:
            return ticket
        _render_queue_message(message, "busy", format_message(lang, "queue.busy"))
        _sleep_unless_stopped(random.uniform(*RETRY_S))
        ticket = GATE.join(session)
    if ticket is None:
        # this message stays on the page, so it has to offer another try
        link = tables.build_page_link(format_message(lang, "queue.again"), addresses.read_visit_fields())
        _render_queue_message(message, "refused", format_message(lang, "queue.gave_up"), link)
        st.stop()
    return ticket


def _wait_for_turn(ticket: Ticket, message: DeltaGenerator, lang: str) -> None:
    """Wait until the run may begin, and show the visitor the place in the queue."""
    shown, last = "", 0.0
    while not GATE.admitted(ticket, POLL_S):
        _stop_if_given_up(ticket)
        now, place = time.monotonic(), GATE.position(ticket)
        if not place or now - ticket.since < MESSAGE_S or now - last < MESSAGE_S:
            continue
        text = format_message(lang, "queue.place", place=format_number(place, lang))
        if text != shown:
            _render_queue_message(message, "waiting", text)
            shown, last = text, now
    message.empty()


def _stop_if_given_up(ticket: Ticket) -> None:
    """Stop the run if its visitor has left or started a newer run.

    Streamlit stops such a run when it next accesses the session state.
    """
    _ = SESSION in st.session_state
    if not GATE.holds(ticket):
        st.stop()


def _sleep_unless_stopped(seconds: float) -> None:
    """Sleep, but let Streamlit stop the run meanwhile, which it does on access to the session state."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        _ = SESSION in st.session_state
        time.sleep(min(POLL_S, left))


def _render_queue_message(message: DeltaGenerator, state: str, text: str, link: str = "") -> None:
    """Show a message about the queue; ``state`` tells scripts its kind in any language."""
    message.html(
        f'<p class="khoosheh-waiting" data-queue="{state}" role="status">{tables.escape_html(text)} {link}</p>'
    )
