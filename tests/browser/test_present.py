"""Presenting in a browser: keys and clicker in both languages, links to a slide, and slides that fit their screen."""

import re
from urllib.parse import parse_qs, urlparse

import pytest
from test_looks import CUT, OTHER_FONTS, TEXTS_OF_FIGURES, overlap

from testing.browser import ready, visit

LOCALE = {"fa": "fa-IR", "en": "en-US"}
SOME = ("investment", "ranking-years", "chain-steel", "schedule")
MORE = ("ranking", "ranking-map", "value_chains-time", "cluster")
# legible from the back of a room: letters of the small print are about a fiftieth of the screen's height, those beside
# marks at least that
PRINT, LETTERS = 0.019, 0.02
SIZES = """() => {
  const px = e => parseFloat(getComputedStyle(e).fontSize);
  const scale = e => e.getBoundingClientRect().height / (e.offsetHeight || 1);
  const plot = document.querySelector('.khoosheh-plot'), sheet = document.querySelector('.khoosheh-sheet');
  const inside = plot ? [...plot.querySelectorAll('.annotation-text')].filter(e => !e.textContent.includes('©')).map(e => px(e) * scale(plot))
    : [...sheet.querySelectorAll('td, .khoosheh-stage p')].map(e => px(e) * scale(sheet));
  return {title: px(document.querySelector('h1')), inside: Math.min(...inside),
          print: px(document.querySelector('[data-testid=stCaptionContainer] p'))};
}"""
OUTSIDE = """() => {
  const seen = [...document.querySelectorAll('h1, .khoosheh-slide-note, .khoosheh-plot, .khoosheh-sheet, .khoosheh-stage, [data-testid=stCaptionContainer] p, .khoosheh-present > *:not([hidden])')];
  return seen.filter(e => { const b = e.getBoundingClientRect(); return b.left < -1 || b.right > innerWidth + 1; }).map(e => e.outerHTML.slice(0, 80));
}"""
STACKED = """() => {
  const parts = ['h1', '.khoosheh-slide-note', '.khoosheh-plot, .khoosheh-sheet', '[data-testid=stCaptionContainer] p'];
  const boxes = parts.map(one => document.querySelector(one)?.getBoundingClientRect()).filter(Boolean);
  return boxes.slice(1).every((box, at) => box.top >= boxes[at].bottom - 2);
}"""
CHROME = (
    '[data-testid="stHeader"]', '[data-testid="stSidebar"]', '[data-testid="stToolbar"]', "footer",
    ".khoosheh-header", ".khoosheh-nav", ".st-key-khoosheh-filters", ".st-key-khoosheh-asof",
)  # fmt: skip


def shown(tab) -> str:
    return parse_qs(urlparse(tab.url).query).get("slide", [""])[0]


def press(tab, key: str, slide: str) -> None:
    tab.keyboard.press(key)
    tab.wait_for_url(re.compile(f"slide={re.escape(slide)}(&|$)"))


@pytest.mark.parametrize(
    ("lang", "onward", "back"), [("fa", "ArrowLeft", "ArrowRight"), ("en", "ArrowRight", "ArrowLeft")]
)
def test_keys_lead_where_reading_goes_and_a_clicker_always_onward(app, visitor, lang, onward, back):
    tab = visit(visitor(1280, 720, locale=LOCALE[lang]), f"{app}/present?lang={lang}&slides=cluster,schedule,ranking")
    press(tab, onward, "schedule")
    press(tab, back, "cluster")
    press(tab, "PageDown", "schedule")
    press(tab, " ", "ranking")
    press(tab, "PageUp", "schedule")
    press(tab, "End", "ranking")
    # beyond the last there is none
    tab.keyboard.press("PageDown")
    press(tab, "Home", "cluster")
    ready(tab)
    arrows = tab.locator(".khoosheh-present button").evaluate_all(
        "all => all.slice(0, 2).map(e => [e.dataset.what, e.getBoundingClientRect().left])"
    )
    assert [what for what, _ in sorted(arrows, key=lambda one: one[1])] == (
        ["next", "previous"] if lang == "fa" else ["previous", "next"]
    )
    turned = tab.locator('[data-what="next"] svg').evaluate("e => getComputedStyle(e).transform")
    assert turned == ("matrix(-1, 0, 0, 1, 0, 0)" if lang == "fa" else "none")
    tab.keyboard.press("Escape")
    tab.wait_for_url(re.compile("/cluster"))
    assert tab.url.endswith({"fa": "/cluster", "en": "/cluster?lang=en"}[lang])
    ready(tab)


def test_quick_presses_are_not_lost(app, visitor):
    tab = visit(visitor(1280, 720), f"{app}/present")
    for _ in range(4):
        tab.keyboard.press("PageDown")
    tab.wait_for_url(re.compile("slide=ranking-map"))
    assert ready(tab).locator(".khoosheh-present output").inner_text() == "۵ از ۱۶"


def test_a_link_opens_its_slide_and_reload_and_back_keep_it(app, visitor):
    tab = visit(visitor(1280, 720), f"{app}/present?slides=schedule,cluster,investment&slide=cluster&unit=hemat")
    assert "نیاز" in tab.locator("h1").inner_text()
    tab.locator('[data-what="next"]').click()
    tab.locator("h1", has_text="همت").wait_for()
    tab.reload()
    assert "همت" in ready(tab).locator("h1").inner_text() and shown(tab) == "investment"
    tab.go_back()
    tab.locator("h1", has_text="نیاز").wait_for()
    assert shown(tab) == "cluster" and "unit=hemat" in tab.url
    ready(tab)


@pytest.mark.parametrize(
    ("width", "height", "scheme", "lang"),
    [(1280, 720, "light", "fa"), (1920, 1080, "dark", "en"), (390, 844, "dark", "fa"), (390, 844, "light", "en")],
)
def test_slides_fit_their_screen(app, visitor, width, height, scheme, lang):
    tab = visitor(width, height, scheme, LOCALE[lang])
    for slide in (*SOME, *MORE) if (width, lang) == (1280, "fa") else SOME:
        visit(tab, f"{app}/present?lang={lang}&slide={slide}")
        assert tab.locator('[data-fitted="yes"]').count() == 1
        for one in CHROME:
            assert not tab.locator(one).locator("visible=true").count(), one
        long, wide = tab.evaluate(
            "() => { const e = document.querySelector('[data-testid=stMain]'); return [e.scrollHeight - e.clientHeight, e.scrollWidth - e.clientWidth] }"
        )
        assert wide <= 0 and tab.evaluate(OUTSIDE) == [] and tab.evaluate(CUT) == [], slide
        assert tab.evaluate(STACKED), slide
        assert tab.evaluate(OTHER_FONTS) == []
        sizes = tab.evaluate(SIZES)
        if width > height:
            assert long <= 0, slide
            assert sizes["print"] >= PRINT * height and sizes["inside"] >= LETTERS * height, (slide, sizes)
            assert sizes["title"] > sizes["print"] * 1.5
        else:
            assert min(sizes.values()) >= 11, (slide, sizes)
        for chart in tab.evaluate(TEXTS_OF_FIGURES):
            for box in chart["boxes"]:
                assert box["left"] >= -1 and box["right"] <= chart["width"] + 1, (slide, box)
            hit = [
                (a["text"], b["text"])
                for at, a in enumerate(chart["boxes"])
                for b in chart["boxes"][at + 1 :]
                if overlap(a, b)
            ]
            assert hit == [], slide
    dark = tab.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    assert dark == {"dark": "rgb(21, 27, 32)", "light": "rgb(255, 255, 255)"}[scheme]


def test_a_slide_changes_with_the_window_and_fills_the_screen(app, visitor):
    tab = visit(visitor(1280, 720), f"{app}/present?slide=investment")
    before = tab.locator(".khoosheh-plot").bounding_box()
    tab.set_viewport_size({"width": 1920, "height": 1080})
    tab.wait_for_function("() => document.querySelector('.khoosheh-plot').getBoundingClientRect().width > 1700")
    after = ready(tab).locator(".khoosheh-plot").bounding_box()
    assert after["height"] > before["height"] * 1.3
    tab.keyboard.press("f")
    tab.wait_for_function("() => document.fullscreenElement !== null")
    press(tab, "PageDown", "investment-m_eur")
    assert tab.evaluate("document.fullscreenElement !== null")
    tab.locator('[data-what="full"]').click()
    tab.wait_for_function("() => document.fullscreenElement === null")


def test_a_page_leads_to_its_slides_and_a_set_is_chosen_by_keyboard(app, visitor):
    tab = visit(visitor(), f"{app}/schedule?chain=steel")
    tab.get_by_role("link", name="ارائه", exact=True).click()
    tab.locator(".khoosheh-present output", has_text="۱ از ۲").wait_for()
    assert "of=schedule" in tab.url and "chain=steel" in ready(tab).url
    tab.locator('[data-what="choose"]').click()
    tab.wait_for_url(re.compile("choose=1"))
    ready(tab)
    boxes = tab.get_by_role("checkbox")
    assert boxes.evaluate_all("all => all.filter(e => e.checked).length") == 2
    down = tab.get_by_role("button", name=re.compile("^پایین بردن")).first
    down.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("slides=progress-"))
    ready(tab)
    link = tab.get_by_label("پیوند این مجموعه").input_value()
    other = visit(visitor(1280, 720), link)
    assert other.locator(".khoosheh-present output").inner_text() == "۱ از ۲"
    assert "پیشرفت" in other.locator("h1").inner_text()
    press(other, "PageDown", "schedule")
    ready(other)


def test_a_preview_says_on_every_slide_that_it_is_not_published(app, visitor):
    tab = visit(visitor(1280, 720), f"{app}/present?draft=none&slide=investment")
    ribbon = tab.locator(".khoosheh-ribbon")
    assert ribbon.bounding_box()["height"] < 60
    assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") <= 720
