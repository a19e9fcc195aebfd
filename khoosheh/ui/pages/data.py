"""The page of a visitor's own data."""

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
    found = upload.find_last_upload()
    with title:
        finding.render_heading(_format_data_title(page, found), 1)
    if file:
        if upload.read_uploaded_file(page, file):
            # the title tells the result
            st.rerun()
    elif name := upload.take_cancelled_name():
        st.info(escape_markdown(page.t("data.cancelled", file=isolate_direction(name))))
    elif found:
        _render_upload_result(page, found)


def _format_data_title(page: PageContext, found: Upload | None) -> str:
    if found is None:
        return page.t("data.title")
    if found.outcome.faults:
        return page.t("data.title.faulty", file=isolate_direction(found.name), count=len(found.outcome.faults))
    return page.t("data.title.sound", file=isolate_direction(found.name), count=found.outcome.statements)


def _render_uploader(page: PageContext) -> UploadedFile | None:
    """Draw the uploader, where the administrator allows it; return the file that was given."""
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
    words = {"button": "data.upload.button", "hint": "data.upload.hint", "large": "data.upload.large"}
    said = "".join(f'--khoosheh-upload-{name}: "{page.t(key, most=MOST_MB)}";' for name, key in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")
    # screen readers announce this text when the style sheet shows it; Streamlit would announce an English one
    refused = tables.escape_html(page.t("data.upload.large", most=MOST_MB))
    with st.container(key="khoosheh-upload"):
        st.html(f'<p class="khoosheh-upload-refused" role="alert">{refused}</p>')
        # after a lost connection the page may find a server without the file: its uploader is another, and empty
        return st.file_uploader(page.t("data.upload"), key=upload.ensure_uploader_key(), max_upload_size=MOST_MB)


def _render_upload_result(page: PageContext, found: Upload) -> None:
    if found.asked[1] != page.published.version:
        st.warning(page.t("data.stale"))
    if found.outcome.faults:
        _render_fault_list(page, found)
    else:
        _render_preview_offer(page, found)
        finding.render_heading(page.t("data.difference"))
        difference.render_difference(page, found.outcome.difference[page.lang])
    _render_readings(page, found)


def _render_preview_offer(page: PageContext, found: Upload) -> None:
    """Offer to look at every page with the file."""
    if page.draft and page.view.draft == found.token:
        st.info(page.t("data.looking"))
    elif previews.find_draft(found.token) is None:
        st.warning(page.t("data.not_held"))
    else:
        st.info(page.t("data.sound"))
        st.button(page.t("data.look"), key="look", type="primary", on_click=_show_draft, args=(found.token,))


def _show_draft(token: str) -> None:
    st.query_params["draft"] = token


def _render_fault_list(page: PageContext, found: Upload) -> None:
    if previews.find_file(found.token):
        st.download_button(
            page.t("data.marked"),
            partial(_build_marked_copy, found, page.lang),
            file_name=f"{Path(found.name).stem}-marked.xlsx",
            mime=XLSX,
            key="marked",
            on_click="ignore",
            icon=":material/download:",
        )
    names = ("sheet", "cell", "value", "why", "mend")
    every = found.outcome.faults
    rows = tables.build_fault_rows(every[: finding.MOST_ROWS], names, page.lang)
    caption = page.t("data.title.faulty", file=isolate_direction(found.name), count=len(every))
    tables.render_table([page.t(f"fault.column.{name}") for name in names], rows, caption, headed=True)
    finding.render_truncation_note(page, finding.MOST_ROWS, len(every))


def _build_marked_copy(found: Upload, lang: str) -> bytes:
    """Return the marked copy; one that lists the faults only, where the file is no longer held or too large."""
    held = previews.find_file(found.token)
    try:
        if held is not None:
            return uploads.mark_faults(held.content, held.name, found.outcome, lang)
    except UnreadableError:
        pass
    with temporary.make_private_folder() as folder:
        file = folder / "marked.xlsx"
        marked_copy.write_fault_list(found.outcome.faults, file, lang)
        return file.read_bytes()


def _render_readings(page: PageContext, found: Upload) -> None:
    """Say what was read otherwise than written, and what was left out."""
    outcome = found.outcome
    for one in outcome.left_out:
        key = "data.left_out.column" if one.cell else "data.left_out.sheet"
        st.warning(
            escape_markdown(page.t(key, sheet=isolate_direction(one.sheet), column=isolate_direction(one.given)))
        )
    finding.render_truncation_note(page, len(outcome.left_out), outcome.left_out_count)
    if not outcome.readings:
        return
    finding.render_heading(page.t("data.readings", count=outcome.readings_count))
    names = ("sheet", "cell", "given", "read")
    rows = [[Cell(getattr(one, name)) for name in names] for one in outcome.readings]
    with st.expander(page.t("data.readings.open")):
        caption = page.t("data.readings", count=outcome.readings_count)
        tables.render_table([page.t(f"data.column.{name}") for name in names], rows, caption)
        finding.render_truncation_note(page, len(rows), outcome.readings_count)


def _render_template_downloads(page: PageContext) -> None:
    """Offer the workbook to be filled in, and one with the rows of what is published."""
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
