"""The command ``parquet``: write a package with its statements in Parquet, for a million statements and more."""

import argparse
import sys
from pathlib import Path

from khoosheh import register
from khoosheh.cli.terminal import Commands, escape_unprintable_output, make_progress_printer
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.measures.evidence import SEARCHED
from khoosheh.register import parquet_package


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("parquet", help="check a package and write it for DuckDB or Spark")
    parser.add_argument("path", nargs="?", help="folder of a package; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_parquet)


def run_parquet(options: argparse.Namespace) -> int:
    """Write the package; return the exit code: 1 for faulty data or a failure."""
    escape_unprintable_output()
    folder = options.output
    try:
        if folder.is_dir() and any(folder.iterdir()):
            print(format_message(options.lang, "cli.not_empty", path=folder), file=sys.stderr)
            return 1
        data = register.load_register(options.path, make_progress_printer(options.lang))
        parquet_package.write_columnar_package(folder, data, SEARCHED)
    except register.PackageError as error:
        print("\n".join(fault.line(options.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except OSError:
        print(format_message(options.lang, "cli.unwritable", path=folder), file=sys.stderr)
        return 1
    print(format_message(options.lang, "cli.parquet.done", path=folder, count=len(data.table("statements"))))
    return 0
