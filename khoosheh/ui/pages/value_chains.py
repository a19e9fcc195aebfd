"""The page of value chains."""

from collections.abc import Sequence

import narwhals as nw

from khoosheh import labels, queries
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.value_chains import DEFINITIONS, CompletionRow
from khoosheh.topics.value_chains.findings import COMPLETION, MATRIX
from khoosheh.ui.blocks import chain_detail, chain_matrix, completion_history, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables


def render_value_chains(page: PageContext) -> None:
    """Draw the page."""
    matrix = MATRIX.read_rows(page.request)
    title = MATRIX.format_sentence(page.request, matrix)
    finding.render_heading(title, 1)
    if not matrix:
        finding.render_empty_result(page)
        return
    completion = queries.query_chain_completion(page.register, page.view.selection)
    rows = read_rows(completion, CompletionRow)
    shown = chain_detail.find_shown_chain(page, rows)
    chain_matrix.render_chain_matrix(page, title, shown)
    table = queries.query_chain_matrix(page.register, page.view.selection)
    finding_tables.render_folded_table(page, "matrix", MATRIX.columns, table, title)
    chain_detail.render_chain_chooser(page, rows, shown)
    chain_detail.render_chain_detail(page, shown, rows)
    completion_history.render_completion_history(page, shown)
    _render_definitions(page, completion, rows)
    of_chains = queries.select_chain_statements(page.register, page.view.selection)
    of_no_chain = of_chains.filter(nw.col("chain_id").is_null())
    if len(of_no_chain):
        statements.render_folded_statements(page, of_no_chain, "chains-rest", page.t("chains.rest"))


def _render_definitions(page: PageContext, completion: Table, rows: Sequence[CompletionRow]) -> None:
    """Draw the three definitions of completion in one figure, what they mean, and their table."""
    title = COMPLETION.format_sentence(page.request, rows)
    finding.render_heading(title)
    ladder = page.t("list.comma").join(
        labels.find_value_label(page.register, "statements", "state_low", state, page.lang)
        for state in queries.list_stage_states(page.register)
    )
    meanings = (
        page.t("definition.meaning", name=page.t(f"definition.{one}.name"), meaning=page.t(f"definition.{one}"))
        for one in DEFINITIONS
    )
    words = [page.t("chains.lead"), *meanings, page.t("chains.ladder", states=ladder)]
    finding.render_note(" ".join(words))
    finding.render_finding_figure(page, COMPLETION, rows, title, "definitions")
    finding_tables.render_folded_table(page, "completion", COMPLETION.columns, completion, title)
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "completion")
