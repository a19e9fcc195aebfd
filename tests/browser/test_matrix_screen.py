"""The matrix of chains and stages, as a visitor sees and uses it."""

import pytest

from testing.browser import ready, visit

LOCALES = {"fa": "fa-IR", "en": "en-US"}
BOXES = "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("width", [1400, 390])
def test_stages_stand_in_one_row_in_the_direction_of_reading(app, visitor, lang, width):
    tab = visit(visitor(width=width, locale=LOCALES[lang]), f"{app}/value_chains?lang={lang}")
    for row in tab.locator(".khoosheh-matrix tbody tr").all():
        boxes = row.locator("td > div").evaluate_all(BOXES)
        lefts = [left for left, *_ in boxes]
        assert lefts == sorted(lefts, reverse=lang == "fa")
        assert max(top for _, _, top, _ in boxes) - min(top for _, _, top, _ in boxes) < 2
        assert all(0 <= left < right <= width for left, right, _, _ in boxes)


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize(("width", "height"), [(1400, 900), (390, 844)])
def test_the_first_screen_has_the_finding_and_its_picture(app, visitor, width, height, lang):
    tab = visitor(width=width, height=height, locale=LOCALES[lang])
    # of the five rows at least so many are seen without scrolling
    for page, whole in (("", 3), ("value_chains", 4)):
        visit(tab, f"{app}/{page}?lang={lang}")
        rows = tab.locator(".khoosheh-matrix tbody tr").evaluate_all(BOXES)
        assert len(rows) == 5 and rows[whole - 1][3] < height, page


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("page", ["", "value_chains"])
def test_a_click_on_a_row_leads_to_the_chain(app, visitor, page, width):
    tab = visit(visitor(width=width, locale="en-US"), f"{app}/{page}?lang=en")
    # the link of the row lies over its cells: what counts is where the pointer is
    box = tab.locator(".khoosheh-matrix td > div").nth(4).bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
    tab.wait_for_url("**/value_chains?**detail=water_agriculture**")
    assert tab.url.endswith("#chain")
    assert ready(tab).locator("h2").first.inner_text().startswith("Water and agriculture")


def test_a_number_in_the_matrix_leads_to_its_statements(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/?lang=en")
    tab.locator(".khoosheh-matrix").get_by_role("link", name="1,000 to 1,200").click()
    tab.wait_for_url("**/evidence?**ids=S01**S13**")
    assert ready(tab).locator("article").count() == 3


def test_another_chain_is_chosen_without_a_new_page(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/value_chains?lang=en")
    tab.evaluate("window.same = true")
    tab.get_by_role("radio", name="Textiles").click()
    tab.wait_for_url("**detail=textile**")
    assert ready(tab).locator("h2").first.inner_text().startswith("Textiles")
    assert tab.evaluate("window.same")
    tab.go_back()
    tab.wait_for_url(lambda address: "detail" not in address)
    assert ready(tab).locator("h2").first.inner_text().startswith("Steel")


def test_a_phone_has_few_screens_of_the_page(app, visitor):
    tab = visit(visitor(width=390, height=844), f"{app}/value_chains")
    assert tab.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight") < 6.5 * 844
