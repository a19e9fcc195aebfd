"""Loading the register once for all visitors, and again when its files change."""

import gc
import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from khoosheh import register as registers
from khoosheh.locale import format_message
from khoosheh.register import Fault, PackageError, Register, checksums, version_store
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import gc_tuning

_LAST_GOOD: dict[Path, Register] = {}


def load_register_with_warning(lang: str) -> Register:
    """Return the register of ``KHOOSHEH_DATA``, and warn the reader where its files have become faulty.

    Raises ``PackageError`` where there is no sound one.
    """
    found, faults = load_current_register()
    if faults:
        st.warning(escape_markdown(format_message(lang, "load.kept_old", count=faults)))
    return found


def load_current_register() -> tuple[Register, int]:
    """Return the register of ``KHOOSHEH_DATA``, and how many faults keep a newer one from taking its place.

    A package that has become faulty never replaces a sound one. Raises ``PackageError`` where there is no sound one.
    """
    path = registers.data_path()
    try:
        found = _load_latest_version(path) if version_store.is_store(path) else _load_package(path)
    except PackageError as error:
        logging.getLogger(__name__).error("faulty package %s: %s", path, [fault.line("en") for fault in error.faults])
        held = _LAST_GOOD.get(path)
        if held is None or held.is_large:
            # what stays with an engine is read from the files that have changed
            raise
        return held, len(error.faults)
    _LAST_GOOD[path] = found
    return found, 0


def _load_package(path: Path) -> Register:
    folder = path if path.is_dir() else path.parent
    return _load_cached_package(str(path), checksums.make_folder_stamp(folder))


def _load_latest_version(store: Path) -> Register:
    """Return the version in force of a store; each run looks at its files, and verifies them where they changed."""
    version = version_store.require_pointer(store)
    stamp = version_store.make_version_stamp(store, version.version)
    faults = _check_version_files(str(store), version, stamp)
    if faults:
        raise PackageError(faults)
    return _load_version(str(store), version, stamp)


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={version_store.Pointer: str})
def _check_version_files(store: str, version: version_store.Pointer, stamp: checksums.Stamp) -> list[Fault]:
    return version_store.find_version_faults(Path(store), version.version, version.checksum)


@st.cache_resource(show_spinner=False, max_entries=2)
def _load_cached_package(path: str, stamp: checksums.Stamp) -> Register:
    return _load_and_freeze(lambda: registers.load_register(Path(path)))


@st.cache_resource(show_spinner=False, max_entries=2, hash_funcs={version_store.Pointer: str})
def _load_version(store: str, version: version_store.Pointer, _stamp: checksums.Stamp) -> Register:
    """Load a version; it stays the same where only the stamp is another and its files were verified again."""
    return _load_and_freeze(lambda: registers.load_version(Path(store), version, _stamp))


def _load_and_freeze(load: Callable[[], Register]) -> Register:
    gc_tuning.shorten_garbage_collections()
    found = load()
    # what is loaded for good need not be looked at again after each run
    gc.collect()
    gc.freeze()
    return found
