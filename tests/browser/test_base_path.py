"""The app below a path: no link, file or redirect leaves it, and each leads to what it names."""

import urllib.parse
import urllib.request

import pytest

from khoosheh import exports
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.ui.markup.page_list import PAGES
from testing.browser import ready, serve, visit

BASE = "/k/h"
LINKS = "[...document.querySelectorAll('a[href], area[href]')].map(one => one.href)"
# everything that the page fetched
FAR = "() => performance.getEntriesByType('resource').map(one => one.name)"


@pytest.fixture(scope="module")
def below(tmp_path_factory, invented_path):
    yield from serve(invented_path, tmp_path_factory.mktemp("log") / "below.log", BASE)


def path_of(page: str) -> str:
    return f"{BASE}/{'' if page == PAGES[0] else page}"


def near(app: str, links: list[str]) -> list[str]:
    """Return the links that do not lead to other sites."""
    place = urllib.parse.urlsplit(app).netloc
    return [one for one in links if urllib.parse.urlsplit(one).netloc == place]


def marked(tab) -> list[str]:
    """Return the links of the navigation that are marked as the page that is open."""
    return tab.locator(".khoosheh-nav a[aria-current=page]").evaluate_all("all => all.map(e => e.pathname)")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_link_of_each_page_stays_below_the_path_and_answers(below, visitor, lang):
    tab = visitor(locale="en-US")
    for page in PAGES:
        visit(tab, f"{below}{path_of(page).removeprefix(BASE)}?lang={lang}")
        check_links_answer(tab, below, page)


def check_links_answer(tab, below: str, page: str) -> None:
    found = set(near(below, tab.evaluate(LINKS)))
    assert len(found) >= len(PAGES) if page != "present" else found
    for link in found:
        asked = tab.context.request.get(link, headers={"Accept": "text/html"}, max_redirects=0)
        assert asked.status == 200, link
        path = urllib.parse.urlsplit(link).path
        assert path in map(path_of, PAGES) or path.startswith(f"{BASE}/khoosheh/export/"), link
    assert all(one.startswith((f"{below}/", "blob:", "data:")) for one in tab.evaluate(FAR))


def test_one_link_to_each_page_shows_the_page_it_names(below, visitor):
    tab, links = visitor(locale="en-US"), {}
    for page in ("", "investment", "value_chains", "evidence"):
        visit(tab, f"{below}/{page}?lang=en")
        for link in near(below, tab.locator("[data-testid=stMain] .khoosheh-table a, article a, .khoosheh-chain a")
                         .evaluate_all("all => all.map(e => e.href)")):  # fmt: skip
            links.setdefault(urllib.parse.urlsplit(link).path, link)
    assert f"{BASE}/evidence" in links
    for path, link in links.items():
        visit(tab, link)
        assert marked(tab) == [path]


def test_clicks_lead_from_page_to_page_and_back(below, visitor):
    tab = visit(visitor(locale="en-US"), f"{below}/?lang=en")
    for page in [one for one in PAGES if one != "present"]:
        tab.locator(".khoosheh-nav").get_by_role("link", name=format_message("en", f"nav.{page}"), exact=True).click()
        tab.wait_for_url(f"**{path_of(page)}?lang=en")
        assert marked(ready(tab)) == [path_of(page)]
    tab.go_back()
    tab.wait_for_url(f"**{path_of('evidence')}?lang=en")
    ready(tab)
    # a hand-made link, in a card
    tab.locator("article a[href^='.']").first.click()
    tab.wait_for_load_state()
    assert urllib.parse.urlsplit(tab.url).path in map(path_of, PAGES)
    ready(tab)


def test_a_presentation_is_entered_and_left_below_the_path(below, visitor):
    tab = visit(visitor(locale="en-US"), f"{below}/present?lang=en&of=ranking")
    tab.locator(".khoosheh-present a[data-what=leave]").click()
    tab.wait_for_url(f"**{BASE}/ranking?lang=en")
    ready(tab)


def test_files_are_taken_below_the_path(below, visitor):
    tab = visit(visitor(locale="en-US"), f"{below}/investment?lang=en")
    links = tab.locator(".khoosheh-takeaway a")
    assert links.count() == len(exports.FORMATS)
    for link in links.all():
        with tab.expect_download() as waited:
            link.click()
        assert waited.value.path().stat().st_size > 0


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/nosuch?lang=en", "/?lang=en&missing=nosuch"),
        ("/ranking/x?lang=en", "/?lang=en&missing=ranking%2Fx"),
        ("/overview?lang=en&chain=tea", "/?lang=en&chain=tea"),
        ("/ranking/?lang=en", "/ranking?lang=en"),
        ("?lang=en", "/?lang=en"),
    ],
)
def test_redirects_stay_below_the_path(below, visitor, asked, led_to):
    answer = visitor().context.request.get(f"{below}{asked}", headers={"Accept": "text/html"}, max_redirects=0)
    assert (answer.status, answer.headers["location"]) == (307, f"{BASE}{led_to}")


def test_the_way_back_of_a_refusal_and_the_cookie_are_below_the_path(below, visitor):
    asking = visitor().context.request
    refused = asking.get(f"{below}/khoosheh/export/docx?lang=en", headers={"Accept": "text/html"})
    assert refused.status == 404 and f'href="{BASE}/?lang=en"' in refused.text()
    assert f"Path={BASE};" in asking.get(below + "/").headers["set-cookie"]


def test_nothing_is_served_beside_the_path(below):
    place = below.removesuffix(BASE)
    for path in ("/", "/evidence", "/_stcore/health", "/k/hx"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{place}{path}", timeout=20)
        assert refused.value.code == 404
