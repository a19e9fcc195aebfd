"""Slides of an indicator with a table: places of all provinces over the years, two years, and the map."""

from collections.abc import Callable, Mapping, Sequence

import narwhals as nw

from khoosheh import board, calendar, names, words
from khoosheh.figures.standings import CHOSEN, OWN, QUIET, Area, Line, Place, bump_figure, map_figure, slope_figure
from khoosheh.figures.theme import Theme
from khoosheh.findings import alt
from khoosheh.findings import standings as findings
from khoosheh.locale import text
from khoosheh.measures import standings
from khoosheh.register import Register
from khoosheh.slides.asked import Asked, lines
from khoosheh.slides.slide import BARS, LINES, Native, Series, Slide
from khoosheh.words import missing

PAGE = "ranking"
MAP = "provinces-map"
OWN_COLOUR, CHOSEN_COLOURS = 5, (0, 2, 3, 1, 4, 6)

Row = Mapping[str, object]


def slides(asked: Asked) -> list[Slide]:
    """Return places over the years, and on the map; none where no table was known by the day."""
    every = board.standing(asked.register, asked.selection)
    indicator = asked.question.indicator or next(iter(board.tabled(asked.register)), "")
    rows = list(every.filter(nw.col("indicator_id") == indicator).iter_rows(named=True))
    own = standings.of_province(every, asked.register.province).filter(nw.col("indicator_id") == indicator)
    mine = list(own.iter_rows(named=True))
    if not mine:
        return []
    found = [_over_years(asked, indicator, rows, mine)]
    year = standings.years(every, indicator)[-1]
    return [*found, _on_map(asked, indicator, [row for row in rows if row["year"] == year])]


def _over_years(asked: Asked, indicator: str, rows: Sequence[Row], mine: Sequence[Row]) -> Slide:
    drawn = of_provinces(asked.register, rows, asked.question.provinces, asked.lang)
    loud = [line for line in drawn if line.role != QUIET]
    years = sorted({row["year"] for row in rows})
    of = findings.calendar_of(asked.register, indicator)
    return Slide(
        key="ranking-years",
        page=PAGE,
        title=findings.moved(asked.register, [mine[0], mine[-1]], asked.lang),
        known=words.known_of(len(mine), len(years), asked.lang),
        note=lines(findings.margin(asked.register, mine[-1], asked.lang), *doubts(asked.register, mine, asked.lang)),
        figure=bump(asked.register, drawn, indicator, asked.lang),
        native=Native(
            form=LINES,
            categories=tuple(words.year(year, of, asked.lang) for year in years),
            series=tuple(_places(asked, line, years, rows) for line in loud),
            unit=asked.t("column.place"),
            best_first=True,
            instead=asked.t("slide.instead.years"),
        ),
        sources=_sources(rows),
    )


def _places(asked: Asked, line: Line, years: Sequence[int], rows: Sequence[Row]) -> Series:
    mine = {row["year"]: row for row in rows if row["iso_3166_2"] == line.code}
    name = findings.province(asked.register, next(iter(mine.values())), asked.lang)
    return Series(name, tuple(float(mine[y]["place"]) if y in mine else None for y in years), colour=line.colour)


def _on_map(asked: Asked, indicator: str, of_year: Sequence[Row]) -> Slide:
    year = findings.year(asked.register, of_year[0], asked.lang)
    rows = sorted(of_year, key=lambda row: row["place"])
    unit = findings.unit_of(asked.register, indicator)
    own = [asked.register.province in codes(row) for row in rows]
    name = names.of_row(asked.register, "indicators", indicator, asked.lang)
    doubtful = doubts(asked.register, rows[:1], asked.lang)
    mine = [findings.row_words(asked.register, row, asked.lang) for row, o in zip(rows, own, strict=True) if o]
    values = [words.rounded(row["value"], int(unit["decimals"])) for row in rows]
    return Slide(
        key="ranking-map",
        page=PAGE,
        title=asked.t("slide.map", indicator=name, year=year),
        known=words.known_of(len(rows), max(int(row["of"]) for row in rows), asked.lang),
        note=lines(*mine, *doubtful),
        legend=asked.t("slide.map.note"),
        figure=on_map(asked.register, of_year, asked.question.provinces, asked.lang),
        native=Native(
            form=BARS,
            categories=tuple(findings.province(asked.register, row, asked.lang) for row in rows),
            series=(
                Series(asked.t("slide.provinces"), tuple(None if o else v for v, o in zip(values, own, strict=True))),
                Series(
                    names.of_row(asked.register, "provinces", asked.register.province, asked.lang),
                    tuple(v if o else None for v, o in zip(values, own, strict=True)),
                    colour=OWN_COLOUR,
                ),
            ),
            unit=unit[asked.lang],
            labels=tuple(findings.value(asked.register, row, asked.lang) for row in rows),
            instead=asked.t("slide.instead.map"),
        ),
        sources=_sources(rows),
    )


def _sources(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["source_id"] for row in rows))


def doubts(register: Register, rows: Sequence[Row], lang: str) -> list[str]:
    """Return what is doubtful of the first and the last of the rows that a finding rests on."""
    found = []
    for row in dict.fromkeys((0, len(rows) - 1)):
        warning = findings.warning(register, rows[row], lang)
        if warning:
            found.append(text(lang, "standing.doubt", year=findings.year(register, rows[row], lang), warning=warning))
    return found


def of_provinces(register: Register, rows: Sequence[Row], chosen: Sequence[str], lang: str) -> list[Line]:
    """Return a line a province over its years."""
    of = findings.calendar_of(register, rows[0]["indicator_id"])
    by_code: dict[str, list[Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], []).append(row)
    found = []
    for code, mine in by_code.items():
        role, colour = role_of(register, mine[-1], chosen)
        places = tuple(_place(register, row, of, lang) for row in mine)
        found.append(Line(code, findings.label(register, mine[-1], lang), places, role, colour))
    return found


def between(
    register: Register, rows: Sequence[Row], ends: tuple[int, int], chosen: Sequence[str], lang: str
) -> list[Line]:
    """Return a line a province from one year to another; without those that lack one of them."""
    of = findings.calendar_of(register, rows[0]["indicator_id"])
    by_code: dict[str, dict[int, Row]] = {}
    for row in rows:
        by_code.setdefault(row["iso_3166_2"], {})[row["year"]] = row
    found = []
    for code, of_year in by_code.items():
        if all(year in of_year for year in ends):
            role, colour = role_of(register, of_year[ends[1]], chosen)
            places = tuple(_place(register, of_year[year], of, lang) for year in ends)
            found.append(Line(code, findings.label(register, of_year[ends[1]], lang), places, role, colour))
    return found


def _place(register: Register, row: Row, of: str, lang: str) -> Place:
    days = calendar.year_span(int(row["year"]), of)
    return Place(*days, int(row["place"]), findings.row_words(register, row, lang))


def codes(row: Row) -> set[str]:
    """Return the codes of the one province, or of both, that a row is about."""
    return {one for one in (row["iso_3166_2"], row["joint_iso_3166_2"]) if not missing(one) and one}


def role_of(register: Register, row: Row, chosen: Sequence[str]) -> tuple[str, int]:
    """Return how a province is drawn: its role and its place in the palette."""
    mine = codes(row)
    if register.province in mine:
        return OWN, OWN_COLOUR
    for place, code in enumerate(chosen):
        if code in mine:
            return CHOSEN, CHOSEN_COLOURS[place % len(CHOSEN_COLOURS)]
    return QUIET, 0


def bump(register: Register, drawn: Sequence[Line], indicator: str, lang: str) -> Callable[[Theme], object]:
    """Return what draws the places over the years in a theme."""
    said = _alt(register, drawn, indicator, lang)
    return lambda theme: bump_figure(lines=drawn, theme=theme, alt=said)


def slope(
    register: Register, drawn: Sequence[Line], ends: tuple[str, str], indicator: str, lang: str
) -> Callable[[Theme], object]:
    """Return what draws two years side by side in a theme."""
    said = _alt(register, drawn, indicator, lang)
    return lambda theme: slope_figure(lines=drawn, ends=ends, theme=theme, alt=said)


def _alt(register: Register, drawn: Sequence[Line], indicator: str, lang: str) -> str:
    loud = [line for line in drawn if line.role != QUIET] or drawn
    said = [place.words for line in loud for place in line.places[-2:]]
    name = names.of_row(register, "indicators", indicator, lang)
    return alt(text(lang, "standing.alt", indicator=name), said, lang)


def on_map(
    register: Register, of_year: Sequence[Row], chosen: Sequence[str], lang: str
) -> Callable[[Theme], object] | None:
    """Return what draws the places of one year on the map in a theme; nothing where the register has no map."""
    try:
        shapes = register.geojson(MAP)
    except KeyError:
        return None
    placed = {code: row for row in of_year for code in codes(row)}
    areas = [_area(register, code, placed.get(code), chosen, lang) for code in board.codes(register)["province"]]
    title = text(lang, "standing.map", year=findings.year(register, of_year[0], lang))
    said = alt(title, [area.words for area in areas if area.role != QUIET], lang)
    size, by = max(int(row["of"]) for row in of_year), text(lang, "map.attribution")
    return lambda theme: map_figure(areas=areas, shapes=shapes, size=size, attribution=by, theme=theme, alt=said)


def _area(register: Register, code: str, row: Row | None, chosen: Sequence[str], lang: str) -> Area:
    role, colour = role_of(register, row or {"iso_3166_2": code, "joint_iso_3166_2": None}, chosen)
    if row is None:
        return Area(code, None, "", names.of_row(register, "provinces", code, lang), role, colour)
    said = findings.row_words(register, row, lang)
    return Area(code, int(row["place"]), words.place(row["place"], lang), said, role, colour)
