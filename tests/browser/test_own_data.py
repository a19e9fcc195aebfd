"""A visitor drops a file, sees what is wrong or what would change, and looks at every page with it, alone."""

import re
import sys
import time
from pathlib import Path

import pytest
import python_calamine as calamine

from khoosheh import intake, register
from testing import made_up, workbooks
from testing.browser import ready, visit

sys.path.insert(0, str(Path(__file__).parents[1] / "uploads"))

import packages

NAME = {"fa": "گفتهٔ تازهٔ نمونستان", "en": "A new claim of Nemunestan"}


def drop(tab, path):
    tab.locator('input[type="file"]').set_input_files(path)
    tab.locator("h1", has_text=path.name).wait_for(timeout=60_000)
    return ready(tab)


@pytest.fixture
def sound(tmp_path):
    cells = workbooks.sheets()
    for lang, words in NAME.items():
        workbooks.put(cells, "statements", 2, f"claim_{lang}", words)
    return workbooks.xlsx(tmp_path / "نمونستان.xlsx", cells)


@pytest.fixture
def faulty(tmp_path):
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 2, "said_from", "1402-12-30")
    return workbooks.xlsx(tmp_path / "نادرست.xlsx", cells)


@pytest.mark.parametrize(("lang", "width"), [("fa", 1400), ("en", 390)])
def test_a_preview_outlives_links_reload_and_language_but_not_the_browser(invented_app, visitor, sound, lang, width):
    tab = visit(visitor(width=width), f"{invented_app}/data?lang={lang}")
    drop(tab, sound)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.locator(".st-key-look button").click()
    tab.locator(".khoosheh-ribbon").wait_for()
    ready(tab)
    tab.locator(".khoosheh-nav a[href*='evidence']").click()
    tab.wait_for_url("**/evidence*")
    ready(tab)
    assert tab.get_by_text(NAME[lang]).count()
    tab.reload()
    ready(tab)
    assert tab.get_by_text(NAME[lang]).count()
    other = {"fa": "en", "en": "fa"}[lang]
    tab.locator(f".khoosheh-header a[lang={other}]").click()
    tab.wait_for_url(re.compile("draft="))
    tab.locator(f"html[lang={other}]").wait_for(state="attached")
    ready(tab)
    assert tab.get_by_text(NAME[other]).count()
    # the same address in another browser, and the same browser without it
    stranger = visit(visitor(), tab.url)
    assert stranger.get_by_text(NAME[other]).count() == 0
    assert stranger.locator(".khoosheh-ribbon a").count() == 1
    tab.locator(".khoosheh-ribbon a").click()
    tab.wait_for_url(re.compile("^((?!draft=).)*$"))
    ready(tab)
    assert tab.get_by_text(NAME[other]).count() == 0
    assert tab.locator(".khoosheh-ribbon").count() == 0


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_uploader_speaks_the_language_and_a_fault_names_its_cell(invented_app, visitor, faulty, tmp_path, lang):
    tab = visit(visitor(width=390), f"{invented_app}/data?lang={lang}")
    # words of Streamlit's own take no room, ours stand in their place
    for place in (
        '[data-testid="stBaseButton-secondary"] p',
        '[data-testid="stFileUploaderDropzoneInstructions"] span',
    ):
        found = tab.locator(f'[data-testid="stFileUploader"] {place}').first
        assert found.evaluate("e => getComputedStyle(e).fontSize") == "0px"
        words = found.evaluate("e => getComputedStyle(e, '::after').content")
        assert bool(re.search("[؀-ۿ]", words)) == (lang == "fa"), words
    drop(tab, faulty)
    row = tab.locator(".khoosheh-table tbody tr")
    assert row.count() == 1
    assert "1402-12-30" in row.inner_text()
    assert tab.locator(".st-key-look").count() == 0
    with tab.expect_download() as waiting:
        tab.locator(".st-key-marked button").click()
    copy = tmp_path / "marked.xlsx"
    waiting.value.save_as(copy)
    with calamine.load_workbook(str(copy)) as book:
        listed = book.get_sheet_by_index(0).to_python()
    assert any("1402-12-30" in map(str, line) for line in listed)


@pytest.mark.parametrize("which", ["blank", "filled"])
def test_a_workbook_to_fill_in_is_made_on_demand(invented_app, visitor, tmp_path, which):
    tab = visit(visitor(), f"{invented_app}/data?lang=fa")
    with tab.expect_download() as waiting:
        tab.locator(f".st-key-template-{which} button").click()
    file = tmp_path / "template.xlsx"
    waiting.value.save_as(file)
    found = intake.read_source(file, tmp_path / "read", base=register.load_register(made_up.write(tmp_path / "base")))
    assert bool(found.faults) == (which == "blank")


def test_a_file_that_is_too_large_is_refused_before_it_travels(invented_app, visitor, tmp_path):
    large = tmp_path / "large.xlsx"
    with large.open("wb") as file:
        file.truncate(51 << 20)
    tab = visit(visitor(), f"{invented_app}/data?lang=fa")
    tab.locator('input[type="file"]').set_input_files(large)
    chip = tab.locator('[data-testid="stFileChip"][aria-invalid="true"]')
    chip.wait_for()
    assert "مگابایت" in chip.evaluate("e => getComputedStyle(e, '::after').content")
    # a screen reader announces it in Persian, and nothing in English
    alerts = tab.get_by_role("alert").all_inner_texts()
    assert len(alerts) == 1 and "مگابایت" in alerts[0] and not re.search("[A-Za-z]", alerts[0])
    assert "خانه‌به‌خانه" in tab.locator("h1").inner_text()


def processes_that_read(server: str) -> int:
    """Return how many processes read a file for the server at an address."""
    port = server.rpartition(":")[2].encode()
    found = {}
    for one in Path("/proc").iterdir():
        if one.name.isdigit():
            try:
                parent = (one / "stat").read_text().rpartition(")")[2].split()[1]
                found[one.name] = (parent, (one / "cmdline").read_bytes())
            except OSError:
                continue
    servers = {number for number, (_, words) in found.items() if b"--server.port\0" + port in words}
    return sum(parent in servers and b"khoosheh.uploads.worker" in words for parent, words in found.values())


def wait_until(holds, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.fixture
def slow(tmp_path):
    """A package whose check takes long."""
    file = tmp_path / "کند.zip"
    file.write_bytes(packages.zipped(files={"statements.csv": packages.repeated(150_000)}))
    return file


@pytest.mark.parametrize(("lang", "width"), [("fa", 390), ("en", 1400)])
def test_reading_is_told_and_can_be_cancelled(invented_app, visitor, slow, lang, width):
    tab = visit(visitor(width=width), f"{invented_app}/data?lang={lang}")
    tab.locator('input[type="file"]').set_input_files(slow)
    tab.locator('.st-key-khoosheh-reading [data-testid="stProgress"]').wait_for(timeout=60_000)
    wait_until(lambda: processes_that_read(invented_app) == 1)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    tab.locator(".st-key-cancel button").click()
    tab.locator('[data-testid="stAlert"]', has_text=slow.name).wait_for(timeout=60_000)
    wait_until(lambda: not processes_that_read(invented_app))
    ready(tab)
    assert tab.locator(".st-key-khoosheh-reading").count() == 0
    # the uploader is empty and takes another file
    assert tab.locator('[data-testid="stFileChip"]').count() == 0
    assert tab.locator('input[type="file"]').is_enabled()


def test_who_leaves_ends_the_reading(invented_app, visitor, slow):
    tab = visit(visitor(), f"{invented_app}/data?lang=fa")
    tab.locator('input[type="file"]').set_input_files(slow)
    wait_until(lambda: processes_that_read(invented_app) == 1)
    tab.goto("about:blank")
    wait_until(lambda: not processes_that_read(invented_app))


def test_others_are_served_while_a_hostile_file_is_read(invented_app, visitor, tmp_path):
    def bomb(descriptor):
        packages.field_of(descriptor, "sources", "title_en")["constraints"]["pattern"] = "(.|.)*!!"

    file = tmp_path / "bomb.zip"
    file.write_bytes(packages.zipped(bomb))
    tab = visit(visitor(), f"{invented_app}/data?lang=en")
    drop(tab, file)
    assert tab.locator(".khoosheh-table tbody tr").count() == 1
    assert "(.|.)*!!" in tab.locator(".khoosheh-table tbody").inner_text()
    visit(visitor(), f"{invented_app}/investment?lang=en")
