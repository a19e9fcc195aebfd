"""From tables to a plain package in a folder, with what they leave out taken from another register."""

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from khoosheh.intake import layout
from khoosheh.intake.tables import Table
from khoosheh.register import Dictionary
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.spreadsheets import Sheet

# What the descriptor of another register says of that register alone.
OWN = ("created", "version", "title")


def read_base_descriptor(base: Path) -> dict:
    """Return the descriptor of a sound package."""
    return json.loads((base / DESCRIPTOR).read_text(encoding="utf-8-sig"))


def complete_tables(tables: dict[str, Table], base: Path, descriptor: Mapping, *, whole: bool) -> None:
    """Add the tables that have no sheet, or no row where every province shares them.

    They are those of the register ``base``: the shared ones, or all where ``whole``; others are empty. Rows of other
    tables that shared ones cannot do without come along.
    """
    dictionary, taken = Dictionary(descriptor), []
    shared = layout.list_shared_resources(descriptor)
    for name in dictionary.tables:
        unfilled = name in tables and name in shared and not whole and not tables[name].rows and tables[name].columns
        if name not in tables or unfilled:
            tables[name] = Table(name, Sheet(""))
            if whole or name in shared:
                _append_base_rows(tables[name], _read_table_rows(base, dictionary, name))
                taken.append(name)
    # A row that a csv no longer has was taken out: what refers to it is a fault.
    while taken and not whole:
        name = taken.pop()
        for fields, other, there in dictionary.links(name):
            if _is_required_field(dictionary, name, fields[0]) and _add_referenced_rows(
                tables, name, (fields, other, there), base, dictionary
            ):
                taken.append(other)


def _add_referenced_rows(
    tables: Mapping[str, Table], name: str, link: tuple, base: Path, dictionary: Dictionary
) -> bool:
    """Add the rows that a table's link leads to and that are not there; tell whether there were any."""
    fields, other, there = link
    known = {tuple(row.get(one, "") for one in there) for row in tables[other].rows}
    asked = {tuple(row.get(one, "") for one in fields) for row in tables[name].rows if row.get(fields[0])} - known
    rows = [
        row for row in _read_table_rows(base, dictionary, other) if tuple(row.get(one, "") for one in there) in asked
    ]
    # A table of the sheet can lead nowhere too: that is its own fault, not to be mended by another register.
    taken = {
        tuple(row.get(one, "") for one in fields) for row, at in _pair_rows_with_places(tables[name]) if at is None
    }
    _append_base_rows(
        tables[other], rows := [row for row in rows if tuple(row.get(one, "") for one in there) in taken]
    )
    return bool(rows)


def _pair_rows_with_places(table: Table) -> zip:
    return zip(table.rows, table.places, strict=True)


def _append_base_rows(table: Table, rows: list[dict[str, str]]) -> None:
    table.rows += rows
    table.places += [None] * len(rows)


def _is_required_field(dictionary: Dictionary, table: str, of: str) -> bool:
    return bool(dictionary.field(table, of).get("constraints", {}).get("required"))


def _read_table_rows(base: Path, dictionary: Dictionary, table: str) -> list[dict[str, str]]:
    with (base / dictionary.path(table)).open(encoding="utf-8-sig", newline="") as file:
        return [{of: cell for of, cell in row.items() if cell} for row in csv.DictReader(file)]


def write_intake_package(
    folder: Path, tables: Mapping[str, Table], base: Path, descriptor: Mapping, own: Mapping
) -> None:
    """Write the package; ``own``: what the descriptor is to say instead of that of ``base``."""
    kept = {name: value for name, value in descriptor.items() if name not in (*OWN, *own)}
    named = {**kept, **own, "title": own["labels"]["en"]}
    dictionary = Dictionary(descriptor)
    (folder / DESCRIPTOR).write_text(json.dumps(named, ensure_ascii=False, indent=1), encoding="utf-8")
    for one in descriptor["resources"]:
        file = folder / one["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        if "schema" in one:
            _write_table_csv(file, dictionary.fields(one["name"]), tables[one["name"]])
        elif "identifies" in one:
            _write_filtered_map(file, base / one["path"], one["identifies"], tables)
        else:
            shutil.copyfile(base / one["path"], file)


def _write_table_csv(file: Path, fields: list[str], table: Table) -> None:
    with file.open("w", encoding="utf-8", newline="") as made:
        writer = csv.DictWriter(made, fields, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(table.rows)


def _write_filtered_map(file: Path, source: Path, identifies: str, tables: Mapping[str, Table]) -> None:
    """Write the shapes of a map that rows of its table name."""
    name, _, of = identifies.partition(".")
    known = {row.get(of) for row in tables[name].rows}
    shapes = json.loads(source.read_text(encoding="utf-8-sig"))
    shapes["features"] = [one for one in shapes["features"] if str(one.get("id")) in known]
    file.write_text(json.dumps(shapes, ensure_ascii=False), encoding="utf-8")
