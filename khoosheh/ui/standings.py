"""The part of the page of ranking that is computed from tables: the bump chart, the slope, the map, the margins."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, names, slides, words
from khoosheh.figures.theme import Theme
from khoosheh.findings import standings as findings
from khoosheh.measures import ranking, standings
from khoosheh.ui import show, table
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.words import missing


def draw(page: PageContext) -> None:
    """Draw everything of the chosen indicator; nothing where no table was known by the day."""
    every = board.standing(page.register, page.view.selection)
    indicator = page.view.indicator or next(iter(board.tabled(page.register)), "")
    rows = list(every.filter(nw.col("indicator_id") == indicator).iter_rows(named=True))
    if not rows:
        if indicator:
            show.heading(page.t("standing.none"))
        return
    own = standings.of_province(every, page.register.province)
    mine = list(own.filter(nw.col("indicator_id") == indicator).iter_rows(named=True))
    years = standings.years(every, indicator)
    if mine:
        show.heading(findings.moved(page.register, [mine[0], mine[-1]], page.lang))
        for doubt in slides.standings.doubts(page.register, mine, page.lang):
            st.markdown(plain(doubt))
        st.markdown(plain(findings.margin(page.register, mine[-1], page.lang)))
    _note(page, indicator, rows)
    st.caption(page.t("standing.bump"))

    def figure(theme: Theme) -> object:
        drawn = slides.standings.of_provinces(page.register, rows, page.view.province, page.lang)
        return slides.standings.bump(page.register, drawn, indicator, page.lang)(theme)

    show.chart(page, figure, "bump", choose, _sources(rows))
    _table(page, mine, every, indicator)
    left, right = st.columns(2, gap="large")
    with left:
        _slope(page, rows, years, indicator)
    with right:
        _map(page, rows, years[-1])


def _sources(rows: list[dict]) -> list[str]:
    return list(dict.fromkeys(row["source_id"] for row in rows))


def choose(code: str) -> None:
    """Take a province among the chosen ones, or out of them; the address holds them."""
    chosen = [one for one in st.query_params.get("province", "").split(",") if one]
    chosen = [one for one in chosen if one != code] if code in chosen else [*chosen, code]
    if chosen:
        st.query_params["province"] = ",".join(chosen)
    else:
        st.query_params.pop("province", None)


def _name(page: PageContext, indicator: str) -> str:
    return names.of_row(page.register, "indicators", indicator, page.lang)


def _note(page: PageContext, indicator: str, rows: list[dict]) -> None:
    """Say what the figures are, where they come from, and what is doubtful of them."""
    info = page.register.table("indicators").set_index("indicator_id").loc[indicator]
    source = findings.source(page.register, rows[-1]["source_id"])
    title = table.outward(source[f"title_{page.lang}"], "" if missing(source["address"]) else source["address"])
    more = [source[f"publisher_{page.lang}"], source["licence"], source["locator"]]
    line = " · ".join([title, *(f"<bdi>{table.escape(one)}</bdi>" for one in more if not missing(one))])
    note = info[f"note_{page.lang}"]
    told = [one for one in (note, source[f"quality_note_{page.lang}"]) if not missing(one)]
    notes = "".join(f"<p>{table.escape(one)}</p>" for one in told)
    st.html(f'<div class="khoosheh-note">{notes}<p>{table.escape(page.t("statement.source"))}: {line}</p></div>')


def _table(page: PageContext, mine: list[dict], every: object, indicator: str) -> None:
    columns = ("year", "place", "value", "to_better", "to_worse", "warning", "source")
    headings = [page.t(f"column.{name}") for name in columns]
    data = every.filter(nw.col("indicator_id") == indicator)
    title, newest_first = _name(page, indicator), mine[::-1]
    show.details(page, f"standings-{indicator}", headings, partial(_cells, page), data, title, newest_first)


def _cells(page: PageContext, row: Mapping) -> list[Cell]:
    source = findings.source(page.register, row["source_id"])
    address = "" if missing(source["address"]) else source["address"]
    return [
        Cell(findings.year(page.register, row, page.lang), sort=int(row["year"])),
        Cell(findings.place(row, page.lang), sort=int(row["place"])),
        *(
            Cell(findings.value(page.register, row, page.lang, name), sort=_sort(row[name]))
            for name in ("value", "to_better", "to_worse")
        ),
        Cell(findings.warning(page.register, row, page.lang)),
        Cell(source[f"title_{page.lang}"], href=address),
    ]


def _sort(value: object) -> object:
    return "" if missing(value) else value


def _slope(page: PageContext, rows: list[dict], years: list[int], indicator: str) -> None:
    show.heading(page.t("standing.slope"), 3)
    first = page.view.first if page.view.first in years else years[0]
    last = page.view.last if page.view.last in years else years[-1]
    with st.container(horizontal=True, key="khoosheh-years", gap="small"):
        _year(page, "first", first, years, indicator)
        _year(page, "last", last, years, indicator)
    of = findings.calendar_of(page.register, indicator)
    ends = tuple(words.year(year, of, page.lang) for year in (first, last))

    def figure(theme: Theme) -> object:
        drawn = slides.standings.between(page.register, rows, (first, last), page.view.province, page.lang)
        return slides.standings.slope(page.register, drawn, ends, indicator, page.lang)(theme)

    show.chart(page, figure, "slope", choose, _sources(rows))


def _year(page: PageContext, field: str, value: int, years: list[int], indicator: str) -> None:
    key = f"year-{field}"
    st.session_state[key] = value
    of = findings.calendar_of(page.register, indicator)
    with st.container(key=f"khoosheh-year-{field}", width=150):
        st.selectbox(
            page.t(f"standing.{field}"), years, key=key, format_func=lambda year: words.year(year, of, page.lang),
            on_change=_write, args=(field, key), filter_mode=None,
        )  # fmt: skip


def _write(field: str, key: str) -> None:
    st.query_params[field] = str(st.session_state[key])


def _map(page: PageContext, rows: list[dict], year: int) -> None:
    of_year = [row for row in rows if row["year"] == year]
    show.heading(page.t("standing.map", year=findings.year(page.register, of_year[0], page.lang)), 3)
    st.caption(page.t("standing.map.lead"))
    figure = slides.standings.on_map(page.register, of_year, page.view.province, page.lang)
    if figure is None:
        st.caption(page.t("standing.map.none"))
    else:
        show.chart(page, figure, "map", choose, _sources(rows))


def play(page: PageContext, rows: list[dict], steps: Mapping[str, int]) -> None:
    """Let the reader try a place before a stated climb, and say where it would lead."""
    for before in (row for row in rows if row["kind"] == "climb_before"):
        allowed = list(range(int(before["low"]), int(before["high"]) + 1))
        chosen = page.view.before if page.view.before in allowed else 0
        st.session_state["climb-before"] = chosen
        with st.container(key="khoosheh-climb", width=320):
            st.selectbox(
                page.t("standing.play"), [0, *allowed], key="climb-before", on_change=_write,
                args=("before", "climb-before"), filter_mode=None,
                format_func=lambda place: words.place(place, page.lang) if place else page.t("standing.play.none"),
            )  # fmt: skip
        if chosen:
            after = ranking.climbed(chosen, steps[before["indicator_id"]])
            st.markdown(plain(page.t("standing.played", before=chosen, after=after, of=int(before["of"]))))
        return
