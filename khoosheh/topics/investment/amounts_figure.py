"""What the figure of stated amounts draws: rows of projects or groups, dots of kinds, and who has no amount."""

from collections.abc import Sequence
from dataclasses import replace

from khoosheh import formatting, labels, queries
from khoosheh.figures.amount_axis import LOG, Ends, can_be_logarithmic
from khoosheh.figures.kind_dots import MOST_DOTS, KindDots, KindRow
from khoosheh.figures.stated_amounts import AmountRow as DrawnRow
from khoosheh.figures.stated_amounts import Mark, Panel, Unstated, build_amounts_figure
from khoosheh.figures.theme import FigureFactory
from khoosheh.formatting import CONVERTED, format_alt_text, parse_cell_number
from khoosheh.measures.amount_coverage import CoverageRow
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from khoosheh.persian import format_number
from khoosheh.register import Register, cached_per_register
from khoosheh.topics.investment.sentences import format_amount_row, format_coverage_summary
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import list_units

BY_PROJECT = "project_id"
# the colour of sums of several projects, a grey
GROUP_COLOUR = 7
# names without an amount that a figure has at most
MOST_UNSTATED = 30


@cached_per_register
def place_colours(register: Register) -> dict[str, int]:
    """Return the place in the palette of each project with an amount on any day."""
    projects = queries.query_investment_amounts(register, Selection(by=BY_PROJECT))["group"].to_list()
    return {project: place for place, project in enumerate(sorted(set(projects)))}


def select_drawn_rows(rows: Sequence[Row], most: int) -> list[Row]:
    """Return the rows of the first groups in order of their largest amount, about ``most``, and no group in part."""
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: -row["low"]):
        groups.setdefault(row["group"], []).append(row)
    drawn: list[Row] = []
    for mine in groups.values():
        if drawn and len(drawn) + len(mine) > most:
            break
        drawn += mine
    return drawn


def make_amounts_figure_factory(
    request: FindingRequest, rows: Sequence[Row], title: str, *, whole: bool = False
) -> FigureFactory:
    """Return a function that draws amounts in a theme, a panel for each unit.

    ``whole``: with the dots of kinds above, and below the projects or groups without an amount. All texts are
    formatted before: a cached slide must not refer to the register.
    """
    units = [unit for unit in list_units(rows, request.selection.unit) if any(row["unit"] == unit for row in rows)]
    panels = [_build_panel(request, [row for row in rows if row["unit"] == unit], unit) for unit in units]
    sentences = [format_amount_row(request.register, row, request.selection.by, request.lang) for row in rows]
    alt = format_alt_text(title, sentences, request.lang)
    dots = _build_kind_dots(request) if whole else None
    unstated = _build_unstated(request) if whole else None
    scale = request.question.scale
    return lambda theme: build_amounts_figure(
        panels=panels, dots=dots, unstated=unstated, scale=scale, theme=theme, alt=alt
    )


def _build_panel(request: FindingRequest, rows: Sequence[Row], unit: str) -> Panel:
    name = labels.find_unit_label(request.register, unit, request.lang)
    key = "investment.unit" if unit == request.selection.unit else "investment.unit_own"
    groups = dict.fromkeys(row["group"] for row in sorted(rows, key=lambda row: -row["low"]))
    drawn = [_build_row(request, group, [row for row in rows if row["group"] == group]) for group in groups]
    return Panel(request.t(key, unit=name), tuple(drawn))


def _build_row(request: FindingRequest, group: str, rows: Sequence[Row]) -> DrawnRow:
    by = request.selection.by
    kinds = queries.list_measure_codes(request.register, "investment")
    marks = [
        Mark(
            kinds.index(row["measure"]),
            row["low"],
            parse_cell_number(row["high"]),
            _format_row_mark(request, row),
            format_amount_row(request.register, row, by, request.lang),
            row["statement_ids"],
        )
        for row in sorted(rows, key=lambda row: kinds.index(row["measure"]))
    ]
    name = labels.find_group_label(request.register, by, group, request.lang)
    colour = place_colours(request.register).get(group, 0) if by == BY_PROJECT else GROUP_COLOUR
    return DrawnRow(name, colour, tuple(marks))


def format_mark_label(request: FindingRequest, row: Row) -> str:
    """Return kind and amount of a row without its unit, which stands above all amounts of it."""
    kind = labels.find_measure_label(request.register, row["measure"], request.lang)
    amount = formatting.format_amount(row["low"], row["high"], row["unit"], "", request.lang)
    return request.t("investment.mark", kind=kind, amount=amount)


def _format_row_mark(request: FindingRequest, row: Row) -> str:
    """Return kind and amount of a row, and of how many projects of a group."""
    label = format_mark_label(request, row)
    if request.selection.by == BY_PROJECT:
        return label
    return request.t("investment.mark.group", mark=label, known=_format_share(request, row))


def _format_share(request: FindingRequest, row: Row) -> str:
    known, of = (format_number(int(row[name]), request.lang) for name in ("known", "of"))
    return request.t("coverage.share", known=known, of=of)


def _build_kind_dots(request: FindingRequest) -> KindDots:
    """Return the dots, projects with an amount first."""
    register, lang = request.register, request.lang
    any_kind, *coverage = read_rows(queries.query_amount_coverage(register, request.selection), CoverageRow)
    kinds = queries.list_measure_codes(register, "investment")
    every = queries.select_projects(register, request.selection)["project_id"].to_list()
    # ids are collected for dots only
    stated = _collect_ids(request) if len(every) <= MOST_DOTS else {}
    with_amount = sorted(stated, key=lambda project: -len(stated[project]))
    dotted = (
        [*with_amount, *(project for project in every if project not in stated)] if len(every) <= MOST_DOTS else []
    )
    colours = place_colours(register)
    rows = [
        KindRow(
            labels.find_measure_label(register, row["measure"], lang),
            kinds.index(row["measure"]),
            _format_share(request, row),
            row["known"] / row["of"] if row["of"] else 0.0,
            tuple(stated.get(project, {}).get(row["measure"], "") for project in dotted),
        )
        for row in coverage
    ]
    names = [labels.find_row_label(register, "projects", project, lang) for project in dotted]
    return KindDots(
        format_coverage_summary([any_kind], lang),
        tuple(rows),
        tuple(names),
        tuple(colours.get(project, 0) for project in dotted),
        len(with_amount),
    )


def _collect_ids(request: FindingRequest) -> dict[str, dict[str, str]]:
    """Return the ids of statements of each project and kind, whatever the unit."""
    by_project = replace(request.selection, by=BY_PROJECT)
    amounts = read_rows(queries.query_investment_amounts(request.register, by_project), AmountRow)
    ids: dict[str, dict[str, str]] = {}
    for row in amounts:
        mine = ids.setdefault(row["group"], {})
        mine[row["measure"]] = " ".join([*mine.get(row["measure"], "").split(), *row["statement_ids"].split()])
    return ids


def _build_unstated(request: FindingRequest) -> Unstated:
    """Return the projects of the selection, or the groups that have any, of which no amount was stated."""
    by, selection = request.selection.by, request.selection
    if by == "said_year":
        return Unstated("", ())
    stated = set(queries.query_investment_amounts(request.register, selection)["group"].to_list())
    every = queries.select_projects(request.register, selection)[by].drop_nulls().to_list()
    groups = [group for group in dict.fromkeys(every) if group and group not in stated]
    names = [labels.find_group_label(request.register, by, group, request.lang) for group in groups[:MOST_UNSTATED]]
    more = len(groups) - len(names)
    if more:
        names.append(request.t("investment.unstated.more", count=more))
    return Unstated(request.t("investment.unstated"), tuple(names))


def can_choose_scale(rows: Sequence[Row]) -> bool:
    """Tell whether the amounts of any unit differ enough for a logarithmic axis."""
    return any(can_be_logarithmic(amounts) for amounts in _group_by_unit(rows).values())


def _group_by_unit(rows: Sequence[Row]) -> dict[str, list[Ends]]:
    ends: dict[str, list[Ends]] = {}
    for row in rows:
        ends.setdefault(row["unit"], []).append((row["low"], parse_cell_number(row["high"])))
    return ends


def list_notes(request: FindingRequest, rows: Sequence[Row]) -> list[str]:
    """Return what a reader of the figure must know: the rule, a logarithmic axis, rates missing and rates used."""
    units = {
        row["unit"]: labels.find_unit_label(request.register, row["unit"], request.lang)
        for row in sorted(rows, key=lambda row: row["unit"])
    }
    wanted = labels.find_unit_label(request.register, request.selection.unit, request.lang)
    missing = [
        request.t("investment.no_rate", unit=name, wanted=wanted)
        for unit, name in units.items()
        if unit != request.selection.unit
    ]
    converted = [request.t("investment.converted")] if any(unit in CONVERTED for unit in units) else []
    is_log = request.question.scale == LOG and can_choose_scale(rows)
    logarithmic = [request.t("investment.logarithmic")] if is_log else []
    return [request.t("investment.lead"), *logarithmic, *missing, *converted]
