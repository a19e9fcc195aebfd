"""What became of the file a visitor gave: read once in a process of its own, and kept in the session."""

import secrets
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from khoosheh import uploads
from khoosheh.limits import PROCESSES, WAITING
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import admission, previews
from khoosheh.ui.state.previews import Draft, GivenFile
from khoosheh.uploads import BusyError, Outcome, Turns

KEPT, CANCELLED, UPLOADER = "upload", "upload-cancelled", "uploader"
TURNS = Turns(PROCESSES, WAITING)


@dataclass(frozen=True)
class Upload:
    """A file that was read.

    ``asked``: the file, and the version of the register it was compared with. ``token``: finds the register, or the
    file where its faults can be marked, in :data:`khoosheh.ui.state.previews.HELD`; '' where neither is held.
    """

    asked: tuple[str, str]
    name: str
    outcome: Outcome
    token: str = ""


def find_last_upload() -> Upload | None:
    """Return what became of the last file of this session."""
    return st.session_state.get(KEPT)


def forget_upload() -> None:
    """Forget the last file of this session, and free what is held of it."""
    found = st.session_state.pop(KEPT, None)
    if found is not None:
        previews.HELD.drop(previews.read_visitor_secret(), found.token)


def read_uploaded_file(page: PageContext, file: UploadedFile) -> bool:
    """Read a file, telling how far that has come; then :func:`find_last_upload` returns what became of it.

    Return whether it was read: not where too many others wait, which the page says.

    The visitor may cancel it. A visitor who leaves, or changes anything on the page, ends it as well: Streamlit then
    breaks the run off at its next command, which is the progress bar's.
    """
    asked = (file.file_id, page.published.version)
    with st.container(key="khoosheh-reading"):
        bar = st.progress(0.0, page.t("data.reading"))
        st.button(page.t("data.cancel"), key="cancel", on_click=_cancel_reading, args=(file.file_id, file.name))
        try:
            # this run only waits meanwhile: pages of others need its place
            with (
                admission.release_turn(),
                TURNS.take(
                    previews.read_visitor_secret(),
                    lambda before: bar.progress(0.0, escape_markdown(page.t("data.waiting", before=before))),
                ),
            ):
                outcome = uploads.read_upload(
                    file.getbuffer(),
                    file.name,
                    page.published,
                    lambda share: bar.progress(share, page.t("data.reading")),
                )
        except BusyError:
            st.warning(page.t("data.busy"))
            return False
    forget_upload()
    st.session_state[KEPT] = _hold_outcome(asked, file, outcome)
    _free_file(file.file_id)
    return True


def take_cancelled_name() -> str:
    """Return the name of the file whose reading the visitor has just cancelled, '' for none; told once."""
    return st.session_state.pop(CANCELLED, "")


def ensure_uploader_key() -> str:
    """Return the key of the uploader; it is another one, and empty, once its file was read or cancelled."""
    return f"upload-file-{st.session_state.setdefault(UPLOADER, secrets.token_hex(4))}"


def _cancel_reading(file_id: str, name: str) -> None:
    st.session_state[CANCELLED] = name
    _free_file(file_id)


def _hold_outcome(asked: tuple[str, str], file: UploadedFile, outcome: Outcome) -> Upload:
    """Hold the register, or the file whose cells can be marked, within the bound of all drafts."""
    held: Draft | GivenFile | None = None
    if outcome.register is not None:
        held = Draft(file.name, outcome.register)
    elif outcome.kind != "package" and any(one.cell for one in outcome.faults):
        held = GivenFile(file.name, file.getvalue())
    token = previews.HELD.keep(previews.read_visitor_secret(), held) if held else ""
    return Upload(asked, file.name, replace(outcome, register=None), token)


def reset_uploader() -> None:
    """Let the next uploader be another one, without a file."""
    st.session_state.pop(UPLOADER, None)


def _free_file(file_id: str) -> None:
    """Free the file that Streamlit would keep in memory until the session ends, and empty the uploader."""
    reset_uploader()
    context = get_script_run_ctx()
    if context is not None:
        context.uploaded_file_mgr.remove_file(context.session_id, file_id)
