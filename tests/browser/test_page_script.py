"""Links between pages do not load the app anew, and what was unfolded stays open."""

import pytest
from playwright.sync_api import expect

from testing.browser import ready, visit

MARK = "() => { globalThis.mark = 1; }"


def choose_chain(tab, name: str) -> None:
    # scrolling to the filter would close its list again
    tab.locator("[data-testid=stMain]").evaluate("main => main.scrollTo(0, 0)")
    ready(tab)
    tab.get_by_label("زنجیره", exact=True).click()
    tab.get_by_role("option", name=f"{name} (").click()
    tab.keyboard.press("Escape")


@pytest.mark.parametrize("link", [".khoosheh-nav a[href*=schedule]", "[data-testid=stHtml] > a[href*=evidence]"])
def test_a_link_to_a_page_keeps_the_app_and_the_back_button_returns(app, visitor, link):
    tab = visitor()
    visit(tab, f"{app}/investment?chain=copper")
    title = tab.locator("h1").inner_text()
    tab.evaluate(MARK)
    tab.locator(link).first.click()
    expect(tab.locator("h1")).not_to_have_text(title)
    ready(tab)
    assert "/investment" not in tab.url and tab.evaluate("globalThis.mark") == 1
    assert tab.locator("[data-testid=stMain]").evaluate("main => main.scrollTop") == 0
    tab.go_back()
    expect(tab.locator("h1")).to_have_text(title)
    assert tab.url.endswith("/investment?chain=copper") and tab.evaluate("globalThis.mark") == 1


def test_a_link_opened_in_a_new_tab_has_the_view_of_the_address(app, visitor):
    tab = visitor()
    visit(tab, f"{app}/investment")
    choose_chain(tab, "مس")
    tab.wait_for_url("**chain=copper**")
    with tab.context.expect_page() as opened:
        tab.locator(".khoosheh-nav a[href*=ranking]").click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("/ranking?chain=copper") and "/investment" in tab.url


def test_another_language_loads_the_app_in_its_direction(app, visitor):
    tab = visitor()
    visit(tab, f"{app}/investment")
    choose_chain(tab, "مس")
    tab.wait_for_url("**chain=copper**")
    tab.locator(".khoosheh-header a").click()
    tab.wait_for_url("**lang=en**")
    assert tab.locator("html").get_attribute("dir") == "ltr" and "chain=copper" in tab.url


def test_without_a_connection_the_browser_follows_a_link_by_itself(app, visitor):
    tab = visitor()
    visit(tab, f"{app}/investment")
    tab.evaluate(MARK)
    tab.evaluate(
        "() => document.querySelector('[data-test-connection-state]').setAttribute('data-test-connection-state', 'X')"
    )
    tab.locator(".khoosheh-nav a[href*=ranking]").click()
    tab.wait_for_url("**/ranking")
    ready(tab)
    assert tab.evaluate("globalThis.mark") is None


def test_an_open_table_stays_open_when_the_filter_changes(app, visitor):
    tab = visitor()
    visit(tab, f"{app}/investment")
    folded = tab.locator(".khoosheh-fold").first
    assert not folded.locator("table").is_visible()
    folded.locator("summary").click()
    rows = folded.locator("tbody tr").count()
    choose_chain(tab, "مس")
    tab.wait_for_url("**chain=copper**")
    ready(tab)
    assert folded.locator("table").is_visible() and 0 < folded.locator("tbody tr").count() < rows
    folded.locator("summary").click()
    choose_chain(tab, "فولاد")
    tab.wait_for_url("**steel**")
    ready(tab)
    assert not folded.locator("table").is_visible()
