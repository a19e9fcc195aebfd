"""The script that draws figures in the browser: Plotly's 'basic' bundle, of the version that the package is made for.

The Python package has only the whole of Plotly, four times as large, of which figures here use bars and points.
"""

import re
from pathlib import Path

SCRIPT = Path(__file__).parent / "plotly" / "plotly-basic.min.js"
# kinds of traces that it can draw
TRACES = ("bar", "pie", "scatter")


def read_script_version() -> str:
    """Return the version of the script, which it tells in its first lines."""
    with SCRIPT.open(encoding="utf-8") as file:
        return re.search(r"v(\d+\.\d+\.\d+)", file.read(200))[1]
