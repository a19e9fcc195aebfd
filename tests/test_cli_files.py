"""The command line takes the files of an office as it takes packages: workbooks, csv and zips."""

import csv
import json
import zipfile

import pytest

from khoosheh.__main__ import main
from testing import made_up, workbooks

SIGNED = ["--who", "ali", "--why", "news"]
KINDS = {"xls": workbooks.xls, "ods": workbooks.ods}


@pytest.fixture(autouse=True)
def in_force(invented_path, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(invented_path))


def test_a_workbook_is_checked_compared_and_published(tmp_path, capsys):
    cells = workbooks.sheets()
    file = str(workbooks.xlsx(tmp_path / "دفتر.xlsx", cells))
    assert main(["check", file, "--lang", "en"]) == 0
    assert "16 tables, 20 statements" in capsys.readouterr().out
    workbooks.put(cells, "statements", 2, "value_high", 130)
    file = str(workbooks.xlsx(tmp_path / "تازه.xlsx", cells))
    assert main(["diff", file, "--lang", "en", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["tables"]
    assert list(found) == ["statements"] and [one["key"] for one in found["statements"]["changed"]] == [
        {"statement_id": "M01"}
    ]
    assert main(["publish", file, "--to", str(tmp_path / "store"), *SIGNED, "--lang", "en"]) == 0
    assert "Version 0002 with 20 statements" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "store")]) == 0


@pytest.mark.parametrize("kind", KINDS)
def test_faults_of_a_spreadsheet_are_told_by_sheet_and_cell(kind, tmp_path, capsys):
    cells = workbooks.sheets()
    workbooks.put(cells, "statements", 4, "said_to", "1402-12-30")
    workbooks.put(cells, "projects", 3, "county_id", "nowhere")
    file = str(KINDS[kind](tmp_path / f"a.{kind}", cells))
    copy = tmp_path / "copy.xlsx"
    assert main(["check", file, "--format", "json", "--marked", str(copy)]) == 1
    assert [(one["sheet"], one["cell"]) for one in json.loads(capsys.readouterr().out)] == [
        ("طرح‌ها", "G3"),
        ("گفته‌ها", "G4"),
    ]
    for words in (["diff", file], ["publish", file, "--to", str(tmp_path / "store"), *SIGNED]):
        assert main(words) == 1
        said = capsys.readouterr().err
        assert "طرح‌ها!G3" in said and "گفته‌ها!G4" in said and "کبیسه" in said
    assert main(["check", str(copy), "--format", "json"]) == 1
    assert [(one["sheet"], one["cell"]) for one in json.loads(capsys.readouterr().out)] == [
        ("طرح‌ها", "G3"),
        ("گفته‌ها", "G4"),
    ]


def test_a_csv_replaces_one_table_of_the_register_in_force(tmp_path, capsys, invented_path):
    with (invented_path / "statements.csv").open(encoding="utf-8", newline="") as given:
        rows = list(csv.reader(given))
    file = tmp_path / "statements.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows[:-1])
    assert main(["diff", str(file), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["tables"]
    assert list(found) == ["statements"] and [one["statement_id"] for one in found["statements"]["withdrawn"]] == [
        "M20"
    ]


def test_a_zip_of_a_package_is_a_package(tmp_path, capsys, invented_path):
    file = tmp_path / "package.zip"
    with zipfile.ZipFile(file, "w") as parts:
        for one in invented_path.rglob("*"):
            parts.write(one, one.relative_to(invented_path))
    assert main(["check", str(file), "--lang", "en"]) == 0
    assert "16 tables, 20 statements" in capsys.readouterr().out
    assert main(["diff", str(file)]) == 0
    assert "هیچ تفاوتی نیست" in capsys.readouterr().out


def test_what_is_left_out_and_understood_otherwise_is_told(tmp_path, capsys):
    cells = workbooks.sheets()
    cells["یادداشت‌های من"] = [["هیچ"]]
    workbooks.put(cells, "statements", 2, "said_to", "۱۴۰۱/۲/۱")
    assert main(["check", str(workbooks.xlsx(tmp_path / "a.xlsx", cells))]) == 0
    said = capsys.readouterr().out
    assert "یادداشت‌های من شناخته نشد" in said and "گفته‌ها!G2: «۱۴۰۱/۲/۱» ← 1401-02-01" in said


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.zip", "a.pdf"])
def test_a_file_that_is_none_of_its_kind_is_no_traceback(name, tmp_path, capsys):
    file = tmp_path / name
    file.write_bytes(b"%PDF-1.7 nothing")
    assert main(["check", str(file), "--marked", str(tmp_path / "copy.xlsx"), "--lang", "en"]) == 1
    assert "PDF" in capsys.readouterr().out
    assert not (tmp_path / "copy.xlsx").exists()


def test_a_package_has_no_cells_to_mark(tmp_path, capsys):
    rows = made_up.tables()
    rows["statements"][0]["said_to"] = "1402-12-30"
    folder = made_up.write(tmp_path / "faulty", rows)
    assert main(["check", str(folder), "--marked", str(tmp_path / "copy.xlsx"), "--lang", "en"]) == 1
    assert "no sheets and cells to mark" in capsys.readouterr().err
