"""The template: what it offers can be read, and a register written into it comes back as it was."""

import csv
import json
import re
import zipfile

import pytest
from python_calamine import load_workbook

from khoosheh import intake, publishing, register
from khoosheh.__main__ import main
from khoosheh.intake import empty_package, layout, template
from khoosheh.locale import LANGUAGES
from testing import made_up


def read_back(file, tmp_path, base):
    found = intake.read_source(file, tmp_path / "read", base=base)
    assert [fault.line("en") for fault in found.faults] == []
    assert found.left_out == ()
    return register.load_register(found.folder)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reference", [False, True])
def test_a_filled_template_comes_back_as_the_register_it_was(shipped, tmp_path, lang, reference):
    file = tmp_path / "filled.xlsx"
    template.write_template(shipped, file, lang, filled=True, reference=reference)
    found = publishing.compare_registers(shipped, read_back(file, tmp_path, shipped))
    assert not found.tables and not found.figures and not found.maps
    assert set(found.descriptor) <= {"name", "title", "version", "created"}


def test_odd_cells_come_back_too(tmp_path):
    rows = made_up.tables()
    odd = [
        "=1+1",
        "+98 21",
        "@x",
        "-5",
        "_x0041_",
        "خط یک\nخط دو",
        " 007 ",
        "1e5",
        "https://example.org/?a=1",
        "TRUE",
        "۱۲",
        "x" * 32_767,
    ]
    for row, words in zip(rows["statements"], odd, strict=False):
        row["claim_en"] = row["value_printed"] = words
    rows["statements"][0]["value_low"] = rows["statements"][0]["value_high"] = 0.1 + 0.2
    rows["statements"][1]["is_part"] = "false"
    given = register.load_register(made_up.write(tmp_path / "given", rows))
    file = tmp_path / "filled.xlsx"
    template.write_template(given, file, "fa", filled=True, reference=True)
    found = publishing.compare_registers(given, read_back(file, tmp_path, given))
    assert {name: [one.fields for one in table.changed] for name, table in found.tables.items()} == {}
    with zipfile.ZipFile(file) as parts:
        whole = "".join(parts.read(name).decode() for name in parts.namelist() if "worksheets/sheet" in name)
    assert "<f>" not in whole and "<f " not in whole


def test_what_no_cell_can_hold_is_a_fault_and_no_file(tmp_path):
    rows = made_up.tables()
    rows["statements"][3]["claim_en"] = "x" * 32_768
    given = register.load_register(made_up.write(tmp_path / "given", rows))
    with pytest.raises(register.PackageError) as error:
        template.write_template(given, tmp_path / "filled.xlsx", "fa", filled=True)
    assert [(one.code, one.row, one.field) for one in error.value.faults] == [("sheet_text", 5, "claim_en")]
    assert not (tmp_path / "filled.xlsx").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sheets_run_the_way_of_the_language_and_tell_what_to_write(shipped, tmp_path, lang):
    file = tmp_path / "blank.xlsx"
    template.write_template(shipped, file, lang)
    names = load_workbook(file).sheet_names
    tables = [layout.find_sheet_table(name, shipped.dictionary) for name in names]
    assert tables == [
        "guide",
        "register",
        "sources",
        "chains",
        "stages",
        "requirements",
        "counties",
        "projects",
        "statements",
        "firms",
        "links",
        "lists",
    ]
    with zipfile.ZipFile(file) as parts:
        for place, table in enumerate(tables, 1):
            sheet = parts.read(f"xl/worksheets/sheet{place}.xml").decode()
            assert ('rightToLeft="1"' in sheet) is (lang == "fa")
            if table in shipped.tables:
                assert 'state="frozen"' in sheet
                notes = parts.read(f"xl/comments{place - 2}.xml").decode()
                assert notes.count("<comment ") == len(shipped.dictionary.fields(table))
        assert re.search('<sheet [^>]*state="hidden"', parts.read("xl/workbook.xml").decode())
        assert parts.read("xl/styles.xml").decode().count('"Tahoma"') >= 3


def test_every_field_of_codes_and_of_rows_elsewhere_offers_a_list(shipped, tmp_path):
    file = tmp_path / "blank.xlsx"
    template.write_template(shipped, file, "fa")
    book = load_workbook(file)
    lists = book.get_sheet_by_name("فهرست‌ها").to_python()
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read(f"xl/worksheets/sheet{book.sheet_names.index('گفته‌ها') + 1}.xml").decode()
    offered = dict(re.findall(r'sqref="([A-Z]+)2:\1\d+"><formula1>([^<]+)</formula1>', sheet))
    for column, field in zip(columns(), shipped.dictionary.fields("statements"), strict=False):
        linked = [link for link in shipped.dictionary.links("statements") if link[0] == (field,)]
        codes = shipped.dictionary.values("statements", field)
        assert (column in offered) is bool(codes or linked or field == "is_part"), field
        if codes:
            place = columns().index(re.search(r"\$([A-Z]+)\$1:", offered[column])[1])
            assert [row[place] for row in lists if row[place]] == [one["fa"] for one in codes.values()]
    assert offered["B"].startswith("'منابع'!$A$2:$A$") or offered["B"].startswith("منابع!$A$2:$A$")
    assert len({row[0] for row in lists if row[0]}) == 31, "names of provinces"


def columns() -> list[str]:
    letters = [chr(code) for code in range(ord("A"), ord("Z") + 1)]
    return [*letters, *(f"A{one}" for one in letters)]


def test_the_guide_shows_an_example_apart_from_the_data(invented, tmp_path):
    file = tmp_path / "blank.xlsx"
    template.write_template(invented, file, "en")
    book = load_workbook(file)
    guide = book.get_sheet_by_name("Guide").to_python()
    row = next(one for one in guide if one[0] == "Statement id")
    assert row[1] == "Must be filled." and row[3] == "M11", "the fullest of its statements"
    assert len(book.get_sheet_by_name("Statements").to_python()) == 1


@pytest.mark.parametrize("filled", [False, True])
def test_a_package_to_be_filled_in(shipped, tmp_path, filled):
    folder = tmp_path / "new" / "package"
    empty_package.write_blank_package(shipped, folder, filled=filled)
    faults = register.check_package(folder)
    if filled:
        assert faults == [] and register.load_register(folder).version
        assert not publishing.compare_registers(shipped, register.load_register(folder))
        return
    assert {fault.field for fault in faults} == {"province", "compiled_on", "labels.fa", "labels.en"}
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described |= {"province": "IR-01", "compiled_on": "1405-09-01", "labels": {"fa": "گیلان", "en": "Gilan"}}
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    found = register.load_register(folder)
    sizes = {name: len(found.table(name)) for name in found.tables}
    assert sizes["statements"] == sizes["projects"] == sizes["counties"] == 0
    assert sizes["provinces"] == 31 and sizes["observations"] == len(shipped.table("observations"))
    with (folder / "statements.csv").open(encoding="utf-8") as file:
        assert next(csv.reader(file)) == shipped.dictionary.fields("statements")


def test_the_command_writes_once_and_overwrites_nothing(tmp_path, capsys, invented_path):
    file = tmp_path / "الگو.xlsx"
    words = ["template", "-o", str(file), "--data", str(invented_path)]
    assert main(words) == 0
    assert "نوشته شد" in capsys.readouterr().out
    before = file.read_bytes()
    assert main(words) == 1
    assert "از پیش هست" in capsys.readouterr().err and file.read_bytes() == before
    assert main(["template", "-o", str(tmp_path / "no" / "x.xlsx"), "--lang", "en"]) == 1
    assert "could not be written" in capsys.readouterr().err
    assert (
        main(
            [
                "template",
                "-o",
                str(tmp_path / "folder"),
                "--format",
                "package",
                "--filled",
                "--data",
                str(invented_path),
            ]
        )
        == 0
    )
    assert main(["check", str(tmp_path / "folder")]) == 0
    assert main(["template", "-o", str(tmp_path / "y.xlsx"), "--data", str(tmp_path)]) == 1
    assert "datapackage.json" in capsys.readouterr().err
