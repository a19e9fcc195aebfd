"""'As known on': the slider over months, the picker of a day, and what the rule leaves uncertain on that day."""

import streamlit as st

from khoosheh import calendar, queries
from khoosheh.calendar import JalaliDate
from khoosheh.ui.components import months, picker
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.state import address_bar

# an address is no place for more ids than this
MOST_IDS = 200


def render_asof_control(page: PageContext) -> None:
    """Draw slider and picker; both write what was chosen into the address."""
    days = list_known_days(page)
    with st.container(horizontal=True, key="khoosheh-asof", vertical_alignment="bottom", gap="small"):
        with st.container(key="khoosheh-asof-months"):
            _render_month_slider(page, days)
        render_date_picker(page, "asof", page.view.asof)
    _render_possible_statements(page)


def list_known_days(page: PageContext) -> list[str]:
    """Return the Jalali days from which on a statement is known, in order, each once."""
    return queries.list_statement_days(page.register)


def _render_month_slider(page: PageContext, days: list[str]) -> None:
    span, shown = cached_render(page, "months", lambda: _build_month_span(page, days))
    words = {word: page.t(f"asof.{word}") for word in ("earlier", "later", "mark")}
    months.render_month_slider(
        "asof-months",
        **shown,
        words={"label": page.t("filter.asof"), **words},
        on_change=lambda place: write_date_field("asof", "" if place == len(span) - 1 else span[place]),
    )


def _build_month_span(page: PageContext, days: list[str]) -> tuple[list[str], dict[str, object]]:
    """Return the months of the slider, and what it shows of them."""
    marked = sorted({day[:7] for day in days})
    last = calendar.parse_jalali_date(_compute_last_day(page)[:7])
    first = calendar.parse_jalali_date(min(marked, default=str(last)))
    chosen = calendar.parse_jalali_date(page.view.asof) if page.view.asof else last
    before = calendar.add_months(first, -1)
    within = min(max(JalaliDate(chosen.year, chosen.month or calendar.ESFAND), before), last)
    span = calendar.list_months_between(before, last)
    places = {str(month): place for place, month in enumerate(span)}
    names = [calendar.format_date(month, page.lang) for month in span]
    latest = names[-1] = page.t("filter.asof.latest")
    return list(places), {
        "names": names,
        "said": [places[month] for month in marked if month in places],
        "at": places[str(within)] if page.view.asof else len(span) - 1,
        "shown": calendar.format_date(chosen, page.lang) if page.view.asof else latest,
    }


def _compute_last_day(page: PageContext) -> str:
    return str(calendar.to_jalali(calendar.parse_jalali_date(page.register.compiled_on).last_day))


def render_date_picker(page: PageContext, field: str, value: str) -> None:
    """Draw a picker that writes a day into a field of the address."""
    shown = cached_render(page, ("picker", field), lambda: _build_picker_state(page, field, value))
    picker.render_picker_button(
        f"pick-{field}", shown, lambda typed: write_date_field(field, normalise_typed_date(typed))
    )


def _build_picker_state(page: PageContext, field: str, value: str) -> dict[str, object]:
    days, end = list_known_days(page), _compute_last_day(page)
    first = min([*days, end])
    words = ("month", "year", "earlier", "later", "typed", "close", "mark")
    return picker.build_picker_data(
        value=calendar.parse_jalali_date(value) if value else None,
        low=JalaliDate(calendar.parse_jalali_date(first).year, 1, 1),
        high=calendar.parse_jalali_date(end),
        shown=calendar.format_date(calendar.parse_jalali_date(value), page.lang) if value else page.t("picker.none"),
        marked=days,
        lang=page.lang,
        words={word: page.t(f"picker.{word}") for word in words}
        | {"open": page.t(f"picker.open.{field}"), "label": page.t(f"picker.open.{field}")},
    )


def normalise_typed_date(typed: str) -> str:
    """Return a date as the register writes it; what is no date stays as typed, for the view to name it."""
    try:
        return str(calendar.parse_jalali_date(typed))
    except calendar.DateError:
        return typed[:40]


def write_date_field(field: str, value: str) -> None:
    """Put a date into the address, or take it out."""
    st.query_params.pop("page", None)
    address_bar.write_field(field, value)


def _render_possible_statements(page: PageContext) -> None:
    """Say how many statements may have been said by the day, though they count only later."""
    said = cached_render(page, "perhaps", lambda: _format_possible_statements(page)) if page.view.asof else ""
    if said:
        st.html(said)


def _format_possible_statements(page: PageContext) -> str:
    ids = queries.select_possibly_known_statements(page.register, page.view.selection)["statement_id"].to_list()
    if not ids:
        return ""
    query = finding.build_evidence_query(page, " ".join(ids[:MOST_IDS])) | {"asof": ""}
    link = tables.build_page_link(page.t("asof.perhaps.link"), {k: v for k, v in query.items() if v}, "evidence")
    return f'<p class="khoosheh-note">{tables.escape_html(page.t("asof.perhaps", count=len(ids)))} {link}</p>'
