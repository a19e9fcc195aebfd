"""Slides of value chains: how complete each is, now and over time, and one for each chain."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import narwhals as nw

from khoosheh import calendar, formatting, labels, narrative, queries
from khoosheh.figures.completion_history import Band, Step, build_history_figure
from khoosheh.figures.theme import Theme
from khoosheh.figures.value_chains import HUES, build_completion_figure
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.capacity_balance import sum_stage_capacities
from khoosheh.measures.value_chains import READINESS, RUN
from khoosheh.narrative import capacity_balance as of_balance
from khoosheh.narrative import missing_links
from khoosheh.presenters.question import SlideRequest, build_slide_table, collect_statement_ids, join_sentences
from khoosheh.presenters.slide import BARS, LINES, POSSIBLE, NativeChart, Series, Slide
from khoosheh.register import Register

PAGE = "value_chains"
COLUMNS = ("chain_id", "value", "stages_known")
STAGES = ("stage_id", "state", "capacity")
PROVINCE_COLOUR = 7
WHOLE = 100

Row = Mapping[str, object]


def build_slides(asked: SlideRequest) -> list[Slide]:
    """Return completion, completion over time, and a slide a chain; none where no chain is left."""
    completion = list(queries.query_chain_completion(asked.register, asked.selection).iter_rows(named=True))
    if not completion:
        return []
    of_chains = [
        _build_chain_slide(asked, chain, completion) for chain in list_ordered_chains(asked.register, completion)
    ]
    return [_build_readiness_slide(asked, completion), *_build_history_slides(asked), *of_chains]


def list_ordered_chains(register: Register, rows: Iterable[Row]) -> list[str]:
    """Return the chains that rows are about, in the order of the register."""
    mine = {row["chain_id"] for row in rows}
    return [one for one in list_all_chains(register) if one in mine]


def list_all_chains(register: Register) -> list[str]:
    """Return all chains in the order of the register, so that a chain keeps its colour."""
    return queries.read_register_table(register, "chains").sort("seq")["chain_id"].to_list()


def make_completion_figure_factory(
    register: Register, rows: Sequence[Row], title: str, lang: str
) -> Callable[[Theme], object]:
    """Return what draws the completion of chains by one definition in a theme."""
    said = [narrative.format_completion_row(register, row, lang) for row in rows]
    order, alt = list_all_chains(register), narrative.format_alt_text(title, said, lang)
    return lambda theme: build_completion_figure(rows=rows, words=said, order=order, theme=theme, alt=alt)


def _build_readiness_slide(asked: SlideRequest, completion: Sequence[Row]) -> Slide:
    rows = [row for row in completion if row["definition"] == READINESS]
    title = narrative.format_completion_summary(asked.register, completion, asked.lang)
    ends = [formatting.round_percent_ends(row["low"], row["high"]) if row["known"] else (None, WHOLE) for row in rows]
    chains = tuple(labels.find_row_label(asked.register, "chains", row["chain_id"], asked.lang) for row in rows)
    said = tuple(
        narrative.format_completion_value(row, asked.lang) if row["known"] else _format_not_stated(asked)
        for row in rows
    )
    known = tuple(formatting.format_known_count(row["known"], row["of"], asked.lang) for row in rows)
    shown = build_slide_table(asked, COLUMNS, zip(chains, said, known, strict=True))
    return Slide(
        key=PAGE,
        page=PAGE,
        title=title,
        known=formatting.format_known_count(
            sum(row["known"] for row in rows), sum(row["of"] for row in rows), asked.lang
        ),
        note=join_sentences(asked.t("definition.readiness")),
        figure=make_completion_figure_factory(asked.register, rows, title, asked.lang),
        native=NativeChart(
            form=BARS,
            categories=chains,
            series=(
                Series(asked.t("slide.at_least"), tuple(None if low is None else float(low) for low, _ in ends)),
                Series(asked.t("slide.possible"), tuple(float(high - (low or 0)) for low, high in ends), POSSIBLE),
            ),
            unit=asked.t("unit.percent"),
            labels=said,
            most=WHOLE,
        ),
        table=shown,
        statement_ids=collect_statement_ids(rows),
    )


def _format_not_stated(asked: SlideRequest) -> str:
    return asked.t("value.not_stated")


def select_history_chains(register: Register, rows: Sequence[Row], chosen: Sequence[str]) -> list[str]:
    """Return the chains of a history in order; first '', the province, where no chain was ``chosen``."""
    # with a filter the province would be what was filtered
    first = [""] if not chosen and any(row["chain_id"] == "" for row in rows) else []
    return [*first, *list_ordered_chains(register, rows)]


def build_history_bands(
    register: Register, rows: Sequence[Row], chains: Sequence[str], end: object, lang: str
) -> list[Band]:
    """Return a band a chain, '' being the province, of completion by one definition up to the day ``end``."""
    order, by_chain = (
        list_all_chains(register),
        {one: [row for row in rows if row["chain_id"] == one] for one in chains},
    )
    return [_build_history_band(register, one, by_chain[one], order, end, lang) for one in chains]


def format_history_title(definition: str, lang: str) -> str:
    """Return what the figure of completion over time is called."""
    return format_message(lang, "history.title", definition=format_message(lang, f"definition.{definition}.name"))


def make_history_figure_factory(bands: Sequence[Band], title: str, lang: str) -> Callable[[Theme], object]:
    """Return what draws completion over time in a theme."""
    alt = narrative.format_alt_text(title, [band.words for band in bands], lang)
    return lambda theme: build_history_figure(bands=bands, theme=theme, alt=alt)


def format_chain_name(register: Register, row: Row, lang: str) -> str:
    """Return the name of a chain, or of the province where the row is about all of them."""
    if row["chain_id"]:
        return labels.find_row_label(register, "chains", row["chain_id"], lang)
    return labels.find_row_label(register, "provinces", register.province, lang)


def _build_history_band(
    register: Register, chain: str, rows: Sequence[Row], order: Sequence[str], end: object, lang: str
) -> Band:
    colour = HUES[order.index(chain) % len(HUES)] if chain else PROVINCE_COLOUR
    starts = [
        row for at, row in enumerate(rows) if at == 0 or _extract_step_value(row) != _extract_step_value(rows[at - 1])
    ]
    steps = tuple(
        Step(
            row["day"],
            until,
            *_compute_completion_shares(row),
            _format_step_label(register, row, lang),
            row["statement_ids"],
        )
        for row, until in zip(starts, [*(row["day"] for row in starts[1:]), end], strict=True)
    )
    return Band(_format_band_label(register, rows[-1], lang), steps, colour)


def _extract_step_value(row: Row) -> tuple:
    return row["low"], row["high"], row["statement_ids"]


def _compute_completion_shares(row: Row) -> tuple[float, float]:
    whole = row["of"] if row["definition"] == RUN else 1
    return row["low"] / whole, row["high"] / whole


def _format_band_label(register: Register, row: Row, lang: str) -> str:
    return format_message(
        lang,
        "finding.completion",
        chain=format_chain_name(register, row, lang),
        value=narrative.format_completion_value(row, lang),
        known=formatting.format_known_count(row["known"], row["of"], lang),
        count=int(row["of"]),
    )


def _format_step_label(register: Register, row: Row, lang: str) -> str:
    return format_message(
        lang, "history.step", words=_format_band_label(register, row, lang), day=format_row_day(row, lang)
    )


def format_row_day(row: Row, lang: str) -> str:
    """Return the day of a row as a reader reads it."""
    return calendar.format_date(calendar.to_jalali(row["day"]), lang)


def _build_history_slides(asked: SlideRequest) -> list[Slide]:
    """Return one slide where anything changed over time."""
    definition = asked.question.definition
    every = queries.query_completion_history(asked.register, asked.selection).filter(
        nw.col("definition") == definition
    )
    rows = list(every.iter_rows(named=True))
    chains = select_history_chains(asked.register, rows, asked.selection.chains)
    days = sorted({row["day"] for row in rows})
    if len(days) < 2 or not any(row["known"] for row in rows):
        return []
    bands = build_history_bands(
        asked.register, rows, chains, queries.find_as_of_day(asked.register, asked.selection), asked.lang
    )
    title = format_history_title(definition, asked.lang)
    last = [next(row for row in reversed(rows) if row["chain_id"] == one) for one in chains]
    return [
        Slide(
            key="value_chains-time",
            page=PAGE,
            title=title,
            known=formatting.format_known_count(last[0]["known"], last[0]["of"], asked.lang),
            note=join_sentences(asked.t(f"definition.{definition}"), asked.t("history.lead")),
            figure=make_history_figure_factory(bands, title, asked.lang),
            native=NativeChart(
                form=LINES,
                categories=tuple(calendar.format_date(calendar.to_jalali(one), asked.lang) for one in days),
                series=tuple(_build_certain_series(asked, *one, rows, days) for one in zip(last, bands, strict=True)),
                unit=asked.t("unit.percent"),
                most=WHOLE,
                instead=asked.t("slide.instead.history"),
            ),
            statement_ids=collect_statement_ids(row for row in rows if row["chain_id"] in chains),
        )
    ]


def _build_certain_series(
    asked: SlideRequest, last: Row, band: Band, rows: Sequence[Row], days: Sequence[object]
) -> Series:
    """Return what was certain of a chain on each day on which anything changed; a gap before anybody spoke."""
    of_day = {
        row["day"]: formatting.round_percent_ends(_compute_completion_shares(row)[0], None)[0]
        if row["known"]
        else None
        for row in rows
        if row["chain_id"] == last["chain_id"]
    }
    found, value = [], None
    for one in days:
        value = of_day.get(one, value)
        found.append(None if value is None else float(value))
    return Series(format_chain_name(asked.register, last, asked.lang), tuple(found), colour=band.colour)


def _build_chain_slide(asked: SlideRequest, chain: str, completion: Sequence[Row]) -> Slide:
    ask, mine = (asked.register, asked.selection), nw.col("chain_id") == chain
    states = list(queries.query_stage_states(*ask).filter(mine).iter_rows(named=True))
    additions = list(queries.query_stage_additions(*ask).filter(mine).iter_rows(named=True))
    ladder = queries.list_stage_states(asked.register)
    links = queries.query_chain_links(*ask, chain)
    short = ""
    if not all(is_missing(one) for one in links["need_low_t_per_year"].to_list()):
        short = missing_links.format_chain_bottleneck(asked.register, links, asked.lang)
    shown = build_slide_table(asked, STAGES, (_build_stage_row(asked, row, ladder) for row in states))
    return Slide(
        key=f"chain-{chain}",
        page=PAGE,
        title=narrative.format_chain_summary(asked.register, chain, completion, asked.lang),
        known=formatting.format_known_count(sum(row["known"] > 0 for row in states), len(states), asked.lang),
        note=join_sentences(
            missing_links.format_next_link(asked.register, additions, states, ladder, asked.lang), short
        ),
        table=shown,
        statement_ids=collect_statement_ids(states),
    )


def _build_stage_row(asked: SlideRequest, row: Row, ladder: list[str]) -> tuple[str, ...]:
    plants = queries.query_plant_capacities(asked.register, asked.selection, False)
    span, _ = sum_stage_capacities(plants.filter(nw.col("stage_id") == row["stage_id"])).get(
        row["stage_id"], (None, "")
    )
    return (
        labels.find_row_label(asked.register, "stages", row["stage_id"], asked.lang),
        narrative.format_stage_state(asked.register, row, ladder, asked.lang),
        of_balance.format_tonnes(asked.register, *span, asked.lang) if span else _format_not_stated(asked),
    )
