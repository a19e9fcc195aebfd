"""The command ``template``: write a workbook, or a package, to be filled in."""

import argparse
import sys
from pathlib import Path

from khoosheh import register
from khoosheh.cli.terminal import Commands, escape_unprintable_output, make_progress_printer
from khoosheh.intake import empty_package, template
from khoosheh.locale import DEFAULT, LANGUAGES, format_message


def add_command(commands: Commands) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("template", help="write a workbook (or a package) to be filled in")
    parser.add_argument("-o", "--output", type=Path, required=True, help="an xlsx file, or the folder of a package")
    parser.add_argument("--format", choices=("xlsx", "package"), default="xlsx")
    parser.add_argument("--filled", action="store_true", help="with the rows of the register in force")
    parser.add_argument("--reference", action="store_true", help="xlsx: also the tables that every province shares")
    parser.add_argument("--data", help="register to make it from; default KHOOSHEH_DATA or the shipped one")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of sheets and messages")
    parser.set_defaults(run=run_template)


def run_template(options: argparse.Namespace) -> int:
    """Write the template; return the exit code: 1 for faulty data or a failure."""
    escape_unprintable_output()
    file = options.output
    if file.exists():
        # it may be a template that was filled in
        print(format_message(options.lang, "cli.exists", path=file), file=sys.stderr)
        return 1
    try:
        data = register.load_register(options.data, make_progress_printer(options.lang))
        if options.format == "package":
            empty_package.write_blank_package(data, file, filled=options.filled)
        else:
            template.write_template(data, file, options.lang, filled=options.filled, reference=options.reference)
    except register.PackageError as error:
        print("\n".join(fault.line(options.lang) for fault in error.faults), file=sys.stderr)
        return 1
    except OSError:
        print(format_message(options.lang, "cli.unwritable", path=file), file=sys.stderr)
        return 1
    print(format_message(options.lang, "cli.template.done", path=file))
    return 0
