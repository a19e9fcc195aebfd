"""Bounds of a descriptor: each part is counted, one beyond its bound is named with its place, and none at it."""

import pytest

from khoosheh.limits import CODES, DEPTH, FIELDS, KEY_FIELDS, KEYS, RESOURCES, TRUTHS
from khoosheh.register.descriptor_bounds import ExceededBound, find_exceeded_bounds


def table(**schema: object) -> dict:
    return {"name": "own", "schema": schema}


def with_field(**field: object) -> dict:
    return {"resources": [{}, table(fields=[{}, field])]}


def link(here: int, there: int) -> dict:
    return {"fields": ["a"] * here, "reference": {"fields": ["a"] * there}}


def nested(levels: int) -> object:
    value: object = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"a": 1, "b": value}
    return value


FIELD, TABLE = "resources.1.fields.1", "resources.1"
# place, bound, and what has so many parts there
PARTS = {
    "resources": ("resources", RESOURCES, lambda count: {"resources": [{}] * count}),
    "fields": (f"{TABLE}.fields", FIELDS, lambda count: {"resources": [{}, table(fields=[{}] * count)]}),
    "foreign keys": (f"{TABLE}.foreignKeys", KEYS, lambda count: {"resources": [{}, table(foreignKeys=[{}] * count)]}),
    "fields of a key": (f"{TABLE}.primaryKey", KEY_FIELDS, lambda count: {"resources": [{}, table(primaryKey=["a"] * count)]}),
    "fields of a link": (f"{TABLE}.foreignKeys.1.fields", KEY_FIELDS, lambda count: {"resources": [{}, table(foreignKeys=[{}, link(count, 1)])]}),
    "fields that a link refers to": (f"{TABLE}.foreignKeys.1.fields", KEY_FIELDS, lambda count: {"resources": [{}, table(foreignKeys=["x", link(1, count)])]}),
    "constraints": (f"{FIELD}.constraints", KEYS, lambda count: with_field(constraints={str(at): 1 for at in range(count)})),
    "codes": (f"{FIELD}.constraints.enum", CODES, lambda count: with_field(constraints={"enum": [1] * count})),
    "labels of codes": (f"{FIELD}.values", CODES, lambda count: with_field(values={str(at): 1 for at in range(count)})),
    "words for true": (f"{FIELD}.trueValues", TRUTHS, lambda count: with_field(trueValues=["x"] * count)),
    "words for false": (f"{FIELD}.falseValues", TRUTHS, lambda count: with_field(falseValues=["x"] * count)),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_one_part_beyond_a_bound_is_named_and_none_at_it(name):
    place, most, make = PARTS[name]
    assert find_exceeded_bounds(make(most)) == []
    assert find_exceeded_bounds(make(most + 1)) == [ExceededBound(place, most + 1, most)]


def test_depth_is_counted_in_mappings_and_lists():
    assert find_exceeded_bounds({"a": nested(DEPTH - 2)}) == []
    assert find_exceeded_bounds({"a": [], "b": nested(DEPTH)}) == [ExceededBound("", DEPTH + 1, DEPTH)]
    assert find_exceeded_bounds({"a": nested(10_000)}) == [ExceededBound("", DEPTH + 1, DEPTH)]


def test_all_exceeded_bounds_are_named_and_nothing_beyond_a_bound_is_counted():
    many = table(fields=[{}] * FIELDS + [{"trueValues": ["x"] * 99}], foreignKeys=[{}] * KEYS + [link(99, 99)])
    assert [one.place for one in find_exceeded_bounds({"resources": [{}] * RESOURCES + [many]})] == ["resources"]
    assert [one.place for one in find_exceeded_bounds({"resources": [many]})] == [
        "resources.0.fields", "resources.0.foreignKeys",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "descriptor",
    [{}, {"resources": "x"}, {"resources": ["x", {}, {"schema": "x"}]}, {"resources": [table(fields="x", foreignKeys="x", primaryKey="x")]},
     {"resources": [table(fields=["x"], foreignKeys=["x", {"fields": "x", "reference": "x"}])]}, with_field(constraints="x", values="x", trueValues="x")],
)  # fmt: skip
def test_parts_of_another_form_are_passed_over(descriptor):
    assert find_exceeded_bounds(descriptor) == []
