"""One figure on the full screen: larger, below its heading, and back again."""

import pytest

from testing.browser import ready, visit

FULL = '.khoosheh-plot-buttons [data-what="full"]'
BOX = """() => {
  const {left, right, width} = document.querySelector('.khoosheh-plot svg').getBoundingClientRect();
  return [left, right, width];
}"""


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_figure_fills_the_screen_and_comes_back(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/value_chains?lang={lang}")
    before = tab.evaluate(BOX)[2]
    tab.locator(FULL).first.click()
    tab.wait_for_function("() => document.fullscreenElement?.matches('.khoosheh-plot-holder')")
    left, right, width = ready(tab).evaluate(BOX)
    assert left >= 0 and right <= tab.evaluate("innerWidth") and width > before
    assert tab.evaluate("getComputedStyle(document.fullscreenElement, '::before').content").strip('"')
    tab.locator(FULL).first.click()
    tab.wait_for_function("() => !document.fullscreenElement")
    assert ready(tab).evaluate(BOX)[2] == pytest.approx(before, abs=2)
