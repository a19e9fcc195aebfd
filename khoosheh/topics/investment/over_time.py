"""Amounts over time: what was said when of the same projects."""

from collections import Counter
from collections.abc import Sequence

from khoosheh import formatting, labels, queries
from khoosheh.calendar import format_interval, to_jalali
from khoosheh.figures.amounts_over_time import ProjectKey, SaidAmount, TimePanel, build_amounts_over_time_figure
from khoosheh.figures.theme import PALETTE, FigureFactory
from khoosheh.formatting import parse_cell_number
from khoosheh.locale import format_message
from khoosheh.topics.columns import Column, make_evidence_column, make_name_column
from khoosheh.topics.investment.amounts_figure import format_mark_label, place_colours
from khoosheh.topics.investment.sentences import format_stated_amount
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import list_units

# projects that can be told apart by colour
MOST_PROJECTS = len(PALETTE)


def format_said_days(row: Row, lang: str) -> str:
    """Return the day, or the days on one of which an amount was said."""
    first, last = (to_jalali(row[f"said_{end}_day"].date()) for end in ("first", "last"))
    return format_interval(first, last, lang)


DATED_COLUMNS = (
    make_name_column("project_id", "projects"),
    Column("kind", lambda request, row: labels.find_measure_label(request.register, row["measure"], request.lang)),
    Column("amount", lambda request, row: format_stated_amount(request.register, row, request.lang)),
    Column("said", lambda request, row: format_said_days(row, request.lang)),
    make_evidence_column(),
)


def format_dated_summary(rows: Sequence[Row], lang: str) -> str:
    """Return how many amounts were said, and how many of them no longer count."""
    replaced = sum(not row["in_force"] for row in rows)
    if not replaced:
        return format_message(lang, "amounts_over_time.all", count=len(rows))
    return format_message(lang, "amounts_over_time.replaced", count=len(rows), replaced=replaced)


def select_drawn_amounts(rows: Sequence[Row]) -> list[Row]:
    """Return the amounts of the ``MOST_PROJECTS`` projects of which amounts were said most often."""
    often = Counter(row["project_id"] for row in rows).most_common(MOST_PROJECTS)
    drawn = {project for project, _ in often}
    return [row for row in rows if row["project_id"] in drawn]


def make_amounts_over_time_factory(request: FindingRequest, rows: Sequence[Row], title: str) -> FigureFactory:
    """Return a function that draws amounts over time in a theme, a panel for each unit."""
    kinds = queries.list_measure_codes(request.register, "investment")
    colours = place_colours(request.register)
    units = [unit for unit in list_units(rows, request.selection.unit) if any(row["unit"] == unit for row in rows)]
    panels = [
        TimePanel(
            request.t("investment.unit", unit=labels.find_unit_label(request.register, unit, request.lang)),
            tuple(
                _build_amount(request, row, kinds, colours.get(row["project_id"], 0))
                for row in rows
                if row["unit"] == unit
            ),
        )
        for unit in units
    ]
    largest_first = dict.fromkeys(row["project_id"] for row in sorted(rows, key=lambda row: -row["low"]))
    projects = [
        ProjectKey(labels.find_row_label(request.register, "projects", key, request.lang), colours.get(key, 0))
        for key in largest_first
    ]
    sentences = [amount.words for panel in panels for amount in panel.amounts]
    alt, scale = formatting.format_alt_text(title, sentences, request.lang), request.question.scale
    return lambda theme: build_amounts_over_time_figure(
        panels=panels, projects=projects, scale=scale, theme=theme, alt=alt
    )


def _build_amount(request: FindingRequest, row: Row, kinds: Sequence[str], colour: int) -> SaidAmount:
    kind = labels.find_measure_label(request.register, row["measure"], request.lang)
    words = request.t(
        "amounts_over_time.mark",
        project=labels.find_row_label(request.register, "projects", row["project_id"], request.lang),
        kind=kind,
        amount=format_stated_amount(request.register, row, request.lang),
        days=format_said_days(row, request.lang),
    )
    first, last = row["said_first_day"].date(), row["said_last_day"].date()
    high = parse_cell_number(row["high"])
    return SaidAmount(
        first, last, row["low"], high, kinds.index(row["measure"]), colour, row["in_force"],
        format_mark_label(request, row), words, row["statement_ids"],
    )  # fmt: skip
