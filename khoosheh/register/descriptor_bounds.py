"""Bounds of a descriptor: how many tables, fields, keys and codes are read.

A descriptor comes from outside, as any file of a package does. The cost of its checks grows with rows times fields,
keys and codes; each factor but the rows is bounded here.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from khoosheh.limits import CODES, DEPTH, FIELDS, KEY_FIELDS, KEYS, RESOURCES, TRUTHS
from khoosheh.register.descriptor_types import JsonValue


@dataclass(frozen=True)
class ExceededBound:
    """A bound that a descriptor exceeds.

    ``place``: keys joined by dots; ``count``: how many there are; ``most``: how many are read.
    """

    place: str
    count: int
    most: int


def find_exceeded_bounds(descriptor: dict[str, JsonValue]) -> list[ExceededBound]:
    """Return the bounds that a descriptor exceeds.

    Parts of a wrong form are passed over: :func:`khoosheh.register.descriptor.check_descriptor_form` names them.
    """
    if _is_too_deep(descriptor):
        return [ExceededBound("", DEPTH + 1, DEPTH)]
    return [part for part in _count_descriptor_parts(descriptor) if part.count > part.most]


def _is_too_deep(value: JsonValue) -> bool:
    """Tell whether JSON is nested deeper than ``DEPTH``; goes level by level, so that depth needs no stack."""
    level = [value]
    for _ in range(DEPTH):
        level = [child for parent in level for child in _list_children(parent)]
        if not level:
            return False
    return True


def _list_children(value: JsonValue) -> list[JsonValue]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _count_descriptor_parts(descriptor: dict[str, JsonValue]) -> Iterator[ExceededBound]:
    resources = _as_list(descriptor.get("resources"))
    yield ExceededBound("resources", len(resources), RESOURCES)
    for number, resource in enumerate(resources[:RESOURCES]):
        schema = resource.get("schema") if isinstance(resource, dict) else None
        if isinstance(schema, dict):
            yield from _count_schema_parts(schema, f"resources.{number}")


def _count_schema_parts(schema: dict[str, JsonValue], place: str) -> Iterator[ExceededBound]:
    fields, links = _as_list(schema.get("fields")), _as_list(schema.get("foreignKeys"))
    yield ExceededBound(f"{place}.fields", len(fields), FIELDS)
    yield ExceededBound(f"{place}.foreignKeys", len(links), KEYS)
    yield ExceededBound(f"{place}.primaryKey", len(_as_list(schema.get("primaryKey"))), KEY_FIELDS)
    for number, link in enumerate(links[:KEYS]):
        reference = link.get("reference") if isinstance(link, dict) else None
        for part in (link, reference):
            if isinstance(part, dict):
                yield ExceededBound(
                    f"{place}.foreignKeys.{number}.fields", len(_as_list(part.get("fields"))), KEY_FIELDS
                )
    for number, field in enumerate(fields[:FIELDS]):
        if isinstance(field, dict):
            yield from _count_field_parts(field, f"{place}.fields.{number}")


def _count_field_parts(field: dict[str, JsonValue], place: str) -> Iterator[ExceededBound]:
    rules, values = field.get("constraints"), field.get("values")
    if isinstance(rules, dict):
        yield ExceededBound(f"{place}.constraints", len(rules), KEYS)
        yield ExceededBound(f"{place}.constraints.enum", len(_as_list(rules.get("enum"))), CODES)
    if isinstance(values, dict):
        yield ExceededBound(f"{place}.values", len(values), CODES)
    for name in ("trueValues", "falseValues"):
        yield ExceededBound(f"{place}.{name}", len(_as_list(field.get(name))), TRUTHS)


def _as_list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []
