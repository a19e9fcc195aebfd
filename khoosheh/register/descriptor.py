"""The descriptor of a package: reads it and checks its form before any other file is opened."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard, cast

from khoosheh.hidden_characters import HOSTILE
from khoosheh.limits import DESCRIPTOR_BYTES
from khoosheh.locale import LANGUAGES
from khoosheh.register import descriptor_bounds
from khoosheh.register.descriptor_types import Descriptor, JsonValue
from khoosheh.register.dictionary import list_key_fields
from khoosheh.register.faults import Fault

DESCRIPTOR = "datapackage.json"
MARK = "\ufeff"
TEXTS = ("province", "compiled_on")
# Types of Table Schema that can be checked cell by cell. The others hold a language of their own (JSON, geometry).
TYPES = ("any", "boolean", "date", "datetime", "integer", "number", "string", "time", "year", "yearmonth")


def make_descriptor_fault(code: str, field: str, value: object = "", **params: object) -> Fault:
    """Return a fault of the descriptor; ``field``: the keys that lead to the place, joined by dots."""
    return Fault(code, DESCRIPTOR, None, field, str(value), params)


def read_descriptor(folder: Path) -> tuple[Descriptor | None, list[Fault]]:
    """Return the descriptor of a package and its faults.

    ``None`` instead of the descriptor where it could not be read. Its types hold only where there are no faults.
    """
    file = folder / DESCRIPTOR
    try:
        if file.stat().st_size > DESCRIPTOR_BYTES:
            return None, [Fault("descriptor_too_large", DESCRIPTOR, params={"most": DESCRIPTOR_BYTES >> 10})]
        whole = file.read_text(encoding="utf-8")
        descriptor = json.loads(whole.removeprefix(MARK))
    except UnicodeDecodeError:
        return None, [Fault("encoding", DESCRIPTOR)]
    except (ValueError, RecursionError) as error:
        row = getattr(error, "lineno", None)
        return None, [Fault("bad_json", DESCRIPTOR, row) if file.is_file() else _make_missing_fault(file)]
    except OSError:
        return None, [_make_missing_fault(file)]
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        return None, [Fault("no_resources", DESCRIPTOR)]
    return _check_descriptor(descriptor, marked=whole.startswith(MARK))


def _check_descriptor(descriptor: dict[str, JsonValue], *, marked: bool) -> tuple[Descriptor | None, list[Fault]]:
    """Return the descriptor and the faults of its form; ``None`` where it exceeds the bounds.

    ``marked``: whether its file begins with a byte order mark.
    """
    exceeded = descriptor_bounds.find_exceeded_bounds(descriptor)
    if exceeded:
        return None, [
            make_descriptor_fault("descriptor_beyond", bound.place, bound.count, most=bound.most)
            for bound in exceeded
        ]
    # Some editors put the mark before JSON; public validators then refuse the package.
    faults = [Fault("byte_order_mark", DESCRIPTOR)] if marked else []
    # callers use the descriptor only where the check of its form, which is a check of this type, found nothing
    return cast(Descriptor, descriptor), [*faults, *check_descriptor_form(descriptor)]


def _make_missing_fault(file: Path) -> Fault:
    return Fault("missing_file", DESCRIPTOR, value=str(file))


def check_descriptor_form(descriptor: dict[str, JsonValue]) -> Iterator[Fault]:
    """Yield what keeps a descriptor from being a :class:`khoosheh.register.descriptor_types.Descriptor`."""
    for key in TEXTS:
        if not _has_text(descriptor, key):
            yield make_descriptor_fault("descriptor_lacks", key)
    yield from _check_labels(descriptor, "")
    yield from _find_hostile_texts(descriptor, "")
    names: set[str] = set()
    paths: set[str] = set()
    resources = descriptor.get("resources")
    for number, resource in enumerate(resources if isinstance(resources, list) else ()):
        name = _read_name(resource)
        if not isinstance(resource, dict) or name is None:
            yield make_descriptor_fault("descriptor_lacks", f"resources.{number}.name")
            continue
        if name in names:
            yield make_descriptor_fault("named_twice", f"resources.{number}.name", name)
        names.add(name)
        path = resource.get("path")
        yield from _check_path(name, path)
        if str(path) in paths:
            # One file read for many tables would cost its size as often.
            yield make_descriptor_fault("named_twice", f"{name}.path", path)
        paths.add(str(path))
        if "schema" in resource:
            yield from _check_labels(resource, f"{name}.")
            yield from _check_schema(name, resource["schema"])


def _read_name(value: JsonValue) -> str | None:
    """Return the name of a resource or field; ``None`` where it has no text as its name."""
    name = value.get("name") if isinstance(value, dict) else None
    return name if isinstance(name, str) and name else None


def _check_path(name: str, path: JsonValue) -> Iterator[Fault]:
    if not isinstance(path, str) or not path or Path(path).is_absolute() or "://" in path or "\0" in path:
        yield make_descriptor_fault("bad_path", name, path or "")
    elif ".." in Path(path).parts:
        yield make_descriptor_fault("bad_path", name, path)


def _check_labels(part: dict[str, JsonValue], place: str) -> Iterator[Fault]:
    labels = part.get("labels")
    for lang in LANGUAGES:
        if not _has_text(labels, lang):
            yield make_descriptor_fault("descriptor_lacks", f"{place}labels.{lang}")


def _has_text(value: JsonValue, key: str) -> bool:
    """Tell whether a value is a mapping that has a text under a key."""
    return isinstance(value, dict) and isinstance(value.get(key), str) and value[key] != ""


def _find_hostile_texts(value: JsonValue, place: str) -> Iterator[Fault]:
    """Yield a fault for every text with hostile characters: the labels of a descriptor are shown to readers."""
    if isinstance(value, str) and HOSTILE.search(value):
        yield make_descriptor_fault("hostile_text", place, value)
    children: list[tuple[str, JsonValue]] = []
    if isinstance(value, dict):
        children = list(value.items())
    elif isinstance(value, list):
        children = [(str(number), child) for number, child in enumerate(value)]
    for key, child in children:
        yield from _find_hostile_texts(child, f"{place}.{key}" if place else key)


def _check_schema(table: str, schema: JsonValue) -> Iterator[Fault]:
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(schema, dict) or not isinstance(fields, list) or not fields:
        yield make_descriptor_fault("descriptor_lacks", f"{table}.fields")
        return
    names: set[str] = set()
    for number, field in enumerate(fields):
        name = _read_name(field)
        if not isinstance(field, dict) or name is None:
            yield make_descriptor_fault("descriptor_lacks", f"{table}.fields.{number}.name")
            continue
        if name in names:
            yield make_descriptor_fault("named_twice", f"{table}.fields.{number}.name", name)
        names.add(name)
        yield from _check_field(field, f"{table}.{name}")
    yield from _check_key_fields(schema, table, names)


def _check_field(field: dict[str, JsonValue], place: str) -> Iterator[Fault]:
    yield from _check_labels(field, f"{place}.")
    if field.get("type") not in TYPES:
        yield make_descriptor_fault("descriptor_lacks", f"{place}.type", field.get("type", ""))
    rules, values = field.get("constraints", {}), field.get("values", {})
    if not isinstance(rules, dict) or not isinstance(values, dict):
        yield make_descriptor_fault("descriptor", place, note="constraints, values")
        return
    codes = rules.get("enum", [])
    if not isinstance(codes, list):
        yield make_descriptor_fault("descriptor", f"{place}.constraints.enum", note="enum")
        return
    for code in dict.fromkeys([*values, *map(str, codes)]) if values else ():
        for lang in LANGUAGES:
            if not _has_text(values.get(code), lang):
                yield make_descriptor_fault("descriptor_lacks", f"{place}.values.{code}.{lang}")


def _check_key_fields(schema: dict[str, JsonValue], table: str, names: set[str]) -> Iterator[Fault]:
    """Yield keys that are not made of fields of the table; ``names``: the names of its fields."""
    links = schema.get("foreignKeys", [])
    keys: list[tuple[str, JsonValue]] = [("primaryKey", schema.get("primaryKey", []))]
    for number, link in enumerate(links if isinstance(links, list) else [None]):
        reference = link.get("reference") if isinstance(link, dict) else None
        if (
            not isinstance(link, dict)
            or not isinstance(reference, dict)
            or not isinstance(reference.get("resource"), str)
        ):
            yield make_descriptor_fault("descriptor", f"{table}.foreignKeys.{number}", note="reference")
            continue
        keys.append((f"foreignKeys.{number}.fields", link.get("fields")))
        if not _is_field_list(reference.get("fields")):
            yield make_descriptor_fault("descriptor", f"{table}.foreignKeys.{number}.reference.fields", note="fields")
    for place, fields in keys:
        if not _is_field_list(fields) or set(list_key_fields(fields)) - names:
            yield make_descriptor_fault("descriptor", f"{table}.{place}", fields, note="fields")


def _is_field_list(fields: JsonValue) -> TypeGuard[str | list[str]]:
    """Tell whether a value is the name of a field, or a list of names."""
    return isinstance(fields, str) or (isinstance(fields, list) and all(isinstance(name, str) for name in fields))
