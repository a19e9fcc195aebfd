"""Chips of the set filters: each is removed by a click, and on a phone they stand beside the button of the sheet."""

import pytest

from testing.browser import ready, visit
from tests.browser.test_fragments import CONTROLS, list_elements, listen

CHIPS = ".khoosheh-chips button[data-field]"
CLEAR = ".khoosheh-chips > .khoosheh-chips-clear"


def test_a_chip_removes_its_filter_and_the_control_follows(app, visitor):
    tab = visitor()
    heard = listen(tab)
    visit(tab, f"{app}/investment?lang=en&asof=1404-06&chain=copper,steel")
    assert tab.locator(CHIPS).all_inner_texts() == [
        "As known: Shahrivar 1404", "Value chain: Copper", "Value chain: Steel",
    ]  # fmt: skip
    heard.clear()
    tab.get_by_role("button", name="Remove “Value chain: Copper”").click()
    tab.wait_for_url("**chain=steel**")
    ready(tab)
    assert tab.locator(CHIPS).count() == 2
    (tag,) = tab.locator("[data-testid=stMultiSelectTagsContainer] [data-tag]").all_inner_texts()
    assert tag.startswith("Steel (")
    assert not {"khoosheh_months", "khoosheh_picker"} & set(list_elements(heard))


def test_removing_the_day_leaves_the_filters_alone(app, visitor):
    tab = visitor()
    heard = listen(tab)
    visit(tab, f"{app}/investment?lang=en&asof=1404-06&chain=copper")
    heard.clear()
    tab.locator(f'{CHIPS}[data-field="asof"]').click()
    tab.wait_for_url(lambda address: "asof" not in address)
    ready(tab)
    assert tab.locator(".khoosheh-months output").inner_text() == "latest"
    assert CONTROLS & set(list_elements(heard)) == {"khoosheh_months", "khoosheh_picker"}


def test_all_filters_are_cleared_at_once(app, visitor):
    tab = visit(visitor(), f"{app}/investment?asof=1404-06&chain=copper&sector=B&unit=irr")
    tab.locator(CLEAR).click()
    tab.wait_for_url(lambda address: "chain" not in address)
    ready(tab)
    assert all(f"{name}=" not in tab.url for name in ("asof", "chain", "sector")) and "unit=irr" in tab.url
    assert tab.locator(CHIPS).count() == 0 and not tab.locator(CLEAR).is_visible()
    assert not tab.locator(".khoosheh-chips").is_visible()


def test_a_page_names_filters_that_it_has_no_control_for(app, visitor):
    tab = visit(visitor(), f"{app}/?lang=en&chain=copper")
    assert tab.locator(CHIPS).all_inner_texts() == ["Value chain: Copper"]
    tab.locator(CHIPS).click()
    tab.wait_for_url(lambda address: "chain" not in address)
    assert visit(tab, f"{app}/ranking?lang=en&chain=copper").locator(CHIPS).count() == 0


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_day_and_filters_are_one_button_on_a_phone(app, visitor, lang):
    tab = visitor(width=390, height=844, locale={"fa": "fa-IR", "en": "en-US"}[lang])
    visit(tab, f"{app}/investment?lang={lang}&chain=copper&sector=B")
    opener = tab.locator(".khoosheh-chips-open")
    assert opener.locator("span").inner_text() == {"fa": "۲", "en": "2"}[lang]
    controls = tab.locator(".st-key-khoosheh-asof, .st-key-khoosheh-filters")
    assert [one.is_visible() for one in controls.all()] == [False, False]
    opener.click()
    for one in controls.all():
        box = one.bounding_box()
        assert box["y"] > 200 and box["y"] + box["height"] <= 844
    # the sheet stays open while filters change, and the count follows
    tab.locator(f'{CHIPS}[data-field="sector"]').click()
    tab.wait_for_url(lambda address: "sector" not in address)
    ready(tab)
    assert controls.first.is_visible() and opener.locator("span").inner_text() == {"fa": "۱", "en": "1"}[lang]
    tab.locator('.khoosheh-chips-foot [data-act="close"]').click()
    assert not controls.first.is_visible()


def test_the_button_stays_on_a_phones_screen(app, visitor):
    tab = visit(visitor(width=390, height=844), f"{app}/schedule")
    tab.mouse.move(200, 500)
    tab.mouse.wheel(0, 1500)
    tab.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 1000")
    box = tab.locator(".khoosheh-chips-open").bounding_box()
    assert 0 <= box["y"] < 50


def test_another_page_begins_with_the_sheet_closed(app, visitor):
    tab = visit(visitor(width=390, height=844), f"{app}/schedule")
    tab.locator(".khoosheh-chips-open").click()
    tab.locator(".khoosheh-nav a").nth(3).click()
    tab.wait_for_url("**/value_chains**")
    ready(tab)
    assert not tab.locator(".st-key-khoosheh-filters").is_visible()
