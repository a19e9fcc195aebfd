"""Reading a workbook: starts the process that parses it and collects its cells."""

from pathlib import Path
from typing import Any

from khoosheh import limited_process
from khoosheh.spreadsheets.cells import Book, FilledCell, Sheet, UnreadableError

_WORKER = "khoosheh.spreadsheets.parser_worker"


def read_workbook(path: Path, kind: str) -> Book:
    """Return the cells of an 'xlsx', 'xls' or 'ods'; raises ``UnreadableError``."""
    sheets: list[Sheet] = []
    try:
        limited_process.run_worker(
            _WORKER, {"path": str(path.resolve()), "kind": kind}, lambda message: _add_message(sheets, message)
        )
    except limited_process.StoppedError as error:
        raise UnreadableError("intake_too_long") from error
    except limited_process.FailedError as error:
        raise UnreadableError("intake_damaged") from error
    return Book(kind, sheets)


def _add_message(sheets: list[Sheet], message: dict[str, Any] | list[Any]) -> None:
    """Add a sheet, or a row of the last sheet; raises ``UnreadableError`` for the worker's refusal.

    ``message``: JSON in one of the forms that :mod:`khoosheh.spreadsheets.parser_worker` describes.
    """
    if isinstance(message, list):
        row, cells = message
        sheets[-1].rows[row] = {column: FilledCell(*parts) for column, *parts in cells}
    elif "refused" in message:
        raise UnreadableError(message["refused"], **message["params"])
    else:
        sheets.append(Sheet(message["sheet"], merged=[tuple(cells) for cells in message["merged"]]))
