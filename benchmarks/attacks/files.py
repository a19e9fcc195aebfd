"""Hostile files, made from the shipped package, that would stop a server without limits."""

import io
import json
import zipfile
from collections.abc import Callable

from khoosheh import register

ROWS = 150_000
BOMB = "(.|.)*!!"


def _zip_package(describe: Callable[[dict], None] | None = None, rows: int = 0) -> bytes:
    """Return the shipped package as a zip with its descriptor changed, or its first statement ``rows`` times."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(one for one in register.data_path().rglob("*") if one.is_file()):
            content = file.read_bytes()
            if describe and file.name == "datapackage.json":
                descriptor = json.loads(content)
                describe(descriptor)
                content = json.dumps(descriptor).encode()
            if rows and file.name == "statements.csv":
                heading, row = content.split(b"\n")[:2]
                content = b"\n".join([heading, *[row] * rows])
            archive.writestr(str(file.relative_to(register.data_path())), content)
    return made.getvalue()


def _set_pattern(descriptor: dict) -> None:
    table = next(one for one in descriptor["resources"] if one["name"] == "sources")
    field = next(one for one in table["schema"]["fields"] if one["name"] == "title_en")
    field["constraints"]["pattern"] = BOMB


def make_hostile_files() -> dict[str, tuple[str, bytes]]:
    """Return the name and bytes of each hostile file, by its effect."""
    return {
        "a pattern of exponential time": ("pattern.zip", _zip_package(_set_pattern)),
        f"{ROWS} faulty rows": ("rows.zip", _zip_package(rows=ROWS)),
        "half a million rows": ("many.zip", _zip_package(rows=500_000)),
        "a csv of 40 MB": ("statements.csv", b"statement_id,claim_fa\n" + b"x,y\n" * (10 << 20)),
    }
