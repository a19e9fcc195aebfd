"""The folder of the files of the app: beside the package in a checkout, within it where it was installed."""

from pathlib import Path

_PACKAGE = Path(__file__).parent
# the build copies app.py, pages/, static/, data/ and .streamlit/ here; see pyproject.toml and setup.py
_INSTALLED = _PACKAGE / "_app"


def app_folder() -> Path:
    """Return the folder that holds ``app.py``, ``pages``, ``static``, ``data`` and ``.streamlit``."""
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
