"""From a template to the dashboard of another province: every mistake is named at its cell, and once mended all runs."""

from pathlib import Path

import pytest
from python_calamine import load_workbook
from streamlit.testing.v1 import AppTest

from khoosheh import intake, register
from khoosheh.__main__ import main
from khoosheh.intake import template
from khoosheh.ui.markup.page_list import PAGES
from khoosheh.ui.shell import ROOT
from testing import second_province

SIGNED = ["--who", "دفتر برنامه‌ریزی", "--why", "نخستین نسخه"]


@pytest.fixture(scope="module")
def office(tmp_path_factory, shipped) -> Path:
    """Return a folder with the template, and what the office made of it: with mistakes, and mended."""
    folder = tmp_path_factory.mktemp("gilan")
    template.write_template(shipped, folder / "template.xlsx", "fa")
    second_province.fill(folder / "template.xlsx", folder / "mended.xlsx")
    return folder


@pytest.fixture(scope="module")
def mistaken(office) -> list[tuple[str, str, str]]:
    return second_province.fill(office / "template.xlsx", office / "mistaken.xlsx", second_province.MISTAKES)


def placed(faults) -> list[tuple[str, str, str]]:
    return [(one.sheet, one.cell, one.code) for one in faults]


def test_twelve_mistakes_are_twelve_faults_at_their_cells(office, mistaken, tmp_path):
    assert len(mistaken) == 12 and len(set(mistaken)) == 12
    found = intake.read_source(office / "mistaken.xlsx", tmp_path)
    assert sorted(placed(found.faults)) == sorted(mistaken)
    assert found.left_out == ()
    for one in found.faults:
        for lang in ("fa", "en"):
            assert one.why(lang) and one.mend(lang)


def test_the_marked_copy_says_the_same_and_can_be_mended_itself(office, mistaken, tmp_path, capsys):
    copy = tmp_path / "نشان‌دار.xlsx"
    assert main(["check", str(office / "mistaken.xlsx"), "--marked", str(copy)]) == 1
    said = capsys.readouterr().out
    assert "۱۲ ایراد" in said and "منابع!J2" in said
    again = intake.read_source(copy, tmp_path / "again")
    assert sorted(placed(again.faults)) == sorted(mistaken)
    listed = load_workbook(copy).get_sheet_by_name("ایرادها").to_python()
    cells = [row[0] for row in listed if row[1] or row[2]][1:]
    assert sorted(cells) == sorted(f"{sheet} {cell}" for sheet, cell, _ in mistaken)
    assert main(["check", str(office / "mistaken.xlsx"), "--marked", str(copy)]) == 1
    assert "از پیش هست" in capsys.readouterr().err


def test_nothing_faulty_is_published(office, mistaken, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("KHOOSHEH_DATA", raising=False)
    words = ["publish", str(office / "mistaken.xlsx"), "--to", str(tmp_path / "store"), *SIGNED]
    assert main(words) == 1
    assert len(capsys.readouterr().err.splitlines()) == 12
    assert not (tmp_path / "store").exists()


@pytest.fixture(scope="module")
def store(office, tmp_path_factory) -> Path:
    found = tmp_path_factory.mktemp("store") / "gilan"
    assert main(["publish", str(office / "mended.xlsx"), "--to", str(found), *SIGNED]) == 0
    return found


def test_mended_it_is_the_register_of_the_province(office, store, capsys):
    assert main(["check", str(office / "mended.xlsx"), "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert "16 tables, 13 statements" in out and "understood otherwise" in out
    found = register.load_register(store)
    assert (found.province, found.compiled_on) == ("IR-01", "1405-09-01")
    assert found.label("fa") == "دفتر ساختگی گیلان، تنها برای آزمون"
    said = found.table("statements").set_index("statement_id")
    assert said.loc["G01", ["value_low", "unit", "said_from", "measure"]].tolist() == [
        1200,
        "bn_irr",
        "1402-12-10",
        "cost_planned",
    ]
    assert said.loc["G02", "project_id"] == "big-mill" and said.loc["G09", "is_part"]
    assert set(found.table("projects")["county_id"].dropna()) == {"rasht", "fuman"}
    assert len(found.table("provinces")) == 31 and not found.geojson("counties-map")["features"]


def test_the_same_file_changes_nothing(office, store, capsys):
    assert main(["diff", str(office / "mended.xlsx"), "--data", str(store)]) == 0
    assert "هیچ تفاوتی نیست" in capsys.readouterr().out


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_runs_with_it(store, monkeypatch, page, lang):
    monkeypatch.setenv("KHOOSHEH_DATA", str(store))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["lang"] = lang
    app.run()
    app = app if page == PAGES[0] else app.switch_page(f"pages/{page}.py").run()
    assert not app.exception and len(app.title) == 1
    if page == PAGES[0]:
        assert {"fa": "گیلان", "en": "Gilan"}[lang] in app.title[0].value
