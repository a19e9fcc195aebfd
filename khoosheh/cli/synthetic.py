"""``scale``: a package of a made-up country, as large as one likes."""

import argparse
import sys
from pathlib import Path

from khoosheh import synthetic
from khoosheh.digits import to_latin_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message

# Each million of statements takes about 0.4 GB while it is drawn.
MOST = {"--statements": 10_000_000, "--seed": 2**63 - 1}
LEAST = {"--statements": 1, "--seed": 0}


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("scale", help="write a package of a made-up country, for tests of large registers")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--statements", required=True, metavar="N", help="how many statements")
    parser.add_argument("--seed", default="0", metavar="S", help="another number, another country; default 0")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT)
    parser.set_defaults(run=run_synthetic)


def run_synthetic(asked: argparse.Namespace) -> int:
    """Write the package; return the exit code."""
    sys.stdout.reconfigure(errors="backslashreplace")
    folder, numbers = asked.output, {"--statements": asked.statements, "--seed": asked.seed}
    for name, given in numbers.items():
        numbers[name] = _parse_bounded_integer(given, name)
        if numbers[name] is None:
            bounds = {"least": LEAST[name], "most": MOST[name]}
            print(format_message(asked.lang, "cli.scale.number", name=name, value=given, **bounds), file=sys.stderr)
            return 1
    try:
        if folder.is_dir() and any(folder.iterdir()):
            print(format_message(asked.lang, "cli.scale.not_empty", path=folder), file=sys.stderr)
            return 1
        synthetic.write_synthetic_package(folder, numbers["--statements"], numbers["--seed"])
    except OSError:
        print(format_message(asked.lang, "cli.unwritable", path=folder), file=sys.stderr)
        return 1
    print(format_message(asked.lang, "cli.scale.done", path=folder, count=numbers["--statements"]))
    return 0


def _parse_bounded_integer(given: str, name: str) -> int | None:
    """Return a whole number within the bounds, in the digits of either language; else nothing."""
    digits = to_latin_digits(given)
    # A number of more digits than the bound is beyond it, however long it is.
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(MOST[name])):
        return None
    return int(digits) if LEAST[name] <= int(digits) <= MOST[name] else None
