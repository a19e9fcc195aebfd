"""The ways of a visitor: change language, unit and month, go back, follow a number to its statement."""

import csv
import io
import re

import pytest

from testing.browser import ready, unfold, visit

PAGES = ("", "investment", "ranking", "value_chains", "schedule", "changes", "cluster", "evidence")


def choose(tab, label: str, option: str) -> None:
    tab.get_by_label(label, exact=True).click()
    tab.get_by_role("option", name=option, exact=True).click()
    tab.wait_for_timeout(400)
    ready(tab)


def place_of(slider, month: str) -> int:
    """Find a month on the slider as a reader does, by what it says there."""
    return slider.evaluate(
        """(e, month) => { for (let place = 0; place <= +e.max; place++) {
            e.value = place; e.dispatchEvent(new Event('input'));
            if (e.getAttribute('aria-valuetext').startsWith(month)) return place; } }""",
        month,
    )


def title(tab) -> str:
    return tab.locator("h1").inner_text()


def test_unit_goes_into_the_address_and_back_button_returns(app, visitor):
    tab = visit(visitor(), f"{app}/investment")
    assert "هزار میلیارد ریال" in title(tab)
    choose(tab, "واحد", "همت")
    tab.wait_for_url("**unit=hemat**")
    tab.get_by_role("heading", name=re.compile("همت")).first.wait_for()
    tab.reload()
    assert "همت" in title(ready(tab))
    ready(tab).go_back()
    tab.wait_for_url(re.compile("investment$"))
    tab.locator("h1", has_text="هزار میلیارد ریال").wait_for()
    ready(tab).go_forward()
    tab.locator("h1", has_text="همت").wait_for()


def test_language_turns_the_page_and_keeps_the_view(app, visitor):
    tab = visit(visitor(), f"{app}/investment?unit=hemat&chain=copper")
    tab.get_by_role("link", name="English").click()
    tab.wait_for_url("**lang=en**")
    ready(tab)
    assert tab.evaluate("document.documentElement.dir") == "ltr"
    assert "unit=hemat" in tab.url and "chain=copper" in tab.url
    assert "hemat" in title(tab)
    tab.get_by_role("link", name="Ranking").click()
    tab.locator("h1", has_text="Rank").wait_for()
    assert "lang=en" in tab.url


def test_an_earlier_month_knows_less_and_survives_changing_page(app, visitor):
    tab = visit(visitor(), f"{app}/value_chains")
    slider = tab.get_by_label("دانسته‌ها تا", exact=True)
    slider.evaluate(
        "(e, place) => { e.value = place; e.dispatchEvent(new Event('change')) }", place_of(slider, "تیر ۱۴۰۳")
    )
    tab.wait_for_url("**asof=1403-04**")
    ready(tab).get_by_role("link", name="گفته‌ها و منابع").first.click()
    tab.wait_for_url("**/evidence?asof=1403-04")
    tab.locator("h1", has_text="گفته").wait_for()
    assert "K02" in ready(tab).locator("body").inner_text()
    assert tab.locator("article", has_text="K08").count() == 0


def test_filters_narrow_and_empty_results_say_what_to_do(app, visitor):
    tab = visit(visitor(), f"{app}/investment?county=nir")
    assert "پالایه" in tab.locator("body").inner_text()
    tab.get_by_role("link", name="برداشتن همهٔ پالایه‌ها").click()
    tab.wait_for_url(re.compile("investment$|investment\\?$"))
    assert "۶۲" in title(ready(tab))


def test_a_click_on_a_mark_opens_its_statements_each_time(app, visitor):
    tab = visit(visitor(), f"{app}/investment?chain=steel")
    for _ in range(2):
        # the first dot: of those of all kinds, planned cost comes first
        dots = tab.locator(".st-key-khoosheh-chart-investment .scatterlayer .trace").nth(1)
        box = dots.locator(".point").first.bounding_box()
        tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        card = tab.get_by_role("dialog").locator("article")
        card.first.wait_for()
        assert card.all_inner_texts()[0].startswith("سرمایه‌گذاری ثبت‌شده ۱۶۰ میلیون یورو است. S08")
        assert tab.url.endswith("/investment?chain=steel")
        tab.keyboard.press("Escape")
        card.first.wait_for(state="detached")
        ready(tab)


def test_a_number_of_the_overview_is_one_click_from_its_statements(app, visitor):
    tab = visit(visitor(), app)
    tab.get_by_role("link", name=re.compile("در ۲ طرح از ۱۶")).first.click()
    tab.wait_for_url("**/evidence?ids=**")
    cards = tab.locator("article")
    cards.first.wait_for()
    said = cards.all_inner_texts()
    assert any("علی حیدری اناری" in one and "۱۷ آبان ۱۴۰۴" in one for one in said)


def test_a_row_of_a_table_leads_to_its_statements_in_the_same_tab(app, visitor):
    tab = visit(visitor(), f"{app}/ranking")
    unfold(tab)
    tab.locator(".khoosheh-table a").first.click()
    tab.wait_for_url("**/evidence?ids=A12")
    assert "A12" in tab.locator("article").inner_text()
    assert len(tab.context.pages) == 1


def test_a_statement_leads_to_its_source_and_to_the_pages_that_use_it(app, visitor):
    tab = visit(visitor(), f"{app}/evidence?ids=K08")
    source = tab.locator('article a[target="_blank"]')
    assert source.get_attribute("href") == "https://www.iribnews.ir/fa/news/5619797"
    assert "noopener" in source.get_attribute("rel")
    tab.locator("article").get_by_role("link", name="سرمایه‌گذاری").click()
    tab.wait_for_url("**/investment**")


def test_search_finds_and_pages_turn(app, visitor):
    tab = visit(visitor(), f"{app}/evidence")
    tab.get_by_label("جست‌وجو در گفته‌ها").fill("دانش بنیان")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**q=**")
    tab.wait_for_timeout(600)
    assert all("دانش‌بنیان" in text for text in ready(tab).locator("article").all_inner_texts())
    visit(tab, f"{app}/evidence?page=2")
    second = tab.locator("article").first.get_attribute("id")
    visit(tab, f"{app}/evidence")
    assert tab.locator("article").first.get_attribute("id") != second


def test_two_tabs_keep_their_own_language_and_view(app, visitor):
    persian, english = visitor(), visitor(locale="en-US")
    visit(persian, f"{app}/investment?unit=hemat")
    visit(english, f"{app}/investment?lang=en")
    choose(english, "Unit", "billion toman")
    assert "همت" in title(persian)
    assert "toman" in title(english)
    persian.reload()
    assert "همت" in title(ready(persian))


def test_csv_is_what_is_drawn(app, visitor, shipped):
    from khoosheh import queries
    from khoosheh.measures.scope import Selection

    tab = visit(visitor(), f"{app}/investment?unit=hemat&chain=copper")
    unfold(tab)
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="بارگیری CSV").first.click()
    with open(waiting.value.path(), encoding="utf-8") as file:
        text = file.read()
    assert text.startswith("\ufeff")
    drawn = queries.query_investment_amounts(shipped, Selection(unit="hemat", chains=("copper",)))
    rows = [["" if cell is None else str(cell) for cell in row] for row in drawn.iter_rows()]
    assert list(csv.reader(io.StringIO(text.lstrip("\ufeff")))) == [drawn.columns, *rows]


@pytest.mark.parametrize("page", ["", "ranking", "evidence"])
def test_the_first_visitor_may_come_by_a_link_to_any_page(page, visitor, tmp_path, invented_path):
    from testing.browser import serve

    for address in serve(invented_path, tmp_path / "log"):
        tab = visit(visitor(), f"{address}/{page}")
        assert tab.locator("h1").count() == 1
        assert tab.get_by_role("link", name="نمای کلی").count() == 1
        # leave before the server goes, or the page would complain that it has gone
        tab.goto("about:blank")


def test_nothing_is_fetched_from_outside_without_a_network(app, visitor):
    tab = visitor()
    tab.context.route(re.compile("^https?://(?!127\\.0\\.0\\.1)"), lambda route: route.abort())
    for page in PAGES:
        visit(tab, f"{app}/{page}")
    assert (
        tab.evaluate("[...document.fonts].filter(f => f.family.includes('Khoosheh') && f.status === 'loaded').length")
        >= 1
    )


def test_texts_of_figures_are_measured_left_to_right_from_the_start(app, visitor):
    """Plotly measures a text once: the rule of direction must stand before anything of Streamlit's runs."""
    tab = visitor()
    tab.route("**/static/js/**", lambda route: route.fulfill(content_type="text/javascript", body=""))
    tab.goto(f"{app}/?lang=fa", wait_until="domcontentloaded")
    assert tab.evaluate("document.querySelector('[data-testid=stApp]')") is None
    found = tab.evaluate("""() => {
        const box = document.createElement('div');
        box.className = 'js-plotly-plot';
        document.body.append(box);
        return [getComputedStyle(document.body).direction, getComputedStyle(box).direction];
    }""")
    assert found == ["rtl", "ltr"]
