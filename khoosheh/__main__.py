"""The command ``khoosheh``, also ``python -m khoosheh``: serve, check, print, export, compare, publish and more."""

import argparse
import sys
from pathlib import Path

from khoosheh import __version__
from khoosheh.cli import check, diff, export, measure, parquet, publish, serve, synthetic, template, verify
from khoosheh.engines import EngineError


def main(words: list[str] | None = None) -> int:
    """Run one command; return its exit code."""
    name = "khoosheh" if Path(sys.argv[0]).stem == "khoosheh" else "python -m khoosheh"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (serve, check, measure, export, diff, publish, verify, template, synthetic, parquet):
        command.add_command(commands)
    asked = parser.parse_args(words)
    try:
        return asked.run(asked)
    except EngineError as error:
        print(error.words(asked.lang), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
