"""The file that a visitor uploads: it is read once, in a process of its own, and the session keeps the outcome."""

import secrets
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from khoosheh import uploads
from khoosheh.limits import PROCESSES, WAITING
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import admission, previews, uploaded_files
from khoosheh.ui.state.previews import Draft, GivenFile
from khoosheh.uploads import BusyError, Outcome, Turns

LAST_UPLOAD, CANCELLED, UPLOADER = "upload", "upload-cancelled", "uploader"
TURNS = Turns(PROCESSES, WAITING)


@dataclass(frozen=True)
class Upload:
    """A file that was read.

    ``source``: the id of the file, and the version of the register with which it was compared. ``token``: the key in
    :data:`khoosheh.ui.state.previews.HELD` of the register, or of a file whose faults can be marked; '' if neither is
    held.
    """

    source: tuple[str, str]
    name: str
    outcome: Outcome
    token: str = ""


def find_last_upload() -> Upload | None:
    """Return the last file that this session has read; ``None`` if it has read none."""
    return st.session_state.get(LAST_UPLOAD)


def forget_upload() -> None:
    """Forget the last file of this session, and drop the draft that is held of it."""
    last = st.session_state.pop(LAST_UPLOAD, None)
    if last is not None:
        previews.HELD.drop(previews.read_visitor_secret(), last.token)


def read_uploaded_file(page: PageContext, file: UploadedFile) -> bool:
    """Read a file and show the progress; then :func:`find_last_upload` returns the file with its outcome.

    Return whether the file was read. It is not read if too many other visitors wait, and the page then says so.

    The visitor may cancel the reading. If the visitor leaves or changes anything on the page, the reading ends as
    well: Streamlit then stops the run at its next command, which updates the progress bar.
    """
    source = (file.file_id, page.published.version)
    with st.container(key="khoosheh-reading"):
        bar = st.progress(0.0, page.t("data.reading"))
        st.button(page.t("data.cancel"), key="cancel", on_click=_cancel_reading, args=(file.file_id, file.name))

        def show_place(before: int) -> None:
            bar.progress(0.0, escape_markdown(page.t("data.waiting", before=before)))

        def show_share(share: float) -> None:
            bar.progress(share, page.t("data.reading"))

        try:
            # this run only waits for the worker: meanwhile runs of other visitors may compute
            with admission.release_turn(), TURNS.take(previews.read_visitor_secret(), show_place):
                outcome = uploads.read_upload(file.getbuffer(), file.name, page.published, show_share)
        except BusyError:
            st.warning(page.t("data.busy"))
            return False
    forget_upload()
    st.session_state[LAST_UPLOAD] = _hold_outcome(source, file, outcome)
    _free_file(file.file_id)
    return True


def take_cancelled_name() -> str:
    """Return the name of the file whose reading the visitor has just cancelled, else ''; a second call returns ''."""
    name: str = st.session_state.pop(CANCELLED, "")
    return name


def ensure_uploader_key() -> str:
    """Return the key of the uploader; it changes once a file was read or cancelled, so that the uploader is empty."""
    return f"upload-file-{st.session_state.setdefault(UPLOADER, secrets.token_hex(4))}"


def _cancel_reading(file_id: str, name: str) -> None:
    st.session_state[CANCELLED] = name
    _free_file(file_id)


def _hold_outcome(source: tuple[str, str], file: UploadedFile, outcome: Outcome) -> Upload:
    """Hold the register, or the file whose cells can be marked, within the limits of all drafts."""
    held: Draft | GivenFile | None = None
    if outcome.register is not None:
        held = Draft(file.name, outcome.register)
    elif outcome.kind != "package" and any(fault.cell for fault in outcome.faults):
        held = GivenFile(file.name, file.getvalue())
    token = previews.HELD.keep(previews.read_visitor_secret(), held) if held else ""
    return Upload(source, file.name, replace(outcome, register=None), token)


def reset_uploader() -> None:
    """Replace the uploader of the next run by a new one without a file."""
    st.session_state.pop(UPLOADER, None)


def _free_file(file_id: str) -> None:
    """Free a file, which Streamlit would keep in memory until the session ends, and empty the uploader."""
    reset_uploader()
    uploaded_files.free_file(file_id)
