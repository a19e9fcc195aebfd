"""One table as text: in the encodings and with the separators that office programs write."""

import csv
import io

import pytest

from khoosheh import intake, register
from khoosheh.intake import layout
from testing import workbooks

PROJECTS = layout.format_sheet_name(workbooks.DICTIONARY, "projects", "fa")


def written(table: str, separator: str = ",", lang: str = "fa") -> str:
    lines = workbooks.sheets(lang)[layout.format_sheet_name(workbooks.DICTIONARY, table, lang)]
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows([["" if one is None else one for one in line] for line in lines])
    return made.getvalue()


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [("utf-8", b"", None), ("utf-8-sig", b"", None), ("utf-16", b"", "UTF-16"), ("utf-16-le", b"", "UTF-16"),
     ("utf-16-be", b"", "UTF-16"), ("utf-16-be", b"\xfe\xff", "UTF-16")],
)  # fmt: skip
def test_encodings(encoding, mark, told, tmp_path, invented):
    (tmp_path / "a.csv").write_bytes(mark + written("projects").encode(encoding))
    found = intake.read_source(tmp_path / "a.csv", tmp_path / "into", base=invented)
    assert (found.kind, found.faults, found.left_out) == ("csv", (), ())
    assert [(one.given, one.read) for one in found.readings] == ([(told, "UTF-8")] if told else [])
    made = register.load_register(found.folder)
    for name in invented.tables:
        assert made.table(name).equals(invented.table(name)), name


def test_the_arabic_code_page_is_read_and_told(tmp_path, invented):
    """It has no Persian ye: the letters that it has instead are kept in names and understood in headings."""
    text = written("projects").replace("ی", "ي").replace("هٔ", "ه")
    (tmp_path / "a.csv").write_bytes(text.encode("cp1256"))
    found = intake.read_source(tmp_path / "a.csv", tmp_path / "into", base=invented)
    assert found.faults == () and found.left_out == ()
    assert ("a.csv", "", "Windows-1256", "UTF-8") in {
        (one.sheet, one.cell, one.given, one.read) for one in found.readings
    }
    assert register.load_register(found.folder).table("projects")["name_fa"].iloc[0] == "باغ چاي بالا"


@pytest.mark.parametrize("broken", [b"\xed\xa0\x80", b"\xff", b"\xd8"])
def test_broken_utf_8_is_not_taken_for_other_letters(broken, tmp_path, invented):
    """Half a surrogate, a byte that is none, a letter cut in two."""
    (tmp_path / "a.csv").write_bytes(written("projects").encode().replace(b"Glass", b"Gl" + broken + b"ss"))
    found = intake.read_source(tmp_path / "a.csv", tmp_path / "into", base=invented)
    assert [(one.sheet, one.code) for one in found.faults] == [("a.csv", "encoding")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "؛"])
def test_separators(separator, tmp_path, invented):
    text = written("sources", separator, "en")
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    found = intake.read_source(tmp_path / "a.csv", tmp_path / "into", base=invented)
    assert (found.faults, found.readings, found.left_out) == ((), (), ())
    assert register.load_register(found.folder).table("sources").equals(invented.table("sources"))


def test_the_name_of_the_file_tells_the_table_before_its_headings_do(tmp_path, invented):
    """A table that lacks what it needs is known by its name alone, and its faults are those of that table."""
    (tmp_path / "x").write_text("chain_id,نام فارسی\ntea,چای\nglass,شیشه\n", encoding="utf-8")
    found = intake.read_source(tmp_path / "x", tmp_path / "into", name="زنجيره ها.csv", base=invented)
    assert {(one.cell, one.code, one.field) for one in found.faults} == {
        ("1", "intake_no_column", "seq"), ("1", "intake_no_column", "name_en"),
    }  # fmt: skip
    found = intake.read_source(tmp_path / "x", tmp_path / "into", name="book.csv", base=invented)
    assert [one.code for one in found.faults] == ["intake_no_table"]


def test_faults_name_rows_as_a_spreadsheet_counts_them(tmp_path, invented):
    lines = written("chains", lang="en").splitlines()
    lines[1] = lines[1].replace("Tea", '"T\ne\na"')
    (tmp_path / "chains.csv").write_text(
        "\n".join([*lines[:2], "", lines[2].replace("glass,2", "glass,two")]), encoding="utf-8"
    )
    found = intake.read_source(tmp_path / "chains.csv", tmp_path / "into", base=invented)
    assert [(one.sheet, one.cell, one.code, one.value) for one in found.faults] == [
        ("chains.csv", "B4", "type", "two")
    ]


def test_a_return_within_a_cell_ends_no_row(tmp_path, invented):
    (tmp_path / "chains.csv").write_bytes(written("chains").replace("چای", '"چا\rی"').encode())
    found = intake.read_source(tmp_path / "chains.csv", tmp_path / "into", base=invented)
    assert found.faults == ()
    assert [(one.cell, one.given, one.read) for one in found.readings] == [("C2", "چا\rی", "چا\nی")]
    assert list(register.load_register(found.folder).table("chains")["name_fa"]) == ["چا\nی", "شیشه"]


def test_more_faults_than_anybody_mends_are_cut_short(tmp_path, invented):
    rows = "".join("tea,1,چای,Tea\n" for _ in range(10_100))
    (tmp_path / "chains.csv").write_text(f"chain_id,seq,name_fa,name_en\n{rows}", encoding="utf-8")
    found = intake.read_source(tmp_path / "chains.csv", tmp_path / "into", base=invented)
    assert len(found.faults) == 10_001
    assert {one.code for one in found.faults} == {"foreign_key", "primary_key", "too_many"}


def test_a_row_that_is_taken_out_does_not_come_back(tmp_path, invented):
    lines = written("chains").splitlines()
    (tmp_path / "chains.csv").write_text(
        "\n".join(line for line in lines if not line.startswith("glass")), encoding="utf-8"
    )
    found = intake.read_source(tmp_path / "chains.csv", tmp_path / "into", base=invented)
    assert {one.file for one in found.faults} == {"stages.csv", "projects.csv"}
    assert {one.value for one in found.faults} == {"glass"}


def test_a_csv_of_headings_alone_empties_its_table(tmp_path, invented):
    heading = ",".join(workbooks.DICTIONARY.fields("price_index"))
    (tmp_path / "price_index.csv").write_text(heading, encoding="utf-8")
    found = intake.read_source(tmp_path / "price_index.csv", tmp_path / "into", base=invented)
    assert found.faults == () and register.load_register(found.folder).table("price_index").empty
