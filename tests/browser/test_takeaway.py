"""While a file is made the page says so, and afterwards it is silent again."""

from testing.browser import visit

STATUS = '.khoosheh-takeaway [role="status"]'


def test_the_page_says_which_file_is_being_made(app, visitor):
    tab = visit(visitor(locale="en-US"), f"{app}/investment?lang=en&chain=steel")
    held = []

    def hold(route) -> None:
        held.append(route)

    tab.route("**/khoosheh/export/**", hold)
    link = tab.locator(".khoosheh-takeaway a").first
    link.click()
    tab.wait_for_function(
        "() => /^Making .+: [1-9][0-9]* s$/.test(document.querySelector('.khoosheh-takeaway [role=status]')?.textContent)"
    )
    assert link.get_attribute("aria-busy") == "true"
    link.click()
    assert len(held) == 1, "a second click asks for nothing"
    with tab.expect_download() as waited:
        held[0].continue_()
    assert waited.value.suggested_filename.endswith(".pptx")
    tab.wait_for_function("() => !document.querySelector('.khoosheh-takeaway [role=status]').textContent")
    assert link.get_attribute("aria-busy") is None


def test_a_file_that_cannot_be_made_is_told_by_its_page(app, browser):
    # a browser logs a refused request as an error, which the tabs of other tests may not have
    tab = visit(browser.new_page(locale="en-US"), f"{app}/investment?lang=en")
    link = tab.locator(".khoosheh-takeaway a").first
    link.evaluate("link => { link.href += '&chain=nosuch' }")
    link.click()
    tab.get_by_text("nosuch").first.wait_for()
    tab.close()
