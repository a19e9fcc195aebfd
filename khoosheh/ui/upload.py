"""What became of the file a visitor gave: read once, and kept in the session until another comes."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from khoosheh import intake, publishing, temporary
from khoosheh import register as registers
from khoosheh.publishing import Difference
from khoosheh.register import Register

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from khoosheh.ui.shell import Page

KEPT = "upload"
# Reading takes memory: who comes third waits.
TURNS = threading.Semaphore(2)
READ_SHARE, LOADED_SHARE = 0.5, 0.9


@dataclass(frozen=True)
class Upload:
    """A file that was read; ``register`` and ``difference`` where nothing is wrong with it.

    ``asked``: the file, and the version of the register it was compared with. ``content``: the file, where its
    faults can be marked in it.
    """

    asked: tuple[str, ...]
    name: str
    found: intake.Intake
    content: bytes = b""
    register: Register | None = None
    difference: Difference | None = None


def kept() -> Upload | None:
    """Return what became of the last file of this session."""
    return st.session_state.get(KEPT)


def of(page: "Page", file: "UploadedFile") -> Upload:
    """Return what became of a file; it is read only once, telling how far it has come."""
    asked = (file.file_id, page.published.version)
    found = kept()
    if found is None or found.asked != asked:
        bar = st.progress(0.0, page.t("data.reading"))
        with TURNS, temporary.folder() as folder:
            found = _read(page, file, asked, folder, lambda share: bar.progress(share, page.t("data.reading")))
        bar.empty()
        st.session_state[KEPT] = found
    return found


def _read(
    page: "Page", file: "UploadedFile", asked: tuple[str, ...], folder: Path, tell: Callable[[float], None]
) -> Upload:
    given = folder / "given"
    given.write_bytes(file.getbuffer())
    found = intake.read(
        given, folder / "package", file.name, page.published, lambda share, table: tell(READ_SHARE * share)
    )
    if found.faults:
        cells = any(one.cell for one in found.faults) and found.kind != "package"
        return Upload(asked, file.name, found, file.getvalue() if cells else b"")
    rest = LOADED_SHARE - READ_SHARE
    register = registers.load(found.folder, lambda share, table: tell(READ_SHARE + rest * share))
    return Upload(asked, file.name, found, b"", register, publishing.difference(page.published, register))
