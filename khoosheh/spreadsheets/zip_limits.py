"""Zips that may mean harm: what they would become is known from their directory, and enforced while unpacking."""

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
# Other ways to compress can ask for gigabytes before they give a byte.
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_STEP = 1 << 16
_LONGEST_NAME = 200
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, struct.error, KeyError)


@contextmanager
def open_zip_archive(
    path: Path, most: int, *, names_matter: bool = True, sizes_matter: bool = True
) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose directory promises at most ``most`` bytes unpacked; raises ``UnreadableError``.

    ``names_matter``: also refuse names that lead elsewhere, links, and two entries of one name.
    """
    _check_directory_size(path)
    try:
        archive = zipfile.ZipFile(path)
    except BROKEN as error:
        raise UnreadableError("intake_damaged") from error
    with archive:
        entries = archive.infolist()
        if sizes_matter and sum(one.file_size for one in entries) > most:
            raise UnreadableError("intake_expands", most=most // MIB)
        if names_matter:
            _check_entry_names(entries)
        if any(one.flag_bits & _ENCRYPTED for one in entries):
            raise UnreadableError("intake_encrypted")
        if any(one.compress_type not in _WAYS for one in entries):
            raise UnreadableError("intake_damaged")
        yield archive


def _check_directory_size(path: Path) -> None:
    """Refuse a directory too large to be read; the end of the file tells its size."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - _LONGEST_NOTE - _END_SIZE - _END_64_SIZE))
        tail = file.read()
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + _END_SIZE:
        raise UnreadableError("intake_damaged")
    (entries,) = struct.unpack_from("<H", tail, place + 10)
    (directory,) = struct.unpack_from("<I", tail, place + 12)
    large = tail[max(0, place - _END_64_SIZE) : place].startswith(_END_64)
    if large or entries > PARTS or directory > DIRECTORY:
        raise UnreadableError("intake_many_parts", most=PARTS)


def _check_entry_names(entries: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for one in entries:
        name = one.orig_filename
        parts = PurePosixPath(name).parts
        outside = name.startswith("/") or ".." in parts or "\\" in name or ":" in name or "\0" in name
        link = stat.S_ISLNK(one.external_attr >> 16)
        # Two names that differ in case alone are one file on many disks.
        twice = name.casefold() in seen
        if outside or link or twice or len(name.encode(errors="replace")) > _LONGEST_NAME:
            raise UnreadableError("intake_bad_entry", entry=name[:_LONGEST_NAME])
        seen.add(name.casefold())


def unpack_archive(archive: zipfile.ZipFile, into: Path, below: str, most: int) -> None:
    """Write the entries below a folder of the zip into a new folder; raises ``UnreadableError``.

    The names were checked by :func:`open_zip_archive`; sizes are counted anew, since a directory can lie.
    """
    left = most
    for one in archive.infolist():
        if one.is_dir() or not one.filename.startswith(below) or _is_system_file(one.filename.removeprefix(below)):
            continue
        target = into / one.filename.removeprefix(below)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(one) as source, target.open("xb") as made:
                while step := source.read(_STEP):
                    left -= len(step)
                    if left < 0:
                        raise UnreadableError("intake_expands", most=most // MIB)
                    made.write(step)
        except BROKEN as error:
            if getattr(error, "errno", None) in NO_ROOM:
                # the file is not to blame
                raise
            raise UnreadableError("intake_damaged") from error


def _is_system_file(name: str) -> bool:
    """Tell whether it is a file that systems add on their own: '.DS_Store', '__MACOSX/'."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def read_entry_chunks(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """Yield the bytes of one entry; raises ``UnreadableError`` where they are more than ``most``, or broken."""
    try:
        with archive.open(name) as source:
            while step := source.read(_STEP):
                most -= len(step)
                if most < 0:
                    raise UnreadableError("intake_expands", most=most // MIB)
                yield step
    except BROKEN as error:
        raise UnreadableError("intake_damaged") from error


def check_archive(archive: zipfile.ZipFile, most: int) -> None:
    """Read every entry against its checksum; raises ``UnreadableError`` where one differs or all are too large."""
    for name in archive.namelist():
        for step in read_entry_chunks(archive, name, most):
            most -= len(step)
