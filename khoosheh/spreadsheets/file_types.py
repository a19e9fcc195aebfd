"""Detecting the type of a file by its first bytes, which its suffix has to confirm."""

import zipfile
from pathlib import Path

from khoosheh.limits import BYTES, MIB, UNPACKED_BOOK
from khoosheh.spreadsheets import zip_limits
from khoosheh.spreadsheets.cells import UnreadableError

ENDINGS = {
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".ods": "ods",
    ".csv": "csv",
    ".tsv": "csv",
    ".zip": "zip",
}
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK"
# other types that people upload, to be named in the refusal
_OTHERS = {
    b"%PDF": "PDF", b"MZ": "EXE", b"\x7fELF": "ELF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF",
    b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\x1f\x8b": "gzip", b"{\\rtf": "RTF",
}  # fmt: skip
_PAGES = (b"<!doctype html", b"<html", b"<?xml", b"<table", b"<script")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HEAD = 512
_BOOKS = {"[Content_Types].xml": "xlsx", "xl/workbook.bin": "XLSB", "word/document.xml": "DOCX"}
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def detect_file_kind(path: Path, name: str) -> str:
    """Return the type of a file: 'xlsx', 'xls', 'ods', 'csv' or 'zip'. ``name``: the name that its sender gave it.

    Raises ``UnreadableError`` for a file that is missing, empty, too large, encrypted, of an unknown type, or of
    another type than its suffix says.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UnreadableError("missing_file")
        if size > BYTES:
            raise UnreadableError("intake_too_large", size=_count_mebibytes(size), most=_count_mebibytes(BYTES))
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError) as error:
        raise UnreadableError("missing_file") from error
    if not head.strip(b"\0 \t\r\n"):
        raise UnreadableError("empty_file")
    ending = Path(name).suffix.lower()
    kind = _detect_by_content(path, head)
    if ENDINGS.get(ending) != kind:
        if kind == "xls" and _ENCRYPTED in path.read_bytes():
            # an .xlsx with a password is an encrypted stream in a compound file, the container of an .xls
            raise UnreadableError("intake_encrypted")
        raise UnreadableError("intake_wrong_type", ending=ending or "—", found=kind.upper())
    return kind


def _count_mebibytes(size: int) -> int:
    return -(-size // MIB)


def _detect_by_content(path: Path, head: bytes) -> str:
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(_ZIP):
        return _detect_zip_kind(path)
    for first, kind in _OTHERS.items():
        if head.startswith(first):
            return kind
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "HTML/XML" if start.startswith(_PAGES) else "csv"


def _detect_zip_kind(path: Path) -> str:
    with zip_limits.open_zip_archive(path, UNPACKED_BOOK, names_matter=False, sizes_matter=False) as archive:
        names = set(archive.namelist())
        for name, kind in reversed(_BOOKS.items()):
            if name in names:
                return kind
        try:
            with archive.open("mimetype") as file:
                return "ods" if file.read(len(_ODS) + 1) == _ODS else "zip"
        except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError):
            return "zip"
