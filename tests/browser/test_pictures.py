"""A figure saved from a page says what it is, as known when, from which sources and under which licence."""

import re
from xml.etree import ElementTree

import pytest
from PIL import Image

from khoosheh.figures.theme import SCHEMES
from testing.browser import visit

SVG = "{http://www.w3.org/2000/svg}"
SHARPER = 2.5


def save(tab, key: str, kind: str, file) -> str:
    with tab.expect_download() as waited:
        tab.locator(f".st-key-khoosheh-chart-{key} button[data-what={kind}]").click()
    waited.value.save_as(file)
    return waited.value.suggested_filename


@pytest.mark.parametrize(
    ("lang", "day", "source"),
    [("fa", "آنچه تا ۳۱ شهریور ۱۴۰۴ دانسته بود", "پیشرفت"), ("en", "As known on 31 Shahrivar 1404", "Progress")],
)
def test_a_vector_picture_stands_alone(app, visitor, tmp_path, lang, day, source):
    tab = visit(visitor(), f"{app}/investment?lang={lang}&chain=steel&asof=1404-06")
    name = save(tab, "investment", "svg", tmp_path / "a.svg")
    assert name == "khoosheh-investment-1404-06.svg"
    whole = ElementTree.parse(tmp_path / "a.svg").getroot()
    own = [one for one in whole if one.tag == f"{SVG}text"]
    said = " ".join(one.text for one in own)
    assert tab.locator("h1").inner_text() in said
    assert day in said and source in said and "MIT" in said and tab.url in said
    assert "@font-face" in whole.find(f"{SVG}style").text and "data:font/woff2" in whole.find(f"{SVG}style").text
    # only the licence and the address, which are to be typed, have Latin digits in Persian
    if lang == "fa":
        assert all(one.get("x") == own[0].get("x") for one in own)
        assert not [one.text for one in own if re.search("[0-9]", one.text) and "http" not in one.text]
    nested = whole.find(f"{SVG}svg")
    assert float(nested.get("y")) > float(own[0].get("y")) and nested.findall(f".//{SVG}path")
    assert max(float(one.get("y")) for one in own) < float(whole.get("height"))


@pytest.mark.parametrize(("scheme", "width"), [("dark", 390), ("light", 1400)])
def test_a_picture_of_points_is_sharp_and_has_a_ground(app, visitor, tmp_path, scheme, width):
    tab = visit(visitor(width=width, scheme=scheme), f"{app}/ranking")
    assert save(tab, "map", "png", tmp_path / "a.png") == "khoosheh-map-1405-09-01.png"
    with Image.open(tmp_path / "a.png") as picture:
        shown = tab.locator(".st-key-khoosheh-chart-map .khoosheh-plot").bounding_box()["width"]
        assert picture.width == round(max(640, shown) * SHARPER)
        ground = tuple(int(SCHEMES[scheme]["ground"][at : at + 2], 16) for at in (1, 3, 5))
        whole = picture.convert("RGBA")
        assert whole.getpixel((2, 2)) == (*ground, 255) and whole.getextrema()[3] == (255, 255)
        for part in ((0, 0, whole.width, 250), (0, whole.height - 250, whole.width, whole.height)):
            assert len(whole.crop(part).getcolors(1 << 20)) > 20, "words stand above and below"


def test_the_link_leads_to_the_same_view(app, visitor):
    tab = visit(visitor(), f"{app}/investment?unit=hemat")
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.locator("button[data-what=link]").first.click()
    tab.get_by_role("button", name="رونوشت شد").or_(tab.get_by_text("رونوشت شد")).first.wait_for()
    # the page itself may not read what was copied; it is pasted into another
    beside = visitor(beside=tab)
    beside.set_content("<textarea></textarea>")
    beside.locator("textarea").press("Control+v")
    assert beside.locator("textarea").input_value() == f"{app}/investment?unit=hemat"
