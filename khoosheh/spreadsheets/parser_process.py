"""From a workbook to its cells: starts the process that parses it, and believes nothing that it did not finish."""

import json
import subprocess
import sys
from pathlib import Path

from khoosheh.limits import SECONDS_TO_WAIT
from khoosheh.spreadsheets.cells import Book, FilledCell, Sheet, UnreadableError

ROOT = Path(__file__).parents[2]


def read_workbook(path: Path, kind: str) -> Book:
    """Return the cells of an 'xlsx', 'xls' or 'ods'; raises ``UnreadableError``."""
    command = [sys.executable, "-m", "khoosheh.spreadsheets.parser_worker", str(path.resolve()), kind]
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS_TO_WAIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError("intake_too_long") from error
    lines = done.stdout.splitlines()
    if done.returncode < 0:
        # It was stopped: by the system for what it took, or by a parser that could not go on.
        raise UnreadableError("intake_too_long")
    if done.returncode or not lines or json.loads(lines.pop()) != {"end": True}:
        raise UnreadableError("intake_damaged")
    return Book(kind, _parse_sheet_lines(lines))


def _parse_sheet_lines(lines: list[bytes]) -> list[Sheet]:
    sheets: list[Sheet] = []
    for line in map(json.loads, lines):
        if isinstance(line, list):
            row, cells = line
            sheets[-1].rows[row] = {column: FilledCell(*given) for column, *given in cells}
        elif "refused" in line:
            raise UnreadableError(line["refused"], **line["params"])
        else:
            sheets.append(Sheet(line["sheet"], merged=[tuple(one) for one in line["merged"]]))
    return sheets
