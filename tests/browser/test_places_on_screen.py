"""The bump chart, the slope and the map: chosen by a click, linked, readable, filled on the right side."""

import re
from itertools import pairwise

import pytest

from testing.browser import ready, visit

ISFAHAN, ARDABIL = "IR-10", "IR-24"


def place_of(tab, chart: str, code: str) -> tuple[float, float]:
    """Where a province's mark stands on the screen."""
    return tab.evaluate(
        """([chart, code]) => {
          const box = document.querySelector(`.st-key-khoosheh-chart-${chart} .khoosheh-plot`);
          box.scrollIntoView({block: 'center'});
          const full = box._fullLayout, frame = box.getBoundingClientRect();
          for (const trace of box.data) {
            const at = (trace.customdata || []).findIndex(one => one[0] === code);
            if (at >= 0 && trace.mode.includes('markers'))
              return [frame.x + full.xaxis._offset + full.xaxis.l2p(trace.x[at]), frame.y + full.yaxis._offset + full.yaxis.l2p(trace.y[at])];
          }
        }""",
        [chart, code],
    )


@pytest.mark.parametrize("chart", ["bump", "map", "slope"])
def test_a_click_chooses_a_province_in_all_charts(app, visitor, chart):
    tab = visit(visitor(), f"{app}/ranking")
    place_of(tab, chart, ISFAHAN)
    ready(tab)
    tab.mouse.click(*place_of(tab, chart, ISFAHAN))
    tab.wait_for_url(f"**province={ISFAHAN}**")
    ready(tab)
    tab.wait_for_function(
        """() => ['bump', 'slope'].every(name => [...document.querySelectorAll(
             `.st-key-khoosheh-chart-${name} .annotation-text`)].some(e => e.style.fontWeight === 'bold' ||
             e.querySelector('[style*=bold]') && e.textContent.includes('اصفهان')))"""
    )
    widths = tab.evaluate(
        "document.querySelector('.st-key-khoosheh-chart-map .khoosheh-plot').data.filter(t => t.fill).map(t => [t.name, t.line.width])"
    )
    assert {name for name, width in widths if width > 1} == {ISFAHAN, ARDABIL}
    place_of(tab, chart, ISFAHAN)
    ready(tab)
    tab.mouse.click(*place_of(tab, chart, ISFAHAN))
    tab.wait_for_url(lambda address: "province" not in address)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_map_is_filled_within_its_borders_and_not_around_them(app, visitor, scheme):
    tab = visit(visitor(scheme=scheme), f"{app}/ranking")
    map_ = tab.locator(".st-key-khoosheh-chart-map .khoosheh-plot")
    map_.scroll_into_view_if_needed()
    found = map_.evaluate(
        """box => {
          const full = box._fullLayout, x = full.xaxis, y = full.yaxis;
          const paths = [...box.querySelectorAll('.scatterlayer .js-fill')];
          const at = (lon, lat) => {
            const svg = box.querySelector('.main-svg'), point = svg.createSVGPoint();
            point.x = x.l2p(lon); point.y = y.l2p(lat);
            return paths.filter(path => path.isPointInFill(point)).map(path => path.style.fill);
          };
          // Isfahan, Ardabil, the Caspian Sea, the Gulf, Iraq
          return [[52.3, 33.2], [47.9, 38.4], [51.5, 38.5], [51, 28], [44.4, 33.3]].map(([lon, lat]) => at(lon, lat).length);
        }"""
    )
    assert found == [1, 1, 0, 0, 0]
    assert "OpenStreetMap" in map_.inner_text() or "OpenStreetMap" in map_.evaluate("e => e.textContent")


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("width", [1400, 390])
def test_all_31_names_are_read_beside_their_lines(app, visitor, lang, width):
    tab = visit(visitor(width=width, locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/ranking?lang={lang}")
    plot = tab.locator(".st-key-khoosheh-chart-bump .khoosheh-plot")
    boxes = plot.evaluate(
        """box => { const frame = box.getBoundingClientRect();
          const plot = box._fullLayout.xaxis;
          return [[...box.querySelectorAll('.annotation-text')].map(e => { const b = e.getBoundingClientRect();
            return [e.textContent, b.left - frame.left, b.right - frame.left, b.top, b.bottom]; }),
            plot._offset, plot._offset + plot._length, frame.width]; }"""
    )
    names, left, right, whole = boxes
    assert len(names) == 31
    for text, start, end, _, _ in names:
        assert start >= -1 and end <= whole + 1, f"{text} is cut"
        assert (end <= left + 1) if lang == "fa" else (start >= right - 1), f"{text} lies on the lines"
    rows = sorted((top, bottom) for *_, top, bottom in names)
    assert all(later[0] >= earlier[1] - 6 for earlier, later in pairwise(rows))
    assert right - left >= 120, "room is left for the lines"


def test_the_ladder_the_years_and_the_map_are_on_the_first_screen(app, visitor):
    tab = visit(visitor(width=1400, height=900), f"{app}/ranking")
    boxes = [
        tab.locator(f".st-key-khoosheh-chart-{name} .khoosheh-plot").bounding_box()
        for name in ("ranking", "bump", "map")
    ]
    assert [box["x"] for box in boxes] == sorted((box["x"] for box in boxes), reverse=True), (
        "side by side, from the right"
    )
    assert max(box["y"] for box in boxes) - min(box["y"] for box in boxes) < 2
    assert all(box["y"] + box["height"] * 0.95 <= 900 for box in boxes)
    phone = visit(visitor(width=390), f"{app}/ranking")
    tops = [
        phone.locator(f".st-key-khoosheh-chart-{name} .khoosheh-plot").bounding_box()["y"]
        for name in ("ranking", "bump", "map")
    ]
    assert tops == sorted(tops) and tops[0] < 844


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_years_stand_below_their_points(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/ranking?lang={lang}")
    plot = tab.locator(".st-key-khoosheh-chart-bump .khoosheh-plot")
    found = plot.evaluate(
        """box => { const frame = box.getBoundingClientRect(), axis = box._fullLayout.xaxis;
          const points = [...new Set(box.data.filter(t => t.mode === 'markers').flatMap(t => t.x))];
          return [points.map(x => frame.x + axis._offset + axis.l2p(x)),
            [...box.querySelectorAll('.xtick text')].map(e => { const b = e.getBoundingClientRect(); return b.x + b.width / 2; })]; }"""
    )
    points, labels = (sorted(one) for one in found)
    assert len(labels) >= 2
    assert all(min(abs(label - point) for point in points) < 1.5 for label in labels)


def test_two_years_are_chosen_and_stay_in_the_address(app, visitor):
    tab = visit(visitor(), f"{app}/ranking?indicator=urban-income")
    choice = tab.get_by_label("از سال", exact=True)
    # a list closes when the page is scrolled under it
    choice.scroll_into_view_if_needed()
    ready(tab)
    choice.click()
    tab.get_by_role("option", name="۱۴۰۰", exact=True).click()
    tab.wait_for_url("**first=1400**")
    ready(tab)
    plot = tab.locator(".st-key-khoosheh-chart-slope .khoosheh-plot")
    tab.wait_for_function(
        "() => document.querySelector('.st-key-khoosheh-chart-slope .khoosheh-plot').textContent.includes('۱۴۰۰') || "
        "document.querySelector('.st-key-khoosheh-chart-slope .khoosheh-plot').textContent.includes('1400')"
    )
    assert re.search("۱۴۰۲|1402", plot.evaluate("e => e.textContent"))
    ready(tab).go_back()
    tab.wait_for_url(lambda address: "first" not in address)


def test_hover_speaks_the_language(app, visitor):
    for lang, words in (("fa", "رتبهٔ ۲۴ از ۳۱"), ("en", "place 24 of 31")):
        tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/ranking?lang={lang}")
        place_of(tab, "map", ARDABIL)
        ready(tab)
        x, y = place_of(tab, "map", ARDABIL)
        tab.mouse.move(x - 3, y - 3)
        tab.mouse.move(x, y)
        tab.locator(".st-key-khoosheh-chart-map .hoverlayer text").first.wait_for()
        said = "".join(tab.locator(".st-key-khoosheh-chart-map .hoverlayer text").all_text_contents())
        assert words in re.sub("[\u202a-\u202c]", "", said)
