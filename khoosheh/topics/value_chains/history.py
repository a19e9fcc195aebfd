"""Completion over time: texts and bands of each chain and of the province."""

from collections.abc import Sequence
from datetime import date

from khoosheh import calendar, formatting, labels
from khoosheh.figures.completion_history import Band, Step, build_history_figure
from khoosheh.figures.theme import FigureFactory
from khoosheh.figures.value_chains import HUES
from khoosheh.formatting import format_alt_text
from khoosheh.locale import format_message
from khoosheh.measures.value_chains import RUN
from khoosheh.persian import format_number
from khoosheh.register import Register
from khoosheh.topics.request import Row
from khoosheh.topics.value_chains.order import list_all_chains, list_ordered_chains
from khoosheh.topics.value_chains.sentences import format_completion_value

PROVINCE_COLOUR = 7


def select_history_chains(register: Register, rows: Sequence[Row], chosen: Sequence[str]) -> list[str]:
    """Return the chains of a history in order; first '', the province, where no chain was ``chosen``."""
    # with a filter, the row of the province would be about the chosen chains only
    first = [""] if not chosen and any(row["chain_id"] == "" for row in rows) else []
    return [*first, *list_ordered_chains(register, rows)]


def build_history_bands(
    register: Register, rows: Sequence[Row], chains: Sequence[str], end: date, lang: str, *, numbered: bool = False
) -> list[Band]:
    """Return the completion of each chain ('' is the province) by one definition up to ``end`` as a band.

    ``numbered``: whether the steps have numbers, from 1, under which a list names their causes.
    """
    order = list_all_chains(register)
    by_chain = {chain: [row for row in rows if row["chain_id"] == chain] for chain in chains}
    return [_build_history_band(register, chain, by_chain[chain], order, end, lang, numbered) for chain in chains]


def list_step_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one chain from which on another completion, or the same by other statements, was known."""
    return [
        row for at, row in enumerate(rows) if at == 0 or _extract_step_value(row) != _extract_step_value(rows[at - 1])
    ]


def list_cause_rows(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of one chain and one definition at which a statement changed what was known of it."""
    return [row for row in list_step_rows(rows) if row["known"]]


def find_causes(before: Row | None, row: Row) -> tuple[list[str], list[str]]:
    """Return the ids of the statements that came into force between two rows, and of those that no longer were."""
    former, present = (set(one["statement_ids"].split()) if one else set() for one in (before, row))
    return sorted(present - former), sorted(former - present)


def format_history_title(definition: str, lang: str) -> str:
    """Return the title of the figure of completion over time."""
    return format_message(lang, "history.title", definition=format_message(lang, f"definition.{definition}.name"))


def make_history_figure_factory(bands: Sequence[Band], title: str, lang: str) -> FigureFactory:
    """Return a function that draws completion over time in a theme."""
    alt = format_alt_text(title, [band.words for band in bands], lang)
    return lambda theme: build_history_figure(bands=bands, theme=theme, alt=alt)


def format_chain_name(register: Register, row: Row, lang: str) -> str:
    """Return the name of a chain, or of the province where the row is about all of them."""
    if row["chain_id"]:
        return labels.find_row_label(register, "chains", row["chain_id"], lang)
    return labels.find_row_label(register, "provinces", register.province, lang)


def _build_history_band(
    register: Register, chain: str, rows: Sequence[Row], order: Sequence[str], end: date, lang: str, numbered: bool
) -> Band:
    colour = HUES[order.index(chain) % len(HUES)] if chain else PROVINCE_COLOUR
    starts = list_step_rows(rows)
    steps = tuple(
        Step(
            row["day"],
            until,
            *compute_completion_shares(row),
            _format_step_label(register, row, lang),
            row["statement_ids"],
            format_number(number, lang) if numbered else "",
        )
        for number, (row, until) in enumerate(
            zip(starts, [*(row["day"] for row in starts[1:]), end], strict=True), start=1
        )
    )
    return Band(_format_band_label(register, rows[-1], lang), steps, colour)


def _extract_step_value(row: Row) -> tuple[float, float, str]:
    return row["low"], row["high"], row["statement_ids"]


def compute_completion_shares(row: Row) -> tuple[float, float]:
    whole = row["of"] if row["definition"] == RUN else 1
    return row["low"] / whole, row["high"] / whole


def _format_band_label(register: Register, row: Row, lang: str) -> str:
    return format_message(
        lang,
        "finding.completion",
        chain=format_chain_name(register, row, lang),
        value=format_completion_value(row, lang),
        known=formatting.format_known_count(row["known"], row["of"], lang),
        count=int(row["of"]),
    )


def _format_step_label(register: Register, row: Row, lang: str) -> str:
    return format_message(
        lang, "history.step", words=_format_band_label(register, row, lang), day=format_row_day(row, lang)
    )


def format_row_day(row: Row, lang: str) -> str:
    """Return the day of a row as a Jalali date in words."""
    return calendar.format_date(calendar.to_jalali(row["day"]), lang)
