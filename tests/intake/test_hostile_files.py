"""Hostile and broken files: each is refused with its reason in both languages, or read without harm."""

import json
import os
import subprocess
import sys

import hostile
import pytest

from khoosheh import intake, limited_process, limits
from khoosheh.hidden_characters import HOSTILE
from khoosheh.locale import LANGUAGES
from testing import workbooks

READ = set()
NO_SCRIPT = b"<html><script>alert(1)</script></html>"
CONTENT = '<?xml version="1.0"?>'
# what is sent -> the codes of all faults; none where it is read
FILES = {
    "exe as xlsx": (hostile.renamed(b"MZ\x90\0" + bytes(99), "a.xlsx"), {"intake_wrong_type"}),
    "pdf as xlsx": (hostile.renamed(b"%PDF-1.7 ...", "a.xlsx"), {"intake_wrong_type"}),
    "pdf as csv": (hostile.renamed(b"%PDF-1.7 ...", "projects.csv"), {"intake_wrong_type"}),
    "page as xls": (hostile.renamed(NO_SCRIPT, "a.xls"), {"intake_wrong_type"}),
    "page as csv": (hostile.renamed(NO_SCRIPT, "a.csv"), {"intake_wrong_type"}),
    "text as xls": (hostile.renamed(b"a,b\n1,2\n", "a.xls"), {"intake_wrong_type"}),
    "xls as xlsx": (hostile.made("xls", "a.xlsx"), {"intake_wrong_type"}),
    "xlsx as xls": (hostile.made("xlsx", "a.xls"), {"intake_wrong_type"}),
    "ods as xlsx": (hostile.made("ods", "a.xlsx"), {"intake_wrong_type"}),
    "xlsx as zip": (hostile.made("xlsx", "a.zip"), {"intake_wrong_type"}),
    "package as xlsx": (lambda f: hostile.package_zip({})(f).rename(f / "a.xlsx"), {"intake_wrong_type"}),
    "no ending": (hostile.made("xlsx", "a"), {"intake_wrong_type"}),
    "ending in capitals": (hostile.made("xlsx", "A.XLSX"), READ),
    "random bytes as csv": (hostile.renamed(bytes(range(256)) * 9, "projects.csv"), {"intake_not_text"}),
    "nothing": (hostile.renamed(b"", "a.xlsx"), {"empty_file"}),
    "blanks": (hostile.renamed(b" \r\n\0", "a.csv"), {"empty_file"}),
    "not there": (lambda f: f / "no.xlsx", {"missing_file"}),
    "name with NUL": (lambda f: f / "a\0b.xlsx", {"missing_file"}),
    "a pipe": (lambda f: hostile.piped_folder(f) / "pipe", {"missing_file"}),
    "cut in the middle": (hostile.cut(0.5), {"intake_damaged"}),
    "cut at the end": (hostile.cut(0.999), {"intake_damaged"}),
    "old kind, cut": (hostile.cut(0.4, "xls"), {"intake_damaged"}),
    "old kind, head alone": (hostile.renamed(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.xls"), {"intake_damaged"}),
    "ods, cut": (hostile.cut(0.7, "ods"), {"intake_damaged"}),
    "encrypted xlsx": (hostile.encrypted_xlsx, {"intake_encrypted"}),
    "encrypted xls": (hostile.encrypted_xls, {"intake_encrypted"}),
    "encrypted zip": (hostile.locked_zip, {"intake_encrypted"}),
    "200 MB": (hostile.large, {"intake_too_large"}),
    "flat bomb": (hostile.flat_bomb, {"intake_expands"}),
    "bomb that lies about its size": (hostile.lying_bomb, {"intake_damaged"}),
    "bomb in a bomb": (hostile.nested_bomb, {"intake_no_package"}),
    "many entries": (hostile.many_entries, {"intake_many_parts"}),
    "entities in a sheet": (hostile.parts({"xl/worksheets/sheet1.xml": (hostile.BOMB + f"<worksheet {hostile.SHEET}>&i;</worksheet>").encode()}), {"intake_declares"}),
    "entities in the list of sheets": (hostile.parts({"xl/workbook.xml": lambda old: old.replace(b'standalone="yes"?>', b'standalone="yes"?>' + hostile.BOMB[21:].encode())}), {"intake_declares"}),
    "entities in the words": (hostile.parts({"xl/sharedStrings.xml": (hostile.BOMB + f"<sst {hostile.SHEET}><si><t>&i;</t></si></sst>").encode()}), {"intake_damaged"}),
    "entity from a file": (hostile.parts({"xl/worksheets/sheet1.xml": f'{CONTENT}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><worksheet {hostile.SHEET}>&a;</worksheet>'.encode()}), {"intake_declares"}),
    "entities in ods": (lambda f: workbooks.ods(f / "a.ods", {}, hostile.BOMB.encode() + b"<x>&i;</x>"), {"intake_declares"}),
    "no XML": (hostile.parts({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData>"}), {"intake_damaged"}),
    "sheets nested without end": (hostile.parts({"xl/worksheets/sheet1.xml": b"<a>" * 300_000}), {"intake_damaged"}),
    "a cell far off": (hostile.sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), {"intake_many_cells"}),
    "a cell beyond all": (hostile.sheet('<row r="1"><c r="ZZZZZZZZ1"><v>1</v></c></row>'), {"intake_damaged"}),
    "a cell of no name": (hostile.sheet('<row r="1"><c r="7Ä"><v>1</v></c></row>'), {"intake_damaged"}),
    "a claim of a large sheet": (hostile.parts({"xl/worksheets/sheet1.xml": lambda old: old.replace(b'<dimension ref="A1:B4"/>', b'<dimension ref="A1:XFD1048576"/>')}), READ),
    "two billion cells in ods": (lambda f: workbooks.ods(f / "a.ods", {}, hostile.scattered("statements", workbooks._HEAD).encode()), {"intake_many_cells"}),
    "a million columns": (hostile.renamed(b"a," * 1_000_000 + b"\n", "a.csv"), {"intake_many_cells"}),
    "a cell of two megabytes": (hostile.renamed(b'chain_id\n"' + b"x" * 2_000_000, "chains.csv"), {"intake_damaged"}),
    "cells merged without end": (hostile.parts({"xl/worksheets/sheet2.xml": lambda old: old.replace(b"</sheetData>", b"</sheetData><mergeCells>" + b'<mergeCell ref="A2:Z1048576"/>' * 30_000 + b"</mergeCells>")}), {"intake_too_long"}),
    "macros": (hostile.parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(99)}, "a.xlsm"), READ),
    "links to other files": (hostile.parts({"xl/externalLinks/externalLink1.xml": f'<externalLink {hostile.SHEET}/>'.encode(), "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships><Relationship Id="rId1" Target="file:///etc/hostname" TargetMode="External"/></Relationships>'}), READ),
    "sheets that are not there": (hostile.parts({"xl/worksheets/sheet2.xml": None}), {"intake_damaged"}),
    "a sheet outside": (hostile.parts({"xl/_rels/workbook.xml.rels": lambda old: old.replace(b"worksheets/sheet1.xml", b"../../../../etc/hostname")}), {"intake_damaged"}),
    "headings alone": (lambda f: workbooks.xlsx(f / "a.xlsx", {name: rows[:1] if name != "مشخصات" else rows for name, rows in workbooks.sheets().items()}), READ),
    "sheets without a cell": (lambda f: workbooks.xlsx(f / "a.xlsx", {name: [] for name in workbooks.sheets()}), {"intake_no_headings", "intake_no_item"}),
    "no sheet that is known": (lambda f: workbooks.xlsx(f / "a.xlsx", {"Sheet1": [["a"]]}), {"intake_no_table"}),
    "zip without a package": (hostile.many_zip, {"intake_no_package"}),
    "package in a folder of a zip": (hostile.package_zip({}, "nemunestan/"), READ),
    "package with what a system adds": (hostile.package_zip({"__MACOSX/._a": b"", ".DS_Store": b""}), READ),
    "entry that leads upward": (hostile.package_zip({"../evil.csv": b"x"}), {"intake_bad_entry"}),
    "entry that leads upward within": (hostile.package_zip({"geo/../../evil.csv": b"x"}), {"intake_bad_entry"}),
    "absolute entry": (hostile.package_zip({"/tmp/evil.csv": b"x"}), {"intake_bad_entry"}),
    "entry of a drive": (hostile.package_zip({"C:evil.csv": b"x"}), {"intake_bad_entry"}),
    "entry with backslashes": (hostile.package_zip({"..\\evil.csv": b"x"}, raw=True), {"intake_bad_entry"}),
    "link in a zip": (hostile.linked_zip, {"intake_bad_entry"}),
    "two entries of one name": (hostile.twice_zip, {"intake_bad_entry"}),
    "two entries of one name in capitals": (hostile.package_zip({"CHAINS.csv": b"x"}), {"intake_bad_entry"}),
    "file and folder of one name": (hostile.package_zip({"sub": b"x", "sub/in": b"x"}), {"intake_damaged"}),
    "link in a folder": (hostile.linked_folder, {"intake_bad_entry"}),
    "pipe in a folder": (hostile.piped_folder, {"intake_bad_entry"}),
    "folder without a package": (lambda f: f, {"intake_no_package"}),
}  # fmt: skip


def everything(folder) -> set[str]:
    return {str(one) for one in folder.rglob("*")}


@pytest.mark.parametrize("case", FILES)
def test_a_hostile_file_is_refused_with_its_reason_or_read(case, tmp_path, invented):
    make, codes = FILES[case]
    (tmp_path / "sent").mkdir()
    source = make(tmp_path / "sent")
    before = everything(tmp_path)
    found = intake.read_source(source, tmp_path / "into", base=invented)
    assert {one.code for one in found.faults} == codes
    assert found.folder.parent == tmp_path / "into"
    assert {one for one in everything(tmp_path) - before if not one.startswith(str(tmp_path / "into"))} == set()
    for one in found.faults:
        for lang in LANGUAGES:
            assert one.why(lang) and one.mend(lang) and not HOSTILE.search(one.line(lang))
        json.dumps(one.as_dict("fa"))


def test_a_reader_that_runs_away_is_stopped_by_the_system(tmp_path, invented, monkeypatch):
    """The first check counts cells; were it to fail, the process that parses has no more memory than it may."""
    file = hostile.sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="ALL90000"><v>1</v></c></row>')(
        tmp_path
    )
    code = (
        "import khoosheh.spreadsheets.cell_metadata as marks, khoosheh.spreadsheets.parser_worker as child;"
        "marks.CELLS = marks.COLUMNS = 1 << 40; child.main()"
    )
    command = [sys.executable, "-c", code]
    request = json.dumps({"path": str(file), "kind": "xlsx", "parent": os.getpid()}).encode()
    done = subprocess.run(command, input=request, cwd=limited_process.ROOT, capture_output=True, check=False)
    assert done.returncode < 0 or b"intake_too_long" in done.stdout
    assert limits.CELLS < 90000 * 1000

    monkeypatch.setattr(limited_process, "build_command", lambda module: command)
    found = intake.read_source(file, tmp_path / "into", base=invented)
    assert [one.code for one in found.faults] == ["intake_too_long"]
