"""Choosing and ordering slides; the address contains the set, and the page shows a link to copy."""

from collections.abc import Sequence

import streamlit as st

from khoosheh.persian import isolate_direction
from khoosheh.topics.slide import Slide
from khoosheh.ui.components import address
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import download_links, finding
from khoosheh.ui.markup import addresses, tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.page_list import PRESENT
from khoosheh.ui.state import address_bar


def render_slide_chooser(
    page: PageContext, deck: Sequence[Slide], chosen: Sequence[Slide], lost: Sequence[str]
) -> None:
    """Render all slides with checkboxes, the chosen ones first in their order, and the link of the set.

    ``lost``: keys in the address that the deck does not have.
    """
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
            words = {word: page.t(f"chooser.{word}") for word in ("label", "copy", "copied")}
            address.render_address_field(link, words)
        st.html(tables.build_page_link(page.t("chooser.present"), page.view.query(choose="", slide=""), PRESENT))
        if not page.draft:
            st.html(download_links.build_download_link(page, download_links.PRESENTATION))
        keys = [slide.key for slide in chosen]
        default = [slide.key for slide in deck]
        for slide in [*chosen, *(slide for slide in deck if slide.key not in keys)]:
            _render_slide_row(page, slide, keys, default)


def _render_slide_row(page: PageContext, slide: Slide, keys: list[str], default: list[str]) -> None:
    ticked = slide.key in keys
    box = f"tick-{slide.key}"
    st.session_state[box] = ticked
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"khoosheh-row-{slide.key}"):
        for way, icon in (("up", "arrow_upward"), ("down", "arrow_downward")):
            moved = _move_slide(keys, slide.key, -1 if way == "up" else 1)
            st.button(
                escape_markdown(page.t(f"chooser.{way}", title=slide.title)), key=f"{way}-{slide.key}",
                icon=f":material/{icon}:", disabled=moved == keys, on_click=_write_slide_set, args=(moved, default),
            )  # fmt: skip
        label = page.t("chooser.row", page=page.t(f"nav.{slide.page}"), title=slide.title)
        # an empty set would mean all slides
        is_only = keys == [slide.key]
        st.checkbox(
            escape_markdown(label), key=box, disabled=is_only, on_change=_write_slide_set,
            args=(_toggle_slide(keys, slide.key), default), width="stretch", wrap=True,
        )  # fmt: skip


def _toggle_slide(keys: Sequence[str], key: str) -> list[str]:
    return [other for other in keys if other != key] if key in keys else [*keys, key]


def _move_slide(keys: Sequence[str], key: str, by: int) -> list[str]:
    """Return the keys with one of them moved by ``by`` places; unchanged if that is not possible."""
    moved = list(keys)
    if key in moved and 0 <= moved.index(key) + by < len(moved):
        at = moved.index(key)
        moved[at], moved[at + by] = moved[at + by], moved[at]
    return moved


def _write_slide_set(keys: list[str], default: list[str]) -> None:
    """Write a set of slides to the address; the default set, all slides, is left out."""
    is_default = keys == default and "of" not in st.query_params
    address_bar.write_field("slides", "" if is_default else ",".join(keys))
