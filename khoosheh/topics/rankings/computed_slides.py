"""Slides and figures of an indicator with a table of values: places over the years, in two years, on the map."""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import calendar, formatting, labels, queries
from khoosheh.figures.computed_rankings import QUIET, Line, Place, build_bump_figure, build_slope_figure
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import format_alt_text
from khoosheh.locale import format_message
from khoosheh.measures import computed_rankings
from khoosheh.measures.computed_rankings import ComputedRankingRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.rankings import computed_sentences as findings
from khoosheh.topics.rankings.province_map import make_map_figure_factory
from khoosheh.topics.rankings.province_roles import OWN_COLOUR, collect_province_codes, find_province_role
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import BARS, LINES, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import join_sentences

PAGE = "ranking"


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slides of places over the years and on the map; none where no table was known by the day."""
    rankings = queries.query_computed_rankings(request.register, request.selection)
    indicator = request.question.indicator or next(iter(queries.list_tabulated_indicators(request.register)), "")
    rows = read_rows(rankings.filter(nw.col("indicator_id") == indicator), ComputedRankingRow)
    own_rankings = computed_rankings.select_province_rankings(rankings, request.register.province).filter(
        nw.col("indicator_id") == indicator
    )
    own_rows = read_rows(own_rankings, ComputedRankingRow)
    if not own_rows:
        return []
    slides = [_build_years_slide(request, indicator, rows, own_rows)]
    year = computed_rankings.list_ranking_years(rankings, indicator)[-1]
    return [*slides, _build_map_slide(request, indicator, [row for row in rows if row["year"] == year])]


def _build_years_slide(
    request: FindingRequest,
    indicator: str,
    rows: Sequence[ComputedRankingRow],
    own_rows: Sequence[ComputedRankingRow],
) -> Slide:
    lines = build_province_lines(request.register, rows, request.question.provinces, request.lang)
    highlighted = [line for line in lines if line.role != QUIET]
    years = sorted({row["year"] for row in rows})
    year_calendar = findings.find_year_calendar(request.register, indicator)
    return Slide(
        key="ranking-years",
        page=PAGE,
        title=findings.format_ranking_change(request.register, [own_rows[0], own_rows[-1]], request.lang),
        known=formatting.format_known_count(len(own_rows), len(years), request.lang),
        note=join_sentences(
            findings.format_ranking_margin(request.register, own_rows[-1], request.lang),
            *format_quality_doubts(request.register, own_rows, request.lang),
        ),
        figure=make_bump_figure_factory(request.register, lines, indicator, request.lang),
        native=NativeChart(
            form=LINES,
            categories=tuple(formatting.format_year(year, year_calendar, request.lang) for year in years),
            series=tuple(_build_place_series(request, line, years, rows) for line in highlighted),
            unit=request.t("column.place"),
            best_first=True,
            instead=request.t("slide.instead.years"),
        ),
        sources=_collect_source_ids(rows),
    )


def _build_place_series(
    request: FindingRequest, line: Line, years: Sequence[int], rows: Sequence[ComputedRankingRow]
) -> Series:
    by_year = {row["year"]: row for row in rows if row["iso_3166_2"] == line.code}
    name = findings.format_province_name(request.register, next(iter(by_year.values())), request.lang)
    return Series(
        name, tuple(float(by_year[year]["place"]) if year in by_year else None for year in years), colour=line.colour
    )


def _build_map_slide(request: FindingRequest, indicator: str, of_year: Sequence[ComputedRankingRow]) -> Slide:
    year = findings.format_row_year(request.register, of_year[0], request.lang)
    rows = sorted(of_year, key=lambda row: row["place"])
    unit = findings.find_indicator_unit(request.register, indicator)
    are_own = [request.register.province in collect_province_codes(row) for row in rows]
    name = labels.find_row_label(request.register, "indicators", indicator, request.lang)
    doubts = format_quality_doubts(request.register, rows[:1], request.lang)
    own_sentences = [
        findings.format_computed_ranking_row(request.register, row, request.lang)
        for row, is_own in zip(rows, are_own, strict=True)
        if is_own
    ]
    values = [formatting.round_value(row["value"], int(unit["decimals"])) for row in rows]
    return Slide(
        key="ranking-map",
        page=PAGE,
        title=request.t("slide.map", indicator=name, year=year),
        known=formatting.format_known_count(len(rows), max(int(row["of"]) for row in rows), request.lang),
        note=join_sentences(*own_sentences, *doubts),
        legend=request.t("slide.map.note"),
        figure=make_map_figure_factory(request.register, of_year, request.question.provinces, request.lang),
        native=NativeChart(
            form=BARS,
            categories=tuple(findings.format_province_name(request.register, row, request.lang) for row in rows),
            series=(
                Series(
                    request.t("slide.provinces"),
                    tuple(None if is_own else value for value, is_own in zip(values, are_own, strict=True)),
                ),
                Series(
                    labels.find_row_label(request.register, "provinces", request.register.province, request.lang),
                    tuple(value if is_own else None for value, is_own in zip(values, are_own, strict=True)),
                    colour=OWN_COLOUR,
                ),
            ),
            unit=str(unit[request.lang]),
            labels=tuple(findings.format_indicator_value(request.register, row, request.lang) for row in rows),
            instead=request.t("slide.instead.map"),
        ),
        sources=_collect_source_ids(rows),
    )


def _collect_source_ids(rows: Sequence[ComputedRankingRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_id"] for row in rows))


def format_quality_doubts(register: Register, rows: Sequence[Row], lang: str) -> list[str]:
    """Return the quality warnings of the first and the last row, each with its year."""
    doubts = []
    for row in rows[:1] if len(rows) == 1 else (rows[0], rows[-1]):
        warning = findings.format_quality_warning(register, row, lang)
        if warning:
            year = findings.format_row_year(register, row, lang)
            doubts.append(format_message(lang, "standing.doubt", year=year, warning=warning))
    return doubts


def build_province_lines(register: Register, rows: Sequence[Row], chosen: Sequence[str], lang: str) -> list[Line]:
    """Return a line for each province over its years."""
    year_calendar = findings.find_year_calendar(register, rows[0]["indicator_id"])
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], []).append(row)
    lines = []
    for code, province_rows in by_code.items():
        role, colour = find_province_role(register, province_rows[-1], chosen)
        places = tuple(_build_line_place(register, row, year_calendar, lang) for row in province_rows)
        lines.append(Line(code, findings.format_line_label(register, province_rows[-1], lang), places, role, colour))
    return lines


def build_two_year_lines(
    register: Register, rows: Sequence[Row], ends: tuple[int, int], chosen: Sequence[str], lang: str
) -> list[Line]:
    """Return a line for each province from one year to another; provinces that lack one of them have none."""
    year_calendar = findings.find_year_calendar(register, rows[0]["indicator_id"])
    by_code: dict[str, dict[int, Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], {})[row["year"]] = row
    lines = []
    for code, by_year in by_code.items():
        if all(year in by_year for year in ends):
            role, colour = find_province_role(register, by_year[ends[1]], chosen)
            places = tuple(_build_line_place(register, by_year[year], year_calendar, lang) for year in ends)
            lines.append(
                Line(code, findings.format_line_label(register, by_year[ends[1]], lang), places, role, colour)
            )
    return lines


def _build_line_place(register: Register, row: Row, year_calendar: str, lang: str) -> Place:
    days = calendar.year_span(int(row["year"]), year_calendar)
    year = formatting.format_year(row["year"], year_calendar, lang)
    return Place(*days, int(row["place"]), findings.format_computed_ranking_row(register, row, lang), year)


def make_bump_figure_factory(register: Register, lines: Sequence[Line], indicator: str, lang: str) -> FigureFactory:
    """Return a function that draws the places over the years in a theme."""
    alt_text = _format_lines_alt_text(register, lines, indicator, lang)
    return lambda theme: build_bump_figure(lines=lines, theme=theme, alt=alt_text)


def make_slope_figure_factory(
    register: Register, lines: Sequence[Line], ends: tuple[str, str], indicator: str, lang: str
) -> FigureFactory:
    """Return a function that draws the places in two years in a theme."""
    alt_text = _format_lines_alt_text(register, lines, indicator, lang)
    return lambda theme: build_slope_figure(lines=lines, ends=ends, theme=theme, alt=alt_text)


def _format_lines_alt_text(register: Register, lines: Sequence[Line], indicator: str, lang: str) -> str:
    highlighted = [line for line in lines if line.role != QUIET] or lines
    sentences = [place.words for line in highlighted for place in line.places[-2:]]
    name = labels.find_row_label(register, "indicators", indicator, lang)
    return format_alt_text(format_message(lang, "standing.alt", indicator=name), sentences, lang)
