"""Findings about value chains: states of stages, completion now and over time, missing stages, the balance."""

from khoosheh import queries
from khoosheh.topics.finding import Comparison, Finding
from khoosheh.topics.value_chains import columns
from khoosheh.topics.value_chains.matrix import MATRIX_COLUMNS, format_matrix_summary
from khoosheh.topics.value_chains.sentences import (
    format_completion_row,
    format_completion_summary,
    format_stage_row,
)
from khoosheh.topics.value_chains.slides import build_slides, make_definitions_figure_factory

TOPIC = "value_chains"

MATRIX = Finding(
    "matrix",
    TOPIC,
    queries.query_chain_matrix,
    MATRIX_COLUMNS,
    sentence=lambda request, rows: format_matrix_summary(request.register, rows, request.lang),
    warm=True,
)
STAGES = Finding(
    "stages",
    TOPIC,
    queries.query_stage_states,
    columns.STAGE_COLUMNS,
    row_text=lambda request, row: format_stage_row(
        request.register, row, queries.list_stage_states(request.register), request.lang
    ),
    command=True,
    sheet=True,
    compared=Comparison(("stage_id",), ("low", "high", "known")),
    uses=True,
)
COMPLETION = Finding(
    "chains",
    TOPIC,
    queries.query_chain_completion,
    columns.COMPLETION_COLUMNS,
    sentence=lambda request, rows: format_completion_summary(request.register, rows, request.lang),
    row_text=lambda request, row: format_completion_row(request.register, row, request.lang),
    figure=lambda request, rows, title: make_definitions_figure_factory(request.register, rows, title, request.lang),
    slides=build_slides,
    command=True,
    sheet=True,
    warm=True,
    compared=Comparison(("chain_id", "definition"), ("low", "high", "known")),
)
HISTORY = Finding("completion_history", TOPIC, queries.query_completion_history, columns.HISTORY_COLUMNS, warm=True)
ADDITIONS = Finding("stage_additions", TOPIC, queries.query_stage_additions, columns.ADDITION_COLUMNS, warm=True)
BALANCE = Finding(
    "balance",
    TOPIC,
    queries.query_link_balances,
    columns.BALANCE_COLUMNS,
    command=True,
    sheet=True,
    sheet_rows=lambda selection, rows: [
        row for row in rows if not selection.chains or row["chain_id"] in selection.chains
    ],
)
CHAIN_STATEMENTS = Finding("chain_statements", TOPIC, queries.select_chain_statements, warm=True, uses=True)
NEED_STATEMENTS = Finding("need_statements", TOPIC, queries.select_need_statements, uses=True)
FINDINGS = (MATRIX, STAGES, COMPLETION, HISTORY, ADDITIONS, BALANCE, CHAIN_STATEMENTS, NEED_STATEMENTS)
