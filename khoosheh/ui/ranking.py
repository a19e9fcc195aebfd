"""The page of ranking."""

from collections.abc import Mapping
from functools import partial

import streamlit as st

from khoosheh import board, findings, names, slides, words
from khoosheh.engines import size
from khoosheh.findings import standings as of_standings
from khoosheh.ui import show, standings, statements
from khoosheh.ui.context import PageContext
from khoosheh.ui.markdown import plain
from khoosheh.ui.table import Cell


def draw(page: PageContext) -> None:
    """Draw the page."""
    places = board.places(page.register, page.view.selection)
    rows = list(places.iter_rows(named=True))
    title = findings.rank(page.register, rows, page.lang)
    show.heading(title, 1)
    st.caption(page.t("ranking.lead"))
    spoken = board.rank_words(page.register, page.view.selection)
    steps = slides.places.steps(spoken)
    for sentence in findings.climb(rows, steps, page.lang):
        st.markdown(plain(sentence))
    standings.play(page, rows, steps)
    if not len(spoken) and not any(row["known"] for row in rows):
        show.nothing(page)
        return
    ladder(page, rows, title, "ranking")
    details(page, places, rows)
    standings.draw(page)
    if len(spoken):
        _words(page, spoken)


def _words(page: PageContext, spoken: object) -> None:
    show.heading(page.t("ranking.words"))
    statements.rows_table(page, spoken, "ranking-words", page.t("ranking.words"))
    others = board.elsewhere(page.register, page.view.selection)
    if size(others):
        show.heading(page.t("ranking.elsewhere"))
        st.caption(page.t("ranking.elsewhere.lead"))
        statements.rows_table(page, others, "ranking-elsewhere", page.t("ranking.elsewhere"))


def ladder(page: PageContext, rows: list[dict], title: str, key: str) -> None:
    """Draw the figure of places."""
    show.chart(page, slides.places.figure(page.register, rows, title, page.lang), key)


def details(page: PageContext, places: object, rows: list[dict]) -> None:
    """Draw the table of places, folded, with its download and sources."""
    headings = [page.t(f"column.{name}") for name in ("indicator", "aspect", "reading", "place", "known", "evidence")]
    show.details(page, "ranking", headings, partial(_cells, page), places, page.t("nav.ranking"))
    show.sources(page, " ".join(row["statement_ids"] for row in rows), "ranking")


def _cells(page: PageContext, row: Mapping) -> list[Cell]:
    return [
        Cell(names.of_row(page.register, "indicators", row["indicator_id"], page.lang)),
        Cell(names.of_value(page.register, "indicators", "aspect", row["aspect"], page.lang)),
        Cell(page.t(f"reading.{row['kind']}")),
        Cell(findings.place(row, page.lang), sort="" if words.missing(row["low"]) else row["low"]),
        Cell(words.known_of(row["known"], row["of"], page.lang)),
        _evidence(page, row),
    ]


def _evidence(page: PageContext, row: dict) -> Cell:
    """Lead to the statements behind a place, or to the source of the table it was computed from."""
    if not row["source_id"]:
        return show.evidence_cell(page, row["statement_ids"])
    source = of_standings.source(page.register, row["source_id"])
    return Cell(source[f"title_{page.lang}"], href="" if words.missing(source["address"]) else source["address"])
