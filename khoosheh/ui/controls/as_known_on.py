"""'As known on': a slider over months, a picker of a day, and a note on statements whose day is uncertain."""

from collections import Counter
from dataclasses import dataclass

import streamlit as st

from khoosheh import calendar, queries
from khoosheh.calendar import JalaliDate
from khoosheh.formatting import format_digits
from khoosheh.ui.components import months, picker
from khoosheh.ui.components.months import MarkedMonth
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup import tables
from khoosheh.ui.state import address_bar

# longer addresses would be refused by some servers
MOST_IDS = 200


def render_asof_control(page: PageContext) -> None:
    """Render the slider and the picker, which write the chosen month or day to the address."""
    with st.container(horizontal=True, key="khoosheh-asof", vertical_alignment="bottom", gap="small"):
        _render_month_slider(page)
        render_date_picker(page, "asof", page.view.asof)


def list_known_days(page: PageContext) -> list[str]:
    """Return the Jalali days on which statements become known, in order, each once."""
    return queries.list_statement_days(page.register)


def _render_month_slider(page: PageContext) -> None:
    slider = cached_render(page, "months", lambda: _build_slider(page))
    words = {word: page.t(f"asof.{word}") for word in ("earlier", "later", "play", "pause")}
    last = len(slider.months) - 1
    months.render_month_slider(
        "asof-months",
        names=slider.names,
        marked=slider.marked,
        years=slider.years,
        at=slider.at,
        shown=slider.shown,
        words={"label": page.t("filter.asof"), **words},
        on_change=lambda index: write_date_field("asof", "" if index == last else slider.months[index]),
    )


@dataclass(frozen=True)
class _Slider:
    """The months of the slider and their labels; see :func:`khoosheh.ui.components.months.render_month_slider`."""

    months: list[str]
    names: list[str]
    marked: list[MarkedMonth]
    years: list[tuple[int, str]]
    at: int
    shown: str


def _build_slider(page: PageContext) -> _Slider:
    """Return a slider from the month before the first statement to the last month of the register."""
    counts = Counter[str]()
    for day, known in queries.count_statements_by_day(page.register).items():
        counts[day[:7]] += known
    last = calendar.parse_jalali_date(_compute_last_day(page)[:7])
    first = calendar.parse_jalali_date(min(counts, default=str(last)))
    chosen = calendar.parse_jalali_date(page.view.asof) if page.view.asof else last
    before = calendar.add_months(first, -1)
    within = min(max(JalaliDate(chosen.year, chosen.month or calendar.ESFAND), before), last)
    span = calendar.list_months_between(before, last)
    places = {str(month): place for place, month in enumerate(span)}
    names = [calendar.format_date(month, page.lang) for month in span]
    latest = names[-1] = page.t("filter.asof.latest")
    return _Slider(
        months=list(places),
        names=names,
        marked=[
            MarkedMonth(places[month], known, page.t("asof.count", count=known))
            for month, known in sorted(counts.items())
            if month in places
        ],
        years=[
            (place, format_digits(str(month.year), page.lang)) for place, month in enumerate(span) if month.month == 1
        ],
        at=places[str(within)] if page.view.asof else len(span) - 1,
        shown=calendar.format_date(chosen, page.lang) if page.view.asof else latest,
    )


def _compute_last_day(page: PageContext) -> str:
    return str(calendar.to_jalali(calendar.parse_jalali_date(page.register.compiled_on).last_day))


def render_date_picker(page: PageContext, field: str, value: str) -> None:
    """Render a picker that writes the chosen day to a field of the address; ``value``: the current one."""
    data = cached_render(page, ("picker", field), lambda: _build_picker_data(page, field, value))
    picker.render_picker_button(
        f"pick-{field}", data, lambda typed: write_date_field(field, normalise_typed_date(typed))
    )


def _build_picker_data(page: PageContext, field: str, value: str) -> picker.PickerData:
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
    """Return a date as the register writes it; any other text as typed, for which the page then shows a warning."""
    try:
        return str(calendar.parse_jalali_date(typed))
    except calendar.DateError:
        return typed[:40]


def write_date_field(field: str, value: str) -> None:
    """Write a date to a field of the address, or remove the field; results begin at their first page again."""
    st.query_params.pop("page", None)
    address_bar.write_field(field, value)
    address_bar.rerun_view(address_bar.ASOF)


def render_possible_statements(page: PageContext) -> None:
    """Render the number of statements that may have been made by the day, but are counted only later."""
    note = cached_render(page, "perhaps", lambda: _build_possible_statements_html(page)) if page.view.asof else ""
    if note:
        st.html(note)


def _build_possible_statements_html(page: PageContext) -> str:
    ids = queries.select_possibly_known_statements(page.register, page.view.selection)["statement_id"].to_list()
    if not ids:
        return ""
    fields = finding.build_evidence_query(page, " ".join(ids[:MOST_IDS])) | {"asof": ""}
    query = {name: value for name, value in fields.items() if value}
    link = tables.build_page_link(page.t("asof.perhaps.link"), query, "evidence")
    return f'<p class="khoosheh-note">{tables.escape_html(page.t("asof.perhaps", count=len(ids)))} {link}</p>'
