"""What the overview says first is what the pages of the topics say, and nothing where nobody stated anything."""

import datetime

import pytest

from khoosheh import queries
from khoosheh.measures.scope import Selection
from khoosheh.topics import registry
from khoosheh.topics.request import FindingRequest, Question


def build_lines(register, lang="en", **selection) -> dict[str, tuple[str, str]]:
    """Return text and statements of each line by the name of the function that builds it."""
    request = FindingRequest(register, Question(Selection(**selection)), lang)
    lines = {make.__name__: make(request) for make in registry.BRIEFING}
    return {name: (line.text, line.statement_ids) for name, line in lines.items() if line}


def test_the_shipped_register_says_four_things_worked_out_by_hand(shipped):
    """Six deadlines have passed; 1402 and Esfand 1403 are the earliest of them, of two subjects."""
    lines = build_lines(shipped)
    text, ids = lines["build_overdue_line"]
    assert text.startswith("6 promises are past due") and ids == "A19 C05 C06 K03 T01 T02"
    assert text.index("Nassaji Ardabil, due 1393 – 1402") < text.index("Khoda Afarin")
    assert text.endswith("due Esfand 1403")
    text, ids = lines["build_next_link_line"]
    assert text.startswith("The next missing link of Steel: Sponge iron") and "from 2 to 3" in text
    text, ids = lines["build_move_line"]
    assert "fell from place 15 in 1398 to 24 of 31 in 1402" in text and not ids


def test_the_news_are_of_statements_that_are_certainly_of_one_month(shipped):
    text, ids = build_lines(shipped)["build_news_line"]
    rows = queries.select_statements_by_id(shipped, ids.split())
    assert {said[:7] for field in ("said_from", "said_to") for said in rows[field].to_list()} == {"1404-10"}
    assert f"Dey 1404: {len(rows)} statement" in text


def test_before_anything_was_said_there_is_no_briefing_but_of_tables(shipped):
    assert build_lines(shipped, as_of=datetime.date(1990, 1, 1)) == {}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_an_earlier_day_knows_fewer_overdue_promises(shipped, lang):
    early = build_lines(shipped, lang, as_of=datetime.date(2025, 4, 1))["build_overdue_line"]
    late = build_lines(shipped, lang)["build_overdue_line"]
    assert set(early[1].split()) < set(late[1].split())


def test_a_chain_without_promises_has_no_overdue_line(shipped):
    assert "build_overdue_line" not in build_lines(shipped, chains=("engineering_services",))
