"""``python -m khoosheh``: check a package, print a measure, export, compare, publish, restore, begin, make one up."""

import argparse
import sys

from khoosheh.cli import check, diff, export, measure, publish, scale, template


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m khoosheh", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (check, measure, export, diff, publish, template, scale):
        command.add(commands)
    asked = parser.parse_args(words)
    return asked.run(asked)


if __name__ == "__main__":
    sys.exit(main())
