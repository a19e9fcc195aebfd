"""A speaker called 'nan', a project called 'None': what reads like a missing value is shown like any other name."""

import csv
import io
import json
import zipfile

import named_like_nothing
import pytest
from page_visits import visit, words
from pptx import Presentation
from python_calamine import CalamineWorkbook
from texts_like_nothing import TEXTS_LIKE_NOTHING

from khoosheh import exports, intake, publishing, queries, register
from khoosheh.__main__ import main
from khoosheh.downloads import guard_cell
from khoosheh.intake import template
from khoosheh.measures.evidence import SEARCHED
from khoosheh.measures.scope import Selection
from khoosheh.register import parquet_package
from khoosheh.ui.markup import tables
from testing import made_up

NAMES = set(TEXTS_LIKE_NOTHING)
IDS = {named_like_nothing.key(place, name) for place, name in enumerate(TEXTS_LIKE_NOTHING)}


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    return made_up.write(tmp_path_factory.mktemp("names"), named_like_nothing.rows())


@pytest.fixture(scope="module")
def found(package):
    return register.load_register(package)


def columns(one: register.Register) -> dict[str, set]:
    wanted = {"statements": ("speaker_fa", "speaker_en", "value_printed"), "projects": ("name_fa", "location_note_fa"),
              "firms": ("name_en",), "sources": ("title_fa", "licence")}  # fmt: skip
    return {
        f"{name}.{field}": set(one.table(name)[field].dropna()) for name, fields in wanted.items() for field in fields
    }


def test_every_name_is_read(found):
    assert {name: NAMES - cells for name, cells in columns(found).items() if NAMES - cells} == {}
    assert set(found.table("projects")["project_id"]) >= IDS and set(found.table("statements")["statement_id"]) >= IDS
    placed = found.table("statements").set_index("project_id")
    assert set(placed.loc[list(IDS), "chain_id"]) == {"tea"}


def test_every_name_is_read_from_parquet(found, tmp_path):
    parquet_package.write_columnar_package(tmp_path / "parquet", found, SEARCHED)
    large = register.load_register(tmp_path / "parquet")
    assert columns(large) == columns(found)
    told = queries.select_statements(large, Selection())
    assert {row["speaker_en"] for row in told.iter_rows(named=True)} == NAMES


@pytest.mark.parametrize("suffix", ["xlsx", "package"])
def test_every_name_comes_back_from_a_file_that_was_filled_in(found, tmp_path, suffix):
    if suffix == "xlsx":
        source = tmp_path / "filled.xlsx"
        template.write_template(found, source, "fa", filled=True, reference=True)
    else:
        source = tmp_path / "filled.zip"
        source.write_bytes(exports.FORMATS["package"].make(found, Selection(), "en"))
    told = intake.read_source(source, tmp_path / "into", base=found)
    assert not told.faults
    assert columns(register.load_register(told.folder)) == columns(found)


def test_a_name_that_changes_to_nothing_is_a_difference(found, tmp_path):
    rows = named_like_nothing.rows()
    rows["statements"][0]["speaker_en"] = ""
    other = register.load_register(made_up.write(tmp_path, rows))
    changed = publishing.compare_registers(found, other).tables["statements"].changed
    assert [(one.before["speaker_en"], one.after["speaker_en"], one.fields) for one in changed] == [
        (TEXTS_LIKE_NOTHING[0], None, ("speaker_en",))
    ]


def test_every_name_is_printed_by_the_command_line(package, capsys):
    for name, field in (
        ("evidence", "speaker_en"),
        ("evidence", "project_id"),
        ("investment", "group"),
        ("firms", "name_fa"),
    ):
        wanted = IDS if field in ("project_id", "group") else NAMES
        assert main(["measure", name, "--data", str(package), "--format", "json"]) == 0
        assert wanted <= {row[field] for row in json.loads(capsys.readouterr().out)}, (name, field)
        assert main(["measure", name, "--data", str(package)]) == 0
        printed = csv.DictReader(io.StringIO(capsys.readouterr().out))
        assert {guard_cell(one) for one in wanted} <= {row[field] for row in printed}, (name, field)


def test_every_name_is_in_the_workbook(found):
    whole = exports.FORMATS["workbook"].make(found, Selection(), "en")
    book = CalamineWorkbook.from_filelike(io.BytesIO(whole))
    sheets = {
        name: {cell for row in book.get_sheet_by_name(name).to_python() for cell in row} for name in book.sheet_names
    }
    holding = {name for name, cells in sheets.items() if cells >= NAMES}
    assert holding >= {"Statements", "Sources", "Firms", "Investment"}, {
        name: NAMES - cells for name, cells in sheets.items()
    }


def test_every_name_is_in_the_open_standard(found):
    whole = json.loads(exports.FORMATS["oc4ids"].make(found, Selection(), "en"))
    assert {one["title"] for one in whole["projects"]} >= NAMES
    assert {document["title"] for one in whole["projects"] for document in one.get("documents", ())} >= NAMES


def test_every_name_is_in_the_package_that_is_taken_away(found):
    whole = exports.FORMATS["package"].make(found, Selection(), "en")
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        name = next(one for one in archive.namelist() if one.endswith("statements.csv"))
        rows = list(csv.DictReader(io.StringIO(archive.read(name).decode())))
    assert {row["speaker_fa"] for row in rows} == NAMES


def test_every_speaker_is_in_the_notes_of_the_presentation(found):
    whole = exports.FORMATS["pptx"].make(found, Selection(), "en")
    notes = "\n".join(one.notes_slide.notes_text_frame.text for one in Presentation(io.BytesIO(whole)).slides)
    assert "not stated" not in notes
    assert all(name in notes for name in NAMES)


@pytest.mark.parametrize("name", [one for one in TEXTS_LIKE_NOTHING if one.isalpha()])
def test_every_name_is_found(found, name):
    hits = {
        row["speaker_en"].casefold()
        for row in queries.search_known_statements(
            found, queries.select_statements(found, Selection()), name
        ).iter_rows(named=True)
    }
    assert name.casefold() in hits


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("page", ["evidence", "investment", "cluster"])
def test_every_name_is_on_the_pages(package, monkeypatch, page, lang):
    monkeypatch.setenv("KHOOSHEH_DATA", str(package))
    app = visit(page, lang=lang)
    assert not app.exception
    said = words(app)
    pages = [said] if page != "evidence" else [said, *(words(visit(page, lang=lang, page=str(n))) for n in (2, 3))]
    assert {name for name in NAMES if f">{tables.escape_html(name)}<" not in "\n".join(pages)} == set()


def test_every_source_is_on_the_page(package, monkeypatch):
    monkeypatch.setenv("KHOOSHEH_DATA", str(package))
    said = words(visit("investment", lang="en"))
    assert all(tables.escape_html(name) in said for name in NAMES)
