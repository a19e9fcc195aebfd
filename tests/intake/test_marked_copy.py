"""The marked copy: values as they were, wrong cells marked, nothing that starts a formula."""

import re
import zipfile
from datetime import date

import pytest
import xlsxwriter
from python_calamine import load_workbook

from khoosheh.intake import CellFault, marked_copy
from khoosheh.intake.marked_copy import MOST
from khoosheh.locale import LANGUAGES
from khoosheh.spreadsheets import UnreadableError, parser_process

LINES = [
    ["شناسه", "مقدار", "روز"],
    ["007", 12.5, date(2024, 3, 20)],
    ["=1+1", -3, date(1950, 1, 1)],
    ["+98", 0.1 + 0.2, True],
    ["@x", "۱۲", False],
    [" blank ", 1e300, "1402-12-30"],
]


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "source.xlsx"
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("طرح‌ها")
        for row, line in enumerate(LINES):
            for column, value in enumerate(line):
                sheet.write(row, column, value)
        sheet.write_formula(6, 0, "=6*7", None, 42)
        sheet.write_number(6, 1, 0.125, book.add_format({"num_format": "0.0%"}))
        book.add_worksheet("It's & <b>").write(0, 0, "x")
    return file


def fault(cell, sheet="طرح‌ها", code="constraint_required", value=""):
    return CellFault(code, "projects.csv", 3, "name_fa", value, sheet=sheet, cell=cell)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_is_as_it_was(source, tmp_path, lang):
    copy = tmp_path / "copy.xlsx"
    marked_copy.write_marked_copy(source, [fault("A3"), fault("Z99")], copy, lang)
    given, found = (parser_process.read_workbook(file, "xlsx").sheets for file in (source, copy))
    assert [sheet.name for sheet in found[1:]] == [sheet.name for sheet in given]
    for before, after in zip(given, found[1:], strict=True):
        bare = {row: {at: one._replace(formula="") for at, one in line.items()} for row, line in before.rows.items()}
        assert after.rows == bare
    with zipfile.ZipFile(copy) as parts:
        sheets = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in sheets and "<f " not in sheets


def test_wrong_cells_are_framed_noted_and_listed_with_links(source, tmp_path):
    copy = tmp_path / "copy.xlsx"
    faults = [
        fault("A3"),
        fault("A3", code="primary_key", value="=1+1"),
        fault("B"),
        fault("9", "It's & <b>"),
        fault("", ""),
    ]
    marked_copy.write_marked_copy(source, faults, copy, "en")
    with zipfile.ZipFile(copy) as parts:
        listed, first = (parts.read(f"xl/worksheets/sheet{one}.xml").decode() for one in (1, 2))
        notes = {one: parts.read(f"xl/comments{one}.xml").decode() for one in (1, 2)}
        styles = parts.read("xl/styles.xml").decode()
    links = re.findall(r'<hyperlink ref="(A\d+)" location="([^"]+)"', listed)
    assert links == [
        ("A6", "'طرح‌ها'!A3"),
        ("A7", "'طرح‌ها'!A3"),
        ("A8", "'طرح‌ها'!B1"),
        ("A9", "'It''s &amp; &lt;b&gt;'!A9"),
    ]
    assert re.findall(r'<comment ref="(\w+)"', notes[1]) == ["B1", "A3"]
    assert re.findall(r'<comment ref="(\w+)"', notes[2]) == ["A9"]
    for code, times in (("primary_key", 1), ("constraint_required", 2)):
        assert notes[1].count(f"{fault('', code=code).why('en')} {fault('', code=code).mend('en')}") == times
    framed = re.search(r'<c r="A3" s="(\d+)"', first)[1]
    looks = re.findall(r"<xf [^>]*>", styles.partition("<cellXfs")[2])[int(framed)]
    assert 'applyFill="1"' in looks and 'applyBorder="1"' in looks, "colour is not the only sign"
    rows = load_workbook(copy).get_sheet_by_index(0).to_python()
    assert [row[:2] for row in rows[5:10]] == [
        ["طرح‌ها A3", ""],
        ["طرح‌ها A3", "=1+1"],
        ["طرح‌ها B", ""],
        ["It's & <b> 9", ""],
        ["projects.csv name_fa", ""],
    ]


def test_a_copy_of_a_copy_has_one_list(source, tmp_path):
    marked_copy.write_marked_copy(source, [fault("A3")], tmp_path / "one.xlsx", "fa")
    marked_copy.write_marked_copy(tmp_path / "one.xlsx", [fault("A4")], tmp_path / "two.xlsx", "fa")
    assert load_workbook(tmp_path / "two.xlsx").sheet_names == ["ایرادها", "طرح‌ها", "It's & <b>"]
    assert "A4" in str(load_workbook(tmp_path / "two.xlsx").get_sheet_by_index(0).to_python())


def test_a_csv_becomes_a_workbook_in_which_nothing_runs(tmp_path):
    source = tmp_path / "0001"
    source.write_text('chain_id,name_fa\n=HYPERLINK("x"),"a\nb"\n', encoding="utf-8")
    name = "chains.csv"
    marked_copy.write_marked_copy(source, [fault("B2", name)], tmp_path / "copy.xlsx", "en", name)
    book = load_workbook(tmp_path / "copy.xlsx")
    assert book.sheet_names == ["Faults", "chains"]
    assert book.get_sheet_by_name("chains").to_python() == [["chain_id", "name_fa"], ['=HYPERLINK("x")', "a\nb"]]
    with zipfile.ZipFile(tmp_path / "copy.xlsx") as parts:
        assert "<f>" not in parts.read("xl/worksheets/sheet2.xml").decode()


def test_names_that_no_workbook_can_have_give_way(tmp_path):
    source = tmp_path / "x.csv"
    source.write_text("a\n1\n", encoding="utf-8")
    for place, name in enumerate(("a[b]:c*?.csv", "x" * 60 + ".csv", "Faults.csv")):
        copy = tmp_path / f"{place}.xlsx"
        marked_copy.write_marked_copy(source, [fault("A1", name)], copy, "en", name)
        assert load_workbook(copy).sheet_names[1] == ("a-b--c--", "x" * 31, "Faults 2")[place]


def test_more_faults_than_anybody_mends_at_once_are_counted(source, tmp_path):
    marked_copy.write_marked_copy(source, [fault("A3")] * (MOST + 5), tmp_path / "copy.xlsx", "en")
    rows = load_workbook(tmp_path / "copy.xlsx").get_sheet_by_index(0).to_python()
    assert rows[0][0] == "10,005 faults" and "10,000" in rows[3][0] and len(rows) == 5 + MOST


def test_what_has_no_cells_is_refused(tmp_path):
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("datapackage.json", "{}")
    with pytest.raises(UnreadableError) as error:
        marked_copy.write_marked_copy(file, [], tmp_path / "copy.xlsx", "fa")
    assert error.value.code == "intake_no_cells" and not (tmp_path / "copy.xlsx").exists()
