"""The filters: widgets that show the view of the address bar, and write a reader's change back to it."""

import streamlit as st

from khoosheh import board, calendar, names, words
from khoosheh.locale import text
from khoosheh.ui import asof
from khoosheh.ui import view as views
from khoosheh.ui.markdown import plain

# Which filters a page heeds; a filter without effect would be a lie.
ON_PAGE = {
    "overview": ("unit",),
    "investment": ("unit", "by", "chain", "county", "sector", "kind"),
    "ranking": ("indicator", "province"),
    "value_chains": ("chain", "definition"),
    "schedule": ("chain", "county", "sector"),
    # its filters choose firms, and stand beside them
    "cluster": (),
    "evidence": ("chain", "county", "sector"),
    # it shows a file, not a view of the register
    "data": None,
    # what is narrowed is narrowed on the page that one comes from
    "present": None,
}


# field of the address: column of the register
DIMENSION = {
    "chain": "chain_id", "county": "county_id", "province": "iso_3166_2", "indicator": "indicator_id",
}  # fmt: skip


def draw(page: object, name: str) -> None:
    """Draw the filters of the page and say what of the address was not understood."""
    warn(page)
    if ON_PAGE[name] is None:
        return
    asof.draw(page)
    if ON_PAGE[name]:
        bar(page, ON_PAGE[name])


def warn(page: object) -> None:
    """Say what of the address was not understood."""
    for field, value, fault in page.view.unknown:
        st.warning(plain(unknown(page, field, value, fault)))


def bar(page: object, fields: tuple[str, ...]) -> None:
    """Draw the widgets of some fields of the address in a row."""
    allowed = board.codes(page.register)
    with st.container(horizontal=True, key="khoosheh-filters", vertical_alignment="bottom", gap="small"):
        for field in fields:
            _widget(page, field, allowed[field])


def day(words_: str, lang: str) -> str:
    """Return a Jalali date of the register as a reader reads it."""
    return calendar.format_date(calendar.parse(words_), lang)


def _widget(page: object, field: str, codes: list[str]) -> None:
    key = f"filter-{field}"
    shown = lambda code: name_of(page, field, code)  # noqa: E731 - Streamlit wants a callable
    value = _value(page.view, field)
    st.session_state[key] = value if value or field in views.LISTS or not codes else codes[0]
    with st.container(key=f"khoosheh-filter-{field}", width=230):
        if field in views.LISTS:
            st.multiselect(
                page.t(f"filter.{field}"), codes, key=key, format_func=shown, placeholder=page.t("filter.all"),
                on_change=_write, args=(field,), select_all=False, filter_mode=None,
            )  # fmt: skip
        else:
            st.selectbox(
                page.t(f"filter.{field}"), codes, key=key, format_func=shown, on_change=_write, args=(field,),
                filter_mode=None,
            )  # fmt: skip


def _value(view: views.View, field: str) -> object:
    value = getattr(view, field)
    return list(value) if isinstance(value, tuple) else value


def _write(field: str) -> None:
    """Put a reader's change into the address bar."""
    value = st.session_state[f"filter-{field}"]
    words_ = ",".join(value) if isinstance(value, list) else value
    st.query_params.pop("page", None)
    if words_ and words_ != getattr(views.View(), field):
        st.query_params[field] = words_
    else:
        st.query_params.pop(field, None)


def name_of(page: object, field: str, code: str) -> str:
    """Return the words of a code of a filter."""
    if field == "unit":
        return names.of_unit(page.register, code, page.lang)
    if field == "isic":
        return words.digits(code, page.lang)
    if field == "kind":
        return names.of_kind(page.register, code, page.lang)
    return _worded(field, code, page.lang) or names.of_group(
        page.register, DIMENSION.get(field, field), code, page.lang
    )


def _worded(field: str, code: str, lang: str) -> str:
    """Return the words of a code that the catalogue names and not the register."""
    if field == "by":
        return text(lang, f"by.{code}")
    if field == "definition":
        return text(lang, f"definition.{code}.name")
    return text(lang, f"answer.{code}") if field in ("kb", "exports") else ""


def unknown(page: object, field: str, value: str, fault: str) -> str:
    """Return the words for a field of the address that was not understood."""
    reason = text(page.lang, f"date.{fault}") if fault else ""
    return page.t("filter.unknown", field=page.t(f"filter.{field}"), value=value[:60], reason=reason).strip()
