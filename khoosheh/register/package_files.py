"""The files of a package, read as text, and what is wrong with them as files."""

import csv
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import pandas as pd

from khoosheh.limits import COLUMNS, MAP_BYTES, MIB
from khoosheh.register import descriptor as descriptors
from khoosheh.register import maps
from khoosheh.register.descriptor_compat import find_model_differences
from khoosheh.register.faults import Fault

SETTINGS = {
    "dtype": str, "keep_default_na": False, "na_values": [""], "encoding": "utf-8-sig", "index_col": False,
    # frictionless counts blank lines as rows, and so does who looks for a row by its number.
    "skip_blank_lines": False,
}  # fmt: skip


@dataclass
class PackageContent:
    """What was read of a package, and all that is wrong with it."""

    folder: Path
    descriptor: Mapping = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    headings: dict[str, list[str]] = field(default_factory=dict)
    maps: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_package_files(
    path: Path, model: Mapping, tell: Callable[[str], None], without: str = "", most_rows: int | None = None
) -> PackageContent:
    """Read a package as text; a folder or its descriptor. Faults are kept, never raised.

    ``tell`` is called with the name of each table before it is read; the table ``without`` is left out.
    ``most_rows``: of all tables together; the first table that goes beyond is the last that is read.
    """
    found = PackageContent(path if path.name != descriptors.DESCRIPTOR else path.parent)
    given, found.faults = descriptors.read_descriptor(found.folder)
    if given is not None and not found.faults:
        found.faults += find_model_differences(given, model)
    if found.faults:
        return found
    found.descriptor = given
    for one in given["resources"]:
        if "schema" in one and one["name"] != without:
            tell(one["name"])
            _read_table(found, one, most_rows)
            if most_rows is not None and sum(map(len, found.tables.values())) > most_rows:
                found.faults = [Fault("too_many_rows", one["path"], params={"most": most_rows})]
                return found
    # The ids of shapes are looked up in tables.
    for one in given["resources"]:
        if "schema" not in one:
            _read_other_file(found, one)
    return found


def _read_table(found: PackageContent, one: Mapping, most_rows: int | None) -> None:
    file, name = found.folder / one["path"], one["name"]
    try:
        heading = _read_heading(file)
        if len(heading) > COLUMNS:
            found.faults.append(Fault("too_many_columns", one["path"], params={"most": COLUMNS}))
            return
        frame = _read_cells(file, heading, None if most_rows is None else most_rows + 1)
    except (IsADirectoryError, FileNotFoundError, NotADirectoryError):
        found.faults.append(Fault("missing_file", one["path"], value=str(file)))
    except UnicodeDecodeError:
        found.faults.append(Fault("encoding", one["path"], row=_find_broken_line(file)))
    except (OSError, ValueError, csv.Error) as error:
        found.faults.append(Fault("unreadable", one["path"], params={"note": type(error).__name__}))
    else:
        if heading:
            found.headings[name], found.tables[name] = heading, frame
        else:
            found.faults.append(Fault("empty_file", one["path"]))


def _read_heading(file: Path) -> list[str]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return next(csv.reader(lines), [])


def _read_cells(file: Path, heading: list[str], most: int | None) -> pd.DataFrame:
    """Return a table's cells under its heading; cells beyond the heading are left to frictionless to name.

    ``most``: rows after which reading stops.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return pd.read_csv(file, nrows=most, **SETTINGS)
    except (pd.errors.ParserError, pd.errors.ParserWarning, pd.errors.EmptyDataError):
        # The plain reader is slow, but takes rows of any length: what else is wrong with them can be told as well.
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = list(islice(csv.reader(lines), 1, None if most is None else most + 1))
    width = len(heading)
    cells = [[cell or None for cell in row[:width]] + [None] * (width - len(row)) for row in rows]
    frame = pd.DataFrame(cells, columns=range(width), dtype="str")
    return frame.set_axis(_make_names_distinct(heading), axis=1)


def _make_names_distinct(heading: list[str]) -> list[str]:
    """Tell columns of the same name apart, so that the first of them keeps it."""
    return [name if name not in heading[:place] else f"{name}.{place}" for place, name in enumerate(heading)]


def _find_broken_line(file: Path) -> int | None:
    """Return the line of the first byte that is not UTF-8."""
    whole = file.read_bytes()
    try:
        whole.decode("utf-8")
    except UnicodeDecodeError as error:
        return whole.count(b"\n", 0, error.start) + 1
    return None


def _read_other_file(found: PackageContent, one: Mapping) -> None:
    """Keep a map; other files of the package only have to be there."""
    file = found.folder / one["path"]
    if not file.is_file():
        found.faults.append(Fault("missing_file", one["path"], value=str(file)))
    elif "identifies" in one or "geo+json" in str(one.get("mediatype")) or file.suffix == ".geojson":
        if file.stat().st_size > MAP_BYTES:
            found.faults.append(Fault("map_too_large", one["path"], params={"most": MAP_BYTES // MIB}))
            return
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            found.faults.append(Fault("encoding", one["path"], row=_find_broken_line(file)))
        except OSError as error:
            found.faults.append(Fault("unreadable", one["path"], params={"note": type(error).__name__}))
        else:
            found.maps[one["name"]] = text
            found.faults += _check_shapes(found, one)


def _check_shapes(found: PackageContent, one: Mapping) -> list[Fault]:
    table, _, column = one.get("identifies", "").partition(".")
    frame = found.tables.get(table)
    known = frame[column] if frame is not None and column in frame else None
    path = next((other["path"] for other in found.descriptor["resources"] if other["name"] == table), "")
    return list(maps.check_map(one["path"], found.maps[one["name"]], known, {"table": path, "column": column}))
