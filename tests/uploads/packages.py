"""Zips of the shipped package with something changed, as a visitor may give them."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping

from testing import made_up


def zipped(
    describe: Callable[[dict], None] = lambda descriptor: None,
    files: Mapping[str, Callable[[bytes], bytes]] | None = None,
    more: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the shipped package as a zip; ``describe`` changes its descriptor, ``files`` the bytes of files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(one for one in made_up.SHIPPED.rglob("*") if one.is_file()):
            content = file.read_bytes()
            if file.name == "datapackage.json":
                descriptor = json.loads(content)
                describe(descriptor)
                content = json.dumps(descriptor).encode()
            change = (files or {}).get(file.name)
            archive.writestr(str(file.relative_to(made_up.SHIPPED)), change(content) if change else content)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return made.getvalue()


def repeated(times: int) -> Callable[[bytes], bytes]:
    """Return a change of a csv: its first row again and again, each time with the same key, which is a fault."""

    def change(content: bytes) -> bytes:
        heading, row = content.split(b"\n")[:2]
        return b"\n".join([heading, *[row] * times])

    return change


def field_of(descriptor: dict, table: str, name: str) -> dict:
    """Return a field of a descriptor."""
    found = next(one for one in descriptor["resources"] if one["name"] == table)
    return next(one for one in found["schema"]["fields"] if one["name"] == name)
