"""The script that draws figures in the browser, as it comes with Plotly."""

from pathlib import Path

import plotly

SCRIPT = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
VERSION = plotly.__version__
