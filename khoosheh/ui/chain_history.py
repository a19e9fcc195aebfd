"""Completion over time: each chain and the province, as known on each day."""

import narwhals as nw
import streamlit as st

from khoosheh import board, calendar, findings, names, words
from khoosheh.figures.chains import HUES
from khoosheh.figures.history import Band, Step, history_figure
from khoosheh.figures.theme import Theme
from khoosheh.measures.chains import RUN
from khoosheh.ui import show
from khoosheh.ui.shell import Page
from khoosheh.ui.table import Cell

PROVINCE_COLOUR = 7


def draw(page: Page, order: list[str]) -> None:
    """Draw the history of the chosen definition; ``order``: all chains, so that a chain keeps its colour."""
    definition = page.view.definition
    title = page.t("history.title", definition=page.t(f"definition.{definition}.name"))
    table = board.history(page.register, page.view.selection).filter(nw.col("definition") == definition)
    rows = list(table.iter_rows(named=True))
    show.heading(title)
    lead = [page.t(f"definition.{definition}"), page.t("history.lead")]
    if not page.view.chain:
        lead.append(page.t("history.lead.run" if definition == RUN else "history.lead.province"))
    st.caption(" ".join(lead))
    # with a filter the province would be what was filtered
    province = () if page.view.chain else ("",)
    chains = [one for one in (*province, *order) if any(row["chain_id"] == one for row in rows)]
    bands = [_band(page, chain, [row for row in rows if row["chain_id"] == chain], order) for chain in chains]
    rows = [row for row in rows if row["chain_id"] in chains]
    alt = findings.alt(title, [band.words for band in bands], page.lang)
    show.chart(page, history_figure(bands=bands, theme=Theme(page.lang, page.scheme), alt=alt), "history")
    shown = table.filter(nw.col("chain_id").is_in(chains))
    headings = [page.t(f"column.{name}") for name in ("day", "chain_id", "value", "stages_known", "evidence")]
    show.details(page, "history", headings, [_cells(page, row) for row in rows], shown, title)


def _band(page: Page, chain: str, rows: list[dict], order: list[str]) -> Band:
    colour = HUES[order.index(chain) % len(HUES)] if chain else PROVINCE_COLOUR
    end = board.day_of(page.register, page.view.selection)
    starts = [row for at, row in enumerate(rows) if at == 0 or _value(row) != _value(rows[at - 1])]
    steps = tuple(
        Step(row["day"], later["day"] if later else end, *_shares(row), _step(page, row), row["statement_ids"])
        for row, later in zip(starts, [*starts[1:], None], strict=True)
    )
    return Band(_said(page, rows[-1]), steps, colour)


def _value(row: dict) -> tuple:
    return row["low"], row["high"], row["statement_ids"]


def _shares(row: dict) -> tuple[float, float]:
    whole = row["of"] if row["definition"] == RUN else 1
    return row["low"] / whole, row["high"] / whole


def _name(page: Page, row: dict) -> str:
    return names.of_row(page.register, "chains", row["chain_id"], page.lang) if row["chain_id"] else page.province


def _said(page: Page, row: dict) -> str:
    return page.t(
        "finding.completion", chain=_name(page, row), value=findings.completion_value(row, page.lang),
        known=words.known_of(row["known"], row["of"], page.lang),
    )  # fmt: skip


def _step(page: Page, row: dict) -> str:
    return page.t("history.step", words=_said(page, row), day=_day(page, row))


def _day(page: Page, row: dict) -> str:
    return calendar.format_date(calendar.to_jalali(row["day"]), page.lang)


def _cells(page: Page, row: dict) -> list[Cell]:
    return [
        Cell(_day(page, row), sort=row["day"].isoformat()),
        Cell(_name(page, row)),
        Cell(findings.completion_value(row, page.lang)),
        Cell(words.known_of(row["known"], row["of"], page.lang)),
        show.evidence_cell(page, row["statement_ids"]),
    ]
