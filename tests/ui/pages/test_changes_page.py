"""The page of changes: by month and project, one entry a change, from the last month with news or any day."""

import html
import re

import pytest
from page_visits import visit, words

from testing import made_up


@pytest.fixture(autouse=True)
def shipped_package(monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(made_up.SHIPPED))


def months(said: str) -> list[str]:
    return re.findall("<h2>(.*?)</h2>", said[said.index("khoosheh-news") :].partition("</div>")[0])


def entries(said: str) -> list[tuple[str, str, str]]:
    """Return subject, kind and words of each entry of the page."""
    found = []
    for section in re.findall("<section>.*?</section>", said):
        subject = html.unescape(re.search("<h3><bdi>(.*?)</bdi>", section).group(1))
        for kind, entry in re.findall('<li data-kind="(.*?)">(.*?)</li>', section):
            found.append((subject, kind, html.unescape(re.sub("<.*?>", "", entry))))
    return found


def test_without_a_day_the_latest_month_with_news_is_told():
    app = visit("changes", lang="en")
    # the last statement whose month is certain was made on 7 Dey 1404
    title = app.title[0].value.replace("\\", "")
    assert title.startswith("From 30 Azar 1404 to 1 Azar 1405: 1 contradicts what was said before")
    said = words(app)
    assert months(said) == ["Farvardin 1405", "Dey 1404", "On a day that is not known, perhaps earlier"]
    found = entries(said)
    assert [kind for subject, kind, _ in found if subject == "Artavil sponge-iron plant"] == ["contradicts"]
    told = next(told for _, kind, told in found if kind == "contradicts")
    assert "150 to 160 million euro" in told and "before: Amount, kind not stated: 150 million euro" in told


def test_a_place_that_appears_is_one_entry():
    found = entries(words(visit("changes", lang="en")))
    places = [(kind, told) for subject, kind, told in found if subject == "Subnational human development index"]
    assert len(places) == 1
    kind, told = places[0]
    assert kind == "new" and "place 25 of 30" in told and "no place" not in told


def test_any_two_days_are_compared_by_month():
    said = words(visit("changes", since="1404-07-30", asof="1404-09-30", lang="en"))
    assert months(said) == ["Azar 1404", "Aban 1404"]
    moved = [told for subject, _, told in entries(said) if subject == "Artavil sponge-iron plant"]
    assert any("moved to 1405" in told and "its date may have passed" in told for told in moved)
    # what the subject's heading says is not said again
    assert not any("Artavil" in told.partition("statement")[0] for told in moved if "Promise" in told)


def test_a_deadline_that_passes_is_news_of_the_month_after():
    found = visit("changes", since="1403-12-01", asof="1404-01-31", lang="en")
    said = words(found)
    farvardin = next(month for month in re.split("<h2>", said) if month.startswith("Farvardin 1404"))
    assert "its date has passed" in farvardin and "Nassaji" in farvardin


def test_days_in_the_wrong_order_and_days_without_news_are_told():
    turned = visit("changes", since="1405-01-01", asof="1404-01-01")
    assert not turned.exception and any("باید پیش از" in one.value for one in turned.info)
    nothing = visit("changes", since="1402-01-31", asof="1402-02-31")
    assert not nothing.exception and any("چیزی عوض نشد" in one.value for one in nothing.info)
