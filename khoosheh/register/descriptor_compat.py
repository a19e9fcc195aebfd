"""What a descriptor of any package must share with the shipped one: its tables, fields, keys and rules.

The shipped descriptor is called the model.
"""

import json
import math
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias, cast

from khoosheh.register.descriptor import DESCRIPTOR, make_descriptor_fault
from khoosheh.register.descriptor_types import Constraints, Descriptor, Field, Resource
from khoosheh.register.dictionary import list_key_fields, list_links
from khoosheh.register.faults import Fault

# property -> what its absence means
Properties: TypeAlias = Mapping[str, str | bool | list[str] | None]

# How cells are written; pandas and frictionless must read them alike.
FILE: Properties = {"format": "csv", "encoding": "utf-8", "dialect": None, "compression": None}
BLANKS: Properties = {"missingValues": [""]}
PLAIN: Properties = {"format": "default", "decimalChar": ".", "groupChar": None, "bareNumber": True}
FIELD: Properties = {"type": None, "calendar": None, "trueValues": None, "falseValues": None, **PLAIN}


def read_shipped_descriptor(folder: Path) -> Descriptor:
    """Return the descriptor of the shipped package, the model of all others."""
    # the tests of the shipped data hold it to this type
    return cast(Descriptor, json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8")))


def find_model_differences(descriptor: Descriptor, model: Descriptor) -> Iterator[Fault]:
    """Yield where a descriptor of sound form lacks what the model has, or means something else by it.

    Tables, fields and codes beyond those of the model are allowed.
    """
    given, needed = _index_tables(descriptor), _index_tables(model)
    patterns = _collect_patterns(model)
    for name, table in given.items():
        yield from _compare_properties(table, {}, name, FILE)
        yield from _compare_properties(table["schema"], {}, name, BLANKS)
        for field in table["schema"]["fields"]:
            place = f"{name}.{field['name']}"
            expected = _find_field(needed[name], field["name"]) if name in needed else None
            # A field that the model does not have may be of any type, written plainly.
            yield from _compare_properties(field, expected or {**field, **PLAIN}, place, FIELD)
            yield from _find_foreign_rules(field, expected, patterns, f"{place}.constraints")
    for name, table in needed.items():
        if name in given:
            yield from _compare_table_schema(name, given[name], table)
        else:
            yield make_descriptor_fault("descriptor_lacks", name)
    yield from _check_foreign_keys(given)
    yield from _check_map_fields(descriptor, given)


def _collect_patterns(model: Descriptor) -> tuple[str, ...]:
    constraints = [
        field.get("constraints", Constraints())
        for table in _index_tables(model).values()
        for field in table["schema"]["fields"]
    ]
    return tuple(rules["pattern"] for rules in constraints if "pattern" in rules)


def _find_foreign_rules(
    given: Field, expected: Field | None, patterns: tuple[str, ...], place: str
) -> Iterator[Fault]:
    """Yield constraints that are not executed: patterns that are not the model's, and rules that nothing checks.

    ``expected``: the same field of the model. Where it has a pattern, that one is executed, and the field may state
    any of the model's ``patterns``, so that descriptors of an earlier version of the model stay valid.
    """
    allowed = patterns if expected and "pattern" in expected.get("constraints", {}) else ()
    for rule, value in given.get("constraints", {}).items():
        if rule == "pattern":
            if value not in allowed:
                yield make_descriptor_fault("foreign_pattern", f"{place}.pattern", value)
        elif rule not in RULES or not RULES[rule](value, given["type"]):
            yield make_descriptor_fault("foreign_rule", f"{place}.{rule}", value, expected=", ".join(RULES))


def _is_truth(value: object, kind: str) -> bool:
    return isinstance(value, bool)


def _is_bound(value: object, kind: str) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and kind in ("integer", "number", "year")
    )


def _is_length(value: object, kind: str) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0 and kind == "string"


def _are_codes(value: object, kind: str) -> bool:
    return isinstance(value, list) and all(isinstance(code, str | int | float) for code in value)


# rule -> whether a value may be that of the rule, for a field of a type. Each rule costs one comparison a cell.
# A pattern may cost any time, so only the model's own patterns are executed.
RULES: dict[str, Callable[[object, str], bool]] = {
    "required": _is_truth, "unique": _is_truth, "enum": _are_codes, "minimum": _is_bound, "maximum": _is_bound,
    "minLength": _is_length, "maxLength": _is_length,
}  # fmt: skip


def merge_constraints(field: Field, model: Field | None) -> Constraints:
    """Return the constraints that hold for the cells of a field: its own, and all of the model's but its codes.

    ``model``: the same field of the shipped descriptor, ``None`` where that has no such field.
    """
    own = {rule: value for rule, value in field.get("constraints", {}).items() if rule in RULES}
    needed = model.get("constraints", {}) if model else Constraints()
    # values keep their rules, so the type stays that of the two that are merged
    return cast(Constraints, own | {rule: value for rule, value in needed.items() if rule != "enum"})


def find_model_field(model: Descriptor, table: str, name: str) -> Field | None:
    """Return a field of the model, ``None`` where the model has no such table or field."""
    found = _index_tables(model).get(table)
    return _find_field(found, name) if found else None


def _index_tables(descriptor: Descriptor) -> dict[str, Resource]:
    return {table["name"]: table for table in descriptor["resources"] if "schema" in table}


def _find_field(table: Resource, name: str) -> Field | None:
    return next((field for field in table["schema"]["fields"] if field["name"] == name), None)


def _compare_properties(
    given: Mapping[str, object], expected: Mapping[str, object], place: str, properties: Properties
) -> Iterator[Fault]:
    for name, absent in properties.items():
        values = given.get(name, absent), expected.get(name, absent)
        if values[0] != values[1]:
            yield _make_difference_fault(f"{place}.{name}", *values)


def _make_difference_fault(place: str, value: object, expected: object) -> Fault:
    given, wanted = (
        "—" if side is None else side if isinstance(side, str) else json.dumps(side) for side in (value, expected)
    )
    return make_descriptor_fault("schema_differs", place, given, expected=wanted)


def _compare_table_schema(name: str, given: Resource, needed: Resource) -> Iterator[Fault]:
    for field in needed["schema"]["fields"]:
        place, found = f"{name}.{field['name']}", _find_field(given, field["name"])
        if found is None:
            yield make_descriptor_fault("descriptor_lacks", place)
            continue
        if _is_required(field) and not _is_required(found):
            yield _make_difference_fault(f"{place}.constraints.required", False, True)
        yield from _check_code_attributes(place, found, field)
    key, model_key = (list_key_fields(table["schema"].get("primaryKey", ())) for table in (given, needed))
    if key != model_key:
        yield _make_difference_fault(f"{name}.primaryKey", list(key), list(model_key))
    links = list_links(name, given["schema"])
    for link in list_links(name, needed["schema"]):
        if link not in links:
            yield make_descriptor_fault("descriptor_lacks", f"{name}.foreignKeys.{'+'.join(link[0])}")


def _is_required(field: Field) -> bool:
    return field.get("constraints", {}).get("required") is True


def _check_code_attributes(place: str, given: Field, needed: Field) -> Iterator[Fault]:
    """Yield attributes that all codes of the model have and a given code lacks; the codes themselves are free."""
    model, codes = needed.get("values", {}), given.get("values", {})
    if model and not codes:
        yield make_descriptor_fault("descriptor_lacks", f"{place}.values")
    elif model:
        shared = set.intersection(*(set(attributes) for attributes in model.values()))
        for code, attributes in codes.items():
            for name in sorted(shared - set(attributes)):
                yield make_descriptor_fault("descriptor_lacks", f"{place}.values.{code}.{name}")


def _check_foreign_keys(tables: Mapping[str, Resource]) -> Iterator[Fault]:
    """Yield foreign keys that refer to a field which does not exist."""
    for name, table in tables.items():
        for _, other, fields in list_links(name, table["schema"]):
            for field in fields:
                if other not in tables or _find_field(tables[other], field) is None:
                    yield make_descriptor_fault("descriptor_lacks", f"{other}.{field}")


def _check_map_fields(descriptor: Descriptor, tables: Mapping[str, Resource]) -> Iterator[Fault]:
    """Yield maps whose shapes are said to be identified by a field which does not exist."""
    for resource in descriptor["resources"]:
        table, _, field = str(resource.get("identifies", "")).partition(".")
        if "identifies" in resource and (table not in tables or _find_field(tables[table], field) is None):
            yield make_descriptor_fault("descriptor_lacks", f"{table}.{field}")
