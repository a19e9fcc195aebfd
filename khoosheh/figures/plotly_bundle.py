"""The script that draws figures in the browser: the 'basic' bundle of Plotly, in the version of the Python package.

The Python package has only the full bundle, which is four times as large; figures here have bars and points only.
"""

import re
from pathlib import Path

SCRIPT = Path(__file__).parent / "plotly" / "plotly-basic.min.js"


def read_script_version() -> str:
    """Return the version of the script from its first line; raises ``ValueError`` where it has none."""
    with SCRIPT.open(encoding="utf-8") as file:
        version = re.search(r"v(\d+\.\d+\.\d+)", file.read(200))
    if version is None:
        raise ValueError(f"no version in {SCRIPT}")
    return version[1]
