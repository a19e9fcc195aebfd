"""Exports: files with the data that the pages show for a selection.

This package defines the format of the files. Arithmetic belongs to :mod:`khoosheh.measures`, the choice of statements
to :mod:`khoosheh.queries`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from khoosheh import calendar, queries
from khoosheh.exports import oc4ids, package, pptx, workbook
from khoosheh.exports.errors import ExportError
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Format:
    """A file format. ``make`` builds a file from register, selection and language; it may raise ``ExportError``."""

    make: Callable[[Register, Selection, str], bytes]
    suffix: str
    media_type: str


FORMATS = {
    "pptx": Format(pptx.build_selection_presentation, ".pptx", PPTX),
    "workbook": Format(workbook.build_selection_workbook, ".xlsx", XLSX),
    "oc4ids": Format(oc4ids.build_oc4ids_file, ".oc4ids.json", "application/json"),
    "package": Format(package.build_package_zip, ".zip", "application/zip"),
}


def build_export_file_name(register: Register, selection: Selection, form: str) -> str:
    """Return the name of an export file, in ASCII: package name, Jalali day of 'as known on', suffix."""
    name = str(register.descriptor.get("name") or register.province)
    day = calendar.to_jalali(queries.find_as_of_day(register, selection))
    return f"{re.sub('[^A-Za-z0-9_-]+', '-', name)}-{day}{FORMATS[form].suffix}"


__all__ = ["FORMATS", "ExportError", "Format", "build_export_file_name"]
