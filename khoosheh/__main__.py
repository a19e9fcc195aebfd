"""The command ``khoosheh``, also ``python -m khoosheh``: serve, check, print, export, compare, publish and more."""

import argparse
import sys
from pathlib import Path

from khoosheh import __version__
from khoosheh.cli import check, diff, export, measure, parquet, publish, serve, template, verify
from khoosheh.engines import EngineError


def main(arguments: list[str] | None = None) -> int:
    """Run the command that the arguments name, by default those of the process; return its exit code."""
    name = "khoosheh" if Path(sys.argv[0]).stem == "khoosheh" else "python -m khoosheh"
    parser = argparse.ArgumentParser(prog=name, description=__doc__)
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (serve, check, measure, export, diff, publish, verify, template, parquet):
        command.add_command(commands)
    options = parser.parse_args(arguments)
    try:
        return options.run(options)
    except EngineError as error:
        print(error.words(options.lang), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
