"""Completion over time of one chain, as known on each day, and the statements that changed it."""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.measures.rows import read_rows
from khoosheh.measures.value_chains import CompletionHistoryRow
from khoosheh.topics.request import Row
from khoosheh.topics.value_chains.findings import HISTORY
from khoosheh.topics.value_chains.history import (
    build_history_bands,
    find_causes,
    format_history_title,
    format_row_day,
    list_cause_rows,
    make_history_figure_factory,
)
from khoosheh.topics.value_chains.sentences import format_completion_value
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup.tables import escape_html

# statements that are quoted as the cause of a step at most; a link leads to all of them
MOST_CAUSES = 4


def render_completion_history(page: PageContext, chain: str) -> None:
    """Draw the history of a chain by the chosen definition, from the first statement about its stages on."""
    definition = page.view.definition
    title = format_history_title(definition, page.lang)
    table = queries.query_completion_history(page.register, page.view.selection).filter(
        nw.col("definition") == definition, nw.col("chain_id") == chain
    )
    spoken = table.filter(nw.col("known") > 0)
    rows = read_rows(spoken, CompletionHistoryRow)
    if not rows:
        return
    finding.render_heading(title, 3)
    lead = [page.t(f"definition.{definition}"), page.t("history.lead"), page.t("history.lead.numbers")]
    _, months = queries.list_history_days(page.register, page.view.selection)
    if months:
        lead.append(page.t(f"history.lead.every_{months}"))
    finding.render_note(" ".join(lead))
    end = queries.find_as_of_day(page.register, page.view.selection)
    bands = build_history_bands(page.register, rows, [chain], end, page.lang, numbered=True)
    finding.render_figure(page, make_history_figure_factory(bands, title, page.lang), "history")
    st.html(cached_render(page, ("causes", chain, definition), lambda: _build_causes_html(page, rows)))
    finding_tables.render_folded_table(page, "history", HISTORY.columns, spoken, title)


def _build_causes_html(page: PageContext, rows: Sequence[Row]) -> str:
    """Return the steps as a numbered list: the day, the completion from it on, and the statements that changed it."""
    steps = list_cause_rows(rows)
    claims = _read_claims(page, steps)
    items = (_build_step_html(page, before, row, claims) for before, row in zip([None, *steps], steps, strict=False))
    return f'<ol class="khoosheh-causes">{"".join(items)}</ol>'


def _read_claims(page: PageContext, steps: Sequence[Row]) -> dict[str, str]:
    ids = {statement_id for row in steps for statement_id in row["statement_ids"].split()}
    found = queries.select_statements_by_id(page.register, ids)
    return dict(found.select("statement_id", f"claim_{page.lang}").iter_rows())


def _build_step_html(page: PageContext, before: Row | None, row: Row, claims: dict[str, str]) -> str:
    new, gone = find_causes(before, row)
    head = page.t("history.cause", day=format_row_day(row, page.lang), value=format_completion_value(row, page.lang))
    lines = [
        f"<li>{escape_html(claims[one])} <small>{_build_ids_link(page, one, [one])}</small></li>"
        for one in new[:MOST_CAUSES]
    ]
    if len(new) > MOST_CAUSES:
        lines.append(f"<li>{_build_ids_link(page, page.t('evidence.count', count=len(new)), new)}</li>")
    if gone:
        words = page.t("history.replaced", count=len(gone))
        lines.append(f"<li><small>{_build_ids_link(page, words, gone)}</small></li>")
    return f"<li>{escape_html(head)}<ul>{''.join(lines)}</ul></li>"


def _build_ids_link(page: PageContext, words: str, ids: Sequence[str]) -> str:
    return finding.build_evidence_link(page, words, " ".join(ids))
