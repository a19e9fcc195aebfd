"""The projects by county: those whose county is stated on a map, the others with notes on where they are."""

from collections import defaultdict
from collections.abc import Sequence

import narwhals as nw

from khoosheh import formatting, labels, queries
from khoosheh.figures.area_map import Area, build_area_map_figure, compute_class
from khoosheh.figures.theme import FigureFactory
from khoosheh.locale import format_message
from khoosheh.register import Register, cached_per_register
from khoosheh.register.maps import Geometry
from khoosheh.topics.columns import Column, make_evidence_column, make_name_column
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide_parts import collect_statement_ids

MAP = "counties-map"
# the outline of a selected county: its place in the palette, and its width
SELECTED_COLOUR, SELECTED_PX = 5, 4


def format_project_name(request: FindingRequest, row: Row) -> str:
    """Return the name of a project."""
    return labels.find_row_label(request.register, "projects", row["project_id"], request.lang)


def format_location_note(request: FindingRequest, row: Row) -> str:
    """Return what is known of where a project is, or that nothing was stated."""
    note = _read_location_notes(request.register, request.lang).get(row["project_id"])
    return note or request.t("value.not_stated")


@cached_per_register
def _read_location_notes(register: Register, lang: str) -> dict[str, str]:
    """Return the notes on where projects are, by project; without those that have none."""
    projects = queries.read_register_table(register, "projects").select("project_id", f"location_note_{lang}")
    return dict(projects.drop_nulls().iter_rows())


PROJECT_COLUMNS = (
    make_name_column("project_id", "projects"),
    make_name_column("county_id", "counties", optional=True),
    Column("location_note", format_location_note),
    make_evidence_column(),
)


def list_projects_without_county(rows: Sequence[Row]) -> list[Row]:
    """Return the projects whose county is not stated."""
    return [row for row in rows if formatting.is_missing(row["county_id"])]


def format_counties_summary(rows: Sequence[Row], lang: str) -> str:
    """Return of how many projects the county is stated."""
    stated = len(rows) - len(list_projects_without_county(rows))
    return format_message(lang, "finding.counties", stated=stated, count=len(rows))


def list_source_ids(register: Register, rows: Sequence[Row]) -> list[str]:
    """Return the sources of the statements about the projects, each once."""
    statements = queries.select_statements_by_id(register, collect_statement_ids(rows))
    return list(dict.fromkeys(statements["source_id"].to_list()))


@cached_per_register
def read_county_shapes(register: Register) -> dict[str, Geometry]:
    """Return the outlines of the province's counties by their ids; empty where the package has no map of them."""
    shapes = register.read_geometries(MAP)
    counties = queries.read_register_table(register, "counties")
    relations = counties.filter(nw.col("iso_3166_2") == register.province).select("county_id", "osm_relation")
    return {county: shapes[str(relation)] for county, relation in relations.iter_rows() if str(relation) in shapes}


def make_county_map_factory(request: FindingRequest, rows: Sequence[Row], title: str) -> FigureFactory:
    """Return what draws the number of projects in each county in a theme; needs :func:`read_county_shapes`."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        if not formatting.is_missing(row["county_id"]):
            names[row["county_id"]].append(format_project_name(request, row))
    geometries = read_county_shapes(request.register)
    most = max((len(names[county]) for county in geometries), default=0)
    areas = [_build_county_area(request, county, names[county], most) for county in geometries]
    alt = formatting.format_alt_text(title, [area.words for area in areas if area.level is not None], request.lang)
    attribution = request.t("map.attribution")
    return lambda theme: build_area_map_figure(
        areas=areas, geometries=geometries, attribution=attribution, theme=theme, alt=alt
    )


def _build_county_area(request: FindingRequest, county: str, projects: Sequence[str], most: int) -> Area:
    """Return a county on the map; ``most``: projects of the county that has most of them."""
    count = len(projects)
    listed = request.t("list.comma").join(projects)
    name = labels.find_row_label(request.register, "counties", county, request.lang)
    key = "finding.county" if count else "finding.county.none"
    selected = county in request.selection.counties
    return Area(
        county,
        level=compute_class(most - count + 1, most) if count else None,
        shown=request.t("county.count", county=name, count=count) if count else name,
        words=request.t(key, county=name, count=count, listed=listed),
        edge=SELECTED_COLOUR if selected else None,
        edge_px=SELECTED_PX if selected else 1,
    )
