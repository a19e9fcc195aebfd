"""A package to be filled in: the files of a register without the rows that its province filled."""

import csv
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from khoosheh.intake import layout
from khoosheh.register import Dictionary, Register
from khoosheh.register.descriptor import DESCRIPTOR, TEXTS

NO_SHAPES = {"type": "FeatureCollection", "features": []}


def write_blank_package(register: Register, folder: Path, *, filled: bool = False) -> None:
    """Write the package into a new folder; ``filled``: as it is, with all its rows.

    Otherwise tables have headings only, but for those that every province shares and the sources that they name; what
    the package says of itself is blank, so that a check asks for it. Raises ``OSError``.
    """
    folder.mkdir(parents=True)
    descriptor = json.loads((register.path / DESCRIPTOR).read_text(encoding="utf-8-sig"))
    shared = layout.list_shared_resources(descriptor)
    for one in descriptor["resources"]:
        file = folder / one["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        if filled or one["name"] in shared:
            shutil.copyfile(register.path / one["path"], file)
        elif "schema" in one:
            _write_referenced_rows(register, one["name"], file)
        else:
            file.write_text(json.dumps(NO_SHAPES), encoding="utf-8")
    if not filled:
        descriptor |= {**dict.fromkeys(TEXTS, ""), "labels": {lang: "" for lang in descriptor["labels"]}}
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_referenced_rows(register: Register, table: str, file: Path) -> None:
    """Copy the headings of a table, and those of its rows to which shared tables lead."""
    keys = find_referenced_values(register.dictionary, register, table)
    with (
        (register.path / register.dictionary.path(table)).open(encoding="utf-8-sig", newline="") as given,
        file.open("w", encoding="utf-8", newline="") as out,
    ):
        rows = csv.DictReader(given)
        writer = csv.DictWriter(out, rows.fieldnames, lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if any(row[field] in values for field, values in keys.items()))


def find_referenced_values(dictionary: Dictionary, register: Register, table: str) -> Mapping[str, set[str]]:
    """Return, for each field of a table to which shared tables lead, the values that they name."""
    found: dict[str, set[str]] = {}
    for name in layout.list_shared_resources(register.descriptor):
        for fields, other, there in dictionary.links(name) if name in dictionary.tables else ():
            if other == table and len(there) == 1:
                found.setdefault(there[0], set()).update(register.table(name)[fields[0]].dropna())
    return found
