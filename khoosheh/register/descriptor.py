"""The descriptor of a package: reading it, and what is wrong with its form before any file is opened."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from khoosheh.hidden_characters import HOSTILE
from khoosheh.limits import DESCRIPTOR_BYTES
from khoosheh.locale import LANGUAGES
from khoosheh.register import descriptor_bounds
from khoosheh.register.dictionary import list_key_fields
from khoosheh.register.faults import Fault

DESCRIPTOR = "datapackage.json"
MARK = "\ufeff"
TEXTS = ("province", "compiled_on")
# Types of Table Schema that one look at a cell decides. The others hold a language of their own (JSON, geometry).
TYPES = ("any", "boolean", "date", "datetime", "integer", "number", "string", "time", "year", "yearmonth")


def make_descriptor_fault(code: str, field: str, value: object = "", **params: object) -> Fault:
    """Return a fault of the descriptor; ``field`` is the way to the place within it, its parts joined by dots."""
    return Fault(code, DESCRIPTOR, None, field, str(value), params)


def read_descriptor(folder: Path) -> tuple[dict | None, list[Fault]]:
    """Return the descriptor, or nothing, and what keeps it from being read."""
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


def _check_descriptor(descriptor: dict, *, marked: bool) -> tuple[dict | None, list[Fault]]:
    """Return the descriptor and the faults of its form; nothing where it is larger than what is read."""
    beyond = descriptor_bounds.find_exceeded_bounds(descriptor)
    if beyond:
        return None, [
            make_descriptor_fault("descriptor_beyond", one.place, one.count, most=one.most) for one in beyond
        ]
    # Some editors put the mark before JSON; public validators then refuse the package.
    faults = [Fault("byte_order_mark", DESCRIPTOR)] if marked else []
    return descriptor, [*faults, *check_descriptor_form(descriptor)]


def _make_missing_fault(file: Path) -> Fault:
    return Fault("missing_file", DESCRIPTOR, value=str(file))


def check_descriptor_form(descriptor: Mapping) -> Iterator[Fault]:
    """Yield what is wrong with the form of a descriptor; where nothing is, the rest of the house can read it."""
    for key in TEXTS:
        if not isinstance(descriptor.get(key), str) or not descriptor[key]:
            yield make_descriptor_fault("descriptor_lacks", key)
    yield from _check_labels(descriptor, "")
    yield from _find_hostile_texts(descriptor, "")
    seen: set[str] = set()
    paths: set[str] = set()
    for place, one in enumerate(descriptor["resources"]):
        name = one.get("name") if isinstance(one, dict) else None
        if not isinstance(name, str) or not name:
            yield make_descriptor_fault("descriptor_lacks", f"resources.{place}.name")
            continue
        if name in seen:
            yield make_descriptor_fault("named_twice", f"resources.{place}.name", name)
        seen.add(name)
        yield from _check_path(one)
        if str(one.get("path")) in paths:
            # One file read for many tables would cost its size as often.
            yield make_descriptor_fault("named_twice", f"{name}.path", one["path"])
        paths.add(str(one.get("path")))
        if "schema" in one:
            yield from _check_labels(one, f"{name}.")
            yield from _check_schema(one)


def _check_path(one: Mapping) -> Iterator[Fault]:
    path = one.get("path")
    if not isinstance(path, str) or not path or Path(path).is_absolute() or "://" in path or "\0" in path:
        yield make_descriptor_fault("bad_path", one["name"], path or "")
    elif ".." in Path(path).parts:
        yield make_descriptor_fault("bad_path", one["name"], path)


def _check_labels(one: Mapping, place: str) -> Iterator[Fault]:
    labels = one.get("labels")
    for lang in LANGUAGES:
        if not isinstance(labels, dict) or not isinstance(labels.get(lang), str) or not labels[lang]:
            yield make_descriptor_fault("descriptor_lacks", f"{place}labels.{lang}")


def _find_hostile_texts(value: object, place: str) -> Iterator[Fault]:
    """Yield every text of the descriptor that holds hostile characters: its labels are shown like those of tables."""
    if isinstance(value, str) and HOSTILE.search(value):
        yield make_descriptor_fault("hostile_text", place, value)
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from _find_hostile_texts(one, f"{place}.{key}" if place else str(key))


def _check_schema(one: Mapping) -> Iterator[Fault]:
    name, schema = one["name"], one["schema"]
    fields = schema.get("fields") if isinstance(schema, dict) else None
    if not isinstance(fields, list) or not fields:
        yield make_descriptor_fault("descriptor_lacks", f"{name}.fields")
        return
    known: set[str] = set()
    for place, field in enumerate(fields):
        called = field.get("name") if isinstance(field, dict) else None
        if not isinstance(called, str) or not called:
            yield make_descriptor_fault("descriptor_lacks", f"{name}.fields.{place}.name")
            continue
        if called in known:
            yield make_descriptor_fault("named_twice", f"{name}.fields.{place}.name", called)
        known.add(called)
        yield from _check_field(field, f"{name}.{called}")
    yield from _check_key_fields(schema, name, known)


def _check_field(field: Mapping, place: str) -> Iterator[Fault]:
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
    for code in {**values, **dict.fromkeys(map(str, codes))} if values else ():
        yield from _check_code_labels(values.get(code), f"{place}.values.{code}")


def _check_code_labels(given: object, place: str) -> Iterator[Fault]:
    for lang in LANGUAGES:
        if not isinstance(given, dict) or not isinstance(given.get(lang), str) or not given[lang]:
            yield make_descriptor_fault("descriptor_lacks", f"{place}.{lang}")


def _check_key_fields(schema: Mapping, name: str, known: set[str]) -> Iterator[Fault]:
    links = schema.get("foreignKeys", [])
    places = [("primaryKey", schema.get("primaryKey", []))]
    for place, one in enumerate(links if isinstance(links, list) else [links]):
        other = one.get("reference") if isinstance(one, dict) else None
        if not isinstance(other, dict) or not isinstance(other.get("resource"), str):
            yield make_descriptor_fault("descriptor", f"{name}.foreignKeys.{place}", note="reference")
            continue
        places.append((f"foreignKeys.{place}.fields", one.get("fields")))
        if not _is_field_list(other.get("fields")):
            yield make_descriptor_fault("descriptor", f"{name}.foreignKeys.{place}.reference.fields", note="fields")
    for place, fields in places:
        if not _is_field_list(fields) or set(list_key_fields(fields)) - known:
            yield make_descriptor_fault("descriptor", f"{name}.{place}", fields, note="fields")


def _is_field_list(fields: object) -> bool:
    """Tell whether these are names of fields: one, or a list of them."""
    return isinstance(fields, str) or (isinstance(fields, list) and all(isinstance(one, str) for one in fields))
