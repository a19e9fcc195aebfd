"""The files of a package: finding them, reading them as text, and what is wrong with them as files."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from khoosheh.register.faults import Fault

DESCRIPTOR = "datapackage.json"


@dataclass
class Read:
    """What was read of a package, and all that is wrong with it."""

    folder: Path
    descriptor: Mapping = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    maps: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def required(shipped: Path) -> dict[str, list[str]]:
    """Return the fields that every package must have, table by table: those of the shipped descriptor."""
    descriptor = json.loads((shipped / DESCRIPTOR).read_text(encoding="utf-8"))
    return {
        one["name"]: [field["name"] for field in one["schema"]["fields"]]
        for one in descriptor["resources"]
        if "schema" in one
    }


def read(path: Path, needed: Mapping[str, list[str]]) -> Read:
    """Read a package as text; a folder or its descriptor. Faults are kept, never raised."""
    found = Read(path if path.name != DESCRIPTOR else path.parent)
    descriptor = _descriptor(found)
    if descriptor is None:
        return found
    faults = list(_shape(descriptor, needed))
    found.faults += faults
    if faults:
        return found
    found.descriptor = descriptor
    for one in descriptor["resources"]:
        if "schema" in one:
            _table(found, one)
        else:
            _map(found, one)
    return found


def _descriptor(found: Read) -> dict | None:
    file = found.folder / DESCRIPTOR
    try:
        descriptor = json.loads(file.read_text(encoding="utf-8"))
    except OSError:
        found.faults.append(Fault("missing_file", DESCRIPTOR, value=str(file)))
        return None
    except ValueError as error:
        found.faults.append(Fault("bad_json", DESCRIPTOR, row=getattr(error, "lineno", None)))
        return None
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        found.faults.append(Fault("no_resources", DESCRIPTOR))
        return None
    return descriptor


def _shape(descriptor: Mapping, needed: Mapping[str, list[str]]) -> Iterator[Fault]:
    """Yield what the descriptor lacks that the measures and pages need."""
    for key in ("province", "compiled_on", "labels"):
        if not descriptor.get(key):
            yield Fault("descriptor_lacks", DESCRIPTOR, field=key)
    tables = {one.get("name"): one for one in descriptor["resources"] if isinstance(one, dict)}
    for one in tables.values():
        path = str(one.get("path", ""))
        if not path or Path(path).is_absolute() or ".." in Path(path).parts or "://" in path:
            yield Fault("bad_path", DESCRIPTOR, field=str(one.get("name")), value=path)
    for name, fields in needed.items():
        if name not in tables:
            yield Fault("descriptor_lacks", DESCRIPTOR, field=name)
            continue
        given = {one.get("name") for one in tables[name].get("schema", {}).get("fields", [])}
        for one in fields:
            if one not in given:
                yield Fault("descriptor_lacks", DESCRIPTOR, field=f"{name}.{one}")


def _table(found: Read, one: Mapping) -> None:
    file = found.folder / one["path"]
    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    except FileNotFoundError:
        found.faults.append(Fault("missing_file", one["path"], value=str(file)))
    except UnicodeDecodeError:
        found.faults.append(Fault("encoding", one["path"]))
    except (OSError, ValueError, pd.errors.ParserError):
        # frictionless names row and cell of what pandas cannot read.
        found.tables[one["name"]] = pd.DataFrame(columns=[], dtype=str)
    else:
        found.tables[one["name"]] = frame


def _map(found: Read, one: Mapping) -> None:
    file = found.folder / one["path"]
    try:
        text = file.read_text(encoding="utf-8")
        ids = {str(feature["id"]) for feature in json.loads(text)["features"]}
    except OSError:
        found.faults.append(Fault("missing_file", one["path"], value=str(file)))
        return
    except (ValueError, KeyError, TypeError):
        found.faults.append(Fault("bad_map", one["path"]))
        return
    found.maps[one["name"]] = text
    table, _, column = one.get("identifies", "").partition(".")
    frame = found.tables.get(table)
    if frame is not None and column in frame:
        for stray in sorted(ids - set(frame[column].dropna())):
            params = {"table": f"{table}.csv", "column": column}
            found.faults.append(Fault("stray_shape", one["path"], field="id", value=stray, params=params))
