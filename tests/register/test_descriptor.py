"""Descriptors that have not the form asked for: faults that say where, never tracebacks."""

import json
from pathlib import Path

import pytest

from khoosheh import register
from khoosheh.locale import LANGUAGES
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
