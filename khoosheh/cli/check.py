"""``check``: is a package sound, and if not, what is wrong with it?"""

import argparse
import json
import sys

from khoosheh import register
from khoosheh.locale import DEFAULT, LANGUAGES, text


def add(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("check", help="check a data package; exit 1 and its faults if it is not sound")
    parser.add_argument("path", nargs="?", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--format", choices=("text", "json"), default="text")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the faults of a package; return the exit code."""
    # A terminal that lacks a letter shows its code instead of ending the check.
    sys.stdout.reconfigure(errors="backslashreplace")
    try:
        found = register.load(asked.path, progress(asked.lang))
    except register.PackageError as error:
        _print_faults(error.faults, asked)
        return 1
    if asked.format == "json":
        print("[]")
    else:
        sizes = {"tables": len(found.tables), "statements": len(found.table("statements"))}
        print(text(asked.lang, "cli.check.sound", **sizes))
    return 0


def _print_faults(faults: tuple, asked: argparse.Namespace) -> None:
    if asked.format == "json":
        print(json.dumps([fault.as_dict(asked.lang) for fault in faults], ensure_ascii=False, indent=1))
        return
    for fault in faults:
        print(fault.line(asked.lang))
    print(text(asked.lang, "cli.check.faulty", faults=len(faults)))


def progress(lang: str) -> register.Progress | None:
    """Return what shows progress on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(share: float, table: str) -> None:
        line = text(lang, "cli.progress", table=table, share=round(share * 100)) if table else ""
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return show
