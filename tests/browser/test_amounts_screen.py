"""The figures of amounts on the screen: in sight at once, in the digits of the language, with one choice of the axis."""

import re

import pytest

from testing.browser import ready, visit

FIRST = ".st-key-khoosheh-chart-investment .khoosheh-plot"
TIME = ".st-key-khoosheh-chart-amounts-over-time .khoosheh-plot"
TEXTS = "plot => [...plot.querySelectorAll('svg text')].map(text => text.textContent)"
CUT = """plot => {
  const frame = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.annotation-text, .textpoint text, .xtick text, .ytick text')].filter(text => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1);
  }).map(text => text.textContent);
}"""
OVERLAPS = """plot => {
  const boxes = [...plot.querySelectorAll('.annotation-text, .textpoint text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  const hits = [];
  boxes.forEach(([words, a], at) => boxes.slice(at + 1).forEach(([others, b]) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3) hits.push([words, others]);
  }));
  return hits;
}"""


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("fa", 1400, "light"), ("en", 1400, "dark"), ("fa", 390, "dark"), ("en", 390, "light")],
)
def test_no_text_is_cut_or_covers_another(app, visitor, lang, width, scheme):
    tab = visitor(width=width, scheme=scheme, locale={"fa": "fa-IR", "en": "en-US"}[lang])
    # the page without choices is looked at with all others, see test_looks
    for more in ("&scale=log", "&by=chain_id&unit=m_usd_market"):
        visit(tab, f"{app}/investment?lang={lang}{more}")
        for name in (FIRST, TIME):
            plot = tab.locator(name)
            assert plot.evaluate(CUT) == [], more
            assert plot.evaluate(OVERLAPS) == [], more
            texts = plot.evaluate(TEXTS)
            assert texts and not (lang == "fa" and re.search("[0-9]", " ".join(texts))), more


def test_the_dots_of_kinds_are_on_the_first_screen(app, visitor):
    tab = visit(visitor(height=900), f"{app}/investment?lang=en")
    heading = (
        tab.locator(FIRST)
        .locator(".annotation-text", has_text="An amount in any unit was stated for 4 of 16")
        .bounding_box()
    )
    assert heading["y"] + heading["height"] < 900
    assert tab.locator(FIRST).locator(".annotation-text", has_text="Science and technology park").count() == 1


def test_one_choice_turns_all_axes_of_amounts_and_stays_in_the_address(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/investment?lang=en")
    linear = [tab.locator(name).evaluate("plot => plot.data.flatMap(trace => trace.x)") for name in (FIRST, TIME)]
    tab.get_by_text("Logarithmic axis", exact=True).click()
    tab.wait_for_url("**scale=log**")
    ready(tab)
    assert "The axis is logarithmic" in tab.locator("[data-testid=stMain]").inner_text()
    assert tab.locator(FIRST).evaluate("plot => plot.data.flatMap(trace => trace.x)") != linear[0]
    assert tab.locator(TIME).evaluate("plot => plot.layout.yaxis.ticktext") == ["10", "100"]
    tab.get_by_text("Logarithmic axis", exact=True).click()
    tab.wait_for_url(re.compile("investment\\?lang=en$"))


def test_amounts_that_are_alike_have_no_choice_of_the_axis(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/investment?lang=en&chain=steel&scale=log")
    assert tab.get_by_text("Logarithmic axis", exact=True).count() == 0
    assert "The axis is logarithmic" not in tab.locator("[data-testid=stMain]").inner_text()


def test_a_mark_of_time_opens_its_statement(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/investment?lang=en&chain=copper&kind=cost_to_date")
    mark = tab.locator(TIME).locator(".scatterlayer .point").first
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.get_by_role("dialog").locator("article", has_text="C04").wait_for()
