"""The places of a year on the map of provinces."""

from collections.abc import Sequence

from khoosheh import formatting, labels, queries
from khoosheh.figures.area_map import Area, build_area_map_figure, compute_class, list_class_ranks
from khoosheh.figures.computed_rankings import QUIET
from khoosheh.figures.computed_rankings.lines import WIDTHS
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import format_alt_text
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.rankings import computed_sentences as findings
from khoosheh.topics.rankings.province_roles import collect_province_codes, find_province_role
from khoosheh.topics.request import Row

MAP = "provinces-map"
# about as high as the other figures of places
HEIGHT_PX = 470


def make_map_figure_factory(
    register: Register, of_year: Sequence[Row], chosen: Sequence[str], lang: str
) -> FigureFactory | None:
    """Return a function that draws the places of a year on the map; ``None`` where the register has no map."""
    geometries = register.read_geometries(MAP)
    if not geometries:
        return None
    row_by_code = {code: row for row in of_year for code in collect_province_codes(row)}
    places = max(int(row["of"]) for row in of_year)
    areas = [
        _build_map_area(register, code, row_by_code.get(code), places, chosen, lang)
        for code in queries.list_selection_codes(register)["province"]
    ]
    title = format_message(lang, "standing.map", year=findings.format_row_year(register, of_year[0], lang))
    alt_text = format_alt_text(title, [area.words for area in areas if area.edge is not None], lang)
    attribution = format_message(lang, "map.attribution")
    ranks = list_class_ranks(places)
    legend = {compute_class(first, places): formatting.format_value_range(first, last, lang) for first, last in ranks}
    return lambda theme: build_area_map_figure(
        areas=areas, geometries=geometries, attribution=attribution, theme=theme, alt=alt_text, height=HEIGHT_PX,
        legend=legend,
    )  # fmt: skip


def _build_map_area(
    register: Register, code: str, row: Row | None, places: int, chosen: Sequence[str], lang: str
) -> Area:
    """Return a province on the map; ``places``: the number of places of its year."""
    role, colour = find_province_role(register, row or {"iso_3166_2": code, "joint_iso_3166_2": None}, chosen)
    edge = None if role == QUIET else colour
    if row is None:
        return Area(code, None, "", labels.find_row_label(register, "provinces", code, lang), edge, WIDTHS[role])
    words, place = findings.format_computed_ranking_row(register, row, lang), int(row["place"])
    return Area(code, compute_class(place, places), formatting.format_rank(place, lang), words, edge, WIDTHS[role])
