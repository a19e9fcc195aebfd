"""The register as a Frictionless package in a zip file, narrowed to a selection; anyone can check and load it.

Where nothing is left out the files are those of the register, byte for byte. The same question of the same register
gives the same bytes: times within the zip are fixed.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import numpy as np

from khoosheh import calendar, queries
from khoosheh.exports import cover, referential_subset
from khoosheh.exports.errors import ExportError
from khoosheh.locale import LANGUAGES, format_message
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, compute_version, parquet_package

DESCRIPTOR, NOTE = "datapackage.json", "EXPORT.txt"
# beginnings of the names of files, and folders, that stand beside the data and go with them
BESIDE = ("readme", "licence", "license", "copying", "notice")
FOLDERS = ("licences", "licenses")
# what a descriptor may say of a file's bytes, no longer true where rows are left out
OF_BYTES = ("bytes", "hash", "rows", "stats")
TIME = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3


def build_package_zip(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the package as the bytes of a zip file; ``lang`` is that of the note within.

    Raises ``ExportError`` where the files are no longer those that were loaded. ``kinds``, ``unit`` and ``by`` of the
    selection change nothing: a package holds statements as they were printed.
    """
    made = build_package_files(register, selection, lang)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [DESCRIPTOR, *sorted(set(made) - {DESCRIPTOR})]:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, MODE
            archive.writestr(entry, made[name])
    return whole.getvalue()


def build_package_files(register: Register, selection: Selection, lang: str) -> dict[str, bytes]:
    """Return the files of the package by their paths within it; raises ``ExportError``."""
    if parquet_package.is_columnar_package(register.path):
        raise ExportError("parquet")
    given = _read_register_files(register)
    rows = referential_subset.compute_row_masks(register, selection)
    left = {name: mask for name, mask in rows.items() if not mask.all()}
    made = {**_read_accompanying_files(register.path), NOTE: _format_export_note(register, selection, lang), **given}
    for name, mask in left.items():
        path = register.dictionary.path(name)
        made[path] = _filter_csv_rows(given[path], mask)
    earlier = queries.find_as_of_day(register, selection) != calendar.parse_jalali_date(register.compiled_on).last_day
    if left or earlier:
        made[DESCRIPTOR] = _build_narrowed_descriptor(register, selection, set(left), given[DESCRIPTOR])
    return made


def _read_register_files(register: Register) -> dict[str, bytes]:
    """Return descriptor, tables and maps as they were loaded."""
    paths = [DESCRIPTOR, *(one["path"] for one in register.descriptor["resources"])]
    try:
        found = {path: (register.path / path).read_bytes() for path in paths}
        same = compute_version(register.path, register.descriptor) == register.version
    except OSError:
        same = False
    if not same:
        raise ExportError("changed", path=register.path.name)
    return found


def _read_accompanying_files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _list_accompanying_paths(folder)}


def _list_accompanying_paths(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if path.is_symlink():
            continue
        if path.is_file() and name.startswith(BESIDE):
            yield path
        elif path.is_dir() and name in FOLDERS:
            yield from (one for one in sorted(path.iterdir()) if one.is_file() and not one.is_symlink())


def _filter_csv_rows(table: bytes, mask: np.ndarray) -> bytes:
    """Return a table with the rows that stay; cells are written as they were read."""
    heading, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(row for row, stays in zip(rows, mask, strict=True) if stays)
    return made.getvalue().encode()


def _build_narrowed_descriptor(register: Register, selection: Selection, left: set[str], whole: bytes) -> bytes:
    """Return the descriptor of a narrowed package: it ends on the day as known on which it is."""
    found = json.loads(whole)
    day = str(calendar.to_jalali(queries.find_as_of_day(register, selection)))
    found["narrowed_from"] = {
        "version": register.version,
        "compiled_on": register.compiled_on,
        "as_known_on": day,
        **{name: value for name, value in asdict(selection).items() if name in ("chains", "counties", "sectors")},
    }
    if selection.as_of is not None:
        found["compiled_on"] = day
    found["resources"] = [_drop_byte_properties(one) if one["name"] in left else one for one in found["resources"]]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _drop_byte_properties(one: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in one.items() if name not in OF_BYTES}


def _format_export_note(register: Register, selection: Selection, lang: str) -> bytes:
    lines = [
        format_message(lang, "export.line", name=name, value=value)
        for name, value in cover.build_cover_lines(register, selection, lang)
    ]
    # the recipient of the file may read the other language
    raw = [format_message(one, "export.raw") for one in (lang, *(other for other in LANGUAGES if other != lang))]
    return "\n".join([*lines, "", format_message(lang, "export.package"), "", *raw, ""]).encode()
