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

from khoosheh import board, calendar
from khoosheh.exports import cover, narrow
from khoosheh.exports.refusal import ExportError
from khoosheh.locale import LANGUAGES, text
from khoosheh.measures.scope import Selection
from khoosheh.register import Register, columnar, version_of

DESCRIPTOR, NOTE = "datapackage.json", "EXPORT.txt"
# beginnings of the names of files, and folders, that stand beside the data and go with them
BESIDE = ("readme", "licence", "license", "copying", "notice")
FOLDERS = ("licences", "licenses")
# what a descriptor may say of a file's bytes, no longer true where rows are left out
OF_BYTES = ("bytes", "hash", "rows", "stats")
TIME = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3


def data(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the package as the bytes of a zip file; ``lang`` is that of the note within.

    Raises ``ExportError`` where the files are no longer those that were loaded. ``kinds``, ``unit`` and ``by`` of the
    selection change nothing: a package holds statements as they were printed.
    """
    made = files(register, selection, lang)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [DESCRIPTOR, *sorted(set(made) - {DESCRIPTOR})]:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, MODE
            archive.writestr(entry, made[name])
    return whole.getvalue()


def files(register: Register, selection: Selection, lang: str) -> dict[str, bytes]:
    """Return the files of the package by their paths within it; raises ``ExportError``."""
    if columnar.is_one(register.path):
        raise ExportError("parquet")
    given = _read(register)
    rows = narrow.kept(register, selection)
    left = {name: mask for name, mask in rows.items() if not mask.all()}
    made = {**_beside(register.path), NOTE: _note(register, selection, lang), **given}
    for name, mask in left.items():
        path = register.dictionary.path(name)
        made[path] = _only(given[path], mask)
    earlier = board.day_of(register, selection) != calendar.parse(register.compiled_on).last_day
    if left or earlier:
        made[DESCRIPTOR] = _described(register, selection, set(left), given[DESCRIPTOR])
    return made


def _read(register: Register) -> dict[str, bytes]:
    """Return descriptor, tables and maps as they were loaded."""
    paths = [DESCRIPTOR, *(one["path"] for one in register.descriptor["resources"])]
    try:
        found = {path: (register.path / path).read_bytes() for path in paths}
        same = version_of(register.path, register.descriptor) == register.version
    except OSError:
        same = False
    if not same:
        raise ExportError("changed", path=register.path.name)
    return found


def _beside(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _texts(folder)}


def _texts(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        name = path.name.lower()
        if path.is_symlink():
            continue
        if path.is_file() and name.startswith(BESIDE):
            yield path
        elif path.is_dir() and name in FOLDERS:
            yield from (one for one in sorted(path.iterdir()) if one.is_file() and not one.is_symlink())


def _only(table: bytes, mask: np.ndarray) -> bytes:
    """Return a table with the rows that stay; cells are written as they were read."""
    heading, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(row for row, stays in zip(rows, mask, strict=True) if stays)
    return made.getvalue().encode()


def _described(register: Register, selection: Selection, left: set[str], whole: bytes) -> bytes:
    """Return the descriptor of a narrowed package: it ends on the day as known on which it is."""
    found = json.loads(whole)
    day = str(calendar.to_jalali(board.day_of(register, selection)))
    found["narrowed_from"] = {
        "version": register.version,
        "compiled_on": register.compiled_on,
        "as_known_on": day,
        **{name: value for name, value in asdict(selection).items() if name in ("chains", "counties", "sectors")},
    }
    if selection.as_of is not None:
        found["compiled_on"] = day
    found["resources"] = [_resource(one) if one["name"] in left else one for one in found["resources"]]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(one: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in one.items() if name not in OF_BYTES}


def _note(register: Register, selection: Selection, lang: str) -> bytes:
    lines = [
        text(lang, "export.line", name=name, value=value) for name, value in cover.lines(register, selection, lang)
    ]
    # the recipient of the file may read the other language
    raw = [text(one, "export.raw") for one in (lang, *(other for other in LANGUAGES if other != lang))]
    return "\n".join([*lines, "", text(lang, "export.package"), "", *raw, ""]).encode()
