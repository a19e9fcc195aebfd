"""Cells against Table Schema: each error of the public validator is a fault at its cell, in the words of this program."""

import csv
from pathlib import Path

import pytest

from khoosheh.register import schema_checks
from khoosheh.register.faults import Fault

FIELDS = [
    {"name": "id", "type": "string", "constraints": {"required": True, "unique": True, "pattern": "[a-z]+"}},
    {"name": "kind", "type": "string", "constraints": {"enum": ["x"]}},
    {"name": "size", "type": "integer", "constraints": {"minimum": 1, "maximum": 9}},
    {"name": "flag", "type": "boolean", "trueValues": ("yes",), "falseValues": ("no",)},
    {"name": "free", "type": "boolean"},
]
TABLE = {"name": "own", "path": "own.csv", "schema": {"fields": FIELDS, "primaryKey": "id"}}
HEADING = [field["name"] for field in FIELDS]
# patterns are taken from the model only
MODEL = {"resources": [TABLE]}


def find_faults(
    folder: Path, text: str, *, table: dict = TABLE, heading=HEADING, model=MODEL, most=100
) -> list[Fault]:
    (folder / "own.csv").write_text(text)
    return list(schema_checks.validate_cells(folder, table, model, list(heading), lambda rows: None, most))


def fault(code: str, row: int | None, field: str = "", value: str = "", **params: object) -> Fault:
    return Fault(code, "own.csv", row, field, value, params)


def broken(rule: str, field: str, value: str, bound: str) -> Fault:
    return fault(f"constraint_{rule}", 2, field, value, note="constraint-error", rule=bound)


def wrong_type(field: str, value: str, kind: str) -> Fault:
    return fault("type", 2, field, value, note="type-error", type=kind)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("a,x,1,yes,true", []),
        ("a,y,,,", []),
        (",x,1,yes,1", [broken("required", "id", "", "True")]),
        ("A,x,1,yes,", [broken("pattern", "id", "A", "[a-z]+")]),
        ("a,x,0,yes,", [broken("minimum", "size", "0", "1")]),
        ("a,x,10,yes,", [broken("maximum", "size", "10", "9")]),
        ("a,x,1.5,no,", [wrong_type("size", "1.5", "integer")]),
        ("a,x,1,true,", [wrong_type("flag", "true", "boolean")]),
        ("a,x,1,,yes", [wrong_type("free", "yes", "boolean")]),
        ("a,x,1,yes", [fault("missing_cell", 2, "free", note="missing-cell")]),
        ("a,x,1,yes,true,more", [fault("extra_cell", 2, "", "more", note="extra-cell")]),
        ("", [fault("blank_row", 2, note="blank-row")]),
    ],
)
def test_the_faults_of_a_row(row, expected, tmp_path):
    assert find_faults(tmp_path, f"{','.join(HEADING)}\n{row}\n") == expected


def test_keys_are_not_checked_here(tmp_path):
    assert find_faults(tmp_path, "id,kind,size,flag,free\na,x,,,\na,z,,,\n") == []


def test_columns_are_compared_by_their_names_whatever_their_order(tmp_path):
    text = "more,size,size,id\n-,1,x,a\n-,x,1,A\n"
    found = find_faults(tmp_path, text, heading=["more", "size", "size", "id"])
    # a second column of a name, and one that is not known, may hold anything
    assert [(one.code, one.row, one.field) for one in found] == [("type", 3, "size"), ("constraint_pattern", 3, "id")]


def test_patterns_and_rules_of_the_model_hold_and_no_others(tmp_path):
    own = {"name": "own", "path": "own.csv", "schema": {"fields": [{"name": "id", "type": "string"}]}}
    assert find_faults(tmp_path, "id\nA\n", table=own, heading=["id"]) == [broken("pattern", "id", "A", "[a-z]+")]
    for model in ({"resources": []}, {"resources": [own]}, {"resources": [{**TABLE, "name": "other"}]}):
        assert find_faults(tmp_path, "id\nA\n", heading=["id"], model=model) == []


def test_checking_stops_after_as_many_faults_as_are_asked_for(tmp_path):
    text = "id,kind,size,flag,free\n" + "A,x,,,\n" * 5
    found = find_faults(tmp_path, text, most=3)
    assert [one.code for one in found] == ["constraint_pattern"] * 3 + ["too_many"]
    assert found[-1] == fault("too_many", None, most=3)
    assert [one.code for one in find_faults(tmp_path, text, most=6)] == ["constraint_pattern"] * 5


@pytest.mark.parametrize(
    ("constraints", "note"),
    [
        ({"minimum": "x"}, "TypeError"),
        ({"minimum": []}, "TypeError"),
        ({"required": "x"}, "resource-error"),
        ({"pattern": 5}, "resource-error"),
        ({"maximum": {"a": 1}}, "TypeError"),
    ],
)
def test_what_the_validator_cannot_use_is_a_fault_of_the_descriptor(constraints, note, tmp_path):
    table = {**TABLE, "schema": {"fields": [{"name": "size", "type": "integer", "constraints": constraints}]}}
    found = find_faults(tmp_path, "size\n1\n", table=table, heading=["size"], model={"resources": [table]})
    assert found == [Fault("descriptor", "datapackage.json", None, "own", params={"note": note})]


def test_files_are_csv_in_utf_8_whatever_their_ending_and_their_first_rows(tmp_path):
    table = {**TABLE, "path": "own.data", "schema": {"fields": [{"name": "id", "type": "string"}]}}
    (tmp_path / "own.data").write_text("id\n" + "a\n" * 50_000 + "شیشه\n", encoding="utf-8")
    model = {"resources": [table]}
    assert list(schema_checks.validate_cells(tmp_path, table, model, ["id"], lambda rows: None, 100)) == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (("hash-count", None, None, None, None), fault("general", None, note="hash-count")),
        (("constraint-error", 2, "size", "x", None), fault("general", 2, "size", "x", note="constraint-error", rule="")),
        (("constraint-error", 2, "kind", "x", 'constraint "minLength" is "3"'), fault("general", 2, "kind", "x", note="constraint-error", rule="")),
        (("constraint-error", 2, "more", "x", 'constraint "minimum" is "3"'), fault("constraint_minimum", 2, "more", "x", note="constraint-error", rule="")),
        (("constraint-error", 2, "free", "x", 'constraint "minimum" is "3"'), fault("constraint_minimum", 2, "free", "x", note="constraint-error", rule="")),
        (("constraint-error", 2, "id", "x", 'constraint "required" is "True"'), fault("constraint_required", 2, "id", note="constraint-error", rule="True")),
        (("type-error", 2, "more", "x", None), fault("type", 2, "more", "x", note="type-error", type="")),
        (("type-error", 0, None, None, None), fault("type", None, note="type-error", type="")),
    ],
)  # fmt: skip
def test_an_error_of_any_kind_becomes_a_fault(error, expected):
    fields = {field["name"]: field for field in FIELDS}
    assert schema_checks._make_error_fault("own.csv", error, fields) == expected


def test_long_cells_are_checked_whatever_else_the_process_has_read(tmp_path):
    before = csv.field_size_limit(1000)
    try:
        assert find_faults(tmp_path, f"id,kind\n{'a' * 5000},x\n", heading=["id", "kind"]) == []
    finally:
        csv.field_size_limit(before)


def test_a_file_that_is_not_there_cannot_be_read(tmp_path):
    found = list(schema_checks.validate_cells(tmp_path, TABLE, MODEL, HEADING, lambda rows: None, 100))
    assert [(one.code, one.row) for one in found] == [("unreadable", None)]


def test_rows_that_were_checked_are_told_from_time_to_time(tmp_path, monkeypatch):
    monkeypatch.setattr(schema_checks, "EACH", 4)
    (tmp_path / "own.csv").write_text("id,kind,size,flag,free\n" + "a,x,,,\n" * 9)
    told: list[int] = []
    assert list(schema_checks.validate_cells(tmp_path, TABLE, MODEL, HEADING, told.append, 100)) == []
    assert told == [3, 7]
