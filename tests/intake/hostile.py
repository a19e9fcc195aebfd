"""Files that nobody should send: each made as small as it can be and still do its harm."""

import io
import struct
import zipfile
from pathlib import Path

from testing import made_up, workbooks

SHEET = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def good(folder: Path, name: str = "a.xlsx") -> Path:
    """Write a sound workbook."""
    return workbooks.xlsx(folder / name, workbooks.sheets())


def renamed(whole: bytes, name: str):
    """Give bytes a name."""

    def write(folder: Path) -> Path:
        (folder / name).write_bytes(whole)
        return folder / name

    return write


def made(kind: str, name: str):
    """Give a sound workbook of one kind the ending of another."""

    def write(folder: Path) -> Path:
        return getattr(workbooks, kind)(folder / name, workbooks.sheets())

    return write


def cut(share: float, kind: str = "xlsx"):
    """Cut the end off a sound workbook."""

    def write(folder: Path) -> Path:
        file = getattr(workbooks, kind)(folder / f"a.{kind}", workbooks.sheets())
        whole = file.read_bytes()
        file.write_bytes(whole[: int(len(whole) * share)])
        return file

    return write


def parts(change: dict, name: str = "a.xlsx"):
    """Change parts of a sound workbook."""
    return lambda folder: workbooks.rezip(good(folder, name), change)


def sheet(body: str):
    """Replace the cells of a sheet of a sound workbook."""
    return parts(
        {"xl/worksheets/sheet1.xml": f"<worksheet {SHEET}><sheetData>{body}</sheetData></worksheet>".encode()}
    )


def flat_bomb(folder: Path) -> Path:
    """Write a workbook of which 300 MiB come out, as its directory says."""
    file = good(folder)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/more.xml", bytes(1000))
        zipped.getinfo("xl/more.xml").file_size = 300 << 20
    return file


def lying_bomb(folder: Path) -> Path:
    """Write a zipped package whose directory says that a large file is small."""
    file = package_zip({"big.bin": bytes(1 << 20)})(folder)
    whole = bytearray(file.read_bytes())
    for mark, place in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = -1
        while (start := whole.find(mark, start + 1)) >= 0:
            if whole[start + place : start + place + 4] == struct.pack("<I", 1 << 20):
                whole[start + place : start + place + 4] = struct.pack("<I", 10)
    file.write_bytes(whole)
    return file


def nested_bomb(folder: Path) -> Path:
    """Write a zip of zips of zips; the innermost has 10 MiB of zeros."""
    inner = bytes(10 << 20)
    for name in ("zeros", "one.zip", "two.zip"):
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as zipped:
            for copy in range(1 if name == "zeros" else 20):
                zipped.writestr(f"{copy}{name}", inner)
        inner = whole.getvalue()
    return renamed(inner, "a.zip")(folder)


def package_zip(more: dict[str, bytes], below: str = "", *, raw: bool = False):
    """Zip the invented package with more entries; ``raw`` names are kept as they are."""

    def write(folder: Path) -> Path:
        package = made_up.write(folder / "made")
        with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as zipped:
            for file in sorted(package.rglob("*")):
                if file.is_file():
                    zipped.write(file, f"{below}{file.relative_to(package).as_posix()}")
            for name, whole in more.items():
                entry = zipfile.ZipInfo("x" * len(name) if raw else name)
                if raw:
                    entry.filename = name
                zipped.writestr(entry, whole)
        return folder / "a.zip"

    return write


def linked_zip(folder: Path) -> Path:
    """Zip a link to a file outside."""
    file = package_zip({})(folder)
    with zipfile.ZipFile(file, "a") as zipped:
        entry = zipfile.ZipInfo("readme")
        entry.create_system, entry.external_attr = 3, 0o120777 << 16
        zipped.writestr(entry, "/etc/hostname")
    return file


def twice_zip(folder: Path) -> Path:
    """Zip two entries of one name."""
    file = package_zip({"readme": b"1"})(folder)
    whole = io.BytesIO(file.read_bytes())
    with zipfile.ZipFile(whole, "a") as zipped:
        zipped.writestr("xeadme", b"2")
    file.write_bytes(whole.getvalue().replace(b"xeadme", b"readme"))
    return file


def linked_folder(folder: Path) -> Path:
    """Write a package in which a table is a link to a file outside."""
    package = made_up.write(folder / "made")
    (package / "notes.txt").symlink_to("/etc/hostname")
    return package


def piped_folder(folder: Path) -> Path:
    """Write a package with a pipe, which nobody ever fills."""
    import os

    package = made_up.write(folder / "made")
    os.mkfifo(package / "pipe")
    return package


def large(folder: Path) -> Path:
    """Write a file of 200 MB that takes no room."""
    file = good(folder)
    with file.open("r+b") as whole:
        whole.truncate(200_000_000)
    return file


def many_entries(folder: Path) -> Path:
    """Write a zip of three thousand entries."""
    with zipfile.ZipFile(folder / "a.zip", "w") as zipped:
        for number in range(3000):
            zipped.writestr(str(number), b"")
    return folder / "a.zip"


def encrypted_xlsx(folder: Path) -> Path:
    """Write what Excel makes of a workbook with a password: an old container with an encrypted stream."""
    file = workbooks.xls(folder / "a.xlsx", {"S": [["a"]]})
    file.write_bytes(file.read_bytes() + "EncryptedPackage".encode("utf-16-le"))
    return file


def encrypted_xls(folder: Path) -> Path:
    """Write an .xls whose stream says that a password is needed."""
    file = workbooks.xls(folder / "a.xls", workbooks.sheets())
    whole = file.read_bytes()
    # the record of the interface's code page, which nothing needs, becomes that of a password
    place = whole.index(struct.pack("<HH", 0xE1, 2))
    file.write_bytes(whole[:place] + struct.pack("<H", 0x2F) + whole[place + 2 :])
    return file


def locked_zip(folder: Path) -> Path:
    """Mark the entries of a zip as encrypted."""
    file = package_zip({})(folder)
    whole = bytearray(file.read_bytes())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        start = -1
        while (start := whole.find(mark, start + 1)) >= 0:
            whole[start + place] |= 1
    file.write_bytes(whole)
    return file


def scattered(table: str, head: str) -> str:
    """Return ODS content in which one cell stands two billion times."""
    cell = '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    return f'{head}<table:table table:name="{table}">{row}</table:table>{workbooks._FOOT}'


def many_zip(folder: Path) -> Path:
    """Zip files that are no package."""
    with zipfile.ZipFile(folder / "b.zip", "w") as zipped:
        zipped.writestr("readme", b"nothing")
    return folder / "b.zip"
