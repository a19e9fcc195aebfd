"""Choosing and ordering slides; the set is kept in the address, and its link is there to be copied."""

from collections.abc import Sequence

import streamlit as st

from khoosheh.persian import isolate
from khoosheh.slides import Slide
from khoosheh.ui import addresses, show, table, takeaway_links
from khoosheh.ui.components import address
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.pages import PRESENT


def draw(page: PageContext, deck: Sequence[Slide], chosen: Sequence[Slide], lost: Sequence[str]) -> None:
    """Draw every slide with a box to tick, the chosen ones first and in their order, and the link of the set."""
    with st.container(key="khoosheh-chooser"):
        show.heading(page.t("chooser.title", count=len(chosen), of=len(deck)), 1)
        st.caption(page.t("chooser.lead"))
        if lost:
            st.warning(plain(page.t("present.lost", keys=page.t("list.comma").join(map(isolate, lost)))))
        if not deck:
            show.nothing(page)
            return
        link = addresses.to_page(page.view.query(choose="", slide=""), PRESENT)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            address.draw(link, {one: page.t(f"chooser.{one}") for one in ("label", "copy", "copied")})
        st.html(table.link(page.t("chooser.present"), page.view.query(choose="", slide=""), PRESENT))
        if not page.draft:
            st.html(takeaway_links.link(page, takeaway_links.PRESENTATION))
        keys = [slide.key for slide in chosen]
        whole = [slide.key for slide in deck]
        for slide in [*chosen, *(one for one in deck if one.key not in keys)]:
            _row(page, slide, keys, whole)


def _row(page: PageContext, slide: Slide, keys: list[str], whole: list[str]) -> None:
    ticked = slide.key in keys
    box = f"tick-{slide.key}"
    st.session_state[box] = ticked
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", key=f"khoosheh-row-{slide.key}"):
        for way, icon in (("up", "arrow_upward"), ("down", "arrow_downward")):
            moved = _moved(keys, slide.key, -1 if way == "up" else 1)
            st.button(
                plain(page.t(f"chooser.{way}", title=slide.title)), key=f"{way}-{slide.key}",
                icon=f":material/{icon}:", disabled=moved == keys, on_click=_write, args=(moved, whole),
            )  # fmt: skip
        label = page.t("chooser.row", page=page.t(f"nav.{slide.page}"), title=slide.title)
        # a set of none would be a set of all
        alone = keys == [slide.key]
        st.checkbox(
            plain(label), key=box, disabled=alone, on_change=_write, args=(_toggled(keys, slide.key), whole),
            width="stretch", wrap=True,
        )  # fmt: skip


def _toggled(keys: Sequence[str], key: str) -> list[str]:
    return [one for one in keys if one != key] if key in keys else [*keys, key]


def _moved(keys: Sequence[str], key: str, by: int) -> list[str]:
    """Return a set with one of its slides moved; as it was, where that is not possible."""
    found = list(keys)
    if key in found and 0 <= found.index(key) + by < len(found):
        at = found.index(key)
        found[at], found[at + by] = found[at + by], found[at]
    return found


def _write(keys: list[str], whole: list[str]) -> None:
    """Put a set into the address; the set of all slides needs no words there."""
    if keys == whole and "of" not in st.query_params:
        st.query_params.pop("slides", None)
    else:
        st.query_params["slides"] = ",".join(keys)
