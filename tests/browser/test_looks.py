"""Each page as it is drawn: direction, font, nothing cut, nothing on top of something else."""

import tempfile

import pytest

from testing.browser import open_controls, ready, unfold, visit

PAGES = ("", "investment", "ranking", "value_chains", "schedule", "changes", "cluster", "evidence", "data")
TEXTS_OF_FIGURES = """() => [...document.querySelectorAll('.khoosheh-plot')].map(chart => {
  const frame = chart.getBoundingClientRect();
  const boxes = [...chart.querySelectorAll('.annotation-text, .xtick text')].map(e => {
    const b = e.getBoundingClientRect();
    return {text: e.textContent, left: b.left - frame.left, right: b.right - frame.left, top: b.top - frame.top,
            bottom: b.bottom - frame.top};
  });
  return {width: frame.width, height: frame.height, boxes};
})"""
OTHER_FONTS = """() => {
  const texts = document.createTreeWalker(document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT), found = [];
  while (texts.nextNode()) {
    const holder = texts.currentNode.parentElement, font = getComputedStyle(holder).fontFamily;
    if (texts.currentNode.textContent.trim() && holder.getClientRects().length && !/^"?Khoosheh|Material Symbols/.test(font))
      found.push([texts.currentNode.textContent, font]);
  }
  return found;
}"""
CUT = """() => [...document.querySelectorAll('h1, h2, h3, p, td, th, dd, dt, label, a, button')]
  .filter(e => e.offsetParent && e.innerText && e.dataset.testid !== 'stSkipToContent' && e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display !== 'inline'
            && getComputedStyle(e).overflowX !== 'visible')
  .map(e => e.innerText)"""
TOO_WIDE = """() => [...document.querySelectorAll('.khoosheh-amounts dd, h1, h2, h3, td')]
  .filter(e => { const r = document.createRange(); r.selectNodeContents(e); const inner = r.getBoundingClientRect();
                 const box = e.parentElement.getBoundingClientRect();
                 return inner.width && (inner.left < box.left - 1 || inner.right > box.right + 1); })
  .map(e => e.innerText)"""


# for each digit, the share of its ink that differs between its Latin and its Persian code
DIGITS = """async () => {
  await document.fonts.load('100px Khoosheh', '0۰');
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const ink = sign => {
    canvas.width = 300; canvas.height = 200; pen.font = '100px Khoosheh'; pen.fillText(sign, 50, 130);
    return pen.getImageData(0, 0, 300, 200).data.filter((_, at) => at % 4 === 3);
  };
  return [...'0123456789'].map((latin, at) => {
    const a = ink(latin), b = ink('۰۱۲۳۴۵۶۷۸۹'[at]);
    let differs = 0, all = 0;
    a.forEach((value, place) => { all += value > 64 || b[place] > 64; differs += Math.abs(value - b[place]) > 64; });
    return differs / all;
  });
}"""


# every two of language, width and scheme meet on every page
@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("fa", 1400, "light"), ("fa", 390, "dark"), ("en", 1400, "dark"), ("en", 390, "light")],
)
def test_each_page_is_whole_and_in_order(app, visitor, lang, width, scheme):
    # one visitor for all pages: a new one would load the scripts of the app each time
    tab = visitor(width=width, scheme=scheme, locale={"fa": "fa-IR", "en": "en-US"}[lang])
    for page in PAGES:
        check_page_is_whole(visit(tab, f"{app}/{page}?lang={lang}"), lang, width)


def check_page_is_whole(tab, lang: str, width: int) -> None:
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [
        lang,
        {"fa": "rtl", "en": "ltr"}[lang],
    ]
    assert tab.evaluate("document.fonts.check('16px Khoosheh')")
    assert "Khoosheh" in tab.locator("h1").evaluate("e => getComputedStyle(e).fontFamily")
    assert tab.evaluate(OTHER_FONTS) == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(CUT) == []
    assert tab.evaluate(TOO_WIDE) == []
    for chart in tab.evaluate(TEXTS_OF_FIGURES):
        for box in chart["boxes"]:
            assert box["left"] >= -1 and box["right"] <= chart["width"] + 1, box
            assert box["bottom"] <= chart["height"] + 1, box
        overlapping = [
            (a["text"], b["text"])
            for at, a in enumerate(chart["boxes"])
            for b in chart["boxes"][at + 1 :]
            if overlap(a, b)
        ]
        assert overlapping == []


def overlap(a: dict, b: dict) -> bool:
    return (
        min(a["right"], b["right"]) - max(a["left"], b["left"]) > 1
        and min(a["bottom"], b["bottom"]) - max(a["top"], b["top"]) > 3
    )


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_headings_stand_where_reading_starts(app, visitor, lang):
    tab = visit(visitor(), f"{app}/?lang={lang}")
    middle = 700
    for heading in tab.locator("h1").all():
        box = heading.evaluate(
            "e => { const r = document.createRange(); r.selectNodeContents(e); const b = r.getBoundingClientRect(); return [b.left, b.right] }"
        )
        assert (box[1] > middle) if lang == "fa" else (box[0] < middle)


def test_persian_digits_are_drawn_for_numbers(app, visitor):
    """In the Persian font a Latin digit is drawn as the Persian one, hinting apart."""
    tab = visit(visitor(), app)
    differing = tab.evaluate(DIGITS)
    assert max(differing) < 0.2


def test_english_keeps_latin_digits(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/?lang=en")
    assert max(tab.evaluate(DIGITS)) > 0.5


def test_no_english_words_of_the_frame_in_persian(app, visitor):
    tab = visit(visitor(), f"{app}/evidence")
    shown = tab.locator("body").inner_text()
    for word in ("Search", "Choose", "Select", "Deploy", "Rerun", "Settings", "Press Enter", "None"):
        assert word not in shown
    field = tab.get_by_label("جست‌وجو در گفته‌ها")
    field.fill("مس")
    assert "Press" not in tab.locator("body").inner_text()


def test_a_long_choice_is_read_whole(app, visitor):
    tab = visit(visitor(), f"{app}/investment?chain=engineering_services&kind=cost_kind_not_stated")
    chips = tab.locator('[data-testid="stMultiSelectTagsContainer"] span')
    cut = chips.evaluate_all(
        "all => all.filter(e => e.innerText && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflow === 'hidden').map(e => e.innerText)"
    )
    assert chips.count() and cut == []


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_cross_of_a_choice_keeps_away_from_its_word(app, visitor, lang):
    tab = visit(visitor(), f"{app}/schedule?lang={lang}&chain=steel,copper")
    gaps = tab.locator("[data-tag]:visible").evaluate_all(
        "all => all.map(e => [e.querySelector('span'), e.querySelector('svg')].map(one => one.getBoundingClientRect()))"
        ".map(([word, cross]) => Math.max(word.left - cross.right, cross.left - word.right))"
    )
    assert len(gaps) == 2 and min(gaps) >= 5


def test_the_skip_link_speaks_persian(app, visitor):
    tab = visit(visitor(), app)
    link = tab.locator('[data-testid="stSkipToContent"]')
    link.focus()
    assert link.evaluate("e => getComputedStyle(e).fontSize") == "0px"
    assert link.evaluate("e => getComputedStyle(e, '::after').content") == '"رفتن به متن صفحه"'


def test_a_page_that_is_not_there_is_told_in_the_language(app, visitor):
    tab = visit(visitor(), f"{app}/nosuch?lang=fa")
    assert "«nosuch»" in tab.get_by_role("alert").inner_text()
    assert tab.get_by_role("dialog").count() == 0
    tab = visit(visitor(locale="en-US"), f"{app}/nosuch?lang=en")
    assert "nosuch" in tab.get_by_role("alert").inner_text()


def test_choices_of_a_filter_stand_where_reading_starts(app, visitor):
    tab = visit(visitor(), f"{app}/investment")
    tab.get_by_label("زنجیره", exact=True).click()
    option = tab.get_by_role("option", name="فولاد")
    option.wait_for()
    left, right, box_left, box_right = option.evaluate(
        "e => { const r = document.createRange(); r.selectNodeContents(document.createTreeWalker(e, 4).nextNode()); const b = r.getBoundingClientRect(), o = e.getBoundingClientRect(); return [b.left, b.right, o.left, o.right] }"
    )
    assert box_right - right < left - box_left


RULES = """() => {
  const sheet = [...document.styleSheets].find(s => { try { return [...s.cssRules].some(r => r.cssText.includes('khoosheh-card')) } catch { return false } });
  const seen = [];
  const flat = (rules, holder) => [...rules].forEach((rule, place) => {
    if (rule instanceof CSSContainerRule) { flat(rule.cssRules, rule); return; }
    if (rule.media) { if (matchMedia(rule.media.mediaText).matches) flat(rule.cssRules, rule); return; }
    seen.push([holder, place, rule]);
  });
  flat(sheet.cssRules, sheet);
  // what a rule sets is compared, and everything where it sets a variable, which does nothing by itself
  const names = rule => { const set = [...rule.style]; return set.some(n => n.startsWith('--')) ? null : set };
  const at = (e, pseudo, set) => { const s = getComputedStyle(e, pseudo); return [...set || s].map(n => s.getPropertyValue(n)).join('|') };
  const effective = [];
  for (const [holder, place, rule] of seen) {
    const pseudo = (rule.selectorText.match(/::(before|after)/) || [null])[0];
    const found = [...document.querySelectorAll(rule.selectorText.replace(/::(before|after)/g, ''))].slice(0, 40);
    const set = names(rule), before = found.map(e => at(e, pseudo, set));
    const text = rule.style.cssText;
    rule.style.cssText = '';
    if (found.some((e, i) => at(e, pseudo, set) !== before[i])) effective.push(rule.selectorText);
    rule.style.cssText = text;
  }
  return [seen.map(s => s[2].selectorText), effective];
}"""


def open_choices(label: str):
    def prepare(tab) -> None:
        tab.keyboard.press("Escape")
        open_controls(tab).get_by_label(label, exact=True).click()
        tab.get_by_role("option").first.wait_for()

    return prepare


def too_large(tab):
    """Choose a file that is too large, and point at it."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.truncate(51 << 20)
        tab.locator('input[type="file"]').set_input_files(file.name)
        tab.locator('[data-testid="stFileChip"][aria-invalid="true"]').hover()
        tab.locator('[data-testid="stTooltipErrorContent"]').wait_for(state="attached")


def sort_first_table(tab):
    """Sort a table by its first column, or turn its order; cards of a phone have no headings."""
    heading = tab.locator(".khoosheh-table th button:visible").first
    if heading.count():
        heading.click()


def told_to_wait(tab):
    """Put the words of the queue on a page: the app of the tests is not that busy."""
    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p class=khoosheh-waiting>…</p>')")


# what must be open on a page for a rule to have something to do
WAYS = {
    "investment": [open_choices("زنجیره"), open_choices("واحد")],
    "evidence": [lambda tab: tab.get_by_label("جست‌وجو در گفته‌ها").fill("مس")],
    "ranking": [unfold, sort_first_table, sort_first_table],
    "evidence?asof=1403-06": [told_to_wait],
    "data": [lambda tab: None, too_large],
}

# every way in which a map of a chain draws its boxes and links
ASSUMING = "value_chains?scenario=steel-pellet:1000&detail=steel"


def test_a_closed_part_opens_towards_where_reading_goes(app, visitor):
    icon = '[data-testid="stExpander"] summary [data-testid="stIconMaterial"]'
    persian = visit(visitor(), f"{app}/value_chains").locator(icon).first
    assert persian.evaluate("e => getComputedStyle(e).transform") == "matrix(-1, 0, 0, 1, 0, 0)"
    turning = visit(visitor(), f"{app}/evidence").locator(
        '[data-testid="stPagination"] [data-testid="stIconMaterial"]'
    )
    for one in turning.all():
        assert one.evaluate("e => getComputedStyle(e).transform") == "matrix(-1, 0, 0, 1, 0, 0)"
    assert turning.count() == 2
    english = visit(visitor(locale="en-US"), f"{app}/value_chains?lang=en").locator(icon).first
    assert english.evaluate("e => getComputedStyle(e).transform") == "none"


def test_each_rule_of_our_style_still_does_something(app, visitor):
    pages = (*PAGES, "investment?chain=engineering_services", "evidence?asof=1403-06", ASSUMING, "data?draft=none")
    every, effective = set(), set()
    for width in (1400, 390):
        tab = visitor(width=width)
        for page in pages:
            visit(tab, f"{app}/{page}")
            for prepare in WAYS.get(page, [lambda tab: None]):
                prepare(tab)
                rules, useful = tab.evaluate(RULES)
                every |= set(rules)
                effective |= set(useful)
            # all pages have the same rules: once each has done something there is nothing more to see
            if width == 390 and every == effective:
                break
    assert every
    assert every - effective == set()


def test_invented_province_is_drawn_too(invented_app, visitor):
    tab = visitor()
    for page in PAGES:
        visit(tab, f"{invented_app}/{page}")
        assert "نمونستان" in tab.locator("body").inner_text()
        assert "اردبیل" not in tab.locator("body").inner_text()
    tab.get_by_role("link", name="English").click()
    tab.wait_for_url("**lang=en**")
    assert "Nemunestan" in ready(tab).locator("body").inner_text()
