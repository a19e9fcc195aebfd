"""Reading a workbook back, with code that has nothing in common with what wrote it."""

import io
import zipfile

from python_calamine import CalamineWorkbook

from khoosheh.exports import workbook
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection

ALL = Selection()


def read(whole: bytes) -> dict[str, list[list]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(whole))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def rows(found, name: str, selection=ALL, lang="en") -> list[dict]:
    """Return the rows of a sheet by the words of their headings."""
    heading, *cells = read(workbook.build_selection_workbook(found, selection, lang))[
        format_message(lang, f"workbook.sheet.{name}")
    ]
    assert len(set(heading)) == len(heading)
    return [dict(zip(heading, row, strict=True)) for row in cells]


def parts(whole: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}
