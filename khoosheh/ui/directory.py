"""The directory of firms: templates where nobody published one; else its firms, their links, stages without firms."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, names
from khoosheh.findings import cluster as findings
from khoosheh.measures import cluster
from khoosheh.persian import format_number
from khoosheh.ui import filters, network, show, table, templates
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.words import missing

FILTERS = ("chain", "county", "isic", "kb", "exports")


def draw(page: PageContext, of: int, *, published: bool) -> None:
    """Draw the directory; ``of``: how many firms are known, ``published``: whether the register has any."""
    if not published:
        templates.draw(page)
    if not of:
        return
    chosen = board.firms(page.register, page.view.selection)
    rows = list(chosen.iter_rows(named=True))
    show.heading(findings.firms_title(rows, of, page.lang))
    filters.bar(page, FILTERS)
    if not rows:
        show.nothing(page)
        return
    title = findings.firms_title(rows, of, page.lang)
    show.open_table(page, "firms", headings(page), partial(firm, page), chosen, title)
    # side by side: neither needs the whole width
    left, right = st.columns(2, gap="large")
    with left:
        network.draw(page, rows)
    with right:
        _specialities(page)
    _picked(page)


def headings(page: PageContext) -> list[str]:
    """Return the headings of the columns of :func:`firm`."""
    named = ("firm", "isic", "serves", "county_id", "knowledge_based", "exports", "partners", "source")
    return [page.t(f"column.{name}") for name in named]


def firm(page: PageContext, row: dict) -> list[Cell]:
    """Return a firm as a row of a table."""
    return [
        Cell(row[f"name_{page.lang}"]),
        Cell(findings.classes(row["isic4"], page.lang), muted=missing(row["isic4"])),
        Cell(findings.stages(page.register, row, page.lang), muted=not row["stage_ids"]),
        Cell(names.of_row(page.register, "counties", row["county_id"], page.lang), muted=missing(row["county_id"])),
        Cell(findings.answer(row["is_knowledge_based"], page.lang), muted=missing(row["is_knowledge_based"])),
        Cell(findings.exports(page.register, row, page.lang), muted=missing(row["exports"])),
        Cell(format_number(int(row["partners"]), page.lang), sort=int(row["partners"])),
        show.source_cell(page, row["source_id"]),
    ]


def _specialities(page: PageContext) -> None:
    served = board.specialities(page.register, page.view.selection)
    rows = list(served.iter_rows(named=True))
    title = findings.gaps(rows, page.lang)
    show.heading(title)
    st.caption(page.t("gaps.lead"))
    for verdict in (cluster.GAP, cluster.PERHAPS):
        without = [row for row in rows if row["verdict"] == verdict]
        if without:
            st.markdown(plain(findings.gap_list(page.register, without, verdict, page.lang)))
    columns = [page.t(f"column.{name}") for name in ("chain_id", "stage_id", "isic", "firms")]
    show.open_table(page, "specialities", columns, partial(_served, page), served, title)


def _served(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "chains", row["chain_id"], page.lang)),
        Cell(names.of_row(page.register, "stages", row["stage_id"], page.lang)),
        Cell(findings.classes(row["isic4"], page.lang), muted=missing(row["isic4"])),
        Cell(findings.firms_of(page.register, row, page.lang), muted=missing(row["low"])),
    ]


def _picked(page: PageContext) -> None:
    """Open the firms of the mark that was just clicked, with their links and sources."""
    codes = st.session_state.pop(network.PICKED, "").split()
    every = board.firms(page.register, page.view.selection).filter(nw.col("firm_id").is_in(codes))
    if not len(every):
        return
    title = findings.listed(page.register, "firms", " ".join(every["firm_id"].to_list()), page.lang)
    st.dialog(plain(title), width="large")(_card)(page, every, title)


def _card(page: PageContext, firms: nw.DataFrame, title: str) -> None:
    table.draw(headings(page), [firm(page, row) for row in firms.iter_rows(named=True)], title)
    codes = firms["firm_id"].to_list()
    ends = [nw.col(end).is_in(codes) for end in ("firm_id", "partner_firm_id")]
    links = board.links(page.register, page.view.selection)
    mine = links.filter(ends[0] & ends[1] if len(codes) > 1 else ends[0] | ends[1])
    if len(mine):
        network.table_of(page, list(mine.iter_rows(named=True)), title)
