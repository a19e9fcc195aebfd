"""What a terminal shows while a register is read."""

import sys

from khoosheh import register
from khoosheh.locale import format_message


def make_progress_printer(lang: str) -> register.Progress | None:
    """Return what shows progress on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def print_progress(share: float, table: str) -> None:
        line = format_message(lang, "cli.progress", table=table, share=round(share * 100)) if table else ""
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return print_progress
