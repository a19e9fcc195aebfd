"""The dictionary of a package: what its descriptor says of tables, fields, keys and codes, read-only."""

from types import MappingProxyType

import pytest

from khoosheh.register.dictionary import Dictionary, freeze_json, thaw_json

UNIT = {"fa": "تن", "en": "tonne"}
CODE = {"fa": "الف", "en": "A"}
FIELDS = [
    {"name": "id", "type": "string", "labels": {"fa": "شناسه", "en": "Id"}, "values": {"x": CODE}},
    {"name": "b", "type": "number", "labels": UNIT, "unit": "t"},
]
LINKS = [
    {"fields": "id", "reference": {"resource": "", "fields": "b"}},
    {"fields": ["id", "b"], "reference": {"resource": "more", "fields": ["c", "d"]}},
]
RESOURCES = [
    {"name": "own", "path": "own.csv", "labels": {"fa": "خود", "en": "Own"}, "schema": {"fields": FIELDS, "primaryKey": "id", "foreignKeys": LINKS}},
    {"name": "more", "path": "more.csv", "labels": {"fa": "بیش", "en": "More"}, "schema": {"fields": FIELDS[:1], "primaryKey": ["id", "b"]}},
    {"name": "keyless", "path": "keyless.csv", "schema": {"fields": FIELDS[:1]}},
    {"name": "map", "path": "map.geojson"},
]  # fmt: skip


@pytest.fixture
def dictionary() -> Dictionary:
    return Dictionary({"resources": RESOURCES})


def test_tables_are_the_files_with_a_schema(dictionary):
    assert dictionary.tables == ["own", "more", "keyless"]
    assert (dictionary.path("more"), dictionary.table_label("more", "fa")) == ("more.csv", "بیش")
    with pytest.raises(KeyError):
        dictionary.path("map")


def test_keys_of_one_field_several_or_none(dictionary):
    assert [dictionary.keys(name) for name in dictionary.tables] == [("id",), ("id", "b"), ()]
    assert dictionary.key("own") == "id"
    for name, key in (("more", "('id', 'b')"), ("keyless", "()")):
        with pytest.raises(LookupError) as error:
            dictionary.key(name)
        assert str(error.value) == f"{name} has the key {key}"


def test_a_link_without_a_table_refers_to_its_own(dictionary):
    assert dictionary.links("own") == [(("id",), "own", ("b",)), (("id", "b"), "more", ("c", "d"))]
    assert dictionary.links("more") == []


def test_fields_have_labels_units_and_codes(dictionary):
    assert dictionary.fields("own") == ["id", "b"]
    assert dictionary.field("own", "b")["unit"] == dictionary.unit("own", "b") == "t"
    assert dictionary.unit("own", "id") is None
    assert dictionary.field_label("own", "id", "en") == "Id"
    assert dictionary.values("own", "id") == {"x": CODE} and dictionary.values("own", "b") == {}


@pytest.mark.parametrize("blank", [None, float("nan"), "y", 1])
def test_only_a_known_code_has_a_label(blank, dictionary):
    assert dictionary.value_label("own", "id", "x", "fa") == "الف"
    assert dictionary.value_label("own", "id", blank, "fa") is None
    assert dictionary.value_label("own", "b", blank, "fa") is None


def test_frozen_json_cannot_be_changed_and_thaws_to_what_it_was():
    value = {"a": [1, {"b": ["c", None]}], "d": {"e": 0.5}}
    frozen = freeze_json(value)
    assert isinstance(frozen, MappingProxyType) and isinstance(frozen["a"][1], MappingProxyType)
    assert frozen["a"][1]["b"] == ("c", None)
    assert thaw_json(frozen) == value
    assert isinstance(thaw_json(frozen)["a"], list) and type(thaw_json(frozen)["a"][1]) is dict
    assert freeze_json(frozen) == frozen and isinstance(freeze_json((1, {}))[1], MappingProxyType)


def test_what_a_descriptor_says_cannot_be_changed_and_follows_no_change(dictionary):
    with pytest.raises(TypeError):
        dictionary.field("own", "id")["labels"]["fa"] = "x"
    descriptor = {"resources": [{**RESOURCES[2], "path": "before.csv"}]}
    found = Dictionary(descriptor)
    descriptor["resources"][0]["path"] = "after.csv"
    assert found.path("keyless") == "before.csv"
    found.values("keyless", "id").clear()
    assert found.values("keyless", "id") == {"x": CODE}
