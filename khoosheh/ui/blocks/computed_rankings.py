"""The parts of the ranking page that are computed from tables: bump chart, map, margins and slope chart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import streamlit as st

from khoosheh import formatting, labels, queries
from khoosheh.figures.theme import Figure, Theme
from khoosheh.formatting import is_missing
from khoosheh.measures import computed_rankings, stated_rankings
from khoosheh.measures.computed_rankings import ComputedRankingRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.stated_rankings import ProvinceRankingRow
from khoosheh.topics.rankings import computed_sentences
from khoosheh.topics.rankings.columns import TWO_YEAR_COLUMNS
from khoosheh.topics.rankings.computed_slides import (
    build_province_lines,
    build_two_year_lines,
    format_quality_doubts,
    make_bump_figure_factory,
    make_slope_figure_factory,
)
from khoosheh.topics.rankings.findings import COMPUTED
from khoosheh.topics.rankings.province_map import make_map_figure_factory
from khoosheh.topics.sources import find_source_row, get_source_address
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.state import address_bar


@dataclass(frozen=True)
class ComputedRankings:
    """The chosen indicator, its places of all provinces and years, and those of the province of the register."""

    indicator: str
    table: Table
    rows: Sequence[ComputedRankingRow]
    province_rows: Sequence[ComputedRankingRow]
    years: Sequence[int]


def read_computed_rankings(page: PageContext) -> ComputedRankings | None:
    """Return the places of the chosen indicator; ``None`` where no table of it was known on the day of the view."""
    rankings = queries.query_computed_rankings(page.register, page.view.selection)
    indicator = page.view.indicator or next(iter(queries.list_tabulated_indicators(page.register)), "")
    table = rankings.filter(nw.col("indicator_id") == indicator)
    if not len(table):
        return None
    own = computed_rankings.select_province_rankings(table, page.register.province)
    return ComputedRankings(
        indicator,
        table,
        read_rows(table, ComputedRankingRow),
        read_rows(own, ComputedRankingRow),
        computed_rankings.list_ranking_years(rankings, indicator),
    )


def render_first_screen(page: PageContext, computed: ComputedRankings) -> None:
    """Draw the places over the years and on the map, each in a container of its own."""
    with st.container(key="khoosheh-rank-years"):
        _render_bump_chart(page, computed)
    with st.container(key="khoosheh-rank-map"):
        _render_province_map(page, computed.rows, computed.years[-1])


def render_computed_rankings(page: PageContext, computed: ComputedRankings | None) -> None:
    """Draw how firm the place is, what the values are, and two years side by side; say where there is no table."""
    if computed is None:
        if page.view.indicator or queries.list_tabulated_indicators(page.register):
            finding.render_heading(page.t("standing.none"))
        return
    if computed.province_rows:
        last = computed.province_rows[-1]
        for doubt in format_quality_doubts(page.register, computed.province_rows, page.lang):
            st.markdown(escape_markdown(doubt))
        st.markdown(escape_markdown(computed_sentences.format_ranking_margin(page.register, last, page.lang)))
    _render_indicator_note(page, computed.indicator, computed.rows)
    _render_slope_chart(page, computed)


def _render_bump_chart(page: PageContext, computed: ComputedRankings) -> None:
    indicator, rows, own = computed.indicator, computed.rows, computed.province_rows
    finding.render_heading(
        computed_sentences.format_ranking_change(page.register, [own[0], own[-1]], page.lang)
        if own
        else _format_indicator_name(page, indicator),
        3,
    )

    def build_bump_figure(theme: Theme) -> Figure:
        lines = build_province_lines(page.register, rows, page.view.province, page.lang)
        return make_bump_figure_factory(page.register, lines, indicator, page.lang)(theme)

    finding.render_figure(page, build_bump_figure, "bump", toggle_province, _list_source_ids(rows))
    finding.render_note(page.t("standing.bump"))
    title = _format_indicator_name(page, indicator)
    finding_tables.render_folded_table(
        page, f"standings-{indicator}", COMPUTED.columns, computed.table, title, own[::-1]
    )


def _list_source_ids(rows: Sequence[ComputedRankingRow]) -> list[str]:
    return list(dict.fromkeys(row["source_id"] for row in rows))


def toggle_province(code: str) -> None:
    """Add a province to the highlighted ones in the address, or remove it from them if it is one of them."""
    address_bar.toggle_code("province", code)


def _format_indicator_name(page: PageContext, indicator: str) -> str:
    return labels.find_row_label(page.register, "indicators", indicator, page.lang)


def _render_indicator_note(page: PageContext, indicator: str, rows: Sequence[ComputedRankingRow]) -> None:
    """Draw a note on the meaning, the source and the quality of the values."""
    info = page.register.table("indicators").set_index("indicator_id").loc[indicator]
    source = find_source_row(page.register, rows[-1]["source_id"])
    address = get_source_address(page.register, rows[-1]["source_id"])
    title = tables.build_external_link(source[f"title_{page.lang}"], address)
    details = [source[f"publisher_{page.lang}"], source["licence"], source["locator"]]
    shown = [f"<bdi>{tables.escape_html(detail)}</bdi>" for detail in details if not is_missing(detail)]
    line = " · ".join([title, *shown])
    texts = [info[f"note_{page.lang}"], source[f"quality_note_{page.lang}"]]
    notes = "".join(f"<p>{tables.escape_html(text)}</p>" for text in texts if not is_missing(text))
    st.html(
        f'<div class="khoosheh-note">{notes}<p>{tables.escape_html(page.t("statement.source"))}: {line}</p></div>'
    )


def _render_slope_chart(page: PageContext, computed: ComputedRankings) -> None:
    rows, years, indicator = computed.rows, computed.years, computed.indicator
    finding.render_heading(page.t("standing.slope"))
    first = page.view.first if page.view.first in years else years[0]
    last = page.view.last if page.view.last in years else years[-1]
    with st.container(horizontal=True, key="khoosheh-years", gap="small"):
        _render_year_select(page, "first", first, years, indicator)
        _render_year_select(page, "last", last, years, indicator)
    of = computed_sentences.find_year_calendar(page.register, indicator)
    ends = (formatting.format_year(first, of, page.lang), formatting.format_year(last, of, page.lang))

    def build_slope_figure(theme: Theme) -> Figure:
        lines = build_two_year_lines(page.register, rows, (first, last), page.view.province, page.lang)
        return make_slope_figure_factory(page.register, lines, ends, indicator, page.lang)(theme)

    finding.render_figure(page, build_slope_figure, "slope", toggle_province, _list_source_ids(rows))
    _render_two_year_table(page, computed, (first, last), ends)


def _render_two_year_table(
    page: PageContext, computed: ComputedRankings, years: tuple[int, int], ends: tuple[str, str]
) -> None:
    data = computed_rankings.compare_ranking_years(computed.table, computed.indicator, years)
    # the later year has the source, and the second province of a place that two share
    names = {row["iso_3166_2"]: row for row in computed.rows if row["year"] == years[1]}
    rows = [{**names[row["iso_3166_2"]], **row} for row in data.iter_rows(named=True)]
    title = page.t("standing.slope.table", first=ends[0], last=ends[1])
    key = f"two-years-{computed.indicator}"
    finding_tables.render_folded_table(page, key, TWO_YEAR_COLUMNS, data, title, rows)


def _render_year_select(page: PageContext, field: str, value: int, years: Sequence[int], indicator: str) -> None:
    key = f"year-{field}"
    st.session_state[key] = value
    of = computed_sentences.find_year_calendar(page.register, indicator)
    with st.container(key=f"khoosheh-year-{field}", width=150):
        st.selectbox(
            page.t(f"standing.{field}"), years, key=key,
            format_func=lambda year: formatting.format_year(year, of, page.lang),
            on_change=_write_address_field, args=(field, key), filter_mode=None,
        )  # fmt: skip


def _write_address_field(field: str, key: str) -> None:
    st.query_params[field] = str(st.session_state[key])
    address_bar.rerun_view()


def _render_province_map(page: PageContext, rows: Sequence[ComputedRankingRow], year: int) -> None:
    of_year = [row for row in rows if row["year"] == year]
    finding.render_heading(
        page.t("standing.map", year=computed_sentences.format_row_year(page.register, of_year[0], page.lang)), 3
    )
    figure = make_map_figure_factory(page.register, of_year, page.view.province, page.lang)
    if figure is None:
        finding.render_note(page.t("standing.map.none"))
    else:
        finding.render_figure(page, figure, "map", toggle_province, _list_source_ids(rows))
        finding.render_note(page.t("standing.map.lead"))


def render_climb_trial(page: PageContext, rows: Sequence[ProvinceRankingRow], steps: Mapping[str, int]) -> None:
    """Let the reader choose a place before a stated climb, and show the place after it."""
    for before in (row for row in rows if row["kind"] == "climb_before"):
        low, high, size = before["low"], before["high"], before["of"]
        assert low is not None and high is not None and size is not None, "a climb is computed from the field's size"
        allowed = list(range(int(low), int(high) + 1))
        chosen = page.view.before if page.view.before in allowed else 0
        st.session_state["climb-before"] = chosen
        with st.container(key="khoosheh-climb", width=320):
            st.selectbox(
                page.t("standing.play"), [0, *allowed], key="climb-before", on_change=_write_address_field,
                args=("before", "climb-before"), filter_mode=None,
                format_func=lambda place: (
                    formatting.format_rank(place, page.lang) if place else page.t("standing.play.none")
                ),
            )  # fmt: skip
        if chosen:
            after = stated_rankings.compute_climbed_place(chosen, steps[before["indicator_id"]])
            st.markdown(escape_markdown(page.t("standing.played", before=chosen, after=after, of=int(size))))
        return
