"""Loading the register once for all visitors, and again when its files change."""

import gc
import logging
from pathlib import Path

import streamlit as st

from khoosheh import register as registers
from khoosheh.locale import text
from khoosheh.register import PackageError, Register, home
from khoosheh.ui import garbage
from khoosheh.ui.markdown import plain

_LAST_GOOD: dict[Path, Register] = {}


def register(lang: str) -> Register:
    """Return the register of ``KHOOSHEH_DATA``, and warn the reader where its files have become faulty.

    Raises ``PackageError`` where there is no sound one.
    """
    found, faults = current()
    if faults:
        st.warning(plain(text(lang, "load.kept_old", faults=faults)))
    return found


def current() -> tuple[Register, int]:
    """Return the register of ``KHOOSHEH_DATA``, and how many faults keep a newer one from taking its place.

    A package that has become faulty never replaces a sound one. Raises ``PackageError`` where there is no sound one.
    """
    path = registers.data_path()
    try:
        found = _load(*_seen(path))
    except PackageError as error:
        logging.getLogger(__name__).error("faulty package %s: %s", path, [fault.line("en") for fault in error.faults])
        if path not in _LAST_GOOD:
            raise
        return _LAST_GOOD[path], len(error.faults)
    _LAST_GOOD[path] = found
    return found, 0


def _seen(path: Path) -> tuple[str, tuple]:
    """Return the folder to load, and what changes when another version or file is to be shown.

    Of a store only the pointer is read: its versions never change. Raises ``PackageError``.
    """
    if not home.is_store(path):
        return str(path), _stamp(path)
    found = home.pointer(path)
    folder = path if found is None else home.folder(path, found.version)
    return str(folder), (str(found),)


def _stamp(path: Path) -> tuple:
    """Return what changes when a file of the package changes."""
    folder = path if path.is_dir() else path.parent
    files = sorted(folder.rglob("*")) if folder.exists() else []
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files if file.is_file())


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(path: str, stamp: tuple) -> Register:
    garbage.keep_short()
    found = registers.load(Path(path))
    # what is loaded for good need not be looked at again after each run
    gc.collect()
    gc.freeze()
    return found
