"""Writing a package to be filled in: the files of a register without its province's rows."""

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
    """Write the package into a new folder; ``filled``: with all rows of the register. Raises ``OSError``.

    Otherwise tables have only headings, except those that every province shares and the sources to which they refer.
    The package's title and labels are blank, so that a check asks for them.
    """
    folder.mkdir(parents=True)
    descriptor = json.loads((register.path / DESCRIPTOR).read_text(encoding="utf-8-sig"))
    shared = layout.list_shared_resources(descriptor)
    for resource in descriptor["resources"]:
        file = folder / resource["path"]
        file.parent.mkdir(parents=True, exist_ok=True)
        if filled or resource["name"] in shared:
            shutil.copyfile(register.path / resource["path"], file)
        elif "schema" in resource:
            _write_referenced_rows(register, resource["name"], file)
        else:
            file.write_text(json.dumps(NO_SHAPES), encoding="utf-8")
    if not filled:
        descriptor |= {**dict.fromkeys(TEXTS, ""), "labels": {lang: "" for lang in descriptor["labels"]}}
    (folder / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_referenced_rows(register: Register, table: str, file: Path) -> None:
    """Write the headings of a table and the rows to which shared tables refer."""
    referenced = find_referenced_values(register.dictionary, register, table)
    with (
        (register.path / register.dictionary.path(table)).open(encoding="utf-8-sig", newline="") as source,
        file.open("w", encoding="utf-8", newline="") as output,
    ):
        rows = csv.DictReader(source)
        writer = csv.DictWriter(output, rows.fieldnames or (), lineterminator="\n")
        writer.writeheader()
        writer.writerows(row for row in rows if any(row[field] in values for field, values in referenced.items()))


def find_referenced_values(dictionary: Dictionary, register: Register, table: str) -> Mapping[str, set[str]]:
    """Return the values by which shared tables refer to a table, for each field that they refer to."""
    referenced: dict[str, set[str]] = {}
    for name in layout.list_shared_resources(register.descriptor):
        for fields, other, keys in dictionary.links(name) if name in dictionary.tables else ():
            if other == table and len(keys) == 1:
                referenced.setdefault(keys[0], set()).update(register.table(name)[fields[0]].dropna())
    return referenced
