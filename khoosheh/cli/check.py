"""``check``: is a package or a spreadsheet sound, and if not, what is wrong with it?"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from khoosheh import register
from khoosheh.cli import source
from khoosheh.cli.progress import make_progress_printer
from khoosheh.intake import Intake, marked_copy
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.register import Fault, Register
from khoosheh.spreadsheets import UnreadableError

SHOWN = 5


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("check", help="check a package or spreadsheet; exit 1 and its faults if not sound")
    parser.add_argument("path", nargs="?", help=f"{source.FILE}; default KHOOSHEH_DATA or the shipped package")
    parser.add_argument("--marked", type=Path, metavar="FILE", help="xlsx to write: a copy with wrong cells marked")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_check)


def run_check(asked: argparse.Namespace) -> int:
    """Print the faults of a package or file; return the exit code."""
    # A terminal that lacks a letter shows its code instead of ending the check.
    sys.stdout.reconfigure(errors="backslashreplace")
    if asked.marked and asked.marked.exists():
        print(format_message(asked.lang, "cli.exists", path=asked.marked), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as into:
        told, faults, found = None, (), None
        try:
            if source.is_intake_file(asked.path):
                told = source.read_as_package(asked.path, Path(into), asked.lang)
                faults = told.faults
            if not faults:
                found = register.load_register(told.folder if told else asked.path, make_progress_printer(asked.lang))
        except register.PackageError as error:
            faults = error.faults
    _print_check_result(found if not faults else None, faults, asked)
    if told and asked.format == "text":
        _print_readings(told, asked.lang)
    if faults and asked.marked:
        _save_marked_copy(faults, asked)
    return 1 if faults else 0


def _print_check_result(found: Register | None, faults: Sequence[Fault], asked: argparse.Namespace) -> None:
    if asked.format == "json":
        print(json.dumps([fault.as_dict(asked.lang) for fault in faults], ensure_ascii=False, indent=1))
    elif found is None:
        print("\n".join(fault.line(asked.lang) for fault in faults))
        print(format_message(asked.lang, "count.faults", count=len(faults)))
    else:
        tables = format_message(asked.lang, "count.tables", count=len(found.tables))
        statements = format_message(asked.lang, "evidence.count", count=len(found.table("statements")))
        print(format_message(asked.lang, "cli.check.sound", tables=tables, statements=statements))


def _print_readings(told: Intake, lang: str) -> None:
    """Tell what was left out of a file, and what was understood otherwise than it is written."""
    for one in told.left_out:
        where = f"{one.sheet}!{one.cell}" if one.cell else one.sheet
        print(format_message(lang, "cli.check.left_out", where=where, value=one.given))
    if told.readings:
        print(format_message(lang, "cli.check.readings", count=len(told.readings)))
    for one in told.readings[:SHOWN]:
        print(
            " "
            + format_message(
                lang, "cli.check.reading", where=f"{one.sheet}!{one.cell}", given=one.given, read=one.read
            )
        )


def _save_marked_copy(faults: Sequence[Fault], asked: argparse.Namespace) -> None:
    try:
        if not source.is_intake_file(asked.path):
            raise UnreadableError("intake_no_cells")
        marked_copy.write_marked_copy(Path(asked.path), faults, asked.marked, asked.lang)
    except UnreadableError as error:
        if error.code not in {one.code for one in faults}:
            print(Fault(error.code, str(asked.path or ""), params=error.params).line(asked.lang), file=sys.stderr)
    except OSError:
        print(format_message(asked.lang, "cli.unwritable", path=asked.marked), file=sys.stderr)
    else:
        print(format_message(asked.lang, "cli.check.marked", path=asked.marked), file=sys.stderr)
