"""The glossary names every table, field and code of the descriptor, in both languages, and is what the script writes."""

import json
import re

import pytest

from tools import glossary, marked_section

PAGE = glossary.PAGE.read_text(encoding="utf-8")
DESCRIPTOR = json.loads(glossary.DESCRIPTOR.read_text(encoding="utf-8"))
TABLES = [one for one in DESCRIPTOR["resources"] if "schema" in one]
FIELDS = [(table["name"], field) for table in TABLES for field in table["schema"]["fields"]]
ROWS = [line.split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]


def find_rows(code):
    """The rows that name something of the code."""
    return [row for row in ROWS if any(f"`{code}`" in cell for cell in row)]


def test_the_page_is_what_the_script_writes_now():
    assert marked_section.read_section(PAGE, glossary.SECTION) == glossary.build_section(DESCRIPTOR)
    assert glossary.main(["--check"]) == 0


@pytest.mark.parametrize("table", DESCRIPTOR["resources"], ids=lambda one: one["name"])
def test_every_table_is_there_in_both_languages(table):
    assert any(
        {table["labels"]["fa"], table["labels"]["en"]} <= {*row, row[0][2:]} for row in find_rows(table["name"])
    )


def test_every_field_and_code_is_there_in_both_languages():
    wanted = [(field["name"], field["labels"]) for _, field in FIELDS]
    wanted += [(code, labels) for _, field in FIELDS for code, labels in field.get("values", {}).items()]
    lost = [
        (name, labels["fa"])
        for name, labels in wanted
        if not any(labels["fa"] in row[0] and labels["en"] in row[1] for row in find_rows(name))
    ]
    assert len(wanted) > 200 and lost == []


def test_every_enum_is_named_with_its_field():
    enums = [(table, field["name"]) for table, field in FIELDS if field.get("constraints", {}).get("enum")]
    assert enums and [one for one in enums if f"`{'.'.join(one)}`" not in PAGE] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("operating", "OC4IDS 0.9.5: project status `maintenance`"),
        ("physical_progress", "OC4IDS 0.9.5: metric `physicalProgress`"),
        ("obs_status", "SDMX, CL_OBS_STATUS"),
        ("isic4", "ISIC Rev.4"),
        ("iso_3166_2", "ISO 3166-2"),
        ("said_from", "Jalali calendar"),
        ("earned_value", "EVM"),
    ],
)
def test_standards_are_named(name, said):
    assert any(said in row[-1] for row in find_rows(name))


def test_paths_and_names_of_the_terms_are_those_of_the_code():
    by_hand = PAGE.split("<!--")[0]
    paths = re.findall(r"`((?:measures|register|ui)/[\w/]+\.py)`", by_hand)
    assert paths and [one for one in paths if not (glossary.ROOT / "khoosheh" / one).exists()] == []


def test_a_part_without_marks_is_refused():
    for page in ("", "<!-- a: begin -->", "<!-- a: end --><!-- a: begin -->", "<!-- a: begin -->" * 2):
        with pytest.raises(ValueError, match="marks of a"):
            marked_section.replace_section(page, "a", "text")


def test_a_label_that_changes_is_noticed(tmp_path, monkeypatch):
    changed = json.loads(json.dumps(DESCRIPTOR))
    changed["resources"][0]["labels"]["en"] = "Other name"
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps(changed), encoding="utf-8")
    monkeypatch.setattr(glossary, "DESCRIPTOR", file)
    assert glossary.main(["--check"]) == 1
