"""Copying a package, a folder or a zip, into a folder under the limits for untrusted files."""

import csv
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from khoosheh.intake.results import CellFault
from khoosheh.limits import MIB, PARTS, UNPACKED_PACKAGE
from khoosheh.register import Fault
from khoosheh.register.descriptor import DESCRIPTOR
from khoosheh.spreadsheets import UnreadableError, format_cell_reference, zip_limits


def unpack_package(source: Path, folder: Path) -> None:
    """Unpack a zipped package, which may be in a folder of the zip; raises ``UnreadableError``."""
    with zip_limits.open_zip_archive(source, UNPACKED_PACKAGE) as archive:
        descriptors = [name for name in archive.namelist() if name.rpartition("/")[2] == DESCRIPTOR]
        if not descriptors:
            raise UnreadableError("intake_no_package")
        below = min(descriptors, key=lambda name: name.count("/")).removesuffix(DESCRIPTOR)
        zip_limits.unpack_archive(archive, folder, below, UNPACKED_PACKAGE)


def copy_package(source: Path, folder: Path) -> None:
    """Copy the files of a package's folder, hidden ones left out; raises ``UnreadableError``."""
    if not (source / DESCRIPTOR).is_file():
        raise UnreadableError("intake_no_package")
    left, parts = UNPACKED_PACKAGE, PARTS
    for parent, folders, names in os.walk(source):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in (Path(parent, name) for name in (*names, *folders) if not name.startswith(".")):
            inner = file.relative_to(source)
            if file.is_symlink() or not (file.is_file() or file.is_dir()):
                raise UnreadableError("intake_bad_entry", entry=str(inner))
            if file.is_file():
                parts, left = parts - 1, left - file.stat().st_size
                if parts < 0:
                    raise UnreadableError("intake_many_parts", most=PARTS)
                if left < 0:
                    raise UnreadableError("intake_expands", most=UNPACKED_PACKAGE // MIB)
                (folder / inner).parent.mkdir(parents=True, exist_ok=True)
                _copy_file(file, folder / inner)


def _copy_file(source: Path, target: Path) -> None:
    try:
        shutil.copyfile(source, target)
    except PermissionError as error:
        raise UnreadableError("unreadable", note=type(error).__name__) from error


def locate_faults(faults: Iterable[Fault], folder: Path) -> list[CellFault]:
    """Return faults with the cells of the csv files that they are in, as a spreadsheet program shows them."""
    headings: dict[str, list[str]] = {}
    return [_locate_fault(fault, headings, folder) for fault in faults]


def _locate_fault(fault: Fault, headings: dict[str, list[str]], folder: Path) -> CellFault:
    cell = ""
    if fault.row and fault.file.endswith(".csv"):
        if fault.file not in headings:
            headings[fault.file] = _read_csv_heading(folder / fault.file)
        first, heading = fault.field.partition(", ")[0], headings[fault.file]
        cell = format_cell_reference(fault.row, heading.index(first) + 1 if first in heading else 0)
    return CellFault(
        fault.code, fault.file, fault.row, fault.field, fault.value, fault.params, sheet=fault.file, cell=cell
    )


def _read_csv_heading(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            return next(csv.reader(lines), [])
    except (OSError, ValueError, csv.Error):
        return []
