"""Time on the screen: the slider, the picker, and axes that follow the zoom, in both languages."""

import json
import re
from itertools import pairwise
from pathlib import Path

import jdatetime
import pytest

from khoosheh import queries, register
from khoosheh.calendar import FIRST_YEAR, LAST_YEAR, month_name
from khoosheh.ui.components.picker import compute_year_starts
from testing.browser import open_controls, ready, visit

UI = Path(__file__).parents[2] / "khoosheh" / "ui"
MARKED = "found => found.filter(one => 'marked' in one.dataset).map(one => one.dataset.day)"
LATIN = str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")


def module(script: str) -> str:
    """Return an import of a script, to test its arithmetic alone."""
    code = (UI / script).read_text(encoding="utf-8")
    return f"import(URL.createObjectURL(new Blob([{json.dumps(code)}], {{type: 'text/javascript'}})))"


def ticks(tab, place: int = 0) -> list[str]:
    found = tab.locator(".khoosheh-plot").nth(place).locator(".xtick text")
    return [re.sub("[\u202a-\u202c]", "", text) for text in found.all_text_contents()]


def test_each_month_and_weekday_of_the_picker_is_that_of_the_calendar(visitor):
    tab = visitor()
    tab.goto("about:blank")
    tables = {"firstYear": FIRST_YEAR, "starts": compute_year_starts(FIRST_YEAR, LAST_YEAR)}
    found = tab.evaluate(
        f"""async tables => {{
          const m = await {module("components/picker/picker.js")}, out = [];
          for (let year = tables.firstYear; year < tables.firstYear + tables.starts.length - 1; year++)
            for (let month = 1; month <= 12; month++)
              out.push([year, month, m.monthLength(tables, year, month), m.weekday(tables, year, month, 1)]);
          return out;
        }}""",
        tables,
    )
    assert len(found) == 12 * (LAST_YEAR - FIRST_YEAR + 1)
    for year, month, length, weekday in found:
        first = jdatetime.date(year, month, 1)
        after = jdatetime.date(year + month // 12, month % 12 + 1, 1) if (year, month) != (LAST_YEAR, 12) else None
        assert weekday == first.weekday(), (year, month)
        if after:
            assert length == (after.togregorian() - first.togregorian()).days, (year, month)


def test_a_seen_range_stays_within_the_whole(visitor):
    tab = visitor()
    tab.goto("about:blank")
    found = tab.evaluate(
        f"""async () => {{ const m = await {module("components/chart/chart.js")};
          return [m.within([-10, 10], [0, 100]), m.within([95, 120], [0, 100]), m.within([-50, 300], [0, 100])]; }}"""
    )
    assert found == [[0, 20], [75, 100], [0, 100]]


WAYS = {
    "fa": ("روزی که", "ArrowLeft", "ArrowRight", "آبان"),
    "en": ("Choose the day up to", "ArrowRight", "ArrowLeft", "Aban"),
}


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("width", [1400, 390])
def test_the_picker_is_used_with_the_keyboard_alone(app, visitor, lang, width):
    tab = visit(visitor(width=width, locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}")
    name, later, earlier, aban = WAYS[lang]
    open_controls(tab)
    opener = tab.get_by_role("button", name=re.compile(name))
    opener.focus()
    tab.keyboard.press("Enter")
    focused = "document.activeElement.dataset.day"
    assert tab.get_by_role("dialog").is_visible()
    assert tab.evaluate(focused) == "1405-09-01"
    box = tab.get_by_role("dialog").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    for key, day in (
        (later, "1405-09-01"),  # nothing lies after the last day
        (earlier, "1405-08-30"),
        ("ArrowUp", "1405-08-23"),
        ("Home", "1405-08-23"),  # a Saturday
        ("End", "1405-08-29"),
        (later, "1405-08-30"),
        ("PageUp", "1405-07-30"),
        ("PageUp", "1405-06-30"),
        ("Shift+PageUp", "1404-06-30"),
        (later, "1404-06-31"),
        ("PageDown", "1404-07-30"),  # Mehr has thirty days
        (earlier, "1404-07-29"),
    ):
        tab.keyboard.press(key)
        assert tab.evaluate(focused) == day, key
    tab.keyboard.press("Escape")
    assert tab.get_by_role("dialog").count() == 0
    assert opener.evaluate("e => e === document.activeElement"), "the focus comes back"
    tab.keyboard.press("Enter")
    tab.keyboard.press("PageUp")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**asof=1405-08-01**")
    assert aban in ready(tab).get_by_role("button", name=re.compile(name)).inner_text()


def test_the_picker_goes_quickly_to_any_month_and_year(app, visitor):
    tab = open_controls(visit(visitor(width=390), f"{app}/schedule"))
    tab.get_by_role("button", name=re.compile("روزی که")).click()
    dialog = tab.get_by_role("dialog")
    dialog.get_by_label("سال").select_option("1399")
    dialog.get_by_label("ماه", exact=True).select_option("12")
    days = dialog.locator("td button")
    assert days.count() == 30, "1399 is a leap year"
    assert days.last.get_attribute("aria-label").startswith("۳۰ اسفند ۱۳۹۹")
    assert [one.strip() for one in dialog.locator("th").all_inner_texts()] == ["ش", "ی", "د", "س", "چ", "پ", "ج"]
    first = days.first.evaluate("e => [e.closest('td').cellIndex, e.getBoundingClientRect().x]")
    # 1 Esfand 1399 was a Friday, the last column, which in Persian stands on the left
    assert first[0] == 6 and first[1] < 120
    days.last.click()
    tab.wait_for_url("**asof=1399-12-30**")


def test_the_picker_marks_the_days_on_which_something_was_said(app, visitor):
    said = {day for day in queries.list_statement_days(register.load_register()) if day < "1405-09-02"}
    tab = visit(visitor(), f"{app}/schedule")
    tab.get_by_role("button", name=re.compile("روزی که")).click()
    dialog = tab.get_by_role("dialog")
    marked = set()
    for year in ("1402", "1403", "1404"):
        dialog.get_by_label("سال").select_option(year)
        for month in range(1, 13):
            dialog.get_by_label("ماه", exact=True).select_option(str(month))
            marked |= set(dialog.locator("td button").evaluate_all(MARKED))
    assert marked == {day for day in said if "1402" <= day < "1405"}


@pytest.mark.parametrize(
    ("typed", "address"), [("۱۴۰۳/۶/۱۵", "1403-06-15"), ("15 شهریور 1403", "1403-06-15"), ("1403-06", "1403-06")]
)
def test_a_date_can_be_typed_in_any_digits(app, visitor, typed, address):
    tab = visit(visitor(), f"{app}/schedule")
    tab.get_by_role("button", name=re.compile("روزی که")).click()
    tab.get_by_role("dialog").get_by_role("textbox").fill(typed)
    tab.keyboard.press("Enter")
    tab.wait_for_url(f"**asof={address}")


def test_a_date_that_never_was_is_told_and_changes_nothing(app, visitor):
    tab = visit(visitor(), f"{app}/schedule")
    before = tab.locator("h1").inner_text()
    tab.get_by_role("button", name=re.compile("روزی که")).click()
    tab.get_by_role("dialog").get_by_role("textbox").fill("۳۰ اسفند ۱۴۰۲")
    tab.keyboard.press("Enter")
    tab.get_by_role("alert").filter(has_text="کبیسه").wait_for()
    assert ready(tab).locator("h1").inner_text() == before


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_slider_stands_on_months_and_jumps_to_those_with_news(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}&asof=1403-06")
    slider = tab.locator(".khoosheh-months input")
    assert tab.locator(".khoosheh-months output").inner_text() == {"fa": "شهریور ۱۴۰۳", "en": "Shahrivar 1403"}[lang]
    thumb_right = slider.evaluate("e => (+e.value / +e.max > 0.5)")
    marks = tab.locator(".khoosheh-months-mark").evaluate_all("all => all.map(e => e.getBoundingClientRect().x)")
    assert thumb_right and len(marks) > 15
    assert (marks[0] > marks[-1]) == (lang == "fa"), "time runs where reading goes"
    tab.locator('.khoosheh-months [data-way="earlier"]').click()
    tab.wait_for_url("**asof=1403-04**")
    ready(tab)
    tab.locator('.khoosheh-months [data-way="later"]').click()
    tab.wait_for_url("**asof=1403-06**")
    ready(tab).locator(".khoosheh-months input").focus()
    tab.keyboard.press("End")
    tab.wait_for_url(lambda address: "asof" not in address)
    ready(tab).go_back()
    tab.wait_for_url("**asof=1403-06**")
    tab.locator(".khoosheh-months output", has_text="1403" if lang == "en" else "۱۴۰۳").wait_for()


def test_statements_that_may_have_been_said_are_counted_and_shown(app, visitor):
    tab = visit(visitor(), f"{app}/schedule?asof=1403-06")
    note = tab.locator(".khoosheh-note:has(a)")
    count = int(re.search("[۰-۹]+", note.inner_text()).group().translate(LATIN))
    note.get_by_role("link").click()
    tab.wait_for_url("**/evidence?ids=**")
    assert str(count) in ready(tab).locator("h1").inner_text().translate(LATIN)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_ticks_follow_the_zoom_from_years_over_seasons_to_months(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}&chain=steel")
    seen = [ticks(tab)]
    for _ in range(4):
        tab.locator('.khoosheh-plot-buttons [data-what="in"]').first.click()
        ready(tab)
        seen.append(ticks(tab))
    assert all(re.fullmatch("[0-9۰-۹]{4}", one) for one in seen[0])
    seasons = {"fa": "بهار|تابستان|پاییز|زمستان", "en": "Spring|Summer|Autumn|Winter"}[lang]
    months = "|".join(month_name(month, lang) for month in range(1, 13))
    assert any(re.search(seasons, " ".join(one)) for one in seen)
    assert re.search(months, " ".join(seen[-1]))
    before = ticks(tab)
    tab.locator('[data-what="later"]').first.click()
    ready(tab)
    assert ticks(tab) != before
    tab.locator('[data-what="whole"]').first.click()
    ready(tab)
    assert ticks(tab) == seen[0]


def test_ticks_are_fewer_on_a_narrow_screen_and_never_touch(app, visitor):
    for width in (1400, 390):
        tab = visit(visitor(width=width), f"{app}/schedule")
        boxes = (
            tab.locator(".khoosheh-plot")
            .first.locator(".xtick text")
            .evaluate_all(
                "all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.right] }).sort((a, b) => a[0] - b[0])"
            )
        )
        assert len(boxes) >= 3
        assert all(right + 4 < left for (_, right), (left, _) in pairwise(boxes)), width


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_chart_tells_the_story_of_the_plant(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}&chain=steel")
    plot = tab.locator(".khoosheh-plot").first
    told = [re.sub("[\u202a-\u202c]", "", one) for one in plot.locator(".annotation-text").all_text_contents()]
    label = {
        "fa": "کارخانهٔ آهن اسفنجی آرتاویل: ۲ با موعد تازه، ۱ هنوز در مهلت",
        "en": "Artavil sponge-iron plant: 2 moved, 1 not due yet",
    }[lang]
    assert told.count(label) == 1, "one label for all promises of the plant"
    assert plot.get_attribute("role") == "img" and len(plot.get_attribute("aria-label")) > 40
    # the slip is drawn after the deadlines, in the direction of reading
    certain, possible, slip = (
        plot.locator(".barlayer .trace").nth(place).locator(".point").first.bounding_box() for place in range(3)
    )
    order = [one["x"] for one in (certain, possible, slip)]
    assert order == sorted(order, reverse=lang == "fa")
    box = plot.locator(".scatterlayer .point").first.bounding_box()
    tab.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert (
        "S06"
        in tab.get_by_role("dialog").locator("article").first.inner_text() + tab.get_by_role("dialog").inner_text()
    )


@pytest.mark.parametrize("width", [1400, 390])
def test_the_axis_stays_in_sight_while_the_chart_scrolls(app, visitor, width):
    tab = visit(visitor(width=width), f"{app}/schedule")
    plot, axis = tab.locator(".khoosheh-plot").first, tab.locator(".khoosheh-plot-axis svg").first
    original, copy = (plot.locator(".xtick text").first, axis.locator(".xtick text").first)
    at = [
        one.evaluate("e => { const {x, y} = e.getBoundingClientRect(); return [x, y] }") for one in (original, copy)
    ]
    assert at[0] == pytest.approx(at[1], abs=1), "the copy lies over the original"
    top = plot.bounding_box()["y"]
    tab.locator("[data-testid=stMain]").evaluate("(e, by) => e.scrollBy(0, by)", top + 150)
    tab.wait_for_function("() => document.querySelector('.khoosheh-plot').getBoundingClientRect().top < -100")
    assert plot.locator(".xtick text").first.bounding_box()["y"] < 0
    assert 0 <= axis.locator(".xtick text").first.bounding_box()["y"] < 60
    tab.locator('.khoosheh-plot-buttons [data-what="in"]').first.evaluate("e => e.click()")
    ready(tab)
    shown = [plot.locator(".xtick text").all_text_contents(), axis.locator(".xtick text").all_text_contents()]
    assert shown[0] == shown[1]


def test_numbers_are_sorted_as_numbers_and_blanks_last(visitor):
    tab = visitor()
    tab.goto("about:blank")
    words = ["0.5", "", "0.25", "12", "۷", "-3", "1e-05"]
    assert tab.evaluate(
        f"async words => {{ const m = await {module('page_script/sorting.js')}; return words.sort(m.order('fa')); }}",
        words,
    ) == ["-3", "1e-05", "0.25", "0.5", "۷", "12", ""]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_ledger_is_sorted_by_its_headings_and_downloads(app, visitor, lang):
    tab = visit(visitor(locale={"fa": "fa-IR", "en": "en-US"}[lang]), f"{app}/schedule?lang={lang}")
    table = tab.locator(".khoosheh-table").first
    heading = table.locator("th").nth(2)
    column = lambda: [one.get_attribute("data-sort") for one in table.locator("tbody td:nth-child(3)").all()]  # noqa: E731
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    dated = [one for one in column() if one]
    assert dated == sorted(dated) and column()[-1] == "", "what has no date stays at the end"
    heading.get_by_role("button").click()
    dated = [one for one in column() if one]
    assert dated == sorted(dated, reverse=True) and column()[-1] == ""
    with tab.expect_download() as waiting:
        tab.get_by_role("button", name="CSV").first.click()
    assert Path(waiting.value.path()).read_text(encoding="utf-8").count("\n") == len(dated) + 2


def test_the_ledger_is_sorted_on_a_phone_too(app, visitor):
    tab = visit(visitor(width=390), f"{app}/schedule")
    table = tab.locator(".khoosheh-headed").first
    heading = table.locator("th").nth(2)
    heading.get_by_role("button").click()
    dated = [one.get_attribute("data-sort") for one in table.locator("tbody td:nth-child(3)").all()]
    assert [one for one in dated if one] == sorted(one for one in dated if one)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390


def test_two_days_are_compared_by_a_picker_of_their_own(app, visitor):
    tab = visit(visitor(), f"{app}/changes?asof=1404-09-30")
    tab.get_by_role("button", name=re.compile("آغاز مقایسه")).click()
    tab.get_by_role("dialog").get_by_role("textbox").fill("۱۴۰۴/۸/۳۰")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**since=1404-08-30**")
    tab.get_by_role("heading", name=re.compile("از ۳۰ آبان ۱۴۰۴ تا ۳۰ آذر ۱۴۰۴: .*رقم عوض‌شده")).wait_for()
    assert "موعد تازه: ۱۴۰۵" in ready(tab).locator(".khoosheh-news").inner_text()
