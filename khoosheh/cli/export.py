"""``export``: what the pages show for a selection, as a file."""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from khoosheh import exports, queries, register
from khoosheh.cli.check import make_progress_printer
from khoosheh.cli.measure import WHERE, UnknownWordError, parse_selection
from khoosheh.locale import DEFAULT, LANGUAGES, format_message

MODE = 0o666


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("export", help="write what the pages show to a file for other programs")
    parser.add_argument("form", metavar="FORMAT", choices=sorted(exports.FORMATS), help=", ".join(exports.FORMATS))
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="file to write")
    parser.add_argument("--as-of", default="", help="Jalali month or day, like 1403-07: what was known by its end")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=", ".join(WHERE))
    parser.add_argument("--unit", choices=queries.UNITS, help="unit of amounts, like --where unit=")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of the file and of messages")
    parser.add_argument("--data", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.set_defaults(run=run_export)


def run_export(asked: argparse.Namespace) -> int:
    """Write the file; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        found = register.load_register(asked.data, make_progress_printer(asked.lang))
        unit = [f"unit={asked.unit}"] if asked.unit else []
        question = parse_selection(found, [*asked.where, *unit], asked.as_of)
        made = exports.FORMATS[asked.form].make(found, question, asked.lang)
    except register.PackageError as error:
        return _print_error("\n".join(fault.line(asked.lang) for fault in error.faults), 1)
    except UnknownWordError as error:
        return _print_error(error.words(asked.lang), 2)
    except exports.ExportError as error:
        return _print_error(error.words(asked.lang), 1)
    try:
        write_file_atomically(asked.out, made)
    except OSError as error:
        return _print_error(format_message(asked.lang, "cli.export.failed", path=asked.out, note=error.strerror), 1)
    print(format_message(asked.lang, "cli.export.done", path=asked.out, bytes=len(made)))
    return 0


def write_file_atomically(path: Path, content: bytes) -> None:
    """Write a file as a whole: a reader finds the old one or the new one, never half of it. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(MODE & ~mask)
        Path(name).replace(path)
    except OSError:
        with contextlib.suppress(FileNotFoundError):
            Path(name).unlink()
        raise


def _print_error(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
