"""The slider of 'as known on': its histogram, its years, and playing the months with news."""

import csv
from collections import Counter
from itertools import pairwise

import pytest

from khoosheh.calendar import parse_jalali_date, to_jalali
from testing import made_up
from testing.browser import open_controls, ready, visit

PLAY = '.khoosheh-months [data-way="play"]'
BARS = """() => [...document.querySelectorAll('.khoosheh-months-mark')].map(bar => [
  parseFloat(getComputedStyle(bar, '::after').height) / bar.clientHeight, 'later' in bar.dataset])"""
YEARS = """() => [...document.querySelectorAll('.khoosheh-months-year')].map(year => {
  const {left, right} = year.getBoundingClientRect();
  return [year.textContent, left, right];
})"""


def count_by_month() -> dict[str, int]:
    """Count the statements of each month from the file, one after the other; a statement counts from its last day."""
    with (made_up.SHIPPED / "statements.csv").open(encoding="utf-8") as file:
        ends = [row["said_to"] or row["said_from"] for row in csv.DictReader(file)]
    counts = Counter(str(to_jalali(parse_jalali_date(end).last_day))[:7] for end in ends)
    return dict(sorted(counts.items()))


def test_bars_are_as_high_as_months_have_statements(app, visitor):
    tab = visit(visitor(), f"{app}/schedule?lang=en&asof=1404-06")
    counts = count_by_month()
    bars = tab.evaluate(BARS)
    assert len(bars) == len(counts)
    for (height, is_later), (month, known) in zip(bars, counts.items(), strict=True):
        # the smallest bars are high enough to be seen
        assert height == pytest.approx(max(known / max(counts.values()), 3 / 30.4), abs=0.02), month
        assert is_later == (month > "1404-06")
    assert tab.locator(".khoosheh-months small").inner_text() == f"{counts['1404-06']} statements count from here"


@pytest.mark.parametrize(("lang", "width"), [("fa", 1400), ("en", 1400), ("fa", 390), ("en", 390)])
def test_years_stand_apart_below_the_slider(app, visitor, lang, width):
    tab = visit(visitor(width=width, locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}")
    open_controls(tab)
    tab.wait_for_function("() => document.querySelectorAll('.khoosheh-months-year').length > 3")
    years = sorted(tab.evaluate(YEARS), key=lambda year: year[1])
    assert all(right < left for (_, _, right), (_, left, _) in pairwise(years))
    texts = [text for text, _, _ in years]
    assert texts == sorted(texts, reverse=lang == "fa")
    assert all(text.isascii() == (lang == "en") for text in texts)


def test_playing_steps_through_months_with_news_to_the_end(app, visitor):
    later = [month for month in count_by_month() if month > "1404-04"]
    tab = visit(visitor(), f"{app}/schedule?asof=1404-04")
    tab.locator(PLAY).click()
    for month in later[:-1]:
        tab.wait_for_url(f"**asof={month}**")
    tab.wait_for_url(lambda address: "asof" not in address)
    ready(tab)
    assert "پخش" in tab.locator(PLAY).get_attribute("aria-label")


def test_playing_stops_when_asked(app, visitor):
    tab = visit(visitor(), f"{app}/schedule?lang=en")
    tab.locator(PLAY).click()
    tab.wait_for_url("**asof=1393**")
    tab.get_by_role("button", name="Pause").click()
    ready(tab)
    stopped = tab.url
    tab.wait_for_timeout(2000)
    assert tab.url == stopped


def test_who_wants_less_motion_has_no_button_that_plays(app, visitor):
    tab = visitor()
    tab.emulate_media(reduced_motion="reduce")
    visit(tab, f"{app}/schedule")
    assert not tab.locator(PLAY).is_visible()
    assert tab.locator('.khoosheh-months [data-way="earlier"]').is_visible()
