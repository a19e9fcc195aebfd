"""Output on a terminal: progress while a register is read, and characters that its encoding lacks."""

import argparse
import io
import sys
from typing import TypeAlias

from khoosheh import register
from khoosheh.locale import format_message

# the commands of the command line, to which each module adds its own
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def escape_unprintable_output() -> None:
    """Print characters that the encoding of standard output lacks as escapes, instead of raising an error."""
    # only a text stream of the interpreter can change this, not one that replaces it
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def make_progress_printer(lang: str) -> register.Progress | None:
    """Return a function that prints progress on standard error; ``None`` where that is no terminal."""
    if not sys.stderr.isatty():
        return None

    def print_progress(share: float, table: str) -> None:
        line = format_message(lang, "cli.progress", table=table, share=round(share * 100)) if table else ""
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return print_progress
