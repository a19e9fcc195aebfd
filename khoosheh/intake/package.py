"""Writing tables as a plain package; tables that are missing are taken from another register."""

import csv
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Required, TypedDict

from khoosheh.intake import layout
from khoosheh.intake.tables import Table
from khoosheh.register import Dictionary
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.descriptor_types import Descriptor, Labels
from khoosheh.register.dictionary import Link
from khoosheh.spreadsheets import Sheet

# fields of a descriptor that describe its own register only
OWN = ("created", "version", "title")


class RegisterMetadata(TypedDict, total=False):
    """Fields of a descriptor that a file gives of its register."""

    name: str
    province: Required[str]
    compiled_on: Required[str]
    labels: Required[Labels]


def read_base_descriptor(base: Path) -> Descriptor:
    """Return the descriptor of a sound package."""
    descriptor: Descriptor = json.loads((base / DESCRIPTOR).read_text(encoding="utf-8-sig"))
    return descriptor


def complete_tables(tables: dict[str, Table], base: Path, descriptor: Descriptor, *, whole: bool) -> None:
    """Add the tables that have no sheet, and fill shared tables whose sheet has no row.

    Tables that every province shares, or all tables where ``whole``, get the rows of the package ``base``; others
    stay empty. Rows of other tables to which required fields of the added rows refer are added as well.
    """
    dictionary = Dictionary(descriptor)
    unfollowed: list[str] = []
    shared = layout.list_shared_resources(descriptor)
    for name in dictionary.tables:
        unfilled = name in tables and name in shared and not whole and not tables[name].rows and tables[name].columns
        if name not in tables or unfilled:
            tables[name] = Table(name, Sheet(""))
            if whole or name in shared:
                _append_base_rows(tables[name], _read_table_rows(base, dictionary, name))
                unfollowed.append(name)
    # not for a csv: a row that it lacks was removed by its author, so a reference to it is a fault
    while unfollowed and not whole:
        name = unfollowed.pop()
        for fields, other, keys in dictionary.links(name):
            if _is_required_field(dictionary, name, fields[0]) and _add_referenced_rows(
                tables, name, (fields, other, keys), base, dictionary
            ):
                unfollowed.append(other)


def _add_referenced_rows(
    tables: Mapping[str, Table], name: str, link: Link, base: Path, dictionary: Dictionary
) -> bool:
    """Add the missing rows of another table to which base rows of a table refer; return whether there were any.

    Rows of the file itself may also refer to missing rows: that is a fault of the file, and no row is added for it.
    """
    fields, other, keys = link
    present = {_get_values(row, keys) for row in tables[other].rows}
    referenced = {
        _get_values(row, fields)
        for row, source_row in zip(tables[name].rows, tables[name].source_rows, strict=True)
        if source_row is None and row.get(fields[0])
    }
    missing = referenced - present
    rows = [row for row in _read_table_rows(base, dictionary, other) if _get_values(row, keys) in missing]
    _append_base_rows(tables[other], rows)
    return bool(rows)


def _get_values(row: Mapping[str, str], fields: Sequence[str]) -> tuple[str, ...]:
    return tuple(row.get(field, "") for field in fields)


def _append_base_rows(table: Table, rows: list[dict[str, str]]) -> None:
    table.rows += rows
    table.source_rows += [None] * len(rows)


def _is_required_field(dictionary: Dictionary, table: str, field: str) -> bool:
    return bool(dictionary.field(table, field).get("constraints", {}).get("required"))


def _read_table_rows(base: Path, dictionary: Dictionary, table: str) -> list[dict[str, str]]:
    with (base / dictionary.path(table)).open(encoding="utf-8-sig", newline="") as file:
        return [{field: cell for field, cell in row.items() if cell} for row in csv.DictReader(file)]


def write_intake_package(
    folder: Path, tables: Mapping[str, Table], base: Path, descriptor: Descriptor, metadata: RegisterMetadata
) -> None:
    """Write the package; ``metadata`` replaces fields of the ``descriptor`` of ``base``. Raises ``OSError``."""
    inherited = {name: value for name, value in descriptor.items() if name not in (*OWN, *metadata)}
    completed = {**inherited, **metadata, "title": metadata["labels"]["en"]}
    dictionary = Dictionary(descriptor)
    (folder / DESCRIPTOR).write_text(json.dumps(completed, ensure_ascii=False, indent=1), encoding="utf-8")
    for resource in descriptor["resources"]:
        file = folder / resource["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        if "schema" in resource:
            _write_table_csv(file, dictionary.fields(resource["name"]), tables[resource["name"]])
        elif "identifies" in resource:
            _write_filtered_map(file, base / resource["path"], resource["identifies"], tables)
        else:
            shutil.copyfile(base / resource["path"], file)


def _write_table_csv(file: Path, fields: list[str], table: Table) -> None:
    with file.open("w", encoding="utf-8", newline="") as output:
        writer = csv.DictWriter(output, fields, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.rows)


def _write_filtered_map(file: Path, source: Path, identifies: str, tables: Mapping[str, Table]) -> None:
    """Write the shapes of a map whose ids are in the field ``identifies`` (``table.field``)."""
    name, _, field = identifies.partition(".")
    known = {row.get(field) for row in tables[name].rows}
    shapes = json.loads(source.read_text(encoding="utf-8-sig"))
    shapes["features"] = [shape for shape in shapes["features"] if str(shape.get("id")) in known]
    file.write_text(json.dumps(shapes, ensure_ascii=False), encoding="utf-8")
