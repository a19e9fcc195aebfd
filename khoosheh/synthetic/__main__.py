"""Write a package of a made-up country, for tests of large registers: ``python -m khoosheh.synthetic DIR``."""

import argparse
import io
import sys
from collections.abc import Mapping
from pathlib import Path

from khoosheh.digits import to_latin_digits
from khoosheh.locale import DEFAULT, LANGUAGES, format_message
from khoosheh.synthetic.package import write_synthetic_package

# Drawing takes about 0.4 GB of memory for each million statements.
MOST = {"--statements": 10_000_000, "--seed": 2**63 - 1}
LEAST = {"--statements": 1, "--seed": 0}


def main(arguments: list[str] | None = None) -> int:
    """Write the package; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m khoosheh.synthetic", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="an empty or new folder")
    parser.add_argument("--statements", required=True, metavar="N", help="number of statements")
    parser.add_argument("--seed", default="0", metavar="S", help="another number gives another country; default 0")
    parser.add_argument("--lang", choices=LANGUAGES, default=DEFAULT, help="language of messages")
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    numbers: dict[str, int] = {}
    for name, text in (("--statements", options.statements), ("--seed", options.seed)):
        number = _parse_bounded_integer(text, name)
        if number is None:
            bounds = {"least": LEAST[name], "most": MOST[name]}
            print(format_message(options.lang, "synthetic.number", name=name, value=text, **bounds), file=sys.stderr)
            return 1
        numbers[name] = number
    return _write_package(options.folder, numbers, options.lang)


def _write_package(folder: Path, numbers: Mapping[str, int], lang: str) -> int:
    try:
        if folder.is_dir() and any(folder.iterdir()):
            print(format_message(lang, "cli.not_empty", path=folder), file=sys.stderr)
            return 1
        write_synthetic_package(folder, numbers["--statements"], numbers["--seed"])
    except OSError:
        print(format_message(lang, "cli.unwritable", path=folder), file=sys.stderr)
        return 1
    print(format_message(lang, "synthetic.done", path=folder, count=numbers["--statements"]))
    return 0


def _parse_bounded_integer(text: str, name: str) -> int | None:
    """Return a whole number within the bounds of an option, in Latin or Persian digits; ``None`` for other texts."""
    digits = to_latin_digits(text)
    # compared by length first: Python refuses to convert texts of thousands of digits
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(MOST[name])):
        return None
    return int(digits) if LEAST[name] <= int(digits) <= MOST[name] else None


if __name__ == "__main__":
    sys.exit(main())
