"""A package with its statements in Parquet, for registers beyond what one wants to read and check at every start.

It was checked when it was written, and names the bytes of each of its files: reading it checks those. All tables but
the statements are the files of the package, as they were.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from khoosheh import engines
from khoosheh.persian import search_key
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.register.faults import Fault, PackageError
from khoosheh.register.register import Register

MANIFEST, FILE = "parquet.json", "statements.parquet"
TABLE = "statements"
# what later programmes have to know of what this one wrote
FORM = 1
# rows that are read or left together: statements of one province lie side by side
GROUP = 50_000
CHUNK = 1 << 20


def is_columnar_package(folder: Path) -> bool:
    """Tell whether a folder is such a package."""
    # a folder that may not be looked into is none
    return os.path.isfile(folder / MANIFEST)


def write_columnar_package(folder: Path, register: Register, searched: Sequence[str]) -> None:
    """Write a register into an empty or new folder; ``searched``: fields in which readers look for words.

    The manifest comes last: what was not finished is no package. Raises ``OSError``.
    """
    source, descriptor = register.path, register.descriptor
    folder.mkdir(parents=True, exist_ok=True)
    for one in descriptor["resources"]:
        if one["name"] != TABLE:
            (folder / one["path"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / one["path"], folder / one["path"])
    shutil.copyfile(source / DESCRIPTOR, folder / DESCRIPTOR)
    pq.write_table(
        _build_statement_table(register.table(TABLE), searched),
        folder / FILE,
        compression="zstd",
        row_group_size=GROUP,
    )
    files = {name: _compute_sha256(folder / name) for name in _list_package_files(descriptor)}
    told = {"form": FORM, "version": register.version, "files": files}
    (folder / MANIFEST).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def _build_statement_table(statements: pd.DataFrame, searched: Sequence[str]) -> pa.Table:
    frame = statements.copy(deep=False)
    words = [frame[name].fillna("") for name in searched]
    frame[engines.SEARCHED] = [search_key(" ".join(cells)) for cells in zip(*words, strict=True)]
    frame[engines.ROW] = range(len(frame))
    frame = frame.sort_values(["iso_3166_2", engines.ROW])
    return pa.Table.from_pandas(frame, preserve_index=False)


def _list_package_files(descriptor: Mapping) -> list[str]:
    others = [one["path"] for one in descriptor["resources"] if one["name"] != TABLE]
    return [DESCRIPTOR, FILE, *others]


def read_columnar_version(folder: Path) -> str:
    """Return the version of the package that it was written from; raises ``PackageError`` where a file changed."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        form, files, found = told["form"], dict(told["files"]), str(told["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise PackageError([Fault("parquet_changed", MANIFEST)]) from error
    if form != FORM:
        raise PackageError([Fault("parquet_form", MANIFEST, value=str(form))])
    changed = [
        Fault("parquet_changed", name) for name, known in files.items() if not _has_checksum(folder / name, known)
    ]
    if changed or FILE not in files:
        raise PackageError(changed or [Fault("parquet_changed", MANIFEST)])
    return found


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
