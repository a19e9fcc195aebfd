"""The filters: widgets that show the view of the address bar and write changes to it."""

import streamlit as st

from khoosheh import calendar, formatting, labels, queries
from khoosheh.locale import format_message
from khoosheh.persian import format_number
from khoosheh.ui.context import PageContext
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import address_bar
from khoosheh.ui.state import view as views

# column of the register by field of the address, where the names differ
DIMENSION = {
    "chain": "chain_id", "county": "county_id", "project": "project_id", "province": "iso_3166_2",
    "indicator": "indicator_id",
}  # fmt: skip

FILTER_WIDTH_PX = 230


def render_address_warnings(page: PageContext) -> None:
    """Render a warning for each field of the address that was not understood."""
    for field, value, fault in page.view.unknown:
        st.warning(escape_markdown(format_unknown_field(page, field, value, fault)))


def render_filter_bar(page: PageContext, fields: tuple[str, ...]) -> None:
    """Render the widgets of ``fields`` of the address in a row."""
    allowed = queries.list_selection_codes(page.register)
    with st.container(horizontal=True, key="khoosheh-filters", vertical_alignment="bottom", gap="small"):
        for field in fields:
            _render_filter_widget(page, field, allowed[field])


def format_register_date(text: str, lang: str) -> str:
    """Return a Jalali date of the register ('1403-04-11') in the reader's language."""
    return calendar.format_date(calendar.parse_jalali_date(text), lang)


def _render_filter_widget(page: PageContext, field: str, codes: list[str]) -> None:
    key = f"filter-{field}"
    shown = lambda code: format_filter_option(page, field, code)  # noqa: E731 - Streamlit wants a callable
    value = _read_filter_value(page.view, field)
    st.session_state[key] = value if value or field in views.LISTS or not codes else codes[0]
    if field in views.LISTS:
        st.multiselect(
            page.t(f"filter.{field}"), codes, key=key, format_func=shown, placeholder=page.t("filter.all"),
            on_change=_write_filter_field, args=(field,), select_all=False, filter_mode=None, width=FILTER_WIDTH_PX,
        )  # fmt: skip
    else:
        st.selectbox(
            page.t(f"filter.{field}"), codes, key=key, format_func=shown, on_change=_write_filter_field,
            args=(field,), filter_mode=None, width=FILTER_WIDTH_PX,
        )  # fmt: skip


def _read_filter_value(view: views.View, field: str) -> str | list[str]:
    value = getattr(view, field)
    return list(value) if isinstance(value, tuple) else value


def _write_filter_field(field: str) -> None:
    """Write the value of a widget to the address."""
    value = st.session_state[f"filter-{field}"]
    written = ",".join(value) if isinstance(value, list) else value
    st.query_params.pop("page", None)
    address_bar.write_field(field, "" if written == getattr(views.PLAIN, field) else written)
    address_bar.rerun_view()


def format_filter_option(page: PageContext, field: str, code: str) -> str:
    """Return the label of a choice, with its number of statements where the codes of the filter are counted."""
    label = format_filter_code(page, field, code)
    if field not in queries.COUNTED:
        return label
    statements = queries.count_statements_by_code(page.register, field).get(code, 0)
    return page.t("filter.option", label=label, statements=format_number(statements, page.lang))


def format_filter_code(page: PageContext, field: str, code: str) -> str:
    """Return the label of a code of a filter."""
    if field == "unit":
        return labels.find_unit_label(page.register, code, page.lang)
    if field == "isic":
        return formatting.format_digits(code, page.lang)
    if field == "kind":
        return labels.find_measure_label(page.register, code, page.lang)
    return _format_catalogue_code(field, code, page.lang) or labels.find_group_label(
        page.register, DIMENSION.get(field, field), code, page.lang
    )


def _format_catalogue_code(field: str, code: str, lang: str) -> str:
    """Return the label of a code that is in the catalogue; an empty string if the register has the label."""
    if field == "by":
        return format_message(lang, f"by.{code}")
    if field == "definition":
        return format_message(lang, f"definition.{code}.name")
    return format_message(lang, f"answer.{code}") if field in ("knowledge_based", "exporting") else ""


def format_unknown_field(page: PageContext, field: str, value: str, fault: str) -> str:
    """Return the warning about a field of the address that was not understood."""
    reason = format_message(page.lang, f"date.{fault}") if fault else ""
    return page.t("filter.unknown", field=page.t(f"filter.{field}"), value=value[:60], reason=reason).strip()
