"""A checked register in files that another process reads without checking it again.

Tables are written as Arrow IPC, which keeps the type of each column; reading them executes nothing. A snapshot is
written and read within one run of the program, so its form has no version.
"""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa

from khoosheh.register.dictionary import thaw_json
from khoosheh.register.register import Register

ABOUT = "register.json"


def write_snapshot(register: Register, folder: Path) -> None:
    """Write a register into a new folder; raises ``OSError``. Registers that stay with an engine have no snapshot."""
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
        "descriptor": thaw_json(register.descriptor),
        "tables": register.tables,
        "maps": {name: register.geojson(name) for name in register.maps},
    }
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def read_snapshot(folder: Path) -> Register:
    """Return the register of a snapshot; raises ``OSError`` or ``ValueError`` where it is not whole."""
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    tables = {
        name: _read_arrow_table(_make_table_path(folder, number)) for number, name in enumerate(about["tables"])
    }
    maps = {name: json.dumps(shapes, ensure_ascii=False) for name, shapes in about["maps"].items()}
    return Register(Path(about["path"]), about["descriptor"], tables, maps, version=about["version"])


def _read_arrow_table(file: Path) -> pd.DataFrame:
    with pa.OSFile(str(file), "rb") as content:
        return pa.ipc.open_file(content).read_pandas()


def _make_table_path(folder: Path, number: int) -> Path:
    # names of tables come from a descriptor and are no names of files
    return folder / f"{number}.arrow"
