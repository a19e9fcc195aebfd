"""The scripts that every page loads from its head: following links between pages, keeping what was
unfolded open, and sorting tables."""

import zlib
from pathlib import Path

_FOLDER = Path(__file__).parent


def _format_address(script: Path) -> str:
    return f"khoosheh/{script.stem}-{zlib.crc32(script.read_bytes()):08x}.js"


# Files by address. Browsers keep a script as long as its address is the same, so that it changes with the content.
SCRIPTS = {_format_address(_FOLDER / name): _FOLDER / name for name in ("links.js", "folds.js", "sorting.js")}
