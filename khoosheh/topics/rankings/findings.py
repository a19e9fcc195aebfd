"""Findings about rankings: the stated ranks of the province, and ranks computed from tables of values."""

from khoosheh import queries
from khoosheh.topics.finding import Comparison, Finding
from khoosheh.topics.rankings import computed_slides, stated_slides
from khoosheh.topics.rankings.columns import COMPUTED_COLUMNS, STATED_COLUMNS
from khoosheh.topics.rankings.stated_sentences import format_ranking_row, format_ranking_summary

TOPIC = "ranking"

STATED = Finding(
    "ranking",
    TOPIC,
    queries.query_province_rankings,
    STATED_COLUMNS,
    sentence=lambda request, rows: format_ranking_summary(request.register, rows, request.lang),
    row_text=lambda request, row: format_ranking_row(request.register, row, request.lang),
    figure=lambda request, rows, title: stated_slides.make_rankings_figure_factory(
        request.register, rows, title, request.lang
    ),
    slides=stated_slides.build_slides,
    command=True,
    sheet=True,
    warm=True,
    compared=Comparison(("indicator_id", "kind"), ("low", "high", "known"), subject=("indicator_id",)),
    uses=True,
)
COMPUTED = Finding(
    "standings",
    TOPIC,
    queries.query_computed_rankings,
    COMPUTED_COLUMNS,
    slides=computed_slides.build_slides,
    command=True,
    sheet=True,
    warm=True,
)
STATEMENTS = Finding("ranking_statements", TOPIC, queries.select_ranking_statements, uses=True)
ELSEWHERE = Finding("ranking_elsewhere", TOPIC, queries.select_other_province_statements, warm=True)
FINDINGS = (STATED, COMPUTED, STATEMENTS, ELSEWHERE)
