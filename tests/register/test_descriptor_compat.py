"""What a descriptor must share with the model: each difference is named with its place and what is needed."""

import copy
import json

import pytest

from khoosheh.register import descriptor_compat
from khoosheh.register.faults import Fault

LABELS = {"fa": "x", "en": "x"}
CODES = {"a": {**LABELS, "group": "one"}, "b": {**LABELS, "group": "two", "more": "x"}}
MODEL = {
    "resources": [
        {"name": "one", "path": "one.csv", "schema": {
            "primaryKey": "id",
            "foreignKeys": [{"fields": ["other", "kind"], "reference": {"resource": "", "fields": ["id", "kind"]}}],
            "fields": [
                {"name": "id", "type": "string", "constraints": {"required": True, "pattern": "[a-z]+"}},
                {"name": "other", "type": "string", "constraints": {"pattern": "[a-z0-9]+"}},
                {"name": "kind", "type": "string", "values": CODES, "constraints": {"enum": ["a", "b"]}},
                {"name": "day", "type": "string", "calendar": "jalali"},
                {"name": "flag", "type": "boolean"},
            ],
        }},
        {"name": "map", "path": "map.geojson", "identifies": "one.id"},
    ]
}  # fmt: skip


def find_differences(change) -> list[Fault]:
    given = copy.deepcopy(MODEL)
    change(
        given["resources"][0], {field["name"]: field for field in given["resources"][0]["schema"]["fields"]}, given
    )
    return list(descriptor_compat.find_model_differences(given, MODEL))


def fault(code: str, field: str, value: str = "", **params: object) -> Fault:
    return Fault(code, "datapackage.json", None, field, value, params)


def differs(field: str, value: str, expected: str) -> Fault:
    return fault("schema_differs", field, value, expected=expected)


def lacks(field: str) -> Fault:
    return fault("descriptor_lacks", field)


def put(name: str, **more: object):
    return lambda table, fields, whole: fields[name].update(more)


def put_own(**more: object):
    def change(table: dict, fields: dict, whole: dict) -> None:
        field = {"name": "own", "type": "number", "labels": LABELS, **more}
        whole["resources"].append({"name": "more", "path": "more.csv", "schema": {"fields": [field]}})

    return change


def put_table(**more: object):
    return lambda table, fields, whole: table.update(more)


def put_schema(**more: object):
    return lambda table, fields, whole: table["schema"].update(more)


RULES = "required, unique, enum, minimum, maximum, minLength, maxLength"
PATTERN = "more.own.constraints.pattern"
# what is done to the model, and the differences that it gives
CHANGES = {
    "nothing": (put("id"), []),
    "other file": (put_table(format="tsv", encoding="cp1256", dialect={"csv": {}}, compression="zip"), [
        differs("one.format", "tsv", "csv"), differs("one.encoding", "cp1256", "utf-8"),
        differs("one.dialect", '{"csv": {}}', "—"), differs("one.compression", "zip", "—")]),
    "the same file, said aloud": (put_table(format="csv", encoding="utf-8", dialect=None, compression=None), []),
    "other blanks": (put_schema(missingValues=["", "-"]), [differs("one.missingValues", '["", "-"]', '[""]')]),
    "other type": (put("kind", type="any"), [differs("one.kind.type", "any", "string")]),
    "no calendar": (lambda table, fields, whole: fields["day"].pop("calendar"), [differs("one.day.calendar", "—", "jalali")]),
    "other truth": (put("flag", trueValues=["yes"], falseValues=["no"]), [
        differs("one.flag.trueValues", '["yes"]', "—"), differs("one.flag.falseValues", '["no"]', "—")]),
    "other way of writing": (put("id", format="email", decimalChar=",", groupChar=".", bareNumber=False), [
        differs("one.id.format", "email", "default"), differs("one.id.decimalChar", ",", "."),
        differs("one.id.groupChar", ".", "—"), differs("one.id.bareNumber", "false", "true")]),
    "own field written otherwise": (put_own(format="x", decimalChar=",", groupChar=".", bareNumber=False), [
        differs("more.own.format", "x", "default"), differs("more.own.decimalChar", ",", "."),
        differs("more.own.groupChar", ".", "—"), differs("more.own.bareNumber", "false", "true")]),
    "own field of any type": (put_own(type="boolean", calendar="jalali", trueValues=["yes"], falseValues=["no"]), []),
    "own field with rules": (put_own(constraints={"required": True, "unique": False, "enum": ["a", 1, 0.5], "minimum": 1, "maximum": 2.5}), []),
    "own text with lengths": (put_own(type="string", constraints={"minLength": 0, "maxLength": 3}), []),
    "own whole number with a bound": (put_own(type="integer", constraints={"minimum": -1}), []),
    "own year with a bound": (put_own(type="year", constraints={"maximum": 2000}), []),
    "own pattern": (put_own(constraints={"pattern": "[a-z]+"}), [fault("foreign_pattern", PATTERN, "[a-z]+")]),
    "pattern where the model has none": (put("kind", constraints={"pattern": "[a-z]+"}), [fault("foreign_pattern", "one.kind.constraints.pattern", "[a-z]+")]),
    "pattern of another field that has one": (put("other", constraints={"pattern": "[a-z]+"}), []),
    "pattern that the model has nowhere": (put("other", constraints={"pattern": "x"}), [fault("foreign_pattern", "one.other.constraints.pattern", "x")]),
    "no pattern": (put("other", constraints={}), []),
    "no longer required": (put("id", constraints={"required": False, "pattern": "[a-z]+"}), [differs("one.id.constraints.required", "false", "true")]),
    "not said to be required": (put("id", constraints={}), [differs("one.id.constraints.required", "false", "true")]),
    "required as well": (put("other", constraints={"required": True}), []),
    "other codes": (put("kind", values={"z": {**LABELS, "group": "x"}}), []),
    "codes without attributes": (put("kind", values={"z": {"fa": "x"}, "y": LABELS}), [lacks("one.kind.values.z.en"), lacks("one.kind.values.z.group"), lacks("one.kind.values.y.group")]),
    "no codes": (put("kind", values={}), [lacks("one.kind.values")]),
    "codes of its own": (put("id", values={"z": {}}), []),
    "no key": (lambda table, fields, whole: table["schema"].pop("primaryKey"), [differs("one.primaryKey", "[]", '["id"]')]),
    "key as a list": (put_schema(primaryKey=["id"]), []),
    "other key": (put_schema(primaryKey=["id", "kind"]), [differs("one.primaryKey", '["id", "kind"]', '["id"]')]),
    "no foreign key": (put_schema(foreignKeys=[]), [lacks("one.foreignKeys.other+kind")]),
    "foreign key to a named table": (lambda table, fields, whole: table["schema"]["foreignKeys"][0]["reference"].update(resource="one"), []),
    "foreign key more": (lambda table, fields, whole: table["schema"]["foreignKeys"].append({"fields": ["id", "kind"], "reference": {"resource": "nowhere", "fields": ["x", "y"]}}), [lacks("nowhere.x"), lacks("nowhere.y")]),
    "foreign key to no field": (lambda table, fields, whole: table["schema"]["foreignKeys"].append({"fields": "id", "reference": {"resource": "", "fields": "x"}}), [lacks("one.x")]),
    "no field": (lambda table, fields, whole: table["schema"]["fields"].pop(3), [lacks("one.day")]),
    "fewer fields": (lambda table, fields, whole: [table["schema"]["fields"].pop(3) for _ in range(2)], [lacks("one.day"), lacks("one.flag")]),
    "no table": (lambda table, fields, whole: whole["resources"].pop(0), [lacks("one"), lacks("one.id")]),
    "table that is another file": (lambda table, fields, whole: table.pop("schema"), [lacks("one"), lacks("one.id")]),
    "no map": (lambda table, fields, whole: whole["resources"].pop(1), []),
    "map of no field": (lambda table, fields, whole: whole["resources"][1].update(identifies="one.x"), [lacks("one.x")]),
    "map of a table alone": (lambda table, fields, whole: whole["resources"][1].update(identifies="one"), [lacks("one.")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_gives_its_own_differences_and_no_others(name):
    change, expected = CHANGES[name]
    assert find_differences(change) == expected


@pytest.mark.parametrize(
    ("kind", "rule", "value"),
    [
        ("string", "jsonSchema", {}), ("string", "required", "yes"), ("string", "required", 1), ("string", "unique", None), ("string", "enum", "a"),
        ("string", "enum", ["a", []]), ("number", "minimum", "1"), ("number", "minimum", True), ("number", "minimum", float("inf")),
        ("number", "maximum", float("nan")), ("string", "maximum", 1), ("date", "minimum", 1), ("string", "minLength", -1), ("string", "minLength", 1.5),
        ("string", "maxLength", True), ("number", "maxLength", 1), ("string", "maxLength", "1"),
    ],
)  # fmt: skip
def test_rules_that_nothing_checks_are_refused(kind, rule, value):
    [found] = find_differences(put_own(type=kind, constraints={rule: value}))
    assert found == fault("foreign_rule", f"more.own.constraints.{rule}", str(value), expected=RULES)


def test_the_rules_of_the_model_hold_beside_those_of_a_field_but_for_its_codes():
    own = {"constraints": {"minimum": 1, "enum": ["x"], "pattern": "x", "jsonSchema": {}, "required": False}}
    model = {"constraints": {"required": True, "pattern": "y", "enum": ["z"]}}
    merge = descriptor_compat.merge_constraints
    assert merge(own, model) == {"minimum": 1, "enum": ["x"], "required": True, "pattern": "y"}
    assert merge(own, None) == {"minimum": 1, "enum": ["x"], "required": False}
    assert merge(own, {"name": "a"}) == merge(own, None)
    assert merge({}, {}) == {} and merge({}, model) == {"required": True, "pattern": "y"}


def test_fields_of_the_model_are_found_by_table_and_name():
    find = descriptor_compat.find_model_field
    assert find(MODEL, "one", "day") == MODEL["resources"][0]["schema"]["fields"][3]
    assert find(MODEL, "one", "x") is find(MODEL, "map", "id") is find(MODEL, "x", "id") is None


def test_the_model_is_the_descriptor_of_the_shipped_folder(tmp_path):
    (tmp_path / "datapackage.json").write_text(
        json.dumps({"labels": {"fa": "دفتر"}}, ensure_ascii=False), encoding="utf-8"
    )
    assert descriptor_compat.read_shipped_descriptor(tmp_path) == {"labels": {"fa": "دفتر"}}
