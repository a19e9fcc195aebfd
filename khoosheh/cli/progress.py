"""What a terminal shows while a register is read."""

import sys

from khoosheh import register
from khoosheh.locale import text


def progress(lang: str) -> register.Progress | None:
    """Return what shows progress on a terminal; nothing where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def show(share: float, table: str) -> None:
        line = text(lang, "cli.progress", table=table, share=round(share * 100)) if table else ""
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)

    return show
