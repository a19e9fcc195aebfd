"""Descriptors from outside: none is executed, and none costs more than its size.

A generator makes descriptors that would hang or drown a reader that trusted them. Each must be refused, or read, within
seconds; the worst of them stand as examples.
"""

import json
import random
import re
import time
from pathlib import Path

import packages
import pytest

from khoosheh import register
from khoosheh.limits import CODES, DEPTH, DESCRIPTOR_BYTES, FIELDS, KEY_FIELDS, KEYS, RESOURCES
from khoosheh.locale import LANGUAGES
from testing import made_up

SECONDS = 20
LABELS = {"fa": "x", "en": "x"}
# patterns that take exponential time with Python's engine for texts of forty letters
BOMBS = ("(.|.)*!!", "(a+)+$", "([a-zA-Z]+)*!", "(.*)*!", "((.)*)*!", "(x|xx|.)+!", "^(([^!])+.)+!$", "(?:.+)+?!")
QUANTIFIERS = ("*", "+", "{1,}", "{0,99}", "*?", "+?")


def describe(folder: Path, change) -> Path:
    file = folder / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    change(descriptor)
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def check(folder: Path) -> list:
    began = time.monotonic()
    faults = register.check_package(folder)
    assert time.monotonic() - began < SECONDS
    assert all(one.why(lang) and one.mend(lang) for one in faults for lang in LANGUAGES)
    return faults


def pattern(chance: random.Random, depth: int = 0) -> str:
    """Return a pattern of nested repetitions, which an engine that goes back matches in exponential time."""
    inner = chance.choice([".", "[^!]", "(.|.)", r"\w", "(?:x|xx|.)"]) if depth > 2 else pattern(chance, depth + 1)
    return f"({inner}{chance.choice(QUANTIFIERS)}){chance.choice(QUANTIFIERS)}{'!!' if not depth else ''}"


@pytest.mark.parametrize("bomb", [*BOMBS, *(pattern(random.Random(seed)) for seed in range(20))])
def test_no_pattern_from_outside_is_executed(bomb, tmp_path, monkeypatch):
    executed = []
    for name in ("compile", "match", "fullmatch", "search"):
        true = getattr(re, name)

        def watch(given, *more, true=true):
            executed.append(getattr(given, "pattern", given))
            return true(given, *more)

        monkeypatch.setattr(re, name, watch)

    def change(descriptor):
        packages.field_of(descriptor, "sources", "title_en")["constraints"]["pattern"] = bomb

    faults = check(describe(made_up.write(tmp_path), change))
    assert [(one.code, one.field) for one in faults] == [("foreign_pattern", "sources.title_en.constraints.pattern")]
    assert bomb not in executed


def test_a_pattern_of_the_shipped_descriptor_holds_where_a_package_leaves_it_out(tmp_path):
    def change(descriptor):
        del packages.field_of(descriptor, "chains", "chain_id")["constraints"]["pattern"]

    folder = describe(made_up.write(tmp_path), change)
    assert not check(folder)
    file = folder / "chains.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("glass,", "gl ass,"), encoding="utf-8")
    assert ("constraint_pattern", "chain_id") in [(one.code, one.field) for one in check(folder)]


def own_table(descriptor, **schema):
    fields = schema.pop("fields", [{"name": "a", "type": "string", "labels": LABELS}])
    descriptor["resources"].append(
        {"name": "own", "type": "table", "path": "own.csv", "labels": LABELS, "schema": {"fields": fields, **schema}}
    )


def own_field(**more):
    return lambda descriptor: own_table(
        descriptor, fields=[{"name": "a", "type": "string", "labels": LABELS, **more}]
    )


def nested(levels: int) -> object:
    value: object = "x"
    for _ in range(levels):
        value = [value]
    return value


LINKS = [{"fields": "chain_id", "reference": {"resource": "chains", "fields": "chain_id"}}] * (KEYS + 1)
# what is done to a descriptor -> the code of the fault it must give
HOSTILE = {
    "pattern of an own field": (own_field(constraints={"pattern": "(a+)+$"}), "foreign_pattern"),
    "schema of JSON within a cell": (own_field(constraints={"jsonSchema": {"$ref": "http://127.0.0.1:9/x"}}), "foreign_rule"),
    "type with a language of its own": (own_field(type="geojson"), "descriptor_lacks"),
    "type array": (own_field(type="array"), "descriptor_lacks"),
    "type object": (own_field(type="object"), "descriptor_lacks"),
    "too many tables": (lambda one: one["resources"].extend({"name": f"t{at}", "path": f"{at}.csv"} for at in range(RESOURCES)), "descriptor_beyond"),
    "too many fields": (lambda one: own_table(one, fields=[{"name": f"f{at}", "type": "string", "labels": LABELS} for at in range(FIELDS + 1)]), "descriptor_beyond"),
    "too many codes": (own_field(constraints={"enum": list(map(str, range(CODES + 1)))}), "descriptor_beyond"),
    "too many labels of codes": (own_field(values={str(at): LABELS for at in range(CODES + 1)}), "descriptor_beyond"),
    "too many foreign keys": (lambda one: next(t for t in one["resources"] if t["name"] == "stages")["schema"].update(foreignKeys=LINKS), "descriptor_beyond"),
    "key of many fields": (lambda one: own_table(one, primaryKey=["a"] * (KEY_FIELDS + 1)), "descriptor_beyond"),
    "link of many fields": (lambda one: own_table(one, foreignKeys=[{"fields": ["a"] * 9, "reference": {"resource": "chains", "fields": ["chain_id"] * 9}}]), "descriptor_beyond"),
    "many words for true": (own_field(type="boolean", trueValues=list(map(str, range(50)))), "descriptor_beyond"),
    "one file for many tables": (lambda one: one["resources"].append({"name": "again", "path": "chains.csv"}), "named_twice"),
    "deep": (lambda one: one.update(more=nested(DEPTH + 1)), "descriptor_beyond"),
    "schema from elsewhere": (lambda one: next(t for t in one["resources"] if t["name"] == "chains").update(schema="http://127.0.0.1:9/schema.json"), "descriptor_lacks"),
    "bound that is no number": (own_field(type="number", constraints={"minimum": {"a": 1}}), "foreign_rule"),
    "bound of no number": (own_field(constraints={"minimum": 1}), "foreign_rule"),
    "length that is a text": (own_field(constraints={"minLength": "x" * 99}), "foreign_rule"),
    "codes that are lists": (own_field(constraints={"enum": [["a"]]}), "foreign_rule"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_would_be_executed_or_cost_too_much_is_refused(name, tmp_path):
    change, code = HOSTILE[name]
    folder = made_up.write(tmp_path)
    (folder / "own.csv").write_text("a\n1\n")
    faults = check(describe(folder, change))
    assert code in {one.code for one in faults}


def test_a_descriptor_as_deep_as_a_stack_is_refused(tmp_path):
    folder = made_up.write(tmp_path)
    (folder / "datapackage.json").write_text('{"resources": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert {one.code for one in check(folder)} == {"bad_json"}


def test_a_descriptor_that_is_too_large_is_not_read(tmp_path):
    folder = describe(made_up.write(tmp_path), lambda one: one.update(more="x" * DESCRIPTOR_BYTES))
    assert {one.code for one in check(folder)} == {"descriptor_too_large"}


def test_a_heading_of_many_columns_is_refused(tmp_path):
    folder = made_up.write(tmp_path)
    (folder / "chains.csv").write_text(",".join(f"c{at}" for at in range(200_000)) + "\n")
    assert {one.code for one in check(folder)} >= {"too_many_columns"}


def spoil(value: object, chance: random.Random) -> object:
    """Return a value of JSON with some of its parts replaced by hostile ones."""
    if chance.random() < 0.002:
        return chance.choice([None, [], {}, -1, 1e308, True, "x" * 10_000, pattern(chance), nested(15), ["x"] * 500])
    if isinstance(value, dict):
        return {key: spoil(one, chance) for key, one in value.items()}
    return [spoil(one, chance) for one in value] if isinstance(value, list) else value


@pytest.mark.parametrize("seed", range(40))
def test_any_hostile_descriptor_is_refused_or_read_in_seconds(seed, tmp_path):
    chance = random.Random(seed)

    def change(descriptor):
        changed = spoil(descriptor, chance)
        descriptor.clear()
        descriptor.update(changed if isinstance(changed, dict) else {})

    check(describe(made_up.write(tmp_path), change))
