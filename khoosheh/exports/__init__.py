"""Exports: what the pages show for a selection, as files that others can work with.

Here belongs the form of the files. Here does not belong: arithmetic (measures), or the choice of statements (board).
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
    """One form of file. ``make``: register, selection and language to bytes; raises ``ExportError``."""

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
    """Return a name for the file of an export: package, day as known on which it is, suffix; Latin letters only."""
    name = str(register.descriptor.get("name") or register.province)
    day = calendar.to_jalali(queries.find_as_of_day(register, selection))
    return f"{re.sub('[^A-Za-z0-9_-]+', '-', name)}-{day}{FORMATS[form].suffix}"


__all__ = ["FORMATS", "ExportError", "Format", "build_export_file_name"]
