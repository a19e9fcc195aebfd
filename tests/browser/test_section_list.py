"""The list of a page's sections beside it on wide screens."""

from testing.browser import visit

BUTTONS = ".khoosheh-sections button"


def test_sections_are_listed_and_followed_on_a_wide_screen(app, visitor):
    tab = visit(visitor(height=900), f"{app}/investment?lang=en")
    tab.locator(BUTTONS).first.wait_for()
    headings = tab.locator("[data-testid=stMain] h2:visible").all_inner_texts()
    assert tab.locator(BUTTONS).all_inner_texts() == headings and len(headings) == 3
    tab.locator(BUTTONS).nth(1).click()
    tab.wait_for_function(
        "() => document.querySelectorAll('.khoosheh-sections button')[1].getAttribute('aria-current') === 'true'"
    )
    heading = tab.locator("[data-testid=stMain] h2:visible").nth(1).bounding_box()
    assert 0 <= heading["y"] < 450
    listed = tab.locator(".khoosheh-sections").bounding_box()
    body = tab.locator("h1").bounding_box()
    assert listed["x"] >= body["x"] + body["width"]


def test_sections_follow_the_page(app, visitor):
    tab = visit(visitor(height=900), f"{app}/schedule?lang=en&chain=copper")
    tab.locator(BUTTONS, has_text="ledger").wait_for()
    assert tab.locator(BUTTONS, has_text="Artavil").count() == 0
    tab.locator('.khoosheh-chips button[data-field="chain"]').click()
    # the plant of steel has a figure of its own
    tab.locator(BUTTONS, has_text="Artavil").wait_for()


def test_a_narrow_screen_has_no_list(app, visitor):
    tab = visit(visitor(width=1300), f"{app}/value_chains?lang=en")
    assert not tab.locator(".khoosheh-sections").is_visible()
