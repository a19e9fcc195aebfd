"""The page of the cluster: its needs and their evidence, the phases nobody stated, and the directory of its firms."""

from collections.abc import Mapping
from functools import partial

import narwhals as nw
import streamlit as st

from khoosheh import board, calendar, names
from khoosheh.findings import cluster as findings
from khoosheh.measures.scope import Selection
from khoosheh.ui import directory, show, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell
from khoosheh.words import missing, said


def draw(page: PageContext) -> None:
    """Draw the page."""
    everything = Selection(as_of=page.view.as_of)
    needs = board.cluster_needs(page.register, page.view.selection)
    rows = list(needs.iter_rows(named=True))
    firms, links = (len(ask(page.register, everything)) for ask in (board.firms, board.links))
    published = bool(len(board.table(page.register, "firms")))
    show.heading(findings.title(rows, firms, links, published=published, lang=page.lang), 1)
    st.caption(page.t("cluster.lead"))
    if not firms:
        # what is not there is said before all else
        st.info(page.t("cluster.info.not_yet" if published else "cluster.info.none"))
    _needs(page, needs, rows)
    _life_cycle(page)
    _labels(page)
    directory.draw(page, firms, published=published)


def _needs(page: PageContext, needs: nw.DataFrame, rows: list[dict]) -> None:
    show.heading(page.t("cluster.needs"))
    headings = [page.t(f"column.{name}") for name in ("requirement", "named", "evidenced", "newest", "phase")]
    show.open_table(page, "cluster-needs", headings, partial(_need, page), needs, page.t("cluster.needs"))
    show.sources(page, " ".join(row["statement_ids"] for row in rows).strip(), "cluster-needs")
    spoken = board.needs(page.register, Selection(as_of=page.view.as_of))
    if len(spoken):
        with st.expander(plain(page.t("cluster.spoken", count=len(spoken)))):
            statements.rows_table(page, spoken, "cluster-spoken", page.t("cluster.needs"))


def _need(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "requirements", row["requirement_id"], page.lang)),
        show.evidence_cell(page, row["named_ids"]),
        show.evidence_cell(page, row["evidence_ids"]),
        _newest(page, row),
        Cell(names.of_row(page.register, "life_cycle", row["phase_id"], page.lang)),
    ]


def _newest(page: PageContext, row: dict) -> Cell:
    if missing(row["newest_last_day"]):
        return Cell(page.t("value.not_stated"), muted=True)
    first, last = (str(calendar.to_jalali(row[f"newest_{end}_day"].date())) for end in ("first", "last"))
    return Cell(said(first, last, page.lang), sort=first)


def _scale(page: PageContext, scale: str) -> tuple[nw.DataFrame, list[dict]]:
    every = board.phases(page.register, page.view.selection).filter(nw.col("scale") == scale)
    return every, list(every.iter_rows(named=True))


def _life_cycle(page: PageContext) -> None:
    phases, rows = _scale(page, findings.LIFE_CYCLE)
    if not rows:
        return
    show.heading(page.t("cluster.phase.title"))
    st.caption(page.t("cluster.phase.lead"))
    st.markdown(plain(findings.next_phase(page.register, rows, page.lang)))
    headings = [page.t(f"column.{name}") for name in ("phase", "proof", "phase_needs", "evidence", "source")]
    show.open_table(
        page, "cluster-phases", headings, partial(_phase_cells, page), phases, page.t("cluster.phase.title")
    )


def _phase_cells(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        *_phase(page, row),
        Cell(findings.phase_needs(page.register, row, page.lang), muted=not row["of"]),
        show.evidence_cell(page, row["statement_ids"]),
        show.source_cell(page, row["source_id"]),
    ]


def _labels(page: PageContext) -> None:
    labels, rows = _scale(page, findings.LABEL)
    if not rows:
        return
    show.heading(page.t("cluster.label.title"), 3)
    st.caption(page.t("cluster.label.lead"))
    headings = [page.t(f"column.{name}") for name in ("label", "condition", "source")]
    show.open_table(
        page, "cluster-labels", headings, partial(_label_cells, page), labels, page.t("cluster.label.title")
    )


def _label_cells(page: PageContext, row: Mapping) -> list[Cell]:
    return [*_phase(page, row), show.source_cell(page, row["source_id"])]


def _phase(page: PageContext, row: dict) -> list[Cell]:
    phase = findings.phase(page.register, row["phase_id"])
    return [Cell(phase[f"name_{page.lang}"], sort=row["seq"]), Cell(phase[f"proof_{page.lang}"])]
