"""Runs of pages take turns: who waits is told, and a run gives its place back however it ends."""

import threading
import time

import pytest
from streamlit.testing.v1 import AppTest

from khoosheh.locale import LANGUAGES, format_message
from khoosheh.persian import format_number
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.shell import ROOT
from khoosheh.ui.state import admission
from khoosheh.ui.state.run_queue import Gate
from testing import made_up

PATIENCE_S = 60
SCRIPT = """
import streamlit as st
from khoosheh.ui.state import admission
with admission.hold_turn("{lang}"):
{body}
"""


@pytest.fixture
def gate(monkeypatch) -> Gate:
    """Return a gate of its own, which admits one run and lets two wait."""
    found = Gate(1, 2, 1000.0, 0)
    monkeypatch.setattr(admission, "GATE", found)
    monkeypatch.setattr(admission, "MESSAGE_S", 0.0)
    monkeypatch.setattr(admission, "POLL_S", 0.01)
    return found


@pytest.fixture
def told(monkeypatch) -> list[tuple[str, str]]:
    """Return what is told about the queue, as it is told."""
    found, tell = [], admission._render_queue_message

    def keep(words, state, said, link=""):
        found.append((state, said))
        tell(words, state, said, link)

    monkeypatch.setattr(admission, "_render_queue_message", keep)
    return found


def run(*body: str, lang: str = "en") -> AppTest:
    lines = "\n".join(f"    {line}" for line in body)
    return AppTest.from_string(SCRIPT.format(lang=lang, body=lines), default_timeout=PATIENCE_S).run()


def words(app: AppTest) -> str:
    return "\n".join(one.proto.body for one in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_one_run_at_a_time(gate, told, monkeypatch, page):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_S).run()
    app = app if page == PAGES[0] else app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert len(app.title) == 1
    assert told == []
    assert gate.count() == (0, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_waits_is_told_the_place_and_the_words_go_away(gate, told, lang):
    held = [gate.join("other"), gate.join("another")]

    def leave():
        for place, ticket in ((2, held[0]), (1, held[1])):
            said = format_message(lang, "queue.place", place=format_number(place, lang))
            end = time.monotonic() + PATIENCE_S
            while ("waiting", said) not in told and time.monotonic() < end:
                time.sleep(0.005)
            gate.leave(ticket)

    leaving = threading.Thread(target=leave, daemon=True)
    leaving.start()
    app = run('st.title("answer")', lang=lang)
    leaving.join(PATIENCE_S)
    assert [one.value for one in app.title] == ["answer"]
    assert [said for _, said in told] == [
        format_message(lang, "queue.place", place=format_number(place, lang)) for place in (2, 1)
    ]
    assert "khoosheh-waiting" not in words(app)
    assert gate.count() == (0, 0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_beyond_the_queue_the_page_tries_again_and_says_so_when_it_gives_up(gate, told, monkeypatch, lang):
    monkeypatch.setattr(admission, "RETRY_S", (0.0, 0.01))
    monkeypatch.setattr(admission, "TRIES", 3)
    held = [gate.join(session) for session in range(3)]
    app = run('st.title("answer")', lang=lang)
    assert not app.title and not app.exception
    assert [state for state, _ in told] == ["busy"] * 3 + ["refused"]
    assert told[0][1] == format_message(lang, "queue.busy")
    said = words(app)
    assert format_message(lang, "queue.gave_up") in said and format_message(lang, "queue.again") in said
    assert 'role="status"' in said and "<a href=" in said
    for ticket in held:
        gate.leave(ticket)
    assert gate.count() == (0, 0)


def test_a_later_try_finds_a_place(gate, told, monkeypatch):
    monkeypatch.setattr(admission, "RETRY_S", (0.0, 0.01))
    held = [gate.join(session) for session in range(3)]
    tell = admission._render_queue_message

    def leave(words, state, said, link=""):
        tell(words, state, said, link)
        for ticket in held:
            gate.leave(ticket)

    monkeypatch.setattr(admission, "_render_queue_message", leave)
    app = run('st.title("answer")')
    assert [one.value for one in app.title] == ["answer"]
    assert [state for state, _ in told] == ["busy"]
    assert "khoosheh-waiting" not in words(app)


@pytest.mark.parametrize(
    "body",
    [
        ["raise ValueError"],
        ["st.stop()"],
        ['if not st.session_state.get("again"):', '    st.session_state["again"] = True', "    st.rerun()"],
        ["st.switch_page('nowhere')"],
    ],
    ids=["exception", "stop", "rerun", "wrong page"],
)
def test_a_run_gives_its_place_back_however_it_ends(gate, body):
    run(*body)
    assert gate.count() == (0, 0)
    assert [one.value for one in run('st.title("next")').title] == ["next"]


def test_a_turn_within_a_turn_and_parts_of_a_page_need_no_second_place(gate):
    app = run(
        'with admission.hold_turn("en"):',
        "    st.fragment(lambda: st.title('part'))()",
        "    st.dialog('card')(lambda: st.caption('inside'))()",
    )
    assert not app.exception
    assert [one.value for one in app.title] == ["part"]
    assert gate.count() == (0, 0)


def test_who_is_away_lets_others_run_and_gets_the_place_again(gate):
    app = run(
        "st.caption(str(admission.GATE.count()))",
        "with admission.release_turn():",
        "    st.caption(str(admission.GATE.count()))",
        "st.caption(str(admission.GATE.count()))",
    )
    assert [one.value for one in app.caption] == ["(1, 0)", "(0, 0)", "(1, 0)"]
    assert gate.count() == (0, 0)


def test_a_fault_while_away_needs_no_place(gate):
    app = run("with admission.release_turn():", "    raise ValueError")
    assert app.exception
    assert gate.count() == (0, 0)


def test_the_newest_run_of_a_visitor_gives_the_older_up(gate):
    held = gate.join("other")
    first = AppTest.from_string(SCRIPT.format(lang="en", body='    st.title("answer")'), default_timeout=PATIENCE_S)
    first.session_state[admission.SESSION] = "visitor"
    ran = threading.Thread(target=first.run, daemon=True)
    ran.start()
    end = time.monotonic() + PATIENCE_S
    while gate.count() != (1, 1) and time.monotonic() < end:
        time.sleep(0.005)
    newer = gate.join("visitor")
    ran.join(PATIENCE_S)
    assert not ran.is_alive() and not first.title
    gate.leave(held)
    assert gate.admitted(newer)
    gate.leave(newer)
    assert gate.count() == (0, 0)
