"""Bounds of a descriptor: how many tables, fields, keys and codes are read.

A descriptor comes from outside like any file of a package. What its checks cost grows with rows times fields, keys
and codes; each factor but the rows is bounded here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from khoosheh.limits import CODES, DEPTH, FIELDS, KEY_FIELDS, KEYS, RESOURCES, TRUTHS


@dataclass(frozen=True)
class Exceeded:
    """A bound that a descriptor exceeds: the place in it, how many there are, and how many are read."""

    place: str
    count: int
    most: int


def exceeded(descriptor: Mapping) -> list[Exceeded]:
    """Return the bounds that a descriptor exceeds; parts of a wrong form are left to the checks of the form."""
    if _too_deep(descriptor):
        return [Exceeded("", DEPTH + 1, DEPTH)]
    counted = list(_counts(descriptor))
    return [one for one in counted if one.count > one.most]


def _too_deep(value: object) -> bool:
    """Return whether JSON is nested deeper than ``DEPTH``; works level by level, so depth costs no stack."""
    level = [value]
    for _ in range(DEPTH):
        level = [inner for one in level for inner in _children(one)]
        if not level:
            return False
    return True


def _children(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _counts(descriptor: Mapping) -> Iterator[Exceeded]:
    resources = _list(descriptor.get("resources"))
    yield Exceeded("resources", len(resources), RESOURCES)
    for place, one in enumerate(resources[:RESOURCES]):
        if isinstance(one, dict) and isinstance(one.get("schema"), dict):
            yield from _schema_counts(one["schema"], f"resources.{place}")


def _schema_counts(schema: Mapping, place: str) -> Iterator[Exceeded]:
    fields, links = _list(schema.get("fields")), _list(schema.get("foreignKeys"))
    yield Exceeded(f"{place}.fields", len(fields), FIELDS)
    yield Exceeded(f"{place}.foreignKeys", len(links), KEYS)
    yield Exceeded(f"{place}.primaryKey", len(_list(schema.get("primaryKey"))), KEY_FIELDS)
    for number, link in enumerate(links[:KEYS]):
        other = link.get("reference") if isinstance(link, dict) else None
        for part in (link, other):
            if isinstance(part, dict):
                yield Exceeded(f"{place}.foreignKeys.{number}.fields", len(_list(part.get("fields"))), KEY_FIELDS)
    for number, field in enumerate(fields[:FIELDS]):
        if isinstance(field, dict):
            yield from _field_counts(field, f"{place}.fields.{number}")


def _field_counts(field: Mapping, place: str) -> Iterator[Exceeded]:
    rules, values = field.get("constraints"), field.get("values")
    if isinstance(rules, dict):
        yield Exceeded(f"{place}.constraints", len(rules), KEYS)
        yield Exceeded(f"{place}.constraints.enum", len(_list(rules.get("enum"))), CODES)
    if isinstance(values, dict):
        yield Exceeded(f"{place}.values", len(values), CODES)
    for name in ("trueValues", "falseValues"):
        yield Exceeded(f"{place}.{name}", len(_list(field.get(name))), TRUTHS)


def _list(value: object) -> list:
    return value if isinstance(value, list) else []
