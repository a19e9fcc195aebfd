"""Bounds of a descriptor: how many tables, fields, keys and codes are read.

A descriptor comes from outside like any file of a package. What its checks cost grows with rows times fields, keys
and codes; each factor but the rows is bounded here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khoosheh.limits import CODES, DEPTH, FIELDS, KEY_FIELDS, KEYS, RESOURCES, TRUTHS


@dataclass(frozen=True)
class ExceededBound:
    """A bound that a descriptor exceeds: the place in it, how many there are, and how many are read."""

    place: str
    count: int
    most: int


def find_exceeded_bounds(descriptor: Mapping) -> list[ExceededBound]:
    """Return the bounds that a descriptor exceeds; parts of a wrong form are left to the checks of the form."""
    if _is_too_deep(descriptor):
        return [ExceededBound("", DEPTH + 1, DEPTH)]
    counted = list(_count_descriptor_parts(descriptor))
    return [one for one in counted if one.count > one.most]


def _is_too_deep(value: object) -> bool:
    """Return whether JSON is nested deeper than ``DEPTH``; works level by level, so depth costs no stack."""
    level = [value]
    for _ in range(DEPTH):
        level = [inner for one in level for inner in _list_children(one)]
        if not level:
            return False
    return True


def _list_children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _count_descriptor_parts(descriptor: Mapping) -> Iterator[ExceededBound]:
    resources = _as_list(descriptor.get("resources"))
    yield ExceededBound("resources", len(resources), RESOURCES)
    for place, one in enumerate(resources[:RESOURCES]):
        if isinstance(one, dict) and isinstance(one.get("schema"), dict):
            yield from _count_schema_parts(one["schema"], f"resources.{place}")


def _count_schema_parts(schema: Mapping, place: str) -> Iterator[ExceededBound]:
    fields, links = _as_list(schema.get("fields")), _as_list(schema.get("foreignKeys"))
    yield ExceededBound(f"{place}.fields", len(fields), FIELDS)
    yield ExceededBound(f"{place}.foreignKeys", len(links), KEYS)
    yield ExceededBound(f"{place}.primaryKey", len(_as_list(schema.get("primaryKey"))), KEY_FIELDS)
    for number, link in enumerate(links[:KEYS]):
        other = link.get("reference") if isinstance(link, dict) else None
        for part in (link, other):
            if isinstance(part, dict):
                yield ExceededBound(
                    f"{place}.foreignKeys.{number}.fields", len(_as_list(part.get("fields"))), KEY_FIELDS
                )
    for number, field in enumerate(fields[:FIELDS]):
        if isinstance(field, dict):
            yield from _count_field_parts(field, f"{place}.fields.{number}")


def _count_field_parts(field: Mapping, place: str) -> Iterator[ExceededBound]:
    rules, values = field.get("constraints"), field.get("values")
    if isinstance(rules, dict):
        yield ExceededBound(f"{place}.constraints", len(rules), KEYS)
        yield ExceededBound(f"{place}.constraints.enum", len(_as_list(rules.get("enum"))), CODES)
    if isinstance(values, dict):
        yield ExceededBound(f"{place}.values", len(values), CODES)
    for name in ("trueValues", "falseValues"):
        yield ExceededBound(f"{place}.{name}", len(_as_list(field.get(name))), TRUTHS)


def _as_list(value: object) -> list:
    return value if isinstance(value, list) else []
