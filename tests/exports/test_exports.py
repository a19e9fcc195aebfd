"""All forms of export: their names, what they say of themselves, and the command that writes them."""

import io
import json
import os
import zipfile
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from khoosheh import exports
from khoosheh.__main__ import main
from khoosheh.exports import cover
from khoosheh.exports.addresses import is_web_address
from khoosheh.measures.scope import Selection

COMMAND = {"pptx": "x.pptx", "oc4ids": "x.json", "package": "x.zip", "workbook": "x.xlsx"}


def export(form: str, folder, *words: str) -> tuple[int, bytes | None]:
    file = folder / COMMAND[form]
    code = main(["export", form, "-o", str(file), *words])
    return code, file.read_bytes() if file.exists() else None


@pytest.mark.parametrize("form", exports.FORMATS)
def test_the_command_writes_what_the_room_makes(form, invented_path, invented, tmp_path, capsys):
    words = [
        "--data",
        str(invented_path),
        "--lang",
        "en",
        "--as-of",
        "1402-04",
        "--where",
        "chain=tea",
        "--unit",
        "bn_toman",
    ]
    code, whole = export(form, tmp_path, *words)
    assert code == 0 and "Written" in capsys.readouterr().out
    selection = Selection(chains=("tea",), unit="bn_toman", as_of=date(2023, 7, 22))
    assert whole == exports.FORMATS[form].make(invented, selection, "en")
    assert os.listdir(tmp_path) == [COMMAND[form]], "nothing half-written is left"


def test_persian_is_the_language_where_none_is_asked(invented_path, tmp_path):
    _, whole = export("oc4ids", tmp_path, "--data", str(invented_path))
    assert json.loads(whole)["projects"][0]["title"] == "باغ چای بالا"
    _, whole = export("workbook", tmp_path, "--data", str(invented_path))
    assert CalamineWorkbook.from_filelike(io.BytesIO(whole)).sheet_names[1] == "سرمایه‌گذاری"
    _, whole = export("package", tmp_path, "--data", str(invented_path))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert "همه" in archive.read("EXPORT.txt").decode()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--as-of", "1402-13"], 2, "month must be"),
        (["--where", "chain=gold"], 2, "gold"),
        (["--where", "chain=glass", "--where", "sector=M"], 1, "No project fits"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_words(words, code, said, invented_path, tmp_path, capsys):
    found, whole = export("oc4ids", tmp_path, "--data", str(invented_path), "--lang", "en", *words)
    assert (found, whole) == (code, None) and said in capsys.readouterr().err


def test_a_faulty_package_or_place_is_told(invented_path, tmp_path, capsys):
    assert export("package", tmp_path, "--data", str(tmp_path / "nowhere"), "--lang", "en")[0] == 1
    assert "was not found" in capsys.readouterr().err
    code = main(
        ["export", "package", "-o", str(tmp_path / "no" / "x.zip"), "--data", str(invented_path), "--lang", "en"]
    )
    assert code == 1 and "was not written" in capsys.readouterr().err
    (tmp_path / "x.zip").mkdir()
    assert main(["export", "package", "-o", str(tmp_path / "x.zip"), "--data", str(invented_path)]) == 1
    assert os.listdir(tmp_path) == ["x.zip"]


def test_names_of_files_have_the_day_and_no_surprises(invented, shipped):
    assert (
        exports.build_export_file_name(shipped, Selection(), "workbook")
        == "ardabil-development-programme-1405-09-01.xlsx"
    )
    assert (
        exports.build_export_file_name(invented, Selection(as_of=date(2023, 7, 22)), "oc4ids")
        == "nemunestan-1402-04-31.oc4ids.json"
    )


def test_the_cover_names_every_filter(invented):
    selection = Selection(
        chains=("tea",), counties=("bala",), sectors=("A", "C"), kinds=("cost_to_date",), by="sector",
        isic=("7110",), exporting=("yes", "not_stated"),
    )  # fmt: skip
    told = dict(cover.build_cover_lines(invented, selection, "en", amounts=True))
    assert told["Value chain"] == "Tea" and told["County"] == "Bala"
    assert told["Sector"] == "Agriculture and irrigation, Manufacturing"
    assert told["Kind of amount"] == "Spent to date" and told["Broken down by"] == "Sector"
    assert told["ISIC class"] == "7110" and told["Exports"] == "yes, not stated" and "Knowledge-based" not in told
    assert told["Version of the register"] == invented.version


@pytest.mark.parametrize(
    "given",
    [None, "MIT", {"name": "MIT"}, [], ["MIT"], [None, {"name": 7, "path": ["x"]}]],
)
def test_licences_without_the_form_of_licences_are_not_stated(given):
    assert cover.format_licences({"licenses": given}, "en") == "not stated"
    assert (
        cover.format_licences({"licenses": [{"name": "MIT", "path": "https://x.example"}]}, "en")
        == "MIT · https://x.example"
    )


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://example.org/a?b=c&d=%D8%A7#e", True), ("http://example.org", True), ("HTTPS://example.org", False),
        ("javascript:alert(1)", False), ("https://a b", False), ("https://a\nb", False), ("https://a<b", False),
        (None, False), ("", False), ("https://اردبیل.example", False),
    ],
)  # fmt: skip
def test_only_whole_addresses_of_the_web_are_links(address, whole):
    assert is_web_address(address) is whole
