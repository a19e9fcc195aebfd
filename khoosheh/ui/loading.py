"""Loading the register once for all visitors, and again when its files change."""

import gc
import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from khoosheh import register as registers
from khoosheh.locale import text
from khoosheh.register import Fault, PackageError, Register, checksums, home
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
        found = _version(path) if home.is_store(path) else _package(path)
    except PackageError as error:
        logging.getLogger(__name__).error("faulty package %s: %s", path, [fault.line("en") for fault in error.faults])
        held = _LAST_GOOD.get(path)
        if held is None or held.is_large:
            # what stays with an engine is read from the files that have changed
            raise
        return held, len(error.faults)
    _LAST_GOOD[path] = found
    return found, 0


def _package(path: Path) -> Register:
    folder = path if path.is_dir() else path.parent
    return _load(str(path), checksums.stamp(folder))


def _version(store: Path) -> Register:
    """Return the version in force of a store; each run looks at its files, and verifies them where they changed."""
    version = home.in_force(store)
    stamp = home.stamp(store, version.version)
    faults = _verified(str(store), version, stamp)
    if faults:
        raise PackageError(faults)
    return _load_version(str(store), version, stamp)


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={home.Pointer: str})
def _verified(store: str, version: home.Pointer, stamp: checksums.Stamp) -> list[Fault]:
    return home.faults(Path(store), version.version, version.checksum)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load(path: str, stamp: checksums.Stamp) -> Register:
    return _kept(lambda: registers.load(Path(path)))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={home.Pointer: str})
def _load_version(store: str, version: home.Pointer, _stamp: checksums.Stamp) -> Register:
    """Load a version; it stays the same where only the stamp is another and its files were verified again."""
    return _kept(lambda: registers.load_version(Path(store), version, _stamp))


def _kept(load: Callable[[], Register]) -> Register:
    garbage.keep_short()
    found = load()
    # what is loaded for good need not be looked at again after each run
    gc.collect()
    gc.freeze()
    return found
