"""'As known on': the slider over months, the picker of a day, and what the rule leaves uncertain on that day."""

import streamlit as st

from khoosheh import board, calendar
from khoosheh.calendar import JalaliDate
from khoosheh.ui import show, table
from khoosheh.ui.components import months, picker
from khoosheh.ui.context import PageContext
from khoosheh.ui.kept import kept

# an address is no place for more ids than this
MOST_IDS = 200


def draw(page: PageContext) -> None:
    """Draw slider and picker; both write what was chosen into the address."""
    days = said_days(page)
    with st.container(horizontal=True, key="khoosheh-asof", vertical_alignment="bottom", gap="small"):
        with st.container(key="khoosheh-asof-months"):
            _slider(page, days)
        pick(page, "asof", page.view.asof)
    _perhaps(page)


def said_days(page: PageContext) -> list[str]:
    """Return the Jalali days from which on a statement is known, in order, each once."""
    return board.said_days(page.register)


def _slider(page: PageContext, days: list[str]) -> None:
    span, shown = kept(page, "months", lambda: _span(page, days))
    words = {word: page.t(f"asof.{word}") for word in ("earlier", "later", "mark")}
    months.draw(
        "asof-months",
        **shown,
        words={"label": page.t("filter.asof"), **words},
        on_change=lambda place: write("asof", "" if place == len(span) - 1 else span[place]),
    )


def _span(page: PageContext, days: list[str]) -> tuple[list[str], dict[str, object]]:
    """Return the months of the slider, and what it shows of them."""
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
    return list(places), {
        "names": names,
        "said": [places[month] for month in marked if month in places],
        "at": places[str(within)] if page.view.asof else len(span) - 1,
        "shown": calendar.format_date(chosen, page.lang) if page.view.asof else latest,
    }


def _end(page: PageContext) -> str:
    return str(calendar.to_jalali(calendar.parse(page.register.compiled_on).last_day))


def pick(page: PageContext, field: str, value: str) -> None:
    """Draw a picker that writes a day into a field of the address."""
    shown = kept(page, ("picker", field), lambda: _picker(page, field, value))
    picker.draw(f"pick-{field}", shown, lambda typed: write(field, normal(typed)))


def _picker(page: PageContext, field: str, value: str) -> dict[str, object]:
    days, end = said_days(page), _end(page)
    first = min([*days, end])
    words = ("month", "year", "earlier", "later", "typed", "close", "mark")
    return picker.data(
        value=calendar.parse(value) if value else None,
        low=JalaliDate(calendar.parse(first).year, 1, 1),
        high=calendar.parse(end),
        shown=calendar.format_date(calendar.parse(value), page.lang) if value else page.t("picker.none"),
        marked=days,
        lang=page.lang,
        words={word: page.t(f"picker.{word}") for word in words}
        | {"open": page.t(f"picker.open.{field}"), "label": page.t(f"picker.open.{field}")},
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


def _perhaps(page: PageContext) -> None:
    """Say how many statements may have been said by the day, though they count only later."""
    said = kept(page, "perhaps", lambda: _uncertain(page)) if page.view.asof else ""
    if said:
        st.html(said)


def _uncertain(page: PageContext) -> str:
    ids = board.perhaps(page.register, page.view.selection)["statement_id"].to_list()
    if not ids:
        return ""
    query = show.evidence_query(page, " ".join(ids[:MOST_IDS])) | {"asof": ""}
    link = table.link(page.t("asof.perhaps.link"), {k: v for k, v in query.items() if v}, "evidence")
    return f'<p class="khoosheh-note">{table.escape(page.t("asof.perhaps", count=len(ids)))} {link}</p>'
