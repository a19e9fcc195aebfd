"""Slides about investment: stated amounts, a slide for each unit."""

from collections.abc import Sequence

from khoosheh import formatting, labels, queries
from khoosheh.formatting import CONVERTED
from khoosheh.measures.investment import AmountRow
from khoosheh.measures.rows import read_rows
from khoosheh.topics.investment.amounts_figure import make_amounts_figure_factory
from khoosheh.topics.investment.columns import AMOUNT_COLUMNS, GROUP, KIND
from khoosheh.topics.investment.sentences import format_investment_summary, format_stated_amount
from khoosheh.topics.request import FindingRequest
from khoosheh.topics.slide import BARS, POSSIBLE, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import MOST_DRAWN, build_slide_table, collect_statement_ids, join_sentences
from khoosheh.topics.spreadsheet import list_units

PAGE = "investment"


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return a slide for each unit, that of the selection first."""
    amounts = read_rows(queries.query_investment_amounts(request.register, request.selection), AmountRow)
    totals = read_rows(queries.query_investment_totals(request.register, request.selection), AmountRow)
    slides = []
    for unit in list_units(amounts, request.selection.unit):
        rows = sorted((row for row in amounts if row["unit"] == unit), key=lambda row: -row["low"])
        if rows:
            slides.append(_build_unit_slide(request, unit, rows, totals))
    return slides


def _build_unit_slide(
    request: FindingRequest, unit: str, rows: Sequence[AmountRow], totals: Sequence[AmountRow]
) -> Slide:
    is_own = unit == request.selection.unit
    name = labels.find_unit_label(request.register, unit, request.lang)
    title = (
        format_investment_summary(request.register, totals, request.lang)
        if is_own
        else request.t("investment.unit_own", unit=name)
    )
    table = build_slide_table(request, [column for column in AMOUNT_COLUMNS if column.text], rows, MOST_DRAWN)
    top = max((row for row in totals if row["unit"] == unit), key=lambda row: row["known"], default=None)
    return Slide(
        key=PAGE if is_own else f"{PAGE}-{unit}",
        page=PAGE,
        title=title,
        known=formatting.format_known_count(top["known"], top["of"], request.lang) if top else "",
        note=join_sentences(
            request.t("investment.lead"), request.t("investment.converted") if unit in CONVERTED else ""
        ),
        figure=make_amounts_figure_factory(request, rows[:MOST_DRAWN], request.t("nav.investment")),
        native=_build_native_chart(request, rows, name),
        table=table,
        statement_ids=collect_statement_ids(rows),
    )


def _build_native_chart(request: FindingRequest, rows: Sequence[AmountRow], unit: str) -> NativeChart:
    """Return the bars for an office program: a series up to the low ends, and one from there to the high ends."""
    ends = [formatting.round_amount_ends(row["low"], row["high"], row["unit"]) for row in rows]
    more = tuple(
        None if high is None or high == low else formatting.compute_interval_width(low, high) for low, high in ends
    )
    return NativeChart(
        form=BARS,
        categories=tuple(
            request.t("slide.category", group=GROUP.format_cell(request, row), kind=KIND.format_cell(request, row))
            for row in rows
        ),
        series=(
            Series(request.t("slide.at_least"), tuple(float(low) for low, _ in ends)),
            Series(request.t("slide.possible"), more, POSSIBLE),
        ),
        unit=unit,
        labels=tuple(format_stated_amount(request.register, row, request.lang) for row in rows),
    )
