"""The command ``check``: list the faults of a package or a spreadsheet."""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from khoosheh import register
from khoosheh.cli import source
from khoosheh.cli.terminal import Commands, escape_unprintable_output, make_progress_printer
from khoosheh.intake import Intake, marked_copy
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.register import Fault, Register
from khoosheh.spreadsheets import UnreadableError

SHOWN = 5


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("check", help="check a package or spreadsheet; exit 1 and its faults if not sound")
    parser.add_argument("path", nargs="?", help=f"{source.FILE}; default KHOOSHEH_DATA or the shipped package")
    parser.add_argument("--marked", type=Path, metavar="FILE", help="xlsx to write: a copy with wrong cells marked")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_check)


def run_check(options: argparse.Namespace) -> int:
    """Print the faults of a package or file; return the exit code: 1 for a faulty one."""
    escape_unprintable_output()
    if options.marked and options.marked.exists():
        print(format_message(options.lang, "cli.exists", path=options.marked), file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as into:
        intake: Intake | None = None
        checked: Register | None = None
        faults: Sequence[Fault] = ()
        try:
            if source.is_intake_file(options.path):
                intake = source.read_as_package(options.path, Path(into), options.lang)
                checked, faults = intake.register, intake.faults
            else:
                checked = register.load_register(options.path, make_progress_printer(options.lang))
        except register.PackageError as error:
            faults = error.faults
    _print_check_result(checked, faults, options)
    if intake and options.format == "text":
        _print_readings(intake, options.lang)
    if faults and options.marked:
        _save_marked_copy(intake, options)
    return 1 if faults else 0


def _print_check_result(checked: Register | None, faults: Sequence[Fault], options: argparse.Namespace) -> None:
    if options.format == "json":
        print(json.dumps([fault.as_dict(options.lang) for fault in faults], ensure_ascii=False, indent=1))
    elif checked is None:
        print("\n".join(fault.line(options.lang) for fault in faults))
        print(format_message(options.lang, "count.faults", count=len(faults)))
    else:
        tables = format_message(options.lang, "count.tables", count=len(checked.tables))
        statements = format_message(options.lang, "evidence.count", count=len(checked.table("statements")))
        print(format_message(options.lang, "cli.check.sound", tables=tables, statements=statements))


def _print_readings(intake: Intake, lang: str) -> None:
    """Print the parts of a file that were left out, and the first cells whose value differs from their text."""
    for part in intake.left_out:
        where = f"{part.sheet}!{part.cell}" if part.cell else part.sheet
        print(format_message(lang, "cli.check.left_out", where=where, value=part.given))
    if intake.readings:
        print(format_message(lang, "cli.check.readings", count=len(intake.readings)))
    for reading in intake.readings[:SHOWN]:
        where = f"{reading.sheet}!{reading.cell}"
        print(" " + format_message(lang, "cli.check.reading", where=where, given=reading.given, read=reading.read))


def _save_marked_copy(intake: Intake | None, options: argparse.Namespace) -> None:
    """Write the marked copy of a file with faults; print an error for a package, which has no cells."""
    if intake is None and source.is_intake_file(options.path):
        # the system's error that stopped the intake is printed already
        return
    faults = intake.faults if intake else ()
    try:
        if intake is None:
            raise UnreadableError("intake_no_cells")
        marked_copy.write_marked_copy(Path(options.path), faults, options.marked, options.lang)
    except UnreadableError as error:
        if error.code not in {fault.code for fault in faults}:
            print(Fault(error.code, str(options.path or ""), params=error.params).line(options.lang), file=sys.stderr)
    except OSError:
        print(format_message(options.lang, "cli.unwritable", path=options.marked), file=sys.stderr)
    else:
        print(format_message(options.lang, "cli.check.marked", path=options.marked), file=sys.stderr)
