"""Reads the files of a package as text, and collects their faults as files."""

import csv
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pandas as pd

from khoosheh.limits import COLUMNS, MAP_BYTES, MIB
from khoosheh.register import descriptor as descriptors
from khoosheh.register import maps
from khoosheh.register.descriptor_compat import find_model_differences
from khoosheh.register.descriptor_types import Descriptor, Resource
from khoosheh.register.faults import Fault

# characters of a cell that the csv module reads; frictionless sets the same when it is imported
LONGEST_CELL = 2**31 - 2


@dataclass
class PackageContent:
    """What was read of a package, and its faults.

    ``descriptor``: ``None`` where it has faults, and then nothing else was read; ``tables``: text cells, blank ones
    missing; ``headings``: the columns of each table as its file has them; ``maps``: the text of each GeoJSON file.
    """

    folder: Path
    descriptor: Descriptor | None = None
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_package_files(
    path: Path, model: Descriptor, tell: Callable[[str], None], without: str = "", most_rows: int | None = None
) -> PackageContent:
    """Read a package, a folder or its descriptor, as text. Faults are collected, never raised.

    ``tell`` is called with the name of each table before it is read; the table ``without`` is left out.
    ``most_rows``: of all tables together; reading stops with the first table that exceeds it.
    """
    found = PackageContent(path if path.name != descriptors.DESCRIPTOR else path.parent)
    given, found.faults = descriptors.read_descriptor(found.folder)
    if given is not None and not found.faults:
        found.faults += find_model_differences(given, model)
    if given is None or found.faults:
        return found
    found.descriptor = given
    for resource in given["resources"]:
        if "schema" in resource and resource["name"] != without:
            tell(resource["name"])
            _read_table(found, resource, most_rows)
            if most_rows is not None and sum(map(len, found.tables.values())) > most_rows:
                found.faults = [Fault("too_many_rows", resource["path"], params={"most": most_rows})]
                return found
    # after the tables, in which the ids of shapes are looked up
    for resource in given["resources"]:
        if "schema" not in resource:
            _read_other_file(found, given, resource)
    return found


def lift_cell_limit() -> None:
    """Let the csv module read long cells: its limit is one of the whole process, and other modules set it."""
    csv.field_size_limit(LONGEST_CELL)


def _read_table(found: PackageContent, resource: Resource, most_rows: int | None) -> None:
    file, name, path = found.folder / resource["path"], resource["name"], resource["path"]
    lift_cell_limit()
    try:
        heading = _read_heading(file)
        if len(heading) > COLUMNS:
            found.faults.append(Fault("too_many_columns", path, params={"most": COLUMNS}))
            return
        frame = _read_cells(file, heading, None if most_rows is None else most_rows + 1)
    except (IsADirectoryError, FileNotFoundError, NotADirectoryError):
        found.faults.append(Fault("missing_file", path, value=str(file)))
    except UnicodeDecodeError:
        found.faults.append(Fault("encoding", path, row=_find_broken_line(file)))
    except (OSError, ValueError, csv.Error) as error:
        found.faults.append(Fault("unreadable", path, params={"note": type(error).__name__}))
    else:
        if heading:
            found.headings[name], found.tables[name] = heading, frame
        else:
            found.faults.append(Fault("empty_file", path))


def _read_heading(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines), [])


def _read_cells(file: Path, heading: list[str], most: int | None) -> pd.DataFrame:
    """Return the cells of a table under its heading; frictionless names the faulty cells beyond it.

    ``most``: rows after which reading stops.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return pd.read_csv(
                file, nrows=most, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig",
                index_col=False,
                # frictionless counts blank lines as rows, and so does a reader who looks for a row by its number
                skip_blank_lines=False,
            )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        # slow, but it takes rows of any length, so that their other faults are found as well
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(islice(csv.reader(lines), 1, None if most is None else most + 1))
    width = len(heading)
    cells = [[cell or None for cell in row[:width]] + [None] * (width - len(row)) for row in rows]
    frame = pd.DataFrame(cells, columns=range(width), dtype="str")
    return frame.set_axis(_make_names_distinct(heading), axis=1)


def _make_names_distinct(heading: list[str]) -> list[str]:
    """Return a heading without duplicates: columns of a name already used get their place after it."""
    return [name if name not in heading[:place] else f"{name}.{place}" for place, name in enumerate(heading)]


def _find_broken_line(file: Path) -> int | None:
    """Return the line of the first byte that is not UTF-8; ``None`` where all are."""
    whole = file.read_bytes()
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError as error:
        return whole.count(b"\n", 0, error.start) + 1
    return None


def _read_other_file(found: PackageContent, descriptor: Descriptor, resource: Resource) -> None:
    """Read and check a map; any other file must exist."""
    file, path = found.folder / resource["path"], resource["path"]
    if not file.is_file():
        found.faults.append(Fault("missing_file", path, value=str(file)))
    elif "identifies" in resource or "geo+json" in str(resource.get("mediatype")) or file.suffix == ".geojson":
        if file.stat().st_size > MAP_BYTES:
            found.faults.append(Fault("map_too_large", path, params={"most": MAP_BYTES // MIB}))
            return
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            found.faults.append(Fault("encoding", path, row=_find_broken_line(file)))
        except OSError as error:
            found.faults.append(Fault("unreadable", path, params={"note": type(error).__name__}))
        else:
            found.maps[resource["name"]] = text
            found.faults += _check_shapes(found, descriptor, resource, text)


def _check_shapes(found: PackageContent, descriptor: Descriptor, resource: Resource, text: str) -> Iterator[Fault]:
    table, _, column = resource.get("identifies", "").partition(".")
    frame = found.tables.get(table)
    known = frame[column] if frame is not None and column in frame else None
    path = next((other["path"] for other in descriptor["resources"] if other["name"] == table), "")
    return maps.check_map(resource["path"], text, known, {"table": path, "column": column})
