"""The page of promises and time."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing
from khoosheh.measures.earned_value import RESULTS
from khoosheh.narrative import commitments as findings
from khoosheh.presenters.commitments import (
    Row,
    build_timeline_rows,
    format_progress_title,
    index_commitment_statements,
    make_gantt_figure_factory,
    make_progress_figure_factory,
    select_progress_curves,
)
from khoosheh.ui.blocks import changes, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.layout.cached_render import cached_render
from khoosheh.ui.markup.tables import Cell

# nobody reads more bars, nor more curves one below the other; tables and downloads have the rest
MOST_BARS, MOST_CURVES = 60, 12


def render_commitments(page: PageContext) -> None:
    """Draw the page."""
    promises = queries.query_commitments(page.register, page.view.selection)
    progress = queries.query_physical_progress(page.register, page.view.selection)
    said = index_commitment_statements(page.register)
    finding.render_heading(
        cached_render(
            page, "promises", lambda: findings.format_commitments_summary(_list_frame_rows(promises), page.lang)
        ),
        1,
    )
    st.caption(page.t("schedule.lead"))
    if not len(promises) and not len(progress):
        finding.render_empty_result(page)
    else:
        _render_gantt(page, promises, progress, said)
        if len(promises):
            _render_commitment_ledger(page, promises, said)
        _render_progress_curves(page, progress)
    _render_confidence_statements(page)
    _render_earned_value(page)
    changes.render_changes(page, said)


def _list_frame_rows(frame: nw.DataFrame) -> list[dict]:
    return list(frame.iter_rows(named=True))


def _render_gantt(page: PageContext, promises: nw.DataFrame, progress: nw.DataFrame, said: Mapping) -> None:
    shown = cached_render(page, "bars", lambda: _build_gantt_rows(page, promises, progress, said))
    now = queries.find_as_of_day(page.register, page.view.selection)
    finding.render_figure(page, make_gantt_figure_factory(shown, now, page.lang), "schedule")
    st.caption(page.t("schedule.key"))
    finding.render_truncation_note(page, len(shown), len(promises) + len(progress))
    finding.render_evidence_link(page, " ".join(row.statement_ids for row in shown), "schedule")


def _build_gantt_rows(page: PageContext, promises: nw.DataFrame, progress: nw.DataFrame, said: Mapping) -> list[Row]:
    first = [_list_frame_rows(one.head(MOST_BARS)) for one in (promises, progress)]
    return build_timeline_rows(page.register, *first, said, page.lang)[:MOST_BARS]


def _render_commitment_ledger(page: PageContext, promises: object, said: Mapping) -> None:
    finding.render_heading(page.t("schedule.ledger"))
    headings = [
        page.t(f"column.{name}") for name in ("subject", "promised", "due", "said", "verdict", "later", "evidence")
    ]
    finding.render_open_table(
        page, "promises", headings, partial(_build_commitment_cells, page, said), promises, page.t("schedule.ledger")
    )


def _build_commitment_cells(page: PageContext, said: Mapping, row: Mapping) -> list[Cell]:
    statement = said[row["statement_id"]]
    moves = [said[one] for one in row["moved_ids"].split()]
    return [
        Cell(findings.format_commitment_subject(page.register, row, page.lang)),
        Cell(findings.format_commitment_target(page.register, statement, page.lang)),
        Cell(findings.format_deadline(statement, page.lang), sort=_format_iso_day(row["deadline_high_day"])),
        Cell(statements.format_said_date(page, statement), sort=_format_iso_day(row["said_last_day"])),
        Cell(findings.format_commitment_outcome(row, moves, page.lang)),
        _build_later_cell(page, row["later_ids"]),
        finding.build_evidence_cell(page, row["statement_ids"]),
    ]


def _build_later_cell(page: PageContext, ids: str) -> Cell:
    if not ids:
        return Cell(page.t("schedule.nothing_later"), muted=True, sort=0)
    count = len(ids.split())
    return Cell(
        page.t("evidence.count", count=count), finding.build_evidence_query(page, ids), "evidence", sort=count
    )


def _format_iso_day(day: object) -> str:
    return "" if is_missing(day) else day.date().isoformat()


def _render_progress_curves(page: PageContext, progress: nw.DataFrame) -> None:
    now = queries.find_as_of_day(page.register, page.view.selection)
    every = cached_render(page, "curves", lambda: select_progress_curves(_list_frame_rows(progress)))
    for mine in every[:MOST_CURVES]:
        project = mine[0]["project_id"]
        finding.render_heading(format_progress_title(page.register, mine, page.lang))
        st.caption(page.t("schedule.curve.lead"))
        figure = make_progress_figure_factory(page.register, mine, now, page.lang)
        finding.render_figure(page, figure, f"curve-{project}")
        finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in mine), f"curve-{project}")


def _render_confidence_statements(page: PageContext) -> None:
    finding.render_heading(page.t("schedule.confidence"), 3)
    told = queries.select_confidence_statements(page.register, page.view.selection)
    if len(told):
        statements.render_statements_table(page, told, "confidence", page.t("schedule.confidence"))
    else:
        st.caption(page.t("schedule.confidence.none"))


def _render_earned_value(page: PageContext) -> None:
    table = queries.query_earned_value(page.register, page.view.selection)
    finding.render_heading(page.t("schedule.earned"), 3)
    st.caption(page.t("schedule.earned.lead"))
    if not len(table):
        return
    headings = [
        page.t("column.project_id"),
        *(page.t(f"earned.{name}") for name in RESULTS),
        page.t("column.missing"),
        page.t("column.evidence"),
    ]
    finding.render_open_table(
        page, "earned", headings, partial(_build_earned_value_row, page), table, page.t("schedule.earned")
    )


def _build_earned_value_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(labels.find_row_label(page.register, "projects", row["project_id"], page.lang)),
        *(_build_earned_value_cell(page, row, name) for name in RESULTS),
        Cell(findings.format_missing_inputs(row["missing"], page.lang)),
        finding.build_evidence_cell(page, row["statement_ids"]),
    ]


def _build_earned_value_cell(page: PageContext, row: Mapping, name: str) -> Cell:
    return Cell(
        findings.format_earned_value(page.register, row, name, page.lang), muted=is_missing(row[f"{name}_low"])
    )
