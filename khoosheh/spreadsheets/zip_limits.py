"""Reading zip archives that may be malicious: limits on size, number and names of their entries.

The archive's directory is checked first; since it can lie, sizes are also counted while entries are read.
"""

import errno
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from khoosheh.limits import DIRECTORY, MIB, PARTS
from khoosheh.spreadsheets.cells import UnreadableError

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_SIZE, _END_64_SIZE, _LONGEST_NOTE = 22, 20, 1 << 16
_ENCRYPTED = 0x1
# decompressors of other methods can allocate gigabytes before they return a byte
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_BLOCK = 1 << 16
_LONGEST_NAME = 200
# the disk is full: not a fault of the file
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error, KeyError)


@contextmanager
def open_zip_archive(
    path: Path, most: int, *, names_matter: bool = True, sizes_matter: bool = True
) -> Iterator[zipfile.ZipFile]:
    """Open a zip for the length of the block; raises ``UnreadableError`` for one that is damaged or encrypted.

    ``sizes_matter``: refuse one whose directory states more than ``most`` bytes unpacked; ``names_matter``: refuse
    names that lead out of the target folder, links, and two entries of one name.
    """
    _check_directory_size(path)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise UnreadableError("intake_damaged") from error
    with archive:
        entries = archive.infolist()
        if sizes_matter and sum(entry.file_size for entry in entries) > most:
            raise UnreadableError("intake_expands", most=most // MIB)
        if names_matter:
            _check_entry_names(entries)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise UnreadableError("intake_encrypted")
        if any(entry.compress_type not in _METHODS for entry in entries):
            raise UnreadableError("intake_damaged")
        yield archive


def _check_directory_size(path: Path) -> None:
    """Refuse an archive whose directory is too large to be parsed; the last record of the file states its size."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_NOTE - _END_SIZE - _END_64_SIZE))
        tail = file.read()
    offset = tail.rfind(_END)
    if offset < 0 or len(tail) < offset + _END_SIZE:
        raise UnreadableError("intake_damaged")
    (entries,) = struct.unpack_from("<H", tail, offset + 10)
    (directory,) = struct.unpack_from("<I", tail, offset + 12)
    zip64 = tail[max(0, offset - _END_64_SIZE) : offset].startswith(_END_64)
    if zip64 or entries > PARTS or directory > DIRECTORY:
        raise UnreadableError("intake_many_parts", most=PARTS)


def _check_entry_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        parts = PurePosixPath(name).parts
        outside = name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name
        link = stat.S_ISLNK(entry.external_attr >> 16)
        # on case-insensitive file systems, names that differ only in case are one file
        repeated = name.casefold() in seen
        if outside or link or repeated or len(name.encode(errors="replace")) > _LONGEST_NAME:
            raise UnreadableError("intake_bad_entry", entry=name[:_LONGEST_NAME])
        seen.add(name.casefold())


def unpack_archive(archive: zipfile.ZipFile, into: Path, below: str, most: int) -> None:
    """Write the entries below a folder of the zip into the folder ``into``, at most ``most`` bytes.

    Names must have been checked by :func:`open_zip_archive`. Raises ``UnreadableError``, and ``OSError`` on a full
    disk.
    """
    left = most
    for entry in archive.infolist():
        name = entry.filename.removeprefix(below)
        if entry.is_dir() or not entry.filename.startswith(below) or _is_system_file(name):
            continue
        target = into / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(entry) as source, target.open("xb") as output:
                while block := source.read(_BLOCK):
                    left -= len(block)
                    if left < 0:
                        raise UnreadableError("intake_expands", most=most // MIB)
                    output.write(block)
        except BROKEN as error:
            if getattr(error, "errno", None) in NO_ROOM:
                raise
            raise UnreadableError("intake_damaged") from error


def _is_system_file(name: str) -> bool:
    """Return whether a file was added by an operating system: '.DS_Store', '__MACOSX/'."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def read_entry_chunks(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """Yield the bytes of one entry; raises ``UnreadableError`` for more than ``most`` bytes or a damaged entry."""
    try:
        with archive.open(name) as source:
            left = most
            while block := source.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise UnreadableError("intake_expands", most=most // MIB)
                yield block
    except BROKEN as error:
        raise UnreadableError("intake_damaged") from error


def check_archive(archive: zipfile.ZipFile, most: int) -> None:
    """Compare all entries with their checksums; raises ``UnreadableError`` if one differs or all exceed ``most``."""
    for name in archive.namelist():
        for chunk in read_entry_chunks(archive, name, most):
            most -= len(chunk)
