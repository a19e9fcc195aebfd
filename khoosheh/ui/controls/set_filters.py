"""The set filters of a page as chips that a click removes."""

from functools import partial
from typing import cast

import streamlit as st

from khoosheh import calendar
from khoosheh.persian import format_number
from khoosheh.ui.components import chips
from khoosheh.ui.components.chips import Chip
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.markup.page_list import PAGE_INFO
from khoosheh.ui.state import address_bar

DAY = "asof"


def render_set_filters(page: PageContext, name: str) -> None:
    """Render a chip for each set filter that the page ``name`` depends on, and one button that clears all."""
    shown = list_chips(page, PAGE_INFO[name].scope)
    words = {
        "label": page.t("chips.label"),
        "clear": page.t("chips.clear"),
        "open": page.t("chips.open" if PAGE_INFO[name].filters else "chips.open.day"),
        "close": page.t("chips.close"),
        "count": format_number(len(shown), page.lang),
    }
    fields = tuple(dict.fromkeys(chip.field for chip in shown))
    chips.render_chips(name, shown, words, partial(_remove_filter, fields, PAGE_INFO[name].filters))


def list_chips(page: PageContext, scope: tuple[str, ...]) -> list[Chip]:
    """Return the chips of the chosen day and of the codes in the fields ``scope`` of the address."""
    chosen = [(field, code) for field in scope for code in cast("tuple[str, ...]", getattr(page.view, field))]
    codes = [_build_chip(page, field, code, filters.format_filter_code(page, field, code)) for field, code in chosen]
    if not page.view.asof:
        return codes
    day = calendar.format_date(calendar.parse_jalali_date(page.view.asof), page.lang)
    return [_build_chip(page, DAY, page.view.asof, day), *codes]


def _build_chip(page: PageContext, field: str, code: str, value: str) -> Chip:
    text = page.t("chips.text", field=page.t(f"filter.{field}"), value=value)
    return Chip(field, code, text, page.t("chips.remove", filter=text))


def _remove_filter(shown: tuple[str, ...], controls: tuple[str, ...], field: str, code: str) -> None:
    """Remove a code from a field of the address, without ``field`` all codes of the fields ``shown``.

    ``controls``: the fields that have a control above the page, which then has to show the change.
    """
    st.query_params.pop("page", None)
    changed = (field,) if field else shown
    for name in changed:
        others = [other for other in address_bar.read_field(name).split(",") if field and other != code]
        address_bar.write_field(name, ",".join(others))
    affected = [address_bar.ASOF] if DAY in changed else []
    address_bar.rerun_view(*affected, *([address_bar.FILTERS] if set(changed) & set(controls) else []))
