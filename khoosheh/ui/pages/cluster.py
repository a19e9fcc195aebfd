"""The page of the cluster: its needs and their evidence, the phases nobody stated, and the directory of its firms."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import calendar, labels, queries
from khoosheh.formatting import format_statement_dates, is_missing
from khoosheh.measures.scope import Selection
from khoosheh.narrative import cluster as findings
from khoosheh.ui.blocks import firm_directory, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell


def render_cluster_page(page: PageContext) -> None:
    """Draw the page."""
    everything = Selection(as_of=page.view.as_of)
    needs = queries.query_cluster_needs(page.register, page.view.selection)
    rows = list(needs.iter_rows(named=True))
    firms, links = (len(ask(page.register, everything)) for ask in (queries.query_firms, queries.select_firm_links))
    published = bool(len(queries.read_register_table(page.register, "firms")))
    finding.render_heading(
        findings.format_cluster_summary(rows, firms, links, published=published, lang=page.lang), 1
    )
    st.caption(page.t("cluster.lead"))
    if not firms:
        # what is not there is said before all else
        st.info(page.t("cluster.info.not_yet" if published else "cluster.info.none"))
    _render_cluster_needs(page, needs, rows)
    _render_life_cycle(page)
    _render_cluster_labels(page)
    firm_directory.render_firm_directory(page, firms, published=published)


def _render_cluster_needs(page: PageContext, needs: nw.DataFrame, rows: list[dict]) -> None:
    finding.render_heading(page.t("cluster.needs"))
    headings = [page.t(f"column.{name}") for name in ("requirement", "named", "evidenced", "newest", "phase")]
    finding.render_open_table(
        page, "cluster-needs", headings, partial(_build_need_row, page), needs, page.t("cluster.needs")
    )
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows).strip(), "cluster-needs")
    spoken = queries.select_need_statements(page.register, Selection(as_of=page.view.as_of))
    if len(spoken):
        with st.expander(escape_markdown(page.t("cluster.spoken", count=len(spoken)))):
            statements.render_statements_table(page, spoken, "cluster-spoken", page.t("cluster.needs"))


def _build_need_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(labels.find_row_label(page.register, "requirements", row["requirement_id"], page.lang)),
        finding.build_evidence_cell(page, row["named_ids"]),
        finding.build_evidence_cell(page, row["evidence_ids"]),
        _build_newest_cell(page, row),
        Cell(labels.find_row_label(page.register, "life_cycle", row["phase_id"], page.lang)),
    ]


def _build_newest_cell(page: PageContext, row: dict) -> Cell:
    if is_missing(row["newest_last_day"]):
        return Cell(page.t("value.not_stated"), muted=True)
    first, last = (str(calendar.to_jalali(row[f"newest_{end}_day"].date())) for end in ("first", "last"))
    return Cell(format_statement_dates(first, last, page.lang), sort=first)


def _select_scale_phases(page: PageContext, scale: str) -> tuple[nw.DataFrame, list[dict]]:
    every = queries.query_cluster_phases(page.register, page.view.selection).filter(nw.col("scale") == scale)
    return every, list(every.iter_rows(named=True))


def _render_life_cycle(page: PageContext) -> None:
    phases, rows = _select_scale_phases(page, findings.LIFE_CYCLE)
    if not rows:
        return
    finding.render_heading(page.t("cluster.phase.title"))
    st.caption(page.t("cluster.phase.lead"))
    st.markdown(escape_markdown(findings.format_next_phase(page.register, rows, page.lang)))
    headings = [page.t(f"column.{name}") for name in ("phase", "proof", "phase_needs", "evidence", "source")]
    finding.render_open_table(
        page, "cluster-phases", headings, partial(_build_phase_row, page), phases, page.t("cluster.phase.title")
    )


def _build_phase_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        *_build_phase_cells(page, row),
        Cell(findings.format_phase_needs(page.register, row, page.lang), muted=not row["of"]),
        finding.build_evidence_cell(page, row["statement_ids"]),
        finding.build_source_cell(page, row["source_id"]),
    ]


def _render_cluster_labels(page: PageContext) -> None:
    labels, rows = _select_scale_phases(page, findings.LABEL)
    if not rows:
        return
    finding.render_heading(page.t("cluster.label.title"), 3)
    st.caption(page.t("cluster.label.lead"))
    headings = [page.t(f"column.{name}") for name in ("label", "condition", "source")]
    finding.render_open_table(
        page, "cluster-labels", headings, partial(_build_label_row, page), labels, page.t("cluster.label.title")
    )


def _build_label_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [*_build_phase_cells(page, row), finding.build_source_cell(page, row["source_id"])]


def _build_phase_cells(page: PageContext, row: dict) -> list[Cell]:
    phase = findings.find_phase_row(page.register, row["phase_id"])
    return [Cell(phase[f"name_{page.lang}"], sort=row["seq"]), Cell(phase[f"proof_{page.lang}"])]
