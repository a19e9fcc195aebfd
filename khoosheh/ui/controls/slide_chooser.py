"""Choosing and ordering slides; the set is kept in the address, and its link is there to be copied."""

from collections.abc import Sequence

import streamlit as st

from khoosheh.persian import isolate_direction
from khoosheh.presenters import Slide
from khoosheh.ui.components import address
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import download_links, finding
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PRESENT


def render_slide_chooser(
    page: PageContext, deck: Sequence[Slide], chosen: Sequence[Slide], lost: Sequence[str]
) -> None:
    """Draw every slide with a box to tick, the chosen ones first and in their order, and the link of the set."""
    with st.container(key="khoosheh-chooser"):
        finding.render_heading(page.t("chooser.title", chosen=len(chosen), count=len(deck)), 1)
        st.caption(page.t("chooser.lead"))
        if lost:
            st.warning(
                escape_markdown(page.t("present.lost", keys=page.t("list.comma").join(map(isolate_direction, lost))))
            )
        if not deck:
            finding.render_empty_result(page)
            return
        link = addresses.build_page_address(page.view.query(choose="", slide=""), PRESENT)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            address.render_address_field(link, {one: page.t(f"chooser.{one}") for one in ("label", "copy", "copied")})
        st.html(tables.build_page_link(page.t("chooser.present"), page.view.query(choose="", slide=""), PRESENT))
        if not page.draft:
            st.html(download_links.build_download_link(page, download_links.PRESENTATION))
        keys = [slide.key for slide in chosen]
        whole = [slide.key for slide in deck]
        for slide in [*chosen, *(one for one in deck if one.key not in keys)]:
            _render_slide_row(page, slide, keys, whole)


def _render_slide_row(page: PageContext, slide: Slide, keys: list[str], whole: list[str]) -> None:
    ticked = slide.key in keys
    box = f"tick-{slide.key}"
    st.session_state[box] = ticked
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"khoosheh-row-{slide.key}"):
        for way, icon in (("up", "arrow_upward"), ("down", "arrow_downward")):
            moved = _move_slide(keys, slide.key, -1 if way == "up" else 1)
            st.button(
                escape_markdown(page.t(f"chooser.{way}", title=slide.title)), key=f"{way}-{slide.key}",
                icon=f":material/{icon}:", disabled=moved == keys, on_click=_write_slide_set, args=(moved, whole),
            )  # fmt: skip
        label = page.t("chooser.row", page=page.t(f"nav.{slide.page}"), title=slide.title)
        # a set of none would be a set of all
        alone = keys == [slide.key]
        st.checkbox(
            escape_markdown(label), key=box, disabled=alone, on_change=_write_slide_set,
            args=(_toggle_slide(keys, slide.key), whole), width="stretch", wrap=True,
        )  # fmt: skip


def _toggle_slide(keys: Sequence[str], key: str) -> list[str]:
    return [one for one in keys if one != key] if key in keys else [*keys, key]


def _move_slide(keys: Sequence[str], key: str, by: int) -> list[str]:
    """Return a set with one of its slides moved; as it was, where that is not possible."""
    found = list(keys)
    if key in found and 0 <= found.index(key) + by < len(found):
        at = found.index(key)
        found[at], found[at + by] = found[at + by], found[at]
    return found


def _write_slide_set(keys: list[str], whole: list[str]) -> None:
    """Put a set into the address; the set of all slides needs no words there."""
    if keys == whole and "of" not in st.query_params:
        st.query_params.pop("slides", None)
    else:
        st.query_params["slides"] = ",".join(keys)
