"""A visitor's file is read on the page, told to the cell, compared, and looked at by the visitor alone."""

import re

import pytest
from page_visits import visit, words
from streamlit.testing.v1 import AppTest

from khoosheh import register
from khoosheh.locale import format_message
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.state import uploaded_files
from testing import workbooks

RIBBON = '<p class="khoosheh-ribbon"'


@pytest.fixture(autouse=True)
def published(monkeypatch, invented_path):
    monkeypatch.setenv("KHOOSHEH_DATA", str(invented_path))
    # a page without a server is bound to no address, so that files would not be taken
    monkeypatch.setenv("KHOOSHEH_UPLOADS", "on")


def given(tmp_path, *changes: tuple) -> bytes:
    """Return a workbook of the invented province with some cells changed: (table, row, field, value)."""
    cells = workbooks.sheets()
    for change in changes:
        workbooks.put(cells, *change)
    return workbooks.xlsx(tmp_path / "given.xlsx", cells).read_bytes()


def upload(content: bytes, name: str = "نمونه.xlsx", lang: str = "fa") -> AppTest:
    app = visit("data", lang=lang)
    app.file_uploader[0].upload(name, content)
    return app.run()


def token_of(app: AppTest) -> str:
    found = app.query_params["draft"]
    return found[0] if isinstance(found, list) else found


def go(app: AppTest, page: str, token: str) -> None:
    """Follow a link of the page to another one, which keeps the draft in the address."""
    app.switch_page(f"pages/{page}.py")
    app.query_params["draft"] = token
    app.run()


def cells(app: AppTest) -> list[list[str]]:
    """Return the words of all table rows of the page."""
    rows = re.findall("<tr>(.*?)</tr>", "".join(one.proto.body for one in app.get("html")))
    return [[re.sub("<.*?>", "", one) for one in re.findall("<td.*?</td>", row)] for row in rows]


def test_faults_stand_at_their_cells_and_nothing_can_be_looked_at(tmp_path):
    faulty = given(tmp_path, ("statements", 2, "said_from", "1402-12-30"), ("projects", 3, "sector", "ساختنی"))
    app = upload(faulty)
    assert not app.exception
    assert app.title[0].value == "«\u2068نمونه.xlsx\u2069»\\: ۲ خانه به اصلاح نیاز دارد"
    sheets = {
        table: workbooks.layout.format_sheet_name(workbooks.DICTIONARY, table, "fa")
        for table in ("statements", "projects")
    }
    at = {
        table: workbooks.DICTIONARY.fields(table).index(field)
        for table, field in (("statements", "said_from"), ("projects", "sector"))
    }
    told = [row[:3] for row in cells(app) if len(row) == 5]
    assert sorted(told) == sorted(
        [
            [sheets["statements"], f"{chr(65 + at['statements'])}2", "1402-12-30"],
            [sheets["projects"], f"{chr(65 + at['projects'])}3", "ساختنی"],
        ]
    )
    assert not [one for one in app.button if one.key == "look"]


def test_a_sound_file_is_compared_and_looked_at_by_its_owner_alone(tmp_path, invented):
    field = "claim_fa"
    row = workbooks.sheets()
    _, line, at = workbooks.place(row, "statements", 2, field)
    app = upload(given(tmp_path, ("statements", 2, field, "گفتهٔ تازهٔ نمونستان")))
    assert not app.exception
    assert "بی‌ایراد" in app.title[0].value
    assert any("گفتهٔ تازهٔ نمونستان" in cell and line[at] in cell for one in cells(app) for cell in one)
    app.button(key="look").click().run()
    token = token_of(app)
    assert "نمونه.xlsx" in words(app)
    for page in PAGES:
        go(app, page, token)
        assert not app.exception
        assert RIBBON in words(app) and "نمونه.xlsx" in words(app), page
        if page == "evidence":
            assert "گفتهٔ تازهٔ نمونستان" in words(app)
    # another visitor who was sent the link, and one who was not
    for query in ({"draft": token}, {}):
        other = visit("evidence", **query)
        assert not other.exception
        assert "گفتهٔ تازهٔ نمونستان" not in words(other)
        assert ("دیگر در دست نیست" in words(other)) == bool(query)
    assert register.load_register().version == invented.version


def test_back_on_its_page_the_preview_is_still_told(tmp_path):
    app = upload(given(tmp_path, ("statements", 2, "claim_fa", "گفتهٔ تازه")))
    app.button(key="look").click().run()
    token = token_of(app)
    go(app, "evidence", token)
    go(app, "data", token)
    assert not app.exception
    assert "بی‌ایراد" in app.title[0].value
    assert not [one for one in app.button if one.key == "look"]


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize(
    "name,content",
    [("a.xlsx", b""), ("a.xlsx", b"PK\x03\x04nothing"), ("a.exe", b"MZ\x90\x00"), ("a.csv", b"a,b\n1,2\n")],
)
def test_what_is_no_register_is_refused_in_words(name, content, lang):
    app = upload(content, name, lang)
    assert not app.exception
    assert cells(app), "no reason given"
    assert not [one for one in app.button if one.key == "look"]


def test_names_of_files_are_only_words(tmp_path):
    app = upload(given(tmp_path), "<b>**x**</b>[a](b).xlsx")
    assert not app.exception
    app.button(key="look").click().run()
    body = "".join(one.proto.body for one in app.get("html"))
    assert "<b>**x**" not in body and "&lt;b&gt;" in body
    assert "\\*\\*x" in app.title[0].value


def test_workbooks_to_fill_in_are_offered():
    app = visit("data", lang="fa")
    assert {one.key for one in app.get("download_button")} == {"template-blank", "template-filled"}


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("setting", ["off", "", "yes please"])
def test_without_uploads_the_page_says_how_they_are_turned_on_and_still_offers_workbooks(monkeypatch, lang, setting):
    assert visit("data", lang=lang).file_uploader
    monkeypatch.setenv("KHOOSHEH_UPLOADS", setting)
    app = visit("data", lang=lang)
    assert not app.exception and not app.file_uploader
    (told,) = app.info
    assert "KHOOSHEH_UPLOADS=on" in told.value.replace("\\", "")
    assert {one.key for one in app.get("download_button")} == {"template-blank", "template-filled"}


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_file_that_was_freed_while_its_visitor_was_away_is_asked_for_again(lang):
    app = visit("data", lang=lang)
    before = app.file_uploader[0].key
    uploaded_files.FILES._freed.add("test session id")
    app.run()
    assert not app.exception
    assert [one.value for one in app.info] == [format_message(lang, "data.again")]
    assert app.file_uploader[0].key != before
    app.run()
    assert not app.info
