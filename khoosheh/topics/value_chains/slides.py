"""Slides about value chains: completion now and over time, and a slide for each chain."""

from collections.abc import Sequence
from datetime import date

import narwhals as nw

from khoosheh import calendar, formatting, labels, queries
from khoosheh.figures.completion_history import Band
from khoosheh.figures.theme import FigureFactory
from khoosheh.figures.value_chains import build_completion_figure, build_definitions_figure
from khoosheh.formatting import format_alt_text, is_missing
from khoosheh.locale import format_message
from khoosheh.measures.capacity_balance import sum_stage_capacities
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.value_chains import READINESS, CompletionHistoryRow, CompletionRow, StageStateRow
from khoosheh.register import Register
from khoosheh.topics.columns import Column, make_known_column, select_columns
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.slide import BARS, LINES, POSSIBLE, NativeChart, Series, Slide
from khoosheh.topics.slide_parts import build_slide_table, collect_statement_ids, join_sentences
from khoosheh.topics.value_chains import balance_sentences as of_balance
from khoosheh.topics.value_chains import missing_link_sentences
from khoosheh.topics.value_chains.columns import CHAIN, STAGE_COLUMNS
from khoosheh.topics.value_chains.history import (
    build_history_bands,
    compute_completion_shares,
    format_chain_name,
    format_history_title,
    make_history_figure_factory,
    select_history_chains,
)
from khoosheh.topics.value_chains.matrix import build_matrix_slide
from khoosheh.topics.value_chains.order import list_all_chains, list_ordered_chains
from khoosheh.topics.value_chains.sentences import (
    format_chain_summary,
    format_completion_row,
    format_completion_summary,
    format_completion_value,
    format_definitions_row,
)

PAGE = "value_chains"
WHOLE = 100


def build_slides(request: FindingRequest) -> list[Slide]:
    """Return the slides of all stages, completion, completion over time, and each chain; none without a chain."""
    completion = read_rows(queries.query_chain_completion(request.register, request.selection), CompletionRow)
    if not completion:
        return []
    of_chains = [
        _build_chain_slide(request, chain, completion) for chain in list_ordered_chains(request.register, completion)
    ]
    first = [build_matrix_slide(request), _build_readiness_slide(request, completion)]
    return [*first, *_build_history_slides(request), *of_chains]


def make_completion_figure_factory(register: Register, rows: Sequence[Row], title: str, lang: str) -> FigureFactory:
    """Return a function that draws the completion of chains by one definition in a theme."""
    sentences = [format_completion_row(register, row, lang) for row in rows]
    order, alt_text = list_all_chains(register), format_alt_text(title, sentences, lang)
    drawn_rows = _select_drawn_columns(rows)
    return lambda theme: build_completion_figure(
        rows=drawn_rows, words=sentences, order=order, theme=theme, alt=alt_text
    )


def make_definitions_figure_factory(register: Register, rows: Sequence[Row], title: str, lang: str) -> FigureFactory:
    """Return a function that draws the completion of chains by all definitions in a theme."""
    drawn = _select_drawn_columns(rows)
    by_chain = [[row for row in drawn if row["chain_id"] == chain] for chain in list_ordered_chains(register, drawn)]
    names = [format_definitions_row(register, of_chain, lang) for of_chain in by_chain]
    words = [[_format_definition_words(register, row, lang) for row in of_chain] for of_chain in by_chain]
    order, alt_text = list_all_chains(register), format_alt_text(title, names, lang)
    return lambda theme: build_definitions_figure(
        groups=by_chain, labels=names, words=words, order=order, theme=theme, alt=alt_text
    )


def _format_definition_words(register: Register, row: Row, lang: str) -> str:
    name = format_message(lang, f"definition.{row['definition']}.name")
    return format_message(lang, "definition.meaning", name=name, meaning=format_completion_row(register, row, lang))


def _select_drawn_columns(rows: Sequence[Row]) -> list[CompletionRow]:
    return [
        CompletionRow(
            chain_id=row["chain_id"],
            definition=row["definition"],
            low=row["low"],
            high=row["high"],
            known=row["known"],
            of=row["of"],
            statement_ids=row["statement_ids"],
        )
        for row in rows
    ]


def _build_readiness_slide(request: FindingRequest, completion: Sequence[CompletionRow]) -> Slide:
    rows = [row for row in completion if row["definition"] == READINESS]
    title = format_completion_summary(request.register, completion, request.lang)
    ends = [formatting.round_percent_ends(row["low"], row["high"]) if row["known"] else (None, WHOLE) for row in rows]
    chains = tuple(labels.find_row_label(request.register, "chains", row["chain_id"], request.lang) for row in rows)
    values = tuple(STATED_COMPLETION.format_cell(request, row) for row in rows)
    table = build_slide_table(request, [CHAIN, STATED_COMPLETION, make_known_column("stages_known")], rows)
    return Slide(
        key=PAGE,
        page=PAGE,
        title=title,
        known=formatting.format_known_count(
            sum(row["known"] for row in rows), sum(row["of"] for row in rows), request.lang
        ),
        note=join_sentences(request.t("definition.readiness")),
        figure=make_completion_figure_factory(request.register, rows, title, request.lang),
        native=NativeChart(
            form=BARS,
            categories=chains,
            series=(
                Series(request.t("slide.at_least"), tuple(None if low is None else float(low) for low, _ in ends)),
                Series(request.t("slide.possible"), tuple(float(high - (low or 0)) for low, high in ends), POSSIBLE),
            ),
            unit=request.t("unit.percent"),
            labels=values,
            most=WHOLE,
        ),
        table=table,
        statement_ids=collect_statement_ids(rows),
    )


def _format_stated_completion(request: FindingRequest, row: Row) -> str:
    """Return a completion in words; 'not stated' where no state is known, instead of the widest interval."""
    return format_completion_value(row, request.lang) if row["known"] else request.t("value.not_stated")


def _format_capacity(request: FindingRequest, row: Row) -> str:
    plants = queries.query_plant_capacities(request.register, request.selection, False)
    capacities = sum_stage_capacities(plants.filter(nw.col("stage_id") == row["stage_id"]))
    if row["stage_id"] not in capacities:
        return request.t("value.not_stated")
    interval, _ = capacities[row["stage_id"]]
    return of_balance.format_tonnes(request.register, *interval, request.lang)


STATED_COMPLETION = Column("value", _format_stated_completion)
CAPACITY = Column("capacity", _format_capacity)


def _build_history_slides(request: FindingRequest) -> list[Slide]:
    """Return the slide of completion over time; an empty list where nothing changed."""
    definition = request.question.definition
    history = queries.query_completion_history(request.register, request.selection).filter(
        nw.col("definition") == definition
    )
    rows = read_rows(history, CompletionHistoryRow)
    chains = select_history_chains(request.register, rows, request.selection.chains)
    days = sorted({row["day"] for row in rows})
    if len(days) < 2 or not any(row["known"] for row in rows):
        return []
    bands = build_history_bands(
        request.register, rows, chains, queries.find_as_of_day(request.register, request.selection), request.lang
    )
    title = format_history_title(definition, request.lang)
    last_rows = [next(row for row in reversed(rows) if row["chain_id"] == chain) for chain in chains]
    return [
        Slide(
            key="value_chains-time",
            page=PAGE,
            title=title,
            known=formatting.format_known_count(last_rows[0]["known"], last_rows[0]["of"], request.lang),
            note=join_sentences(request.t(f"definition.{definition}"), request.t("history.lead")),
            figure=make_history_figure_factory(bands, title, request.lang),
            native=NativeChart(
                form=LINES,
                categories=tuple(calendar.format_date(calendar.to_jalali(day), request.lang) for day in days),
                series=tuple(
                    _build_certain_series(request, row, band, rows, days)
                    for row, band in zip(last_rows, bands, strict=True)
                ),
                unit=request.t("unit.percent"),
                most=WHOLE,
                instead=request.t("slide.instead.history"),
            ),
            statement_ids=collect_statement_ids(row for row in rows if row["chain_id"] in chains),
        )
    ]


def _build_certain_series(
    request: FindingRequest,
    last: CompletionHistoryRow,
    band: Band,
    rows: Sequence[CompletionHistoryRow],
    days: Sequence[date],
) -> Series:
    """Return the certain completion of a chain on each day with a change; a gap before the first statement."""
    value_by_day = {
        row["day"]: formatting.round_percent_ends(compute_completion_shares(row)[0], None)[0]
        if row["known"]
        else None
        for row in rows
        if row["chain_id"] == last["chain_id"]
    }
    values, value = [], None
    for day in days:
        value = value_by_day.get(day, value)
        values.append(None if value is None else float(value))
    return Series(format_chain_name(request.register, last, request.lang), tuple(values), colour=band.colour)


def _build_chain_slide(request: FindingRequest, chain: str, completion: Sequence[CompletionRow]) -> Slide:
    scope, of_chain = (request.register, request.selection), nw.col("chain_id") == chain
    states = read_rows(queries.query_stage_states(*scope).filter(of_chain), StageStateRow)
    additions = read_rows(queries.query_stage_additions(*scope).filter(of_chain), StageAdditionRow)
    ladder = queries.list_stage_states(request.register)
    links = queries.query_chain_links(*scope, chain)
    short = ""
    if not all(is_missing(need) for need in links["need_low_t_per_year"].to_list()):
        short = missing_link_sentences.format_chain_bottleneck(request.register, links, request.lang)
    table = build_slide_table(request, [*select_columns(STAGE_COLUMNS, "stage_id", "state"), CAPACITY], states)
    return Slide(
        key=f"chain-{chain}",
        page=PAGE,
        title=format_chain_summary(request.register, chain, completion, request.lang),
        known=formatting.format_known_count(sum(row["known"] > 0 for row in states), len(states), request.lang),
        note=join_sentences(
            missing_link_sentences.format_next_link(request.register, additions, states, ladder, request.lang), short
        ),
        table=table,
        statement_ids=collect_statement_ids(states),
    )
