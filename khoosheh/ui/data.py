"""The page of a visitor's own data."""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from khoosheh import temporary, uploads
from khoosheh.intake import marked, template
from khoosheh.persian import isolate
from khoosheh.register import Register
from khoosheh.spreadsheets import UnreadableError
from khoosheh.ui import difference, drafts, show, table, upload, upload_files
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.ui.upload import Upload
from khoosheh.ui.upload_setting import MOST_MB, uploads_allowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(page: PageContext) -> None:
    """Draw the page."""
    title = st.container()
    st.caption(page.t("data.lead"))
    _templates(page)
    file = _uploader(page)
    found = upload.kept()
    with title:
        show.heading(_title(page, found), 1)
    if file:
        if upload.read(page, file):
            # the title tells the result
            st.rerun()
    elif name := upload.cancelled():
        st.info(plain(page.t("data.cancelled", file=isolate(name))))
    elif found:
        _result(page, found)


def _title(page: PageContext, found: Upload | None) -> str:
    if found is None:
        return page.t("data.title")
    if found.outcome.faults:
        return page.t("data.title.faulty", file=isolate(found.name), faults=len(found.outcome.faults))
    return page.t("data.title.sound", file=isolate(found.name), statements=found.outcome.statements)


def _uploader(page: PageContext) -> UploadedFile | None:
    """Draw the uploader, where the administrator allows it; return the file that was given."""
    if page.published.is_large:
        st.info(page.t("data.off"))
        return None
    if not uploads_allowed():
        st.info(plain(f"{page.t('data.off')} {page.t('data.off.administrator')}"))
        return None
    upload_files.open_session()
    if upload_files.was_freed():
        upload.empty_uploader()
        st.info(page.t("data.again"))
    words = {"button": "data.upload.button", "hint": "data.upload.hint", "large": "data.upload.large"}
    said = "".join(f'--khoosheh-upload-{name}: "{page.t(key, most=MOST_MB)}";' for name, key in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")
    with st.container(key="khoosheh-upload"):
        # after a lost connection the page may find a server without the file: its uploader is another, and empty
        return st.file_uploader(page.t("data.upload"), key=upload.uploader_key(), max_upload_size=MOST_MB)


def _result(page: PageContext, found: Upload) -> None:
    if found.asked[1] != page.published.version:
        st.warning(page.t("data.stale"))
    if found.outcome.faults:
        _faults(page, found)
    else:
        _look(page, found)
        show.heading(page.t("data.difference"))
        difference.draw(page, found.outcome.difference[page.lang])
    _read(page, found)


def _look(page: PageContext, found: Upload) -> None:
    """Offer to look at every page with the file."""
    if page.draft and page.view.draft == found.token:
        st.info(page.t("data.looking"))
    elif drafts.find_draft(found.token) is None:
        st.warning(page.t("data.not_held"))
    else:
        st.info(page.t("data.sound"))
        st.button(page.t("data.look"), key="look", type="primary", on_click=_show_draft, args=(found.token,))


def _show_draft(token: str) -> None:
    st.query_params["draft"] = token


def _faults(page: PageContext, found: Upload) -> None:
    if drafts.find_file(found.token):
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
    every = found.outcome.faults
    rows = table.fault_rows(every[: show.MOST_ROWS], names, page.lang)
    caption = page.t("data.title.faulty", file=isolate(found.name), faults=len(every))
    table.draw([page.t(f"fault.column.{name}") for name in names], rows, caption, headed=True)
    show.more(page, show.MOST_ROWS, len(every))


def _marked(found: Upload, lang: str) -> bytes:
    """Return the marked copy; one that lists the faults only, where the file is no longer held or too large."""
    held = drafts.find_file(found.token)
    try:
        if held is not None:
            return uploads.mark_faults(held.content, held.name, found.outcome, lang)
    except UnreadableError:
        pass
    with temporary.folder() as folder:
        file = folder / "marked.xlsx"
        marked.write_list(found.outcome.faults, file, lang)
        return file.read_bytes()


def _read(page: PageContext, found: Upload) -> None:
    """Say what was read otherwise than written, and what was left out."""
    outcome = found.outcome
    for one in outcome.left_out:
        key = "data.left_out.column" if one.cell else "data.left_out.sheet"
        st.warning(plain(page.t(key, sheet=isolate(one.sheet), column=isolate(one.given))))
    show.more(page, len(outcome.left_out), outcome.left_out_count)
    if not outcome.readings:
        return
    show.heading(page.t("data.readings", count=outcome.readings_count))
    names = ("sheet", "cell", "given", "read")
    rows = [[Cell(getattr(one, name)) for name in names] for one in outcome.readings]
    with st.expander(page.t("data.readings.open")):
        caption = page.t("data.readings", count=outcome.readings_count)
        table.draw([page.t(f"data.column.{name}") for name in names], rows, caption)
        show.more(page, len(rows), outcome.readings_count)


def _templates(page: PageContext) -> None:
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
    with temporary.folder() as folder:
        file = folder / "template.xlsx"
        template.write(register, file, lang, filled=filled)
        return file.read_bytes()
