"""The page of a visitor's own data."""

import os
import secrets
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from khoosheh import temporary
from khoosheh.intake import marked, template
from khoosheh.persian import isolate
from khoosheh.register import Register
from khoosheh.ui import difference, drafts, show, table, upload
from khoosheh.ui.drafts import Draft
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.ui.upload import Upload

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page

FILE = "upload-file"
MOST_MB = 50
UPLOADS = "KHOOSHEH_UPLOADS"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw(page: "Page") -> None:
    """Draw the page."""
    title = st.container()
    st.caption(page.t("data.lead"))
    _templates(page)
    file = _uploader(page)
    # the uploader forgets its file when another page is visited, a preview does not
    found = upload.of(page, file) if file else upload.kept() if page.draft else None
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


def _uploader(page: "Page") -> object:
    """Draw the uploader, where the administrator allows it; return the file that was given."""
    if os.environ.get(UPLOADS) == "off" or page.published.is_large:
        st.info(page.t("data.off"))
        return None
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
    with temporary.folder() as folder:
        given, file = folder / "given", folder / "marked.xlsx"
        given.write_bytes(found.content)
        marked.write(given, found.found.faults, file, lang, found.name)
        return file.read_bytes()


def _read(page: "Page", found: Upload) -> None:
    """Say what was read otherwise than written, and what was left out."""
    for one in found.found.left_out:
        key = "data.left_out.column" if one.cell else "data.left_out.sheet"
        st.warning(plain(page.t(key, sheet=isolate(one.sheet), column=isolate(one.given))))
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
    with temporary.folder() as folder:
        file = folder / "template.xlsx"
        template.write(register, file, lang, filled=filled)
        return file.read_bytes()
