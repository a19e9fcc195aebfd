"""The page of a visitor's own data."""

import secrets
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from khoosheh.intake import marked, template
from khoosheh.persian import isolate
from khoosheh.register import Register
from khoosheh.ui import difference, drafts, show, table, upload, upload_files
from khoosheh.ui.drafts import Draft
from khoosheh.ui.table import Cell
from khoosheh.ui.upload import Upload
from khoosheh.ui.upload_setting import MOST_MB, uploads_allowed

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from khoosheh.ui.shell import Page

FILE = "upload-file"
AGAIN = "upload-again"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(page: "Page") -> None:
    """Draw the page."""
    title = st.container()
    st.caption(page.t("data.lead"))
    _templates(page)
    file = _uploader(page)
    # the uploader forgets its file when another page is visited, a preview does not
    found = _outcome(page, file) if file else upload.kept() if page.draft else None
    with title:
        show.heading(_title(page, found), 1)
    if found:
        _result(page, found)


def _title(page: "Page", found: Upload | None) -> str:
    if found is None:
        return page.t("data.title")
    if found.found.faults:
        return page.t("data.title.faulty", file=isolate(found.name), faults=len(found.found.faults))
    return page.t("data.title.sound", file=isolate(found.name), statements=len(found.register.table("statements")))


def _outcome(page: "Page", file: "UploadedFile") -> Upload:
    """Return what became of a file. Its bytes are freed once it was read: where they are needed, ask for it again."""
    found = upload.kept()
    is_read = found is not None and found.asked == (file.file_id, page.published.version)
    if upload_files.is_released(file) and not is_read:
        # another register has been published since
        _empty_uploader()
        st.rerun()
    found = upload.of(page, file)
    upload_files.release_file(file)
    return found


def _empty_uploader() -> None:
    """Let the next uploader be another one, without a file, and the page say why."""
    st.session_state[FILE] = secrets.token_hex(4)
    st.session_state[AGAIN] = True


def _uploader(page: "Page") -> "UploadedFile | None":
    """Draw the uploader, where the administrator allows it; return the file that was given."""
    if page.published.is_large:
        st.info(page.t("data.off"))
        return None
    if not uploads_allowed():
        st.info(f"{page.t('data.off')} {page.t('data.off.administrator')}")
        return None
    upload_files.open_session()
    if upload_files.was_freed():
        _empty_uploader()
    if st.session_state.pop(AGAIN, False):
        st.info(page.t("data.again"))
    words = {"button": "data.upload.button", "hint": "data.upload.hint", "large": "data.upload.large"}
    said = "".join(f'--khoosheh-upload-{name}: "{page.t(key, most=MOST_MB)}";' for name, key in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")
    with st.container(key="khoosheh-upload"):
        # after a lost connection the page may find a server without the file: its uploader is another, and empty
        key = f"{FILE}-{st.session_state.setdefault(FILE, secrets.token_hex(4))}"
        return st.file_uploader(page.t("data.upload"), key=key, max_upload_size=MOST_MB)


def _result(page: "Page", found: Upload) -> None:
    if found.found.faults:
        _faults(page, found)
    else:
        _look(page, found)
        show.heading(page.t("data.difference"))
        difference.draw(page, found.difference)
    _read(page, found)


def _look(page: "Page", found: Upload) -> None:
    """Offer to look at every page with the file."""
    if page.draft and page.draft.register is found.register:
        st.info(page.t("data.looking"))
        return
    st.info(page.t("data.sound"))
    st.button(page.t("data.look"), key="look", type="primary", on_click=_keep, args=(found,))


def _keep(found: Upload) -> None:
    st.query_params["draft"] = drafts.HELD.keep(drafts.owner(), Draft(found.name, found.register))


def _faults(page: "Page", found: Upload) -> None:
    if found.content:
        st.download_button(
            page.t("data.marked"),
            partial(_marked, found, page.lang),
            file_name=f"{Path(found.name).stem}-marked.xlsx",
            mime=XLSX,
            key="marked",
            on_click="ignore",
            icon=":material/download:",
        )
    names = ("sheet", "cell", "value", "why", "mend")
    every = found.found.faults
    rows = table.fault_rows(every[: show.MOST_ROWS], names, page.lang)
    caption = page.t("data.title.faulty", file=isolate(found.name), faults=len(every))
    table.draw([page.t(f"fault.column.{name}") for name in names], rows, caption, headed=True)
    show.more(page, show.MOST_ROWS, len(every))


def _marked(found: Upload, lang: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="khoosheh-") as folder:
        given, file = Path(folder) / "given", Path(folder) / "marked.xlsx"
        given.write_bytes(found.content)
        marked.write(given, found.found.faults, file, lang, found.name)
        return file.read_bytes()


def _read(page: "Page", found: Upload) -> None:
    """Say what was read otherwise than written, and what was left out."""
    for one in found.found.left_out:
        key = "data.left_out.column" if one.cell else "data.left_out.sheet"
        st.warning(table.plain(page.t(key, sheet=isolate(one.sheet), column=isolate(one.given))))
    readings = found.found.readings
    if not readings:
        return
    show.heading(page.t("data.readings", count=len(readings)))
    names = ("sheet", "cell", "given", "read")
    rows = [[Cell(getattr(one, name)) for name in names] for one in readings[: show.MOST_ROWS]]
    with st.expander(page.t("data.readings.open")):
        caption = page.t("data.readings", count=len(readings))
        table.draw([page.t(f"data.column.{name}") for name in names], rows, caption)
        show.more(page, show.MOST_ROWS, len(readings))


def _templates(page: "Page") -> None:
    """Offer the workbook to be filled in, and one with the rows of what is published."""
    with st.container(horizontal=True, key="khoosheh-templates"):
        for filled in (False, True):
            name = "filled" if filled else "blank"
            st.download_button(
                page.t(f"data.template.{name}"),
                partial(_template, page.published, page.lang, filled),
                file_name=f"khoosheh-{name}.xlsx",
                mime=XLSX,
                key=f"template-{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def _template(register: Register, lang: str, filled: bool) -> bytes:
    with tempfile.TemporaryDirectory(prefix="khoosheh-") as folder:
        file = Path(folder) / "template.xlsx"
        template.write(register, file, lang, filled=filled)
        return file.read_bytes()
