"""The page of a visitor's own data."""

from typing import TYPE_CHECKING

import streamlit as st

from khoosheh.ui import difference, drafts, show, table, upload
from khoosheh.ui.drafts import Draft
from khoosheh.ui.table import Cell
from khoosheh.ui.upload import Upload

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page

FILE = "upload-file"
MOST_MB = 50
# more rows than this nobody reads on a page
MOST_ROWS = 200


def draw(page: "Page") -> None:
    """Draw the page."""
    title = st.container()
    st.caption(page.t("data.lead"))
    _templates(page)
    file = _uploader(page)
    found = upload.of(page, file) if file else None
    with title:
        show.heading(_title(page, found), 1)
    if found:
        _result(page, found)


def _title(page: "Page", found: Upload | None) -> str:
    if found is None:
        return page.t("data.title")
    if found.found.faults:
        return page.t("data.title.faulty", file=found.name, faults=len(found.found.faults))
    return page.t("data.title.sound", file=found.name, statements=len(found.register.table("statements")))


def _uploader(page: "Page") -> object:
    words = {"button": "data.upload.button", "hint": "data.upload.hint", "large": "data.upload.large"}
    said = "".join(f'--khoosheh-upload-{name}: "{page.t(key, most=MOST_MB)}";' for name, key in words.items())
    st.html(f"<style>:root {{ {said} }}</style>")
    with st.container(key="khoosheh-upload"):
        return st.file_uploader(page.t("data.upload"), key=FILE, max_upload_size=MOST_MB)


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
    st.info(page.t("data.sound"))
    st.button(page.t("data.look"), key="look", type="primary", on_click=_keep, args=(found,))


def _keep(found: Upload) -> None:
    st.query_params["draft"] = drafts.HELD.keep(drafts.owner(), Draft(found.name, found.register))


def _faults(page: "Page", found: Upload) -> None:
    names = ("sheet", "cell", "value", "why", "mend")
    every = [fault.as_dict(page.lang) for fault in found.found.faults]
    rows = [[Cell(str(one.get(name) or "")) for name in names] for one in every[:MOST_ROWS]]
    caption = page.t("data.title.faulty", file=found.name, faults=len(every))
    table.draw([page.t(f"fault.column.{name}") for name in names], rows, caption, headed=True)
    show.more(page, MOST_ROWS, len(every))


def _read(page: "Page", found: Upload) -> None:
    """Say what was read otherwise than written, and what was left out."""
    for words in found.found.left_out:
        st.warning(table.plain(words))
    readings = found.found.readings
    if not readings:
        return
    show.heading(page.t("data.readings", count=len(readings)))
    names = ("sheet", "cell", "given", "read")
    rows = [[Cell(getattr(one, name)) for name in names] for one in readings[:MOST_ROWS]]
    with st.expander(page.t("table.open")):
        caption = page.t("data.readings", count=len(readings))
        table.draw([page.t(f"data.column.{name}") for name in names], rows, caption)
        show.more(page, MOST_ROWS, len(readings))


def _templates(page: "Page") -> None:
    pass
