"""Findings about time: commitments with their outcome, stated progress, and earned value."""

from khoosheh import queries
from khoosheh.topics.commitments import sentences
from khoosheh.topics.commitments.columns import COMMITMENT_COLUMNS, EARNED_VALUE_COLUMNS, PROGRESS_COLUMNS
from khoosheh.topics.commitments.slides import build_slides
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.finding import Comparison, Finding

TOPIC = "schedule"

COMMITMENTS = Finding(
    "schedule",
    TOPIC,
    queries.query_commitments,
    COMMITMENT_COLUMNS,
    sentence=lambda request, rows: sentences.format_commitments_summary(rows, request.lang),
    row_text=lambda request, row: sentences.format_commitment_row(
        request.register, row, index_commitment_statements(request.register), request.lang
    ),
    slides=build_slides,
    command=True,
    sheet=True,
    warm=True,
    compared=Comparison(("statement_id",), ("verdict", "slip_low_months", "slip_high_months")),
    uses=True,
)
PROGRESS = Finding(
    "progress",
    TOPIC,
    queries.query_physical_progress,
    PROGRESS_COLUMNS,
    row_text=lambda request, row: sentences.format_progress_row(request.register, row, request.lang),
    command=True,
    sheet=True,
    warm=True,
    uses=True,
)
EARNED_VALUE = Finding(
    "earned_value",
    TOPIC,
    queries.query_earned_value,
    EARNED_VALUE_COLUMNS,
    sentence=lambda request, rows: sentences.format_earned_value_summary(rows, request.lang),
    command=True,
    sheet=True,
    warm=True,
)
CONFIDENCE_STATEMENTS = Finding("confidence_statements", TOPIC, queries.select_confidence_statements, uses=True)
FINDINGS = (COMMITMENTS, PROGRESS, EARNED_VALUE, CONFIDENCE_STATEMENTS)
