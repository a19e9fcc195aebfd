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
    """Return the register of ``KHOOSHEH_DATA``, and warn the reader if its files have become faulty since.

    Raises ``PackageError`` if no valid version was ever loaded.
    """
    current, faults = load_current_register()
    if faults:
        st.warning(escape_markdown(format_message(lang, "load.kept_old", count=faults)))
    return current


def load_current_register() -> tuple[Register, int]:
    """Return the register of ``KHOOSHEH_DATA``, and the number of faults in its files.

    If the files are faulty, the last valid version is returned. Raises ``PackageError`` if there is none in memory.
    """
    path = registers.data_path()
    try:
        current = _load_latest_version(path) if version_store.is_store(path) else _load_package(path)
    except PackageError as error:
        logging.getLogger(__name__).error("faulty package %s: %s", path, [fault.line("en") for fault in error.faults])
        valid = _LAST_GOOD.get(path)
        if valid is None or valid.is_large:
            # the tables of a large register are not in memory: an engine would read the changed files
            raise
        return valid, len(error.faults)
    _LAST_GOOD[path] = current
    return current, 0


def _load_package(path: Path) -> Register:
    folder = path if path.is_dir() else path.parent
    return _load_cached_package(str(path), checksums.make_folder_stamp(folder))


def _load_latest_version(store: Path) -> Register:
    """Return the current version of a store; its files are verified again if their stamp has changed."""
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
    """Load a version; a new stamp alone does not load it again, since its files were verified."""
    return _load_and_freeze(lambda: registers.load_version(Path(store), version, _stamp))


def _load_and_freeze(load: Callable[[], Register]) -> Register:
    gc_tuning.shorten_garbage_collections()
    register = load()
    # the register stays in memory: garbage collections need not traverse it
    gc.collect()
    gc.freeze()
    return register
