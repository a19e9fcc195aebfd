"""Findings about investment: stated amounts, their sums, and benefits."""

from khoosheh import queries
from khoosheh.topics.finding import Comparison, Finding
from khoosheh.topics.investment.amounts_figure import make_amounts_figure_factory
from khoosheh.topics.investment.columns import AMOUNT_COLUMNS, COVERAGE_COLUMNS
from khoosheh.topics.investment.counties import PROJECT_COLUMNS, format_counties_summary, make_county_map_factory
from khoosheh.topics.investment.over_time import DATED_COLUMNS, format_dated_summary, make_amounts_over_time_factory
from khoosheh.topics.investment.sentences import (
    format_amount_row,
    format_coverage_summary,
    format_investment_summary,
)
from khoosheh.topics.investment.slides import build_slides

TOPIC = "investment"

AMOUNTS = Finding(
    "investment",
    TOPIC,
    queries.query_investment_amounts,
    AMOUNT_COLUMNS,
    row_text=lambda request, row: format_amount_row(request.register, row, request.selection.by, request.lang),
    figure=lambda request, rows, title: make_amounts_figure_factory(request, rows, title, whole=True),
    slides=build_slides,
    command=True,
    sheet=True,
    warm=True,
    compared=Comparison(("group", "measure", "unit"), ("low", "high", "known")),
    uses=True,
)
TOTALS = Finding(
    "investment_totals",
    TOPIC,
    queries.query_investment_totals,
    sentence=lambda request, rows: format_investment_summary(request.register, rows, request.lang),
    warm=True,
)
COVERAGE = Finding(
    "amount_coverage",
    TOPIC,
    queries.query_amount_coverage,
    COVERAGE_COLUMNS,
    sentence=lambda request, rows: format_coverage_summary(rows, request.lang),
    command=True,
    warm=True,
)
DATED_AMOUNTS = Finding(
    "amounts_over_time",
    TOPIC,
    queries.query_dated_amounts,
    DATED_COLUMNS,
    sentence=lambda request, rows: format_dated_summary(rows, request.lang),
    figure=make_amounts_over_time_factory,
    command=True,
    warm=True,
)
AMOUNT_STATEMENTS = Finding("amount_statements", TOPIC, queries.select_investment_statements, warm=True, uses=True)
BENEFIT_STATEMENTS = Finding("benefit_statements", TOPIC, queries.select_benefit_statements, warm=True, uses=True)
COUNTIES = Finding(
    "counties",
    TOPIC,
    queries.select_project_counties,
    PROJECT_COLUMNS,
    sentence=lambda request, rows: format_counties_summary(rows, request.lang),
    figure=make_county_map_factory,
    command=True,
    warm=True,
)
FINDINGS = (AMOUNTS, TOTALS, COVERAGE, DATED_AMOUNTS, AMOUNT_STATEMENTS, BENEFIT_STATEMENTS, COUNTIES)
