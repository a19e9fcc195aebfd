"""``template``: a workbook, or a package, to be filled in."""

import argparse
import sys
from pathlib import Path

from khoosheh import register
from khoosheh.cli.progress import make_progress_printer
from khoosheh.intake import empty_package, template
from khoosheh.locale import DEFAULT, LANGUAGES, format_message


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("template", help="write a workbook (or a package) to be filled in")
    parser.add_argument("-o", "--output", type=Path, required=True, help="an xlsx file, or the folder of a package")
    parser.add_argument("--format", choices=("xlsx", "package"), default="xlsx")
    parser.add_argument("--filled", action="store_true", help="with the rows of the register in force")
    parser.add_argument("--reference", action="store_true", help="xlsx: also the tables that every province shares")
    parser.add_argument("--data", help="register to make it from; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of sheets and messages")
    parser.set_defaults(run=run_template)


def run_template(asked: argparse.Namespace) -> int:
    """Write the template; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    file = asked.output
    if file.exists():
        # It may be what somebody has filled in.
        print(format_message(asked.lang, "cli.exists", path=file), file=sys.stderr)
        return 1
    try:
        found = register.load_register(asked.data, make_progress_printer(asked.lang))
        if asked.format == "package":
            empty_package.write_blank_package(found, file, filled=asked.filled)
        else:
            template.write_template(found, file, asked.lang, filled=asked.filled, reference=asked.reference)
    except register.PackageError as error:
        print("\n".join(fault.line(asked.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except OSError:
        print(format_message(asked.lang, "cli.unwritable", path=file), file=sys.stderr)
        return 1
    print(format_message(asked.lang, "cli.template.done", path=file))
    return 0
