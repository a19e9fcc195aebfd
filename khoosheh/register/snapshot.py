"""Snapshots: a checked register in files that another process reads without checking them again.

Tables are written as Arrow IPC, which keeps the types of columns and executes nothing when it is read. A snapshot is
written and read within one run of the program, so that its format has no version.
"""

import json
from pathlib import Path
from typing import cast

import pandas as pd
import pyarrow as pa

from khoosheh.register.descriptor_types import FrozenJson
from khoosheh.register.dictionary import thaw_json
from khoosheh.register.register import Register

ABOUT = "register.json"


def write_snapshot(register: Register, folder: Path) -> None:
    """Write a register, all of whose tables are in memory, into a new folder; raises ``OSError``."""
    folder.mkdir(parents=True)
    for number, name in enumerate(register.tables):
        table = pa.Table.from_pandas(register.table(name), preserve_index=False)
        with (
            pa.OSFile(str(_make_table_path(folder, number)), "wb") as file,
            pa.ipc.new_file(file, table.schema) as writer,
        ):
            writer.write_table(table)
    about = {
        "path": str(register.path),
        "version": register.version,
        # the read-only descriptor is JSON whose lists are tuples
        "descriptor": thaw_json(cast(FrozenJson, register.descriptor)),
        "tables": register.tables,
        "maps": {name: register.geojson(name) for name in register.maps},
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def read_snapshot(folder: Path) -> Register:
    """Return the register of a snapshot; raises ``OSError`` or ``ValueError`` where the snapshot is not complete."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    tables = {
        name: _read_arrow_table(_make_table_path(folder, number)) for number, name in enumerate(about["tables"])
    }
    maps = {name: json.dumps(shapes, ensure_ascii=False) for name, shapes in about["maps"].items()}
    return Register(Path(about["path"]), about["descriptor"], tables, maps, version=about["version"])


def _read_arrow_table(file: Path) -> pd.DataFrame:
    with pa.OSFile(str(file), "rb") as content:
        frame: pd.DataFrame = pa.ipc.open_file(content).read_pandas()
        return frame


def _make_table_path(folder: Path, number: int) -> Path:
    # names of tables come from a descriptor and may not be valid names of files
    return folder / f"{number}.arrow"
