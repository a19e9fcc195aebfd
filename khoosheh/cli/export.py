"""``export``: what the pages show for a selection, as a file."""

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from khoosheh import board, exports, register
from khoosheh.cli.check import progress
from khoosheh.cli.measure import WHERE, UnknownWordError, selection
from khoosheh.locale import DEFAULT, LANGUAGES, text

MODE = 0o666


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("export", help="write what the pages show to a file for other programs")
    parser.add_argument("form", metavar="FORMAT", choices=sorted(exports.FORMATS), help=", ".join(exports.FORMATS))
    parser.add_argument("-o", "--out", required=True, type=Path, metavar="FILE", help="file to write")
    parser.add_argument("--as-of", default="", help="Jalali month or day, like 1403-07: what was known by its end")
    parser.add_argument("--where", action="append", default=[], metavar="FIELD=VALUE", help=", ".join(WHERE))
    parser.add_argument("--unit", choices=board.UNITS, help="unit of amounts, like --where unit=")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of the file and of messages")
    parser.add_argument("--data", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Write the file; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        found = register.load(asked.data, progress(asked.lang))
        unit = [f"unit={asked.unit}"] if asked.unit else []
        question = selection(found, [*asked.where, *unit], asked.as_of, asked.lang)
        made = exports.FORMATS[asked.form].make(found, question, asked.lang)
    except register.PackageError as error:
        return _refused("\n".join(fault.line(asked.lang) for fault in error.faults), 1)
    except UnknownWordError as error:
        return _refused(str(error), 2)
    except exports.ExportError as error:
        return _refused(error.words(asked.lang), 1)
    try:
        write(asked.out, made)
    except OSError as error:
        return _refused(text(asked.lang, "cli.export.failed", path=asked.out, note=error.strerror), 1)
    print(text(asked.lang, "cli.export.done", path=asked.out, bytes=len(made)))
    return 0


def write(path: Path, content: bytes) -> None:
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


def _refused(words: str, code: int) -> int:
    print(words, file=sys.stderr)
    return code
