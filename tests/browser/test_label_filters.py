"""A click on the label of a mark filters the page by it; a chip removes the filter again."""

from testing.browser import ready, visit
from tests.browser.test_fragments import CONTROLS, list_elements, listen

LABEL = ".khoosheh-plot-label"
CHIP = ".khoosheh-chips button[data-field]"


def test_a_label_filters_every_figure_and_a_chip_takes_it_back(app, visitor):
    tab = visitor()
    heard = listen(tab)
    visit(tab, f"{app}/investment?lang=en")
    before = tab.locator("h1").inner_text()
    label = tab.locator(LABEL, has_text="Saheb Divan copper mine").first
    label.scroll_into_view_if_needed()
    heard.clear()
    label.click()
    tab.wait_for_url("**project=saheb-divan-mine**")
    ready(tab)
    assert tab.get_by_role("dialog").count() == 0
    assert tab.locator(CHIP).all_inner_texts() == ["Project: Saheb Divan copper mine"]
    assert all("Saheb Divan" in text for text in tab.locator(LABEL).all_text_contents())
    assert not CONTROLS & set(list_elements(heard))
    tab.locator(CHIP).click()
    tab.wait_for_url(lambda address: "project" not in address)
    assert ready(tab).locator("h1").inner_text() == before


def test_a_project_stays_chosen_on_other_pages(app, visitor):
    tab = visit(visitor(), f"{app}/investment?lang=en&project=saheb-divan-mine")
    tab.get_by_role("link", name="Promises and time").first.click()
    tab.wait_for_url("**/schedule?**project=saheb-divan-mine**")
    ready(tab)
    assert tab.locator(CHIP).all_inner_texts() == ["Project: Saheb Divan copper mine"]


def test_a_click_on_the_mark_itself_still_opens_its_statements(app, visitor):
    tab = visit(visitor(), f"{app}/investment?lang=en")
    bar = tab.locator(".khoosheh-plot path.point").first
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    tab.get_by_role("dialog").wait_for()
    assert "project=" not in tab.url
