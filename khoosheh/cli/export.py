"""The command ``export``: what the pages show for a selection, as a file."""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from khoosheh import exports, queries, register
from khoosheh.cli.measure import WHERE, UnknownWordError, parse_selection
from khoosheh.cli.terminal import Commands, escape_unprintable_output, make_progress_printer
from khoosheh.locale import DEFAULT, LANGUAGES, format_message

MODE = 0o666


def add_command(commands: Commands) -> None:
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


def run_export(options: argparse.Namespace) -> int:
    """Write the file; return the exit code: 1 for faulty data or a failure, 2 for an unknown word."""
    escape_unprintable_output()
    try:
        data = register.load_register(options.data, make_progress_printer(options.lang))
        unit = [f"unit={options.unit}"] if options.unit else []
        selection = parse_selection(data, [*options.where, *unit], options.as_of)
        content = exports.FORMATS[options.form].make(data, selection, options.lang)
    except register.PackageError as error:
        return _print_error("\n".join(fault.line(options.lang) for fault in error.faults), 1)
    except UnknownWordError as error:
        return _print_error(error.words(options.lang), 2)
    except exports.ExportError as error:
        return _print_error(error.words(options.lang), 1)
    try:
        write_file_atomically(options.out, content)
    except OSError as error:
        return _print_error(
            format_message(options.lang, "cli.export.failed", path=options.out, note=error.strerror), 1
        )
    print(format_message(options.lang, "cli.export.done", path=options.out, bytes=len(content)))
    return 0


def write_file_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old or the new content, never a part of it; raises ``OSError``."""
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
