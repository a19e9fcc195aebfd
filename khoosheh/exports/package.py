"""The register as a Frictionless package in a zip file, restricted to a selection.

Files from which no row is left out are those of the register, byte for byte. The same selection of the same register
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
# files whose names begin like this, and folders of this name, are exported with the data
BESIDE = ("readme", "licence", "license", "copying", "notice")
FOLDERS = ("licences", "licenses")
# properties of a resource that are no longer true once rows are left out
OF_BYTES = ("bytes", "hash", "rows", "stats")
# the parts of a selection that leave rows out
NARROWED = ("chains", "counties", "sectors", "projects")
TIME = (1980, 1, 1, 0, 0, 0)
MODE = 0o644 << 16
UNIX = 3


def build_package_zip(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the package as a zip file; ``lang``: the language of the note in it.

    Raises ``ExportError`` for a package of Parquet files, and if files have changed since the register was loaded.
    ``kinds``, ``unit`` and ``by`` of the selection have no effect: a package has the statements as they were printed.
    """
    files = build_package_files(register, selection, lang)
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in [DESCRIPTOR, *sorted(set(files) - {DESCRIPTOR})]:
            entry = zipfile.ZipInfo(name, TIME)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, MODE
            archive.writestr(entry, files[name])
    return output.getvalue()


def build_package_files(register: Register, selection: Selection, lang: str) -> dict[str, bytes]:
    """Return the files of the package by path; raises ``ExportError`` as :func:`build_package_zip` does."""
    if parquet_package.is_columnar_package(register.path):
        raise ExportError("parquet")
    originals = _read_register_files(register)
    rows = referential_subset.compute_row_masks(register, selection)
    restricted = {name: mask for name, mask in rows.items() if not mask.all()}
    note = _format_export_note(register, selection, lang)
    files = {**_read_accompanying_files(register.path), NOTE: note, **originals}
    for name, mask in restricted.items():
        path = register.dictionary.path(name)
        files[path] = _filter_csv_rows(originals[path], mask)
    is_earlier = (
        queries.find_as_of_day(register, selection) != calendar.parse_jalali_date(register.compiled_on).last_day
    )
    if restricted or is_earlier:
        files[DESCRIPTOR] = _build_narrowed_descriptor(register, selection, set(restricted), originals[DESCRIPTOR])
    return files


def _read_register_files(register: Register) -> dict[str, bytes]:
    """Return the files of the register; raises ``ExportError`` if they have changed since it was loaded."""
    paths = [DESCRIPTOR, *(resource["path"] for resource in register.descriptor["resources"])]
    try:
        files = {path: (register.path / path).read_bytes() for path in paths}
        unchanged = compute_version(register.path, register.descriptor) == register.version
    except OSError:
        unchanged = False
    if not unchanged:
        raise ExportError("changed", path=register.path.name)
    return files


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
            yield from (file for file in sorted(path.iterdir()) if file.is_file() and not file.is_symlink())


def _filter_csv_rows(table: bytes, mask: np.ndarray) -> bytes:
    """Return the rows of a CSV file that ``mask`` selects; cells are written unchanged."""
    heading, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    output = io.StringIO(newline="")
    writer = csv.writer(output, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(row for row, selected in zip(rows, mask, strict=True) if selected)
    return output.getvalue().encode()


def _build_narrowed_descriptor(
    register: Register, selection: Selection, restricted: set[str], original: bytes
) -> bytes:
    """Return the descriptor of a package from which rows of the tables ``restricted`` are left out.

    A package 'as known on' an earlier day has that day as its date of compilation.
    """
    descriptor = json.loads(original)
    day = str(calendar.to_jalali(queries.find_as_of_day(register, selection)))
    descriptor["narrowed_from"] = {
        "version": register.version,
        "compiled_on": register.compiled_on,
        "as_known_on": day,
        **{name: value for name, value in asdict(selection).items() if name in NARROWED},
    }
    if selection.as_of is not None:
        descriptor["compiled_on"] = day
    descriptor["resources"] = [
        _drop_byte_properties(resource) if resource["name"] in restricted else resource
        for resource in descriptor["resources"]
    ]
    return (json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n").encode()


def _drop_byte_properties(resource: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in resource.items() if name not in OF_BYTES}


def _format_export_note(register: Register, selection: Selection, lang: str) -> bytes:
    lines = [
        format_message(lang, "export.line", name=name, value=value)
        for name, value in cover.build_cover_lines(register, selection, lang)
    ]
    # the recipient of the file may read the other language
    languages = (lang, *(other for other in LANGUAGES if other != lang))
    raw = [format_message(language, "export.raw") for language in languages]
    return "\n".join([*lines, "", format_message(lang, "export.package"), "", *raw, ""]).encode()
