"""'As known on': the slider over months, the picker of a day, and what the rule leaves uncertain on that day."""

from typing import TYPE_CHECKING

import streamlit as st

from khoosheh import board, calendar
from khoosheh.calendar import JalaliDate
from khoosheh.ui import show, table
from khoosheh.ui.components import months, picker

if TYPE_CHECKING:
    from khoosheh.ui.shell import Page

# an address is no place for more ids than this
MOST_IDS = 200


def draw(page: "Page") -> None:
    """Draw slider and picker; both write what was chosen into the address."""
    days = said_days(page)
    with st.container(horizontal=True, key="khoosheh-asof", vertical_alignment="bottom", gap="small"):
        with st.container(key="khoosheh-asof-months"):
            _slider(page, days)
        pick(page, "asof", page.view.asof)
    _perhaps(page)


def said_days(page: "Page") -> list[str]:
    """Return the Jalali days from which on a statement is known, in order, each once."""
    return board.said_days(page.register)


def _slider(page: "Page", days: list[str]) -> None:
    marked = sorted({day[:7] for day in days})
    last = calendar.parse(_end(page)[:7])
    first = calendar.parse(min(marked, default=str(last)))
    chosen = calendar.parse(page.view.asof) if page.view.asof else last
    before = calendar.add_months(first, -1)
    within = min(max(JalaliDate(chosen.year, chosen.month or calendar.ESFAND), before), last)
    span = calendar.months_between(before, last)
    places = {str(month): place for place, month in enumerate(span)}
    names = [calendar.format_date(month, page.lang) for month in span]
    latest = names[-1] = page.t("filter.asof.latest")
    months.draw(
        "asof-months",
        names=names,
        said=[places[month] for month in marked if month in places],
        at=places[str(within)] if page.view.asof else len(span) - 1,
        shown=calendar.format_date(chosen, page.lang) if page.view.asof else latest,
        words={
            "label": page.t("filter.asof"),
            **{word: page.t(f"asof.{word}") for word in ("earlier", "later", "mark")},
        },
        on_change=lambda place: write("asof", "" if place == len(span) - 1 else str(span[place])),
    )


def _end(page: "Page") -> str:
    return str(calendar.to_jalali(calendar.parse(page.register.compiled_on).last_day))


def pick(page: "Page", field: str, value: str) -> None:
    """Draw a picker that writes a day into a field of the address."""
    days, end = said_days(page), _end(page)
    first = min([*days, end])
    words = ("month", "year", "earlier", "later", "typed", "close", "mark")
    picker.draw(
        f"pick-{field}",
        value=calendar.parse(value) if value else None,
        low=JalaliDate(calendar.parse(first).year, 1, 1),
        high=calendar.parse(end),
        shown=calendar.format_date(calendar.parse(value), page.lang) if value else page.t("picker.none"),
        marked=days,
        lang=page.lang,
        words={word: page.t(f"picker.{word}") for word in words}
        | {"open": page.t(f"picker.open.{field}"), "label": page.t(f"picker.open.{field}")},
        on_change=lambda typed: write(field, normal(typed)),
    )


def normal(typed: str) -> str:
    """Return a date as the register writes it; what is no date stays as typed, for the view to name it."""
    try:
        return str(calendar.parse(typed))
    except calendar.DateError:
        return typed[:40]


def write(field: str, value: str) -> None:
    """Put a date into the address, or take it out."""
    st.query_params.pop("page", None)
    if value:
        st.query_params[field] = value
    else:
        st.query_params.pop(field, None)


def _perhaps(page: "Page") -> None:
    """Say how many statements may have been said by the day, though they count only later."""
    if not page.view.asof:
        return
    ids = board.perhaps(page.register, page.view.selection)["statement_id"].to_list()
    if ids:
        query = show.evidence_query(page, " ".join(ids[:MOST_IDS])) | {"asof": ""}
        link = table.link(page.t("asof.perhaps.link"), {k: v for k, v in query.items() if v}, "/evidence")
        st.html(f'<p class="khoosheh-note">{table.escape(page.t("asof.perhaps", count=len(ids)))} {link}</p>')
