"""The overview: cards that two days share, and how many statements it rests on."""

import re

import pytest
from page_visits import visit, words

from testing import made_up


@pytest.fixture(autouse=True)
def shipped_package(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))


def cards(**query: str) -> list[tuple[str, str]]:
    """Return the kind and the amount of each card."""
    body = next(
        one.proto.body for one in visit(lang="en", **query).get("html") if "khoosheh-amounts" in one.proto.body
    )
    return re.findall("<dt>(.*?)</dt><dd[^>]*>(.*?)</dd>", body)


def test_cards_keep_kind_and_order_whatever_the_day():
    now, before = cards(), cards(asof="1403-01")
    assert [kind for kind, _ in now] == [kind for kind, _ in before] and len(now) == 4
    assert now[0] == ("Spent to date", "62 thousand billion rial")
    assert ("not stated" in dict(before).values()) and "not stated" not in dict(now).values()


def test_the_page_says_why_evidence_has_more_statements():
    """131 rows of the register: 118 about Ardabil, 7 about other provinces, 6 about the country."""
    said = words(visit(lang="en")).replace("\\", "")
    assert "118 public statements about Ardabil" in said and "has 13 more" in said
    assert "131 statements" in visit("evidence", lang="en").title[0].value


def test_the_matrix_stands_before_the_amounts():
    bodies = [one.proto.body for one in visit(lang="en").get("html")]
    matrix, amounts = (
        next(at for at, body in enumerate(bodies) if name in body) for name in ("khoosheh-matrix", "khoosheh-amounts")
    )
    assert matrix < amounts
