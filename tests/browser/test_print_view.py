"""Printed pages: as wide as the paper, nothing to click, the day on top and the sources at the end."""

import re
import shutil
import subprocess

import pytest

from testing.browser import visit

PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')
WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="[-\d.]+" xMax="([-\d.]+)" yMax="[-\d.]+">([^<]*)<')
# margins of the paper in points, and what a letter may stand out
LEFT, RIGHT, OUT = 34, 595 - 34, 8


def printed(tab, folder) -> tuple[str, list[tuple[float, float, str]]]:
    tab.pdf(path=folder / "a.pdf", prefer_css_page_size=True)
    command = ["pdftotext", "-bbox", str(folder / "a.pdf"), "-"]
    said = subprocess.run(command, check=True, capture_output=True, timeout=60).stdout.decode()
    return said, [(float(left), float(right), words) for left, right, words in WORD.findall(said)]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="Poppler is not installed: apt-get install poppler-utils")
@pytest.mark.parametrize(
    ("page", "lang", "width", "scheme"),
    [("investment", "fa", 1400, "light"), ("ranking", "fa", 390, "light"), ("schedule", "en", 1400, "dark")],
)
def test_a_printed_page_fits_the_paper(app, visitor, tmp_path, page, lang, width, scheme):
    tab = visit(visitor(width=width, scheme=scheme), f"{app}/{page}?lang={lang}&asof=1404-06")
    said, words = printed(tab, tmp_path)
    assert {(round(float(w)), round(float(h))) for w, h in PAGE.findall(said)} == {(595, 842)}
    assert min(left for left, _, _ in words) >= LEFT - OUT and max(right for _, right, _ in words) <= RIGHT + OUT
    # the words of figures, too, are as wide as the paper lets them, and no smaller
    assert max(right for _, right, _ in words) - min(left for left, _, _ in words) > 450
    told = [one for _, _, one in words]
    assert f"{app.removeprefix('http://')}/{page}" in "".join(told)
    if lang == "en":
        assert "Shahrivar 1404" in " ".join(told) and "Printed:" in told and "Sources" in told
        assert "Download" not in told and "PNG" not in told


def test_on_paper_there_is_nothing_to_click_and_what_was_folded_is_open(app, visitor):
    tab = visit(visitor(), f"{app}/investment?lang=en")
    assert not tab.locator(".khoosheh-paper").first.is_visible()
    folded = tab.locator(".khoosheh-table").first
    assert not folded.is_visible()
    tab.emulate_media(media="print")
    assert tab.locator(".khoosheh-paper").first.is_visible() and folded.is_visible()
    for selector in (
        ".khoosheh-nav",
        ".st-key-khoosheh-filters",
        ".khoosheh-takeaway",
        "button",
        "select",
        "input",
    ):
        found = tab.locator(f"{selector}:visible")
        # headings of tables are buttons by which they are sorted: on paper they are words
        assert [one for one in found.all() if not one.evaluate("one => one.closest('th')")] == [], selector


def test_the_first_page_has_an_address_of_its_own_too(app, visitor):
    tab = visit(visitor(), f"{app}/overview?lang=en&unit=hemat")
    assert tab.url == f"{app}/?lang=en&unit=hemat" and tab.locator("[role=dialog]").count() == 0
