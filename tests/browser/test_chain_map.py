"""The map of a chain and its assumptions, as a visitor sees and uses them."""

from itertools import pairwise

import pytest

from testing.browser import ready, visit

BOXES = """all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.right, b.top, b.bottom]; })"""
ADDRESS = "value_chains?chain=steel"


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_stages_follow_each_other_in_the_direction_of_reading(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/{ADDRESS}&lang={lang}")
    boxes = tab.locator(".khoosheh-stage").evaluate_all(BOXES)
    assert len(boxes) == 6
    lefts = [left for left, *_ in boxes]
    assert lefts == sorted(lefts, reverse=lang == "fa")
    assert max(top for _, _, top, _ in boxes) - min(top for _, _, top, _ in boxes) < 2
    bars = tab.locator(".khoosheh-flow i").evaluate_all("all => all.map(e => e.getBoundingClientRect().height)")
    # 1,740 kt of pellets, 468 of sponge iron, 400 of billet
    assert bars[2] == 26 and bars[3] == 7 and bars[4] == 6


def test_on_a_phone_stages_stand_below_each_other(app, visitor):
    tab = visit(visitor(width=390), f"{app}/{ADDRESS}")
    boxes = tab.locator(".khoosheh-stage").evaluate_all(BOXES)
    assert all(later[2] >= earlier[3] for earlier, later in pairwise(boxes))
    widths = tab.locator(".khoosheh-flow i").evaluate_all("all => all.map(e => e.getBoundingClientRect().width)")
    assert widths[2] == 26


def test_a_number_on_the_map_opens_its_statements(app, visitor):
    tab = visit(visitor(), f"{app}/{ADDRESS}&lang=en")
    tab.locator(".khoosheh-stage").get_by_role("link", name="Capacity: 1,000").click()
    tab.wait_for_url("**/evidence?**ids=S01**S13**")
    assert {one.get_attribute("id") for one in ready(tab).locator("article").all()} == {"S01", "S07", "S13"}


@pytest.mark.parametrize("width", [1400, 390])
def test_an_assumption_is_typed_shared_by_link_and_dropped(app, visitor, width):
    tab = visit(visitor(width=width), f"{app}/{ADDRESS}")
    tab.get_by_role("button", name="چه می‌شود اگر").click()
    field = tab.get_by_label("گندله‌سازی", exact=True)
    field.wait_for()
    ready(tab)
    field.fill("1600")
    tab.get_by_role("button", name="نتیجه را ببینید").click()
    tab.wait_for_url("**scenario=steel-pellet**")
    ready(tab)
    frame = tab.locator("[class*=st-key-khoosheh-whatif-]").first
    assert "هیچ‌کس آن را نگفته" in frame.inner_text() and "۱٬۶۰۰ هزار تن" in frame.inner_text()
    assert frame.evaluate("e => getComputedStyle(e).borderTopStyle") == "dashed"
    other = visit(visitor(width=width), tab.url)
    assert "۱٬۶۰۰ هزار تن" in other.locator("[class*=st-key-khoosheh-whatif-]").first.inner_text()
    tab.get_by_role("button", name="کنار گذاشتن فرض‌ها").click()
    tab.wait_for_url(lambda address: "scenario" not in address)
    ready(tab)
    assert tab.locator('li[data-said="assumed"]').count() == 0
