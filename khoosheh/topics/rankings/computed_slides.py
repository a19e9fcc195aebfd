"""Slides of an indicator with a table: places of all provinces over the years, two years, and the map."""

from collections.abc import Sequence
from typing import cast

import narwhals as nw

from khoosheh import calendar, formatting, labels, queries
from khoosheh.figures.computed_rankings import (
    CHOSEN,
    OWN,
    QUIET,
    Area,
    Line,
    Place,
    Role,
    Shapes,
    build_bump_figure,
    build_ranking_map_figure,
    build_slope_figure,
)
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import format_alt_text, is_missing
from khoosheh.locale import format_message
from khoosheh.measures import computed_rankings
from khoosheh.measures.computed_rankings import ComputedRankingRow
from khoosheh.measures.rows import read_rows
from khoosheh.register import Register
from khoosheh.topics.rankings import computed_sentences as findings
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import BARS, LINES, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import join_sentences

PAGE = "ranking"
MAP = "provinces-map"
OWN_COLOUR, CHOSEN_COLOURS = 5, (0, 2, 3, 1, 4, 6)


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return places over the years, and on the map; none where no table was known by the day."""
    every = queries.query_computed_rankings(request.register, request.selection)
    indicator = request.question.indicator or next(iter(queries.list_tabulated_indicators(request.register)), "")
    rows = read_rows(every.filter(nw.col("indicator_id") == indicator), ComputedRankingRow)
    own = computed_rankings.select_province_rankings(every, request.register.province).filter(
        nw.col("indicator_id") == indicator
    )
    mine = read_rows(own, ComputedRankingRow)
    if not mine:
        return []
    found = [_build_years_slide(request, indicator, rows, mine)]
    year = computed_rankings.list_ranking_years(every, indicator)[-1]
    return [*found, _build_map_slide(request, indicator, [row for row in rows if row["year"] == year])]


def _build_years_slide(
    request: FindingRequest, indicator: str, rows: Sequence[ComputedRankingRow], mine: Sequence[ComputedRankingRow]
) -> Slide:
    drawn = build_province_lines(request.register, rows, request.question.provinces, request.lang)
    loud = [line for line in drawn if line.role != QUIET]
    years = sorted({row["year"] for row in rows})
    of = findings.find_year_calendar(request.register, indicator)
    return Slide(
        key="ranking-years",
        page=PAGE,
        title=findings.format_ranking_change(request.register, [mine[0], mine[-1]], request.lang),
        known=formatting.format_known_count(len(mine), len(years), request.lang),
        note=join_sentences(
            findings.format_ranking_margin(request.register, mine[-1], request.lang),
            *format_quality_doubts(request.register, mine, request.lang),
        ),
        figure=make_bump_figure_factory(request.register, drawn, indicator, request.lang),
        native=NativeChart(
            form=LINES,
            categories=tuple(formatting.format_year(year, of, request.lang) for year in years),
            series=tuple(_build_place_series(request, line, years, rows) for line in loud),
            unit=request.t("column.place"),
            best_first=True,
            instead=request.t("slide.instead.years"),
        ),
        sources=_collect_source_ids(rows),
    )


def _build_place_series(
    request: FindingRequest, line: Line, years: Sequence[int], rows: Sequence[ComputedRankingRow]
) -> Series:
    mine = {row["year"]: row for row in rows if row["iso_3166_2"] == line.code}
    name = findings.format_province_name(request.register, next(iter(mine.values())), request.lang)
    return Series(name, tuple(float(mine[y]["place"]) if y in mine else None for y in years), colour=line.colour)


def _build_map_slide(request: FindingRequest, indicator: str, of_year: Sequence[ComputedRankingRow]) -> Slide:
    year = findings.format_row_year(request.register, of_year[0], request.lang)
    rows = sorted(of_year, key=lambda row: row["place"])
    unit = findings.find_indicator_unit(request.register, indicator)
    own = [request.register.province in collect_province_codes(row) for row in rows]
    name = labels.find_row_label(request.register, "indicators", indicator, request.lang)
    doubtful = format_quality_doubts(request.register, rows[:1], request.lang)
    mine = [
        findings.format_computed_ranking_row(request.register, row, request.lang)
        for row, o in zip(rows, own, strict=True)
        if o
    ]
    values = [formatting.round_value(row["value"], int(unit["decimals"])) for row in rows]
    return Slide(
        key="ranking-map",
        page=PAGE,
        title=request.t("slide.map", indicator=name, year=year),
        known=formatting.format_known_count(len(rows), max(int(row["of"]) for row in rows), request.lang),
        note=join_sentences(*mine, *doubtful),
        legend=request.t("slide.map.note"),
        figure=make_map_figure_factory(request.register, of_year, request.question.provinces, request.lang),
        native=NativeChart(
            form=BARS,
            categories=tuple(findings.format_province_name(request.register, row, request.lang) for row in rows),
            series=(
                Series(
                    request.t("slide.provinces"), tuple(None if o else v for v, o in zip(values, own, strict=True))
                ),
                Series(
                    labels.find_row_label(request.register, "provinces", request.register.province, request.lang),
                    tuple(v if o else None for v, o in zip(values, own, strict=True)),
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
    """Return what is doubtful of the first and the last of the rows that a finding rests on."""
    found = []
    for row in dict.fromkeys((0, len(rows) - 1)):
        warning = findings.format_quality_warning(register, rows[row], lang)
        if warning:
            found.append(
                format_message(
                    lang, "standing.doubt", year=findings.format_row_year(register, rows[row], lang), warning=warning
                )
            )
    return found


def build_province_lines(register: Register, rows: Sequence[Row], chosen: Sequence[str], lang: str) -> list[Line]:
    """Return a line a province over its years."""
    of = findings.find_year_calendar(register, rows[0]["indicator_id"])
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], []).append(row)
    found = []
    for code, mine in by_code.items():
        role, colour = find_province_role(register, mine[-1], chosen)
        places = tuple(_build_line_place(register, row, of, lang) for row in mine)
        found.append(Line(code, findings.format_line_label(register, mine[-1], lang), places, role, colour))
    return found


def build_two_year_lines(
    register: Register, rows: Sequence[Row], ends: tuple[int, int], chosen: Sequence[str], lang: str
) -> list[Line]:
    """Return a line a province from one year to another; without those that lack one of them."""
    of = findings.find_year_calendar(register, rows[0]["indicator_id"])
    by_code: dict[str, dict[int, Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], {})[row["year"]] = row
    found = []
    for code, of_year in by_code.items():
        if all(year in of_year for year in ends):
            role, colour = find_province_role(register, of_year[ends[1]], chosen)
            places = tuple(_build_line_place(register, of_year[year], of, lang) for year in ends)
            found.append(
                Line(code, findings.format_line_label(register, of_year[ends[1]], lang), places, role, colour)
            )
    return found


def _build_line_place(register: Register, row: Row, of: str, lang: str) -> Place:
    days = calendar.year_span(int(row["year"]), of)
    return Place(*days, int(row["place"]), findings.format_computed_ranking_row(register, row, lang))


def collect_province_codes(row: Row) -> set[str]:
    """Return the codes of the one province, or of both, that a row is about."""
    return {one for one in (row["iso_3166_2"], row["joint_iso_3166_2"]) if not is_missing(one) and one}


def find_province_role(register: Register, row: Row, chosen: Sequence[str]) -> tuple[Role, int]:
    """Return how a province is drawn: its role and its place in the palette."""
    mine = collect_province_codes(row)
    if register.province in mine:
        return OWN, OWN_COLOUR
    for place, code in enumerate(chosen):
        if code in mine:
            return CHOSEN, CHOSEN_COLOURS[place % len(CHOSEN_COLOURS)]
    return QUIET, 0


def make_bump_figure_factory(register: Register, drawn: Sequence[Line], indicator: str, lang: str) -> FigureFactory:
    """Return what draws the places over the years in a theme."""
    said = _format_lines_alt_text(register, drawn, indicator, lang)
    return lambda theme: build_bump_figure(lines=drawn, theme=theme, alt=said)


def make_slope_figure_factory(
    register: Register, drawn: Sequence[Line], ends: tuple[str, str], indicator: str, lang: str
) -> FigureFactory:
    """Return what draws two years side by side in a theme."""
    said = _format_lines_alt_text(register, drawn, indicator, lang)
    return lambda theme: build_slope_figure(lines=drawn, ends=ends, theme=theme, alt=said)


def _format_lines_alt_text(register: Register, drawn: Sequence[Line], indicator: str, lang: str) -> str:
    loud = [line for line in drawn if line.role != QUIET] or drawn
    said = [place.words for line in loud for place in line.places[-2:]]
    name = labels.find_row_label(register, "indicators", indicator, lang)
    return format_alt_text(format_message(lang, "standing.alt", indicator=name), said, lang)


def make_map_figure_factory(
    register: Register, of_year: Sequence[Row], chosen: Sequence[str], lang: str
) -> FigureFactory | None:
    """Return what draws the places of one year on the map in a theme; nothing where the register has no map."""
    try:
        # the register checks the ids of shapes only; their geometry is as GeoJSON (RFC 7946) has it
        shapes = cast("Shapes", register.geojson(MAP))
    except KeyError:
        return None
    placed = {code: row for row in of_year for code in collect_province_codes(row)}
    areas = [
        _build_map_area(register, code, placed.get(code), chosen, lang)
        for code in queries.list_selection_codes(register)["province"]
    ]
    title = format_message(lang, "standing.map", year=findings.format_row_year(register, of_year[0], lang))
    said = format_alt_text(title, [area.words for area in areas if area.role != QUIET], lang)
    size, by = max(int(row["of"]) for row in of_year), format_message(lang, "map.attribution")
    return lambda theme: build_ranking_map_figure(
        areas=areas, shapes=shapes, size=size, attribution=by, theme=theme, alt=said
    )


def _build_map_area(register: Register, code: str, row: Row | None, chosen: Sequence[str], lang: str) -> Area:
    role, colour = find_province_role(register, row or {"iso_3166_2": code, "joint_iso_3166_2": None}, chosen)
    if row is None:
        return Area(code, None, "", labels.find_row_label(register, "provinces", code, lang), role, colour)
    said = findings.format_computed_ranking_row(register, row, lang)
    return Area(code, int(row["place"]), formatting.format_rank(row["place"], lang), said, role, colour)
