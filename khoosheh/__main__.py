"""``python -m khoosheh``: check, print, export, compare, publish, restore, verify, begin, make up, make large."""

import argparse
import sys

from khoosheh.cli import check, diff, export, measure, parquet, publish, scale, template, verify
from khoosheh.engines import EngineError
from khoosheh.locale import text


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m khoosheh", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (check, measure, export, diff, publish, verify, template, scale, parquet):
        command.add(commands)
    asked = parser.parse_args(words)
    try:
        return asked.run(asked)
    except EngineError as error:
        print(text(asked.lang, "engine.failed", note=error.value), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
