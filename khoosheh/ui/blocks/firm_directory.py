"""The directory of firms: templates where nobody published one; else its firms, their links, stages without firms."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import labels, queries
from khoosheh.formatting import is_missing
from khoosheh.measures import cluster
from khoosheh.narrative import cluster as findings
from khoosheh.persian import format_number
from khoosheh.ui.blocks import firm_network, firm_templates
from khoosheh.ui.context import PageContext
from khoosheh.ui.controls import filters
from khoosheh.ui.layout import finding
from khoosheh.ui.markup import tables
from khoosheh.ui.markup.markdown import escape_markdown
from khoosheh.ui.markup.tables import Cell

FILTERS = ("chain", "county", "isic", "knowledge_based", "exporting")


def render_firm_directory(page: PageContext, of: int, *, published: bool) -> None:
    """Draw the directory; ``of``: how many firms are known, ``published``: whether the register has any."""
    if not published:
        firm_templates.render_template_downloads(page)
    if not of:
        return
    chosen = queries.query_firms(page.register, page.view.selection)
    rows = list(chosen.iter_rows(named=True))
    finding.render_heading(findings.format_firms_summary(rows, of, page.lang))
    filters.render_filter_bar(page, FILTERS)
    if not rows:
        finding.render_empty_result(page)
        return
    title = findings.format_firms_summary(rows, of, page.lang)
    finding.render_open_table(page, "firms", list_firm_headings(page), partial(build_firm_row, page), chosen, title)
    # side by side: neither needs the whole width
    left, right = st.columns(2, gap="large")
    with left:
        firm_network.render_firm_links(page, rows)
    with right:
        _render_specialities(page)
    _open_picked_firms(page)


def list_firm_headings(page: PageContext) -> list[str]:
    """Return the headings of the columns of :func:`build_firm_row`."""
    named = ("firm", "isic", "serves", "county_id", "knowledge_based", "exports", "partners", "source")
    return [page.t(f"column.{name}") for name in named]


def build_firm_row(page: PageContext, row: dict) -> list[Cell]:
    """Return a firm as a row of a table."""
    return [
        Cell(row[f"name_{page.lang}"]),
        Cell(findings.format_isic_classes(row["isic4"], page.lang), muted=is_missing(row["isic4"])),
        Cell(findings.format_firm_stages(page.register, row, page.lang), muted=not row["stage_ids"]),
        Cell(
            labels.find_row_label(page.register, "counties", row["county_id"], page.lang),
            muted=is_missing(row["county_id"]),
        ),
        Cell(
            findings.format_yes_no_answer(row["is_knowledge_based"], page.lang),
            muted=is_missing(row["is_knowledge_based"]),
        ),
        Cell(findings.format_firm_exports(page.register, row, page.lang), muted=is_missing(row["exports"])),
        Cell(format_number(int(row["partners"]), page.lang), sort=int(row["partners"])),
        finding.build_source_cell(page, row["source_id"]),
    ]


def _render_specialities(page: PageContext) -> None:
    served = queries.query_stage_specialities(page.register, page.view.selection)
    rows = list(served.iter_rows(named=True))
    title = findings.format_gaps_summary(rows, page.lang)
    finding.render_heading(title)
    st.caption(page.t("gaps.lead"))
    for verdict in (cluster.GAP, cluster.PERHAPS):
        without = [row for row in rows if row["verdict"] == verdict]
        if without:
            st.markdown(escape_markdown(findings.format_gap_list(page.register, without, verdict, page.lang)))
    columns = [page.t(f"column.{name}") for name in ("chain_id", "stage_id", "isic", "firms")]
    finding.render_open_table(page, "specialities", columns, partial(_build_speciality_row, page), served, title)


def _build_speciality_row(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(labels.find_row_label(page.register, "chains", row["chain_id"], page.lang)),
        Cell(labels.find_row_label(page.register, "stages", row["stage_id"], page.lang)),
        Cell(findings.format_isic_classes(row["isic4"], page.lang), muted=is_missing(row["isic4"])),
        Cell(findings.format_stage_firms(page.register, row, page.lang), muted=is_missing(row["low"])),
    ]


def _open_picked_firms(page: PageContext) -> None:
    """Open the firms of the mark that was just clicked, with their links and sources."""
    codes = st.session_state.pop(firm_network.PICKED, "").split()
    every = queries.query_firms(page.register, page.view.selection).filter(nw.col("firm_id").is_in(codes))
    if not len(every):
        return
    title = findings.format_name_list(page.register, "firms", " ".join(every["firm_id"].to_list()), page.lang)
    st.dialog(escape_markdown(title), width="large")(_render_firm_card)(page, every, title)


def _render_firm_card(page: PageContext, firms: nw.DataFrame, title: str) -> None:
    tables.render_table(
        list_firm_headings(page), [build_firm_row(page, row) for row in firms.iter_rows(named=True)], title
    )
    codes = firms["firm_id"].to_list()
    ends = [nw.col(end).is_in(codes) for end in ("firm_id", "partner_firm_id")]
    links = queries.select_firm_links(page.register, page.view.selection)
    mine = links.filter(ends[0] & ends[1] if len(codes) > 1 else ends[0] | ends[1])
    if len(mine):
        firm_network.render_links_table(page, list(mine.iter_rows(named=True)), title)
