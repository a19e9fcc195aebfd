"""The first screen of each page holds its finding and the beginning of its picture, on a desk and on a phone."""

import pytest

from testing.browser import visit

PAGES = ("", "investment", "ranking", "value_chains", "schedule", "changes", "cluster", "evidence")
# width and height of the screen in pixels
SCREENS = ((1400, 900), (390, 844))
LOCALES = {"fa": "fa-IR", "en": "en-US"}
# the first figure, matrix, board, table or card that is seen: top and bottom in pixels from the top of the screen
PICTURE = """() => {
  const kinds = `.khoosheh-plot, .khoosheh-matrix, .khoosheh-chain, .khoosheh-board, .khoosheh-news,
    .khoosheh-table, .khoosheh-card`;
  const found = [...document.querySelectorAll(kinds)].find(e => e.offsetParent);
  if (!found) return null;
  const {top, bottom} = found.getBoundingClientRect();
  return [top, bottom];
}"""
# half of the picture must be seen, or this much of a tall one
SEEN_PX = 250


def read_heading(tab) -> tuple[float, float]:
    box = tab.locator("h1").bounding_box()
    return box["y"], box["y"] + box["height"]


@pytest.mark.parametrize(("width", "height"), SCREENS)
@pytest.mark.parametrize("lang", LOCALES)
def test_finding_and_picture_are_on_the_first_screen(app, visitor, lang, width, height):
    # one visitor for all pages: a new one would load the scripts of the app each time
    tab = visitor(width=width, height=height, locale=LOCALES[lang])
    for page in PAGES:
        visit(tab, f"{app}/{page}?lang={lang}")
        top, bottom = read_heading(tab)
        assert top >= 0 and bottom <= height, page
        picture_top, picture_bottom = tab.evaluate(PICTURE)
        seen = min(picture_bottom, height) - picture_top
        assert seen >= min(SEEN_PX, (picture_bottom - picture_top) / 2), (
            f"{seen} px of the picture of {page} are seen"
        )


@pytest.mark.parametrize("lang", LOCALES)
def test_finding_of_the_visitors_own_data_is_on_a_phone(app, visitor, lang):
    tab = visit(visitor(width=390, height=844, locale=LOCALES[lang]), f"{app}/data?lang={lang}")
    assert read_heading(tab)[1] <= 844


@pytest.mark.parametrize(("page", "lang"), [("evidence", "fa"), ("data", "en"), ("schedule", "fa")])
def test_link_of_the_current_page_is_in_view_on_a_phone(app, visitor, page, lang):
    tab = visit(visitor(width=390, height=844, locale=LOCALES[lang]), f"{app}/{page}?lang={lang}")
    link = tab.locator(".khoosheh-nav [aria-current=page]")
    assert link.count() == 1 and f"/{page}?" in link.evaluate("e => e.href") + "?"
    box = link.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
