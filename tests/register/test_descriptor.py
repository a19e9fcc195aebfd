"""Descriptors that have not the form asked for: faults that say where, never tracebacks."""

import copy
import json
from pathlib import Path

import pytest

from khoosheh import register
from khoosheh.limits import DESCRIPTOR_BYTES, KEYS
from khoosheh.locale import LANGUAGES
from khoosheh.register import descriptor as descriptors
from khoosheh.register.faults import Fault
from testing import made_up


def describe(change):
    def spoil(folder: Path) -> None:
        file = folder / "datapackage.json"
        described = json.loads(file.read_text(encoding="utf-8"))
        change(described)
        file.write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")

    return spoil


def table(described: dict, name: str) -> dict:
    return next(one for one in described["resources"] if one["name"] == name)


def field(described: dict, name: str, called: str) -> dict:
    return next(one for one in table(described, name)["schema"]["fields"] if one["name"] == called)


def part(described: dict, place: str) -> dict:
    """Return the package (''), a table ('chains') or a field ('chains.seq')."""
    name, _, called = place.partition(".")
    return described if not name else field(described, name, called) if called else table(described, name)


def put(place: str, key: str, value: object):
    return describe(lambda described: part(described, place).update({key: value}))


def put_schema(name: str, key: str, value: object):
    return describe(lambda described: table(described, name)["schema"].update({key: value}))


def drop(place: str, key: str):
    return describe(lambda described: part(described, place).pop(key))


def drop_of_code(key: str):
    return describe(lambda described: field(described, "statements", "measure")["values"]["intent"].pop(key))


def add_field(added: object):
    return describe(lambda described: table(described, "chains")["schema"]["fields"].append(added))


# what is done to a good descriptor -> a fault it must give: field, code
DESCRIPTORS = {
    "table that is a word": (describe(lambda one: one["resources"].append("x")), ("resources.18.name", "descriptor_lacks")),
    "table without a name": (describe(lambda one: one["resources"].append({"path": "a.csv"})), ("resources.18.name", "descriptor_lacks")),
    "table twice": (describe(lambda one: one["resources"].append(table(one, "chains"))), ("resources.18.name", "named_twice")),
    "table that lacks": (describe(lambda one: one["resources"].remove(table(one, "price_index"))), ("price_index", "descriptor_lacks")),
    "schema that is a word": (put("chains", "schema", "x"), ("chains.fields", "descriptor_lacks")),
    "no fields": (put_schema("chains", "fields", None), ("chains.fields", "descriptor_lacks")),
    "field that is a word": (add_field("x"), ("chains.fields.6.name", "descriptor_lacks")),
    "field twice": (add_field({"name": "seq", "type": "integer", "labels": {"fa": "x", "en": "x"}}), ("chains.fields.6.name", "named_twice")),
    "field without a type": (drop("chains.seq", "type"), ("chains.seq.type", "descriptor_lacks")),
    "field of no known type": (put("chains.seq", "type", "whole"), ("chains.seq.type", "descriptor_lacks")),
    "number become text": (put("statements.value_low", "type", "string"), ("statements.value_low.type", "schema_differs")),
    "Jalali become any": (drop("statements.said_to", "calendar"), ("statements.said_to.calendar", "schema_differs")),
    "required become optional": (put("statements.measure", "constraints", {}), ("statements.measure.constraints.required", "schema_differs")),
    "no label": (drop("chains.seq", "labels"), ("chains.seq.labels.fa", "descriptor_lacks")),
    "label of a table in one language": (put("chains", "labels", {"en": "Chains"}), ("chains.labels.fa", "descriptor_lacks")),
    "label that is a word": (put("", "labels", "x"), ("labels.fa", "descriptor_lacks")),
    "code without a Persian label": (drop_of_code("fa"), ("statements.measure.values.intent.fa", "descriptor_lacks")),
    "code without its group": (drop_of_code("group"), ("statements.measure.values.intent.group", "descriptor_lacks")),
    "codes without labels": (drop("statements.measure", "values"), ("statements.measure.values", "descriptor_lacks")),
    "label with an override": (put("", "labels", {"fa": "a\u202eb", "en": "b"}), ("labels.fa", "hostile_text")),
    "list of paths": (put("chains", "path", ["chains.csv"]), ("chains", "bad_path")),
    "path of a machine": (put("chains", "path", "/etc/passwd"), ("chains", "bad_path")),
    "path of the net": (put("chains", "path", "http://localhost:9/x.csv"), ("chains", "bad_path")),
    "other delimiter": (put("chains", "dialect", {"csv": {"delimiter": ";"}}), ("chains.dialect", "schema_differs")),
    "other encoding": (put("chains", "encoding", "cp1256"), ("chains.encoding", "schema_differs")),
    "other blanks": (put_schema("statements", "missingValues", ["", "-"]), ("statements.missingValues", "schema_differs")),
    "other truth": (put("statements.is_part", "trueValues", ["yes"]), ("statements.is_part.trueValues", "schema_differs")),
    "decimal comma": (put("statements.value_low", "decimalChar", ","), ("statements.value_low.decimalChar", "schema_differs")),
    "marks of thousands": (put("statements.value_low", "groupChar", ","), ("statements.value_low.groupChar", "schema_differs")),
    "numbers with signs": (put("statements.value_low", "bareNumber", False), ("statements.value_low.bareNumber", "schema_differs")),
    "no key": (describe(lambda one: table(one, "chains")["schema"].pop("primaryKey")), ("chains.primaryKey", "schema_differs")),
    "key of no field": (put_schema("chains", "primaryKey", "colour"), ("chains.primaryKey", "descriptor")),
    "foreign keys that are a word": (put_schema("statements", "foreignKeys", "x"), ("statements.foreignKeys.0", "descriptor")),
    "one foreign key without a list": (put_schema("ranks", "foreignKeys", {"fields": "source_id", "reference": {"resource": "sources", "fields": "source_id"}}), ("ranks.foreignKeys.0", "descriptor")),
    "pattern of another field": (put("chains.name_en", "constraints", {"required": True, "pattern": "1[2-4][0-9]{2}"}), ("chains.name_en.constraints.pattern", "foreign_pattern")),
    "foreign keys left out": (put_schema("ranks", "foreignKeys", []), ("ranks.foreignKeys.source_id", "descriptor_lacks")),
    "pattern that is none": (put("chains.name_en", "constraints", {"required": True, "pattern": "("}), ("chains.name_en.constraints.pattern", "foreign_pattern")),
    "province that is a list": (put("", "province", ["XA-01"]), ("province", "descriptor_lacks")),
    "province of nowhere": (put("", "province", "XA-99"), ("province", "unknown_province")),
    "day that never was": (put("", "compiled_on", "1402-12-30"), ("compiled_on", "date_not_a_leap_year")),
    "map of no field": (put("counties-map", "identifies", "counties.colour"), ("counties.colour", "descriptor_lacks")),
}  # fmt: skip


@pytest.mark.parametrize("name", DESCRIPTORS)
def test_a_descriptor_that_differs_says_where(name, tmp_path):
    spoil, expected = DESCRIPTORS[name]
    spoil(made_up.write(tmp_path))
    faults = register.check_package(tmp_path)
    assert expected in [(fault.field, fault.code) for fault in faults]
    assert {fault.file for fault in faults} == {"datapackage.json"}
    assert all(fault.why(lang) and fault.mend(lang) for fault in faults for lang in LANGUAGES)


def test_tables_and_fields_of_a_packages_own_are_welcome(tmp_path):
    made_up.write(tmp_path)
    labels = {"fa": "خود", "en": "Own"}
    fields = [
        {"name": "day", "type": "date", "labels": labels},
        {"name": "good", "type": "boolean", "labels": labels},
    ]
    more = {"name": "more", "type": "table", "path": "more.csv", "labels": labels, "schema": {"fields": fields}}
    describe(lambda one: one["resources"].append(more))(tmp_path)
    (tmp_path / "more.csv").write_text("day,good\n2020-01-01,true\n,0\n")
    found = register.load_register(tmp_path)
    assert found.table("more")["good"].to_list() == [True, False]
    assert found.dictionary.field_label("more", "day", "en") == "Own"


def test_a_year_may_state_the_pattern_of_dates_that_it_once_had_and_is_held_to_its_own(tmp_path):
    made_up.write(tmp_path)
    dates = "1[2-4][0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
    put("exchange_rates.year", "constraints", {"required": True, "pattern": dates})(tmp_path)
    assert register.load_register(tmp_path).table("exchange_rates")["year"].tolist() == ["1401", "1402"]
    file = tmp_path / "exchange_rates.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("1402", "1402-05"), encoding="utf-8")
    [fault] = register.check_package(tmp_path)
    assert (fault.file, fault.row, fault.field, fault.code) == ("exchange_rates.csv", 3, "year", "constraint_pattern")


LABELS = {"fa": "x", "en": "x"}
FIELDS = [
    {"name": "a", "type": "string", "labels": LABELS},
    {"name": "b", "type": "number", "labels": LABELS, "constraints": {"enum": ["x", 1]}, "values": {"x": LABELS, "1": LABELS}},
]  # fmt: skip
SMALL = {
    "province": "XA-01", "compiled_on": "1402", "labels": LABELS,
    "resources": [
        {"name": "map", "path": "map.geojson"},
        {"name": "own", "path": "own.csv", "labels": LABELS, "schema": {
            "fields": FIELDS, "primaryKey": ["a", "b"],
            "foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": ["a"]}}],
        }},
    ],
}  # fmt: skip


def fault(code: str, field: str, value: str = "", **params: object) -> Fault:
    return Fault(code, "datapackage.json", None, field, value, params)


def lacks(*fields: str) -> list[Fault]:
    return [fault("descriptor_lacks", field) for field in fields]


def put_own(**more: object):
    return lambda whole, schema: whole["resources"][1].update(more)


def put_fields(**more: object):
    return lambda whole, schema: schema["fields"][1].update(more)


def put_link(link: object):
    return lambda whole, schema: schema["foreignKeys"].append(link)


# what is done to a small descriptor of sound form, and the faults that it gives
FORMS = {
    "nothing": (put_own(), []),
    "no texts": (lambda whole, schema: whole.update(province="", compiled_on=None, labels={"fa": "", "en": 1}), lacks("province", "compiled_on", "labels.fa", "labels.en")),
    "no resources": (lambda whole, schema: whole.pop("resources"), []),
    "resources that are no list": (lambda whole, schema: whole.update(resources="x"), []),
    "resource that is a word": (lambda whole, schema: whole["resources"].insert(0, "x"), lacks("resources.0.name")),
    "resource that is a word before one without a path": (lambda whole, schema: (whole["resources"].insert(0, "x"), whole["resources"][1].pop("path")), [*lacks("resources.0.name"), fault("bad_path", "map")]),
    "resource without a name": (lambda whole, schema: whole["resources"].insert(0, {"name": ""}), lacks("resources.0.name")),
    "resource named twice": (put_own(name="map"), [fault("named_twice", "resources.1.name", "map")]),
    "path twice": (put_own(path="map.geojson"), [fault("named_twice", "own.path", "map.geojson")]),
    "no path": (lambda whole, schema: whole["resources"][1].pop("path"), [fault("bad_path", "own")]),
    "blank path": (put_own(path=""), [fault("bad_path", "own")]),
    "list of paths": (put_own(path=["a"]), [fault("bad_path", "own", "['a']")]),
    "path of a machine": (put_own(path="/a"), [fault("bad_path", "own", "/a")]),
    "path of the net": (put_own(path="http://a"), [fault("bad_path", "own", "http://a")]),
    "path upwards": (put_own(path="a/../b"), [fault("bad_path", "own", "a/../b")]),
    "path with dots in a name": (put_own(path="a..b"), []),
    "path with a NUL": (put_own(path="a\0"), [fault("hostile_text", "resources.1.path", "a\0"), fault("bad_path", "own", "a\0")]),
    "no labels": (put_own(labels=None), lacks("own.labels.fa", "own.labels.en")),
    "labels of a map": (lambda whole, schema: whole["resources"][0].update(labels="x"), []),
    "schema that is a word": (put_own(schema="x"), lacks("own.fields")),
    "fields that are a word": (lambda whole, schema: schema.update(fields="x"), lacks("own.fields")),
    "no fields": (lambda whole, schema: schema.update(fields=[]), lacks("own.fields")),
    "field that is a word": (lambda whole, schema: schema["fields"].insert(0, "x"), lacks("own.fields.0.name")),
    "field without a name": (lambda whole, schema: schema["fields"].insert(0, {"type": "any"}), lacks("own.fields.0.name")),
    "field named twice": (lambda whole, schema: schema["fields"].append(FIELDS[0]), [fault("named_twice", "own.fields.2.name", "a")]),
    "field without labels": (put_fields(labels={"en": "x"}), lacks("own.b.labels.fa")),
    "field without a type": (lambda whole, schema: schema["fields"][1].pop("type"), lacks("own.b.type")),
    "field of another type": (put_fields(type="geojson"), [fault("descriptor_lacks", "own.b.type", "geojson")]),
    "rules that are a word": (put_fields(constraints="x"), [fault("descriptor", "own.b", note="constraints, values")]),
    "codes that are a word": (put_fields(values="x"), [fault("descriptor", "own.b", note="constraints, values")]),
    "list of codes that is a word": (put_fields(constraints={"enum": "x"}), [fault("descriptor", "own.b.constraints.enum", note="enum")]),
    "codes without labels": (put_fields(values={}), []),
    "code without a label": (put_fields(values={"x": {"fa": "x", "en": ""}, "1": "x"}), lacks("own.b.values.x.en", "own.b.values.1.fa", "own.b.values.1.en")),
    "label of no code": (put_fields(values={"x": LABELS, "1": LABELS, "z": {"en": "x"}}), lacks("own.b.values.z.fa")),
    "code without labels beside others": (put_fields(values={"x": LABELS}), lacks("own.b.values.1.fa", "own.b.values.1.en")),
    "no keys": (lambda whole, schema: [schema.pop(key) for key in ("primaryKey", "foreignKeys")], []),
    "key of no field": (lambda whole, schema: schema.update(primaryKey="c"), [fault("descriptor", "own.primaryKey", "c", note="fields")]),
    "key that is a number": (lambda whole, schema: schema.update(primaryKey=[1]), [fault("descriptor", "own.primaryKey", "[1]", note="fields")]),
    "links that are a word": (lambda whole, schema: schema.update(foreignKeys="xy"), [fault("descriptor", "own.foreignKeys.0", note="reference")]),
    "link that is a word": (put_link("x"), [fault("descriptor", "own.foreignKeys.1", note="reference")]),
    "link without a reference": (put_link({"fields": "a"}), [fault("descriptor", "own.foreignKeys.1", note="reference")]),
    "link to no table, before another": (lambda whole, schema: schema["foreignKeys"].insert(0, {"fields": "a", "reference": {"fields": "a"}}), [fault("descriptor", "own.foreignKeys.0", note="reference")]),
    "two links that are words": (lambda whole, schema: schema.update(foreignKeys=["x", "y"]), [fault("descriptor", f"own.foreignKeys.{at}", note="reference") for at in (0, 1)]),
    "link to no fields": (put_link({"fields": "a", "reference": {"resource": "x"}}), [fault("descriptor", "own.foreignKeys.1.reference.fields", note="fields")]),
    "link of no field": (put_link({"fields": ["a", "c"], "reference": {"resource": "x", "fields": "y"}}), [fault("descriptor", "own.foreignKeys.1.fields", "['a', 'c']", note="fields")]),
    "link of a number": (put_link({"fields": 1, "reference": {"resource": "x", "fields": "y"}}), [fault("descriptor", "own.foreignKeys.1.fields", "1", note="fields")]),
    "hostile texts": (lambda whole, schema: whole.update(title="a\u202e", more=["x", {"b": "\u2067"}]), [fault("hostile_text", "title", "a\u202e"), fault("hostile_text", "more.1.b", "\u2067")]),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMS)
def test_a_form_gives_its_own_faults_and_no_others(name):
    change, expected = FORMS[name]
    whole = copy.deepcopy(SMALL)
    change(whole, whole["resources"][1]["schema"])
    assert list(descriptors.check_descriptor_form(whole)) == expected


def read_text(folder: Path, content: str | bytes) -> tuple:
    (folder / "datapackage.json").write_bytes(content.encode() if isinstance(content, str) else content)
    return descriptors.read_descriptor(folder)


def test_a_sound_descriptor_is_read_with_its_mark_or_without(tmp_path):
    whole = json.dumps(SMALL | {"title": "دفتر"}, ensure_ascii=False)
    assert read_text(tmp_path, whole) == (SMALL | {"title": "دفتر"}, [])
    found, faults = read_text(tmp_path, "\ufeff" + whole)
    assert found == SMALL | {"title": "دفتر"} and faults == [Fault("byte_order_mark", "datapackage.json")]
    found, faults = read_text(tmp_path, json.dumps(SMALL | {"province": ""}))
    assert found == SMALL | {"province": ""} and faults == lacks("province")


def test_a_descriptor_that_cannot_be_read_is_one_fault(tmp_path):
    file = tmp_path / "datapackage.json"
    missing = Fault("missing_file", "datapackage.json", value=str(file))
    assert descriptors.read_descriptor(tmp_path) == (None, [missing])
    file.mkdir()
    assert descriptors.read_descriptor(tmp_path) == (None, [missing])
    file.rmdir()
    # a name with a NUL is no name of a file
    unheard = str(tmp_path / "a\0" / "datapackage.json")
    assert descriptors.read_descriptor(tmp_path / "a\0") == (
        None, [Fault("missing_file", "datapackage.json", value=unheard)],
    )  # fmt: skip
    for content, code, row in (
        ("{\n,", "bad_json", 2), ("[" * 100_000, "bad_json", None), (b"\xff", "encoding", None),
        ("[]", "no_resources", None), ("{}", "no_resources", None), ('{"resources": {}}', "no_resources", None),
    ):  # fmt: skip
        assert read_text(tmp_path, content) == (None, [Fault(code, "datapackage.json", row)]), content[:9]


def test_the_size_and_the_parts_of_a_descriptor_have_bounds(tmp_path):
    whole = json.dumps(SMALL)
    assert read_text(tmp_path, whole.ljust(DESCRIPTOR_BYTES)) == (SMALL, [])
    large = Fault("descriptor_too_large", "datapackage.json", params={"most": DESCRIPTOR_BYTES // 1024})
    assert read_text(tmp_path, whole.ljust(DESCRIPTOR_BYTES + 1)) == (None, [large])
    many = copy.deepcopy(SMALL)
    many["resources"][1]["schema"]["foreignKeys"] *= KEYS + 1
    beyond = fault("descriptor_beyond", "resources.1.foreignKeys", str(KEYS + 1), most=KEYS)
    assert read_text(tmp_path, json.dumps(many)) == (None, [beyond])
