"""The scripts that every page loads from its head, and their styles.

``links`` follows links between pages without loading the app anew, ``folds`` keeps what was unfolded open,
``sections`` lists the headings of a page beside it, ``sorting`` sorts tables, ``takeaway`` fetches files.
"""

import zlib
from pathlib import Path

_FOLDER = Path(__file__).parent


def _format_address(script: Path) -> str:
    return f"khoosheh/{script.stem}-{zlib.crc32(script.read_bytes()):08x}.js"


STYLES = tuple(sorted(_FOLDER.glob("*.css")))
# Files by address. Browsers keep a script as long as its address is the same, so that it changes with the content.
SCRIPTS = {_format_address(script): script for script in sorted(_FOLDER.glob("*.js"))}
