"""The page of commitments and progress."""

from khoosheh import queries
from khoosheh.measures.commitments import CommitmentRow, ProgressRow
from khoosheh.measures.earned_value import EarnedValueRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.topics.commitments.findings import COMMITMENTS, EARNED_VALUE
from khoosheh.topics.commitments.sentences import is_computed
from khoosheh.topics.commitments.slides import (
    format_progress_title,
    make_progress_figure_factory,
    select_progress_curves,
)
from khoosheh.topics.commitments.timeline import make_timeline_figure_factory, read_timeline
from khoosheh.ui.blocks import promise_board, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.layout.cached_render import cached_render

# bars and curves that the page draws at most; tables and downloads have all rows
MOST_BARS, MOST_CURVES = 60, 12


def render_commitments(page: PageContext) -> None:
    """Draw the page."""
    promises = queries.query_commitments(page.register, page.view.selection)
    progress = queries.query_physical_progress(page.register, page.view.selection)
    finding.render_heading(
        cached_render(
            page,
            "promises",
            lambda: COMMITMENTS.format_sentence(page.request, read_rows(promises, CommitmentRow)),
        ),
        1,
    )
    if len(promises):
        promise_board.render_promise_board(page)
    if not len(promises) and not len(progress):
        finding.render_empty_result(page)
    else:
        _render_timeline(page, promises, progress)
        if len(promises):
            _render_commitment_ledger(page, promises)
        _render_progress_curves(page, progress)
    _render_confidence_statements(page)
    _render_earned_value(page)


def _render_timeline(page: PageContext, promises: Table, progress: Table) -> None:
    shown = cached_render(page, "bars", lambda: read_timeline(page.request, MOST_BARS))
    now = queries.find_as_of_day(page.register, page.view.selection)
    finding.render_figure(page, make_timeline_figure_factory(shown.rows, now, page.lang), "schedule")
    finding.render_note(page.t("schedule.key"))
    finding.render_truncation_note(page, shown.told, len(promises) + len(progress))
    finding.render_evidence_link(page, shown.statement_ids, "schedule")


def _render_commitment_ledger(page: PageContext, promises: Table) -> None:
    finding.render_heading(page.t("schedule.ledger"), note=page.t("schedule.lead"))
    finding_tables.render_open_table(page, "promises", COMMITMENTS.columns, promises, page.t("schedule.ledger"))


def _render_progress_curves(page: PageContext, progress: Table) -> None:
    now = queries.find_as_of_day(page.register, page.view.selection)
    curves = cached_render(page, "curves", lambda: select_progress_curves(read_rows(progress, ProgressRow)))
    for curve in curves[:MOST_CURVES]:
        project = curve[0]["project_id"]
        title = format_progress_title(page.register, curve, page.lang)
        finding.render_heading(title, note=page.t("schedule.curve.lead"))
        figure = make_progress_figure_factory(page.register, curve, now, page.lang)
        finding.render_figure(page, figure, f"curve-{project}")
        finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in curve), f"curve-{project}")


def _render_confidence_statements(page: PageContext) -> None:
    of_confidence = queries.select_confidence_statements(page.register, page.view.selection)
    note = "" if len(of_confidence) else page.t("schedule.confidence.none")
    finding.render_heading(page.t("schedule.confidence"), 3, note)
    if len(of_confidence):
        statements.render_statements_table(page, of_confidence, "confidence", page.t("schedule.confidence"))


def _render_earned_value(page: PageContext) -> None:
    table = queries.query_earned_value(page.register, page.view.selection)
    rows = read_rows(table, EarnedValueRow)
    if not rows:
        return
    if any(map(is_computed, rows)):
        finding.render_heading(page.t("schedule.earned"), 3, page.t("schedule.earned.lead"))
        finding_tables.render_open_table(page, "earned", EARNED_VALUE.columns, table, page.t("schedule.earned"))
    else:
        # a table of what cannot be computed would say the same in each of its cells
        finding.render_heading(page.t("schedule.earned"), 3, EARNED_VALUE.format_sentence(page.request, rows))
        finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows), "earned")
