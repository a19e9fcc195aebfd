"""Packages with their statements in Parquet, for registers too large to be read and checked at every start.

Such a package was checked when it was written. Its manifest has the SHA-256 of each of its files, which are compared
when it is read. All tables but the statements are the unchanged files of the package it was written from.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from khoosheh import engines
from khoosheh.persian import search_key
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.descriptor_types import Descriptor
from khoosheh.register.faults import Fault, PackageError
from khoosheh.register.register import Register

MANIFEST, FILE = "parquet.json", "statements.parquet"
TABLE = "statements"
# the version of the format of the manifest
FORM = 1
# rows of a row group, which is read or skipped as a whole: the statements of a province lie side by side
GROUP = 50_000
# bytes read at once
CHUNK = 1 << 20


def is_columnar_package(folder: Path) -> bool:
    """Tell whether a folder has the manifest of such a package; not where the folder may not be read."""
    return os.path.isfile(folder / MANIFEST)


def write_columnar_package(folder: Path, register: Register, searched: Sequence[str]) -> None:
    """Write a register into an empty or new folder; ``searched``: the fields in which readers search for words.

    The manifest is written last, so that an unfinished folder is no package. Raises ``OSError``.
    """
    source, descriptor = register.path, register.descriptor
    folder.mkdir(parents=True, exist_ok=True)
    for path in _list_copied_files(descriptor):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, folder / path)
    shutil.copyfile(source / DESCRIPTOR, folder / DESCRIPTOR)
    pq.write_table(
        _build_statement_table(register.table(TABLE), searched),
        folder / FILE,
        compression="zstd",
        row_group_size=GROUP,
    )
    files = {name: _compute_sha256(folder / name) for name in [DESCRIPTOR, FILE, *_list_copied_files(descriptor)]}
    manifest = {"form": FORM, "version": register.version, "files": files}
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def _build_statement_table(statements: pd.DataFrame, searched: Sequence[str]) -> pa.Table:
    frame = statements.copy(deep=False)
    words = [frame[name].fillna("") for name in searched]
    frame[engines.SEARCHED] = [search_key(" ".join(cells)) for cells in zip(*words, strict=True)]
    frame[engines.ROW] = range(len(frame))
    frame = frame.sort_values(["iso_3166_2", engines.ROW])
    return pa.Table.from_pandas(frame, preserve_index=False)


def _list_copied_files(descriptor: Descriptor) -> list[str]:
    return [resource["path"] for resource in descriptor["resources"] if resource["name"] != TABLE]


def read_columnar_version(folder: Path) -> str:
    """Return the version of the package that ``folder`` was written from.

    Raises ``PackageError`` where a file was changed, or the manifest has another format.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        form, files, version = manifest["form"], dict(manifest["files"]), str(manifest["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError([Fault("parquet_changed", MANIFEST)]) from error
    if form != FORM:
        raise PackageError([Fault("parquet_form", MANIFEST, value=str(form))])
    changed = [
        Fault("parquet_changed", name) for name, known in files.items() if not _has_checksum(folder / name, known)
    ]
    if changed or FILE not in files:
        raise PackageError(changed or [Fault("parquet_changed", MANIFEST)])
    return version


def _has_checksum(file: Path, known: str) -> bool:
    try:
        return _compute_sha256(file) == known
    except OSError:
        return False


def _compute_sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while block := content.read(CHUNK):
            digest.update(block)
    return digest.hexdigest()
