"""The page of the cluster: its needs and their evidence, its phases and labels, and the directory of its firms."""

from collections.abc import Sequence

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.measures.cluster import NeedRow, PhaseRow
from khoosheh.measures.rows import Table, read_rows
from khoosheh.measures.scope import Selection
from khoosheh.topics.cluster import sentences
from khoosheh.topics.cluster.columns import LABEL_COLUMNS
from khoosheh.topics.cluster.findings import NEEDS, PHASES
from khoosheh.ui.blocks import firm_directory, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding, finding_tables
from khoosheh.ui.markup.markdown import escape_markdown


def render_cluster_page(page: PageContext) -> None:
    """Draw the page."""
    everything = Selection(as_of=page.view.as_of)
    needs = queries.query_cluster_needs(page.register, page.view.selection)
    rows = read_rows(needs, NeedRow)
    firms = len(queries.query_firms(page.register, everything))
    links = len(queries.select_firm_links(page.register, everything))
    published = bool(len(queries.read_register_table(page.register, "firms")))
    finding.render_heading(
        sentences.format_cluster_summary(rows, firms, links, published=published, lang=page.lang), 1
    )
    _render_cluster_needs(page, needs, rows)
    if not firms:
        st.info(page.t("cluster.info.not_yet" if published else "cluster.info.none"))
    _render_life_cycle(page)
    _render_cluster_labels(page)
    firm_directory.render_firm_directory(page, firms, published=published)


def _render_cluster_needs(page: PageContext, needs: Table, rows: Sequence[NeedRow]) -> None:
    finding.render_heading(page.t("cluster.needs"), note=page.t("cluster.lead"))
    finding_tables.render_open_table(page, "cluster-needs", NEEDS.columns, needs, page.t("cluster.needs"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows).strip(), "cluster-needs")
    of_needs = queries.select_need_statements(page.register, Selection(as_of=page.view.as_of))
    if len(of_needs):
        title = page.t("cluster.spoken", count=len(of_needs))
        statements.render_folded_statements(page, of_needs, "cluster-spoken", title)


def _select_scale_phases(page: PageContext, scale: str) -> tuple[Table, list[PhaseRow]]:
    """Return the phases of a scale as a table and as rows."""
    phases = queries.query_cluster_phases(page.register, page.view.selection).filter(nw.col("scale") == scale)
    return phases, read_rows(phases, PhaseRow)


def _render_life_cycle(page: PageContext) -> None:
    phases, rows = _select_scale_phases(page, sentences.LIFE_CYCLE)
    if not rows:
        return
    finding.render_heading(page.t("cluster.phase.title"), note=page.t("cluster.phase.lead"))
    st.markdown(escape_markdown(sentences.format_next_phase(page.register, rows, page.lang)))
    finding_tables.render_open_table(page, "cluster-phases", PHASES.columns, phases, page.t("cluster.phase.title"))


def _render_cluster_labels(page: PageContext) -> None:
    labels, rows = _select_scale_phases(page, sentences.LABEL)
    if not rows:
        return
    finding.render_heading(page.t("cluster.label.title"), 3, page.t("cluster.label.lead"))
    finding_tables.render_open_table(page, "cluster-labels", LABEL_COLUMNS, labels, page.t("cluster.label.title"))
