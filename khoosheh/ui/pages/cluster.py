"""The page of the cluster: its needs and their evidence, the phases nobody stated, and the directory of its firms."""

import narwhals as nw
import streamlit as st

from khoosheh import queries
from khoosheh.measures.scope import Selection
from khoosheh.topics.cluster import sentences as findings
from khoosheh.topics.cluster.columns import LABEL_COLUMNS
from khoosheh.topics.cluster.findings import NEEDS, PHASES
from khoosheh.ui.blocks import firm_directory, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.layout import finding
from khoosheh.ui.markup.markdown import escape_markdown


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
    finding.render_open_table(page, "cluster-needs", NEEDS.columns, needs, page.t("cluster.needs"))
    finding.render_evidence_link(page, " ".join(row["statement_ids"] for row in rows).strip(), "cluster-needs")
    spoken = queries.select_need_statements(page.register, Selection(as_of=page.view.as_of))
    if len(spoken):
        with st.expander(escape_markdown(page.t("cluster.spoken", count=len(spoken)))):
            statements.render_statements_table(page, spoken, "cluster-spoken", page.t("cluster.needs"))


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
    finding.render_open_table(page, "cluster-phases", PHASES.columns, phases, page.t("cluster.phase.title"))


def _render_cluster_labels(page: PageContext) -> None:
    labels, rows = _select_scale_phases(page, findings.LABEL)
    if not rows:
        return
    finding.render_heading(page.t("cluster.label.title"), 3)
    st.caption(page.t("cluster.label.lead"))
    finding.render_open_table(page, "cluster-labels", LABEL_COLUMNS, labels, page.t("cluster.label.title"))
