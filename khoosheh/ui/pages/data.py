"""The page on which visitors upload their own data."""

from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from khoosheh import temporary, uploads
from khoosheh.intake import marked_copy, template
from khoosheh.persian import isolate_direction
from khoosheh.register import Register
from khoosheh.spreadsheets import UnreadableError
from khoosheh.ui.blocks import difference, upload
from khoosheh.ui.blocks.upload import Upload
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell
from khoosheh.ui.state import previews, uploaded_files
from khoosheh.ui.state.upload_setting import MOST_MB, uploads_allowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def render_data_page(page: PageContext) -> None:
    """Draw the page."""
    title = st.container()
    st.caption(page.t("data.lead"))
    _render_template_downloads(page)
    file = _render_uploader(page)
    last_upload = upload.find_last_upload()
    with title:
        finding.render_heading(_format_data_title(page, last_upload), 1)
    if file:
        if upload.read_uploaded_file(page, file):
            # the title tells the result
            st.rerun()
    elif name := upload.take_cancelled_name():
        st.info(escape_markdown(page.t("data.cancelled", file=isolate_direction(name))))
    elif last_upload:
        _render_upload_result(page, last_upload)


def _format_data_title(page: PageContext, last_upload: Upload | None) -> str:
    if last_upload is None:
        return page.t("data.title")
    name, outcome = isolate_direction(last_upload.name), last_upload.outcome
    if outcome.faults:
        return page.t("data.title.faulty", file=name, count=len(outcome.faults))
    return page.t("data.title.sound", file=name, count=outcome.statements)


def _render_uploader(page: PageContext) -> UploadedFile | None:
    """Draw the uploader if uploads are allowed; return the file that the visitor has uploaded."""
    if page.published.is_large:
        st.info(page.t("data.off"))
        return None
    if not uploads_allowed():
        st.info(escape_markdown(f"{page.t('data.off')} {page.t('data.off.administrator')}"))
        return None
    uploaded_files.open_session()
    if uploaded_files.was_freed():
        upload.reset_uploader()
        st.info(page.t("data.again"))
    keys = {"button": "data.upload.button", "hint": "data.upload.hint", "large": "data.upload.large"}
    properties = "".join(f'--khoosheh-upload-{name}: "{page.t(key, most=MOST_MB)}";' for name, key in keys.items())
    st.html(f"<style>:root {{ {properties} }}</style>")
    # screen readers announce this text when the style sheet shows it; Streamlit would announce its own in English
    refused = tables.escape_html(page.t("data.upload.large", most=MOST_MB))
    with st.container(key="khoosheh-upload"):
        st.html(f'<p class="khoosheh-upload-refused" role="alert">{refused}</p>')
        # its key changes, so that it is empty after a lost connection: the new server may not have the file
        return st.file_uploader(page.t("data.upload"), key=upload.ensure_uploader_key(), max_upload_size=MOST_MB)


def _render_upload_result(page: PageContext, last_upload: Upload) -> None:
    if last_upload.source[1] != page.published.version:
        st.warning(page.t("data.stale"))
    if last_upload.outcome.faults:
        _render_fault_list(page, last_upload)
    else:
        _render_preview_offer(page, last_upload)
        finding.render_heading(page.t("data.difference"))
        difference.render_difference(page, last_upload.outcome.difference[page.lang])
    _render_readings(page, last_upload)


def _render_preview_offer(page: PageContext, last_upload: Upload) -> None:
    """Draw a button that shows all pages with the data of the file, or a note if they are shown or no longer held."""
    if page.draft and page.view.draft == last_upload.token:
        st.info(page.t("data.looking"))
    elif previews.find_draft(last_upload.token) is None:
        st.warning(page.t("data.not_held"))
    else:
        st.info(page.t("data.sound"))
        st.button(page.t("data.look"), key="look", type="primary", on_click=_show_draft, args=(last_upload.token,))


def _show_draft(token: str) -> None:
    st.query_params["draft"] = token


def _render_fault_list(page: PageContext, last_upload: Upload) -> None:
    if previews.find_file(last_upload.token):
        st.download_button(
            page.t("data.marked"),
            partial(_build_marked_copy, last_upload, page.lang),
            file_name=f"{Path(last_upload.name).stem}-marked.xlsx",
            mime=XLSX,
            key="marked",
            on_click="ignore",
            icon=":material/download:",
        )
    names = ("sheet", "cell", "value", "why", "mend")
    faults = last_upload.outcome.faults
    rows = tables.build_fault_rows(faults[: finding.MOST_ROWS], names, page.lang)
    caption = page.t("data.title.faulty", file=isolate_direction(last_upload.name), count=len(faults))
    tables.render_table([page.t(f"fault.column.{name}") for name in names], rows, caption, headed=True)
    finding.render_truncation_note(page, finding.MOST_ROWS, len(faults))


def _build_marked_copy(last_upload: Upload, lang: str) -> bytes:
    """Return a marked copy of the file; a list of its faults where it is no longer held or cannot be marked."""
    held = previews.find_file(last_upload.token)
    try:
        if held is not None:
            return uploads.mark_faults(held.content, held.name, last_upload.outcome, lang)
    except UnreadableError:
        pass
    with temporary.make_private_folder() as folder:
        file = folder / "marked.xlsx"
        marked_copy.write_fault_list(last_upload.outcome.faults, file, lang)
        return file.read_bytes()


def _render_readings(page: PageContext, last_upload: Upload) -> None:
    """Draw the values that differ from the text in the file, and the sheets and columns that were left out."""
    outcome = last_upload.outcome
    for part in outcome.left_out:
        key = "data.left_out.column" if part.cell else "data.left_out.sheet"
        st.warning(
            escape_markdown(page.t(key, sheet=isolate_direction(part.sheet), column=isolate_direction(part.given)))
        )
    finding.render_truncation_note(page, len(outcome.left_out), outcome.left_out_count)
    if not outcome.readings:
        return
    finding.render_heading(page.t("data.readings", count=outcome.readings_count))
    names = ("sheet", "cell", "given", "read")
    rows = [[Cell(getattr(reading, name)) for name in names] for reading in outcome.readings]
    with st.expander(page.t("data.readings.open")):
        caption = page.t("data.readings", count=outcome.readings_count)
        tables.render_table([page.t(f"data.column.{name}") for name in names], rows, caption)
        finding.render_truncation_note(page, len(rows), outcome.readings_count)


def _render_template_downloads(page: PageContext) -> None:
    """Draw buttons that download a blank workbook, and a workbook with the rows of the published register."""
    with st.container(horizontal=True, key="khoosheh-templates"):
        for filled in (False, True):
            name = "filled" if filled else "blank"
            st.download_button(
                page.t(f"data.template.{name}"),
                partial(_build_template_workbook, page.published, page.lang, filled),
                file_name=f"khoosheh-{name}.xlsx",
                mime=XLSX,
                key=f"template-{name}",
                on_click="ignore",
                icon=":material/download:",
            )


def _build_template_workbook(register: Register, lang: str, filled: bool) -> bytes:
    with temporary.make_private_folder() as folder:
        file = folder / "template.xlsx"
        template.write_template(register, file, lang, filled=filled)
        return file.read_bytes()
