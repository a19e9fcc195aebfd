"""What the programme needs of any package's descriptor: the tables, fields and keys of the shipped one."""

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from khoosheh.register.descriptor import DESCRIPTOR, make_descriptor_fault
from khoosheh.register.dictionary import Dictionary, list_key_fields
from khoosheh.register.faults import Fault

# How cells are written; pandas and frictionless must read them alike. The property: what stands for its absence.
FILE = {"format": "csv", "encoding": "utf-8", "dialect": None, "compression": None}
BLANKS = {"missingValues": [""]}
PLAIN = {"format": "default", "decimalChar": ".", "groupChar": None, "bareNumber": True}
FIELD = {"type": None, "calendar": None, "trueValues": None, "falseValues": None, **PLAIN}


def read_shipped_descriptor(folder: Path) -> dict:
    """Return the shipped descriptor, the model of all."""
    return json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))


def find_model_differences(descriptor: Mapping, model: Mapping) -> Iterator[Fault]:
    """Yield where a descriptor of sound form lacks what the model has, or means something else by it.

    Tables, fields and codes beyond those of the model are welcome.
    """
    given, needed = _index_tables(descriptor), _index_tables(model)
    for name, one in given.items():
        yield from _compare_properties(one, {}, name, FILE)
        yield from _compare_properties(one["schema"], {}, name, BLANKS)
        for field in one["schema"]["fields"]:
            asked = _find_field(needed[name], field["name"]) if name in needed else None
            # A field of the package's own may be of any type, written plainly.
            yield from _compare_properties(field, asked or {**field, **PLAIN}, f"{name}.{field['name']}", FIELD)
            yield from _find_foreign_rules(field, asked or {}, f"{name}.{field['name']}.constraints")
    for name, one in needed.items():
        if name in given:
            yield from _compare_table_schema(name, given[name], one)
        else:
            yield make_descriptor_fault("descriptor_lacks", name)
    yield from _check_foreign_keys(given)
    yield from _check_map_fields(descriptor, given)


def _find_foreign_rules(given: Mapping, asked: Mapping, place: str) -> Iterator[Fault]:
    """Yield constraints that are not executed: patterns other than the model's, and rules that nothing checks."""
    known = asked.get("constraints", {})
    for rule, value in given.get("constraints", {}).items():
        if rule == "pattern":
            if value != known.get("pattern"):
                yield make_descriptor_fault("foreign_pattern", f"{place}.pattern", value)
        elif rule not in RULES or not RULES[rule](value, given["type"]):
            yield make_descriptor_fault("foreign_rule", f"{place}.{rule}", value, expected=", ".join(RULES))


def _is_truth(value: object, kind: str) -> bool:
    return isinstance(value, bool)


def _is_bound(value: object, kind: str) -> bool:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and math.isfinite(value) and kind in ("integer", "number", "year")


def _is_length(value: object, kind: str) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0 and kind == "string"


def _are_codes(value: object, kind: str) -> bool:
    return isinstance(value, list) and all(isinstance(code, str | int | float) for code in value)


# What may be asked of a cell beside its type, and of what kind its value must be. Each costs one comparison.
# A pattern may cost any time, so only the shipped descriptor's own patterns are executed.
RULES = {
    "required": _is_truth, "unique": _is_truth, "enum": _are_codes, "minimum": _is_bound, "maximum": _is_bound,
    "minLength": _is_length, "maxLength": _is_length,
}  # fmt: skip


def merge_constraints(field: Mapping, model: Mapping | None) -> dict[str, object]:
    """Return the constraints that hold for the cells of a field: its own, and all of the model's but its codes.

    ``model``: the same field of the shipped descriptor, ``None`` for a field of the package's own.
    """
    own = {rule: value for rule, value in field.get("constraints", {}).items() if rule in RULES}
    needed = {rule: value for rule, value in (model or {}).get("constraints", {}).items() if rule != "enum"}
    return own | needed


def find_model_field(model: Mapping, table: str, name: str) -> Mapping | None:
    """Return a field of the model, ``None`` where the model has no such table or field."""
    found = _index_tables(model).get(table)
    return _find_field(found, name) if found else None


def _index_tables(descriptor: Mapping) -> dict[str, Mapping]:
    return {one["name"]: one for one in descriptor["resources"] if "schema" in one}


def _find_field(one: Mapping, name: str) -> Mapping | None:
    return next((field for field in one["schema"]["fields"] if field["name"] == name), None)


def _compare_properties(given: Mapping, asked: Mapping, place: str, properties: Mapping) -> Iterator[Fault]:
    for name, absent in properties.items():
        value, expected = given.get(name, absent), asked.get(name, absent)
        if value != expected:
            yield _make_difference_fault(f"{place}.{name}", value, expected)


def _make_difference_fault(place: str, value: object, expected: object) -> Fault:
    shown = ["—" if one is None else one if isinstance(one, str) else json.dumps(one) for one in (value, expected)]
    return make_descriptor_fault("schema_differs", place, shown[0], expected=shown[1])


def _compare_table_schema(name: str, given: Mapping, needed: Mapping) -> Iterator[Fault]:
    for field in needed["schema"]["fields"]:
        place, found = f"{name}.{field['name']}", _find_field(given, field["name"])
        if found is None:
            yield make_descriptor_fault("descriptor_lacks", place)
            continue
        if _is_required(field) and not _is_required(found):
            yield _make_difference_fault(f"{place}.constraints.required", False, True)
        yield from _check_code_attributes(place, found, field)
    key = [list_key_fields(one["schema"].get("primaryKey", ())) for one in (given, needed)]
    if key[0] != key[1]:
        yield _make_difference_fault(f"{name}.primaryKey", list(key[0]), list(key[1]))
    links = [Dictionary({"resources": [one]}).links(name) for one in (given, needed)]
    for link in links[1]:
        if link not in links[0]:
            yield make_descriptor_fault("descriptor_lacks", f"{name}.foreignKeys.{'+'.join(link[0])}")


def _is_required(field: Mapping) -> bool:
    return field.get("constraints", {}).get("required") is True


def _check_code_attributes(place: str, given: Mapping, needed: Mapping) -> Iterator[Fault]:
    """Every code needs the attributes that all codes of the model have; the codes themselves are free."""
    model = needed.get("values", {})
    if model and not given.get("values"):
        yield make_descriptor_fault("descriptor_lacks", f"{place}.values")
    elif model:
        shared = set.intersection(*(set(one) for one in model.values()))
        for code, attributes in given["values"].items():
            for name in sorted(shared - set(attributes)):
                yield make_descriptor_fault("descriptor_lacks", f"{place}.values.{code}.{name}")


def _check_foreign_keys(given: Mapping[str, Mapping]) -> Iterator[Fault]:
    """A foreign key must lead to a field that there is."""
    for name, one in given.items():
        for _, other, fields in Dictionary({"resources": [one]}).links(name):
            for field in fields:
                if other not in given or _find_field(given[other], field) is None:
                    yield make_descriptor_fault("descriptor_lacks", f"{other}.{field}")


def _check_map_fields(descriptor: Mapping, given: Mapping[str, Mapping]) -> Iterator[Fault]:
    """The ids of a map's shapes must stand in a field that there is."""
    for one in descriptor["resources"]:
        table, _, field = str(one.get("identifies", "")).partition(".")
        if "identifies" in one and (table not in given or _find_field(given[table], field) is None):
            yield make_descriptor_fault("descriptor_lacks", f"{table}.{field}")
