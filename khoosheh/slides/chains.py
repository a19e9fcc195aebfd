"""Slides of value chains: how complete each is, now and over time, and one for each chain."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import narwhals as nw

from khoosheh import board, calendar, findings, names, words
from khoosheh.figures.chains import HUES, completion_figure
from khoosheh.figures.history import Band, Step, history_figure
from khoosheh.figures.theme import Theme
from khoosheh.findings import balance as of_balance
from khoosheh.findings import missing_links
from khoosheh.locale import text
from khoosheh.measures.balance import capacities_of
from khoosheh.measures.chains import READINESS, RUN
from khoosheh.register import Register
from khoosheh.slides.asked import Asked, behind, lines, table
from khoosheh.slides.slide import BARS, LINES, POSSIBLE, Native, Series, Slide
from khoosheh.words import missing

PAGE = "value_chains"
COLUMNS = ("chain_id", "value", "stages_known")
STAGES = ("stage_id", "state", "capacity")
PROVINCE_COLOUR = 7
WHOLE = 100

Row = Mapping[str, object]


def slides(asked: Asked) -> list[Slide]:
    """Return completion, completion over time, and a slide a chain; none where no chain is left."""
    completion = list(board.completion(asked.register, asked.selection).iter_rows(named=True))
    if not completion:
        return []
    of_chains = [_chain(asked, chain, completion) for chain in chain_order(asked.register, completion)]
    return [_ready(asked, completion), *_over_time(asked), *of_chains]


def chain_order(register: Register, rows: Iterable[Row]) -> list[str]:
    """Return the chains that rows are about, in the order of the register."""
    mine = {row["chain_id"] for row in rows}
    return [one for one in every_chain(register) if one in mine]


def every_chain(register: Register) -> list[str]:
    """Return all chains in the order of the register, so that a chain keeps its colour."""
    return board.table(register, "chains").sort("seq")["chain_id"].to_list()


def bars(register: Register, rows: Sequence[Row], title: str, lang: str) -> Callable[[Theme], object]:
    """Return what draws the completion of chains by one definition in a theme."""
    said = [findings.completion_row(register, row, lang) for row in rows]
    order, alt = every_chain(register), findings.alt(title, said, lang)
    return lambda theme: completion_figure(rows=rows, words=said, order=order, theme=theme, alt=alt)


def _ready(asked: Asked, completion: Sequence[Row]) -> Slide:
    rows = [row for row in completion if row["definition"] == READINESS]
    title = findings.completion(asked.register, completion, asked.lang)
    ends = [words.percents(row["low"], row["high"]) if row["known"] else (None, WHOLE) for row in rows]
    chains = tuple(names.of_row(asked.register, "chains", row["chain_id"], asked.lang) for row in rows)
    said = tuple(findings.completion_value(row, asked.lang) if row["known"] else _unsaid(asked) for row in rows)
    known = tuple(words.known_of(row["known"], row["of"], asked.lang) for row in rows)
    shown = table(asked, COLUMNS, zip(chains, said, known, strict=True))
    return Slide(
        key=PAGE,
        page=PAGE,
        title=title,
        known=words.known_of(sum(row["known"] for row in rows), sum(row["of"] for row in rows), asked.lang),
        note=lines(asked.t("definition.readiness")),
        figure=bars(asked.register, rows, title, asked.lang),
        native=Native(
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
        statement_ids=behind(rows),
    )


def _unsaid(asked: Asked) -> str:
    return asked.t("value.not_stated")


def shown_over_time(register: Register, rows: Sequence[Row], chosen: Sequence[str]) -> list[str]:
    """Return the chains of a history in order; first '', the province, where no chain was ``chosen``."""
    # with a filter the province would be what was filtered
    first = [""] if not chosen and any(row["chain_id"] == "" for row in rows) else []
    return [*first, *chain_order(register, rows)]


def history(register: Register, rows: Sequence[Row], chains: Sequence[str], end: object, lang: str) -> list[Band]:
    """Return a band a chain, '' being the province, of completion by one definition up to the day ``end``."""
    order, by_chain = every_chain(register), {one: [row for row in rows if row["chain_id"] == one] for one in chains}
    return [_band(register, one, by_chain[one], order, end, lang) for one in chains]


def history_title(definition: str, lang: str) -> str:
    """Return what the figure of completion over time is called."""
    return text(lang, "history.title", definition=text(lang, f"definition.{definition}.name"))


def drawn_history(bands: Sequence[Band], title: str, lang: str) -> Callable[[Theme], object]:
    """Return what draws completion over time in a theme."""
    alt = findings.alt(title, [band.words for band in bands], lang)
    return lambda theme: history_figure(bands=bands, theme=theme, alt=alt)


def name_of(register: Register, row: Row, lang: str) -> str:
    """Return the name of a chain, or of the province where the row is about all of them."""
    if row["chain_id"]:
        return names.of_row(register, "chains", row["chain_id"], lang)
    return names.of_row(register, "provinces", register.province, lang)


def _band(register: Register, chain: str, rows: Sequence[Row], order: Sequence[str], end: object, lang: str) -> Band:
    colour = HUES[order.index(chain) % len(HUES)] if chain else PROVINCE_COLOUR
    starts = [row for at, row in enumerate(rows) if at == 0 or _value(row) != _value(rows[at - 1])]
    steps = tuple(
        Step(row["day"], until, *_shares(row), _step(register, row, lang), row["statement_ids"])
        for row, until in zip(starts, [*(row["day"] for row in starts[1:]), end], strict=True)
    )
    return Band(_said(register, rows[-1], lang), steps, colour)


def _value(row: Row) -> tuple:
    return row["low"], row["high"], row["statement_ids"]


def _shares(row: Row) -> tuple[float, float]:
    whole = row["of"] if row["definition"] == RUN else 1
    return row["low"] / whole, row["high"] / whole


def _said(register: Register, row: Row, lang: str) -> str:
    return text(
        lang, "finding.completion", chain=name_of(register, row, lang), value=findings.completion_value(row, lang),
        known=words.known_of(row["known"], row["of"], lang),
    )  # fmt: skip


def _step(register: Register, row: Row, lang: str) -> str:
    return text(lang, "history.step", words=_said(register, row, lang), day=day(row, lang))


def day(row: Row, lang: str) -> str:
    """Return the day of a row as a reader reads it."""
    return calendar.format_date(calendar.to_jalali(row["day"]), lang)


def _over_time(asked: Asked) -> list[Slide]:
    """Return one slide where anything changed over time."""
    definition = asked.question.definition
    every = board.history(asked.register, asked.selection).filter(nw.col("definition") == definition)
    rows = list(every.iter_rows(named=True))
    chains = shown_over_time(asked.register, rows, asked.selection.chains)
    days = sorted({row["day"] for row in rows})
    if len(days) < 2 or not any(row["known"] for row in rows):
        return []
    bands = history(asked.register, rows, chains, board.day_of(asked.register, asked.selection), asked.lang)
    title = history_title(definition, asked.lang)
    last = [next(row for row in reversed(rows) if row["chain_id"] == one) for one in chains]
    return [
        Slide(
            key="value_chains-time",
            page=PAGE,
            title=title,
            known=words.known_of(last[0]["known"], last[0]["of"], asked.lang),
            note=lines(asked.t(f"definition.{definition}"), asked.t("history.lead")),
            figure=drawn_history(bands, title, asked.lang),
            native=Native(
                form=LINES,
                categories=tuple(calendar.format_date(calendar.to_jalali(one), asked.lang) for one in days),
                series=tuple(_certain(asked, *one, rows, days) for one in zip(last, bands, strict=True)),
                unit=asked.t("unit.percent"),
                most=WHOLE,
                instead=asked.t("slide.instead.history"),
            ),
            statement_ids=behind(row for row in rows if row["chain_id"] in chains),
        )
    ]


def _certain(asked: Asked, last: Row, band: Band, rows: Sequence[Row], days: Sequence[object]) -> Series:
    """Return what was certain of a chain on each day on which anything changed; a gap before anybody spoke."""
    of_day = {
        row["day"]: words.percents(_shares(row)[0], None)[0] if row["known"] else None
        for row in rows
        if row["chain_id"] == last["chain_id"]
    }
    found, value = [], None
    for one in days:
        value = of_day.get(one, value)
        found.append(None if value is None else float(value))
    return Series(name_of(asked.register, last, asked.lang), tuple(found), colour=band.colour)


def _chain(asked: Asked, chain: str, completion: Sequence[Row]) -> Slide:
    ask, mine = (asked.register, asked.selection), nw.col("chain_id") == chain
    states = list(board.states(*ask).filter(mine).iter_rows(named=True))
    additions = list(board.additions(*ask).filter(mine).iter_rows(named=True))
    ladder = board.ladder(asked.register)
    links = board.links_of(*ask, chain)
    short = ""
    if not all(missing(one) for one in links["need_low_t_per_year"].to_list()):
        short = missing_links.bottleneck(asked.register, links, asked.lang)
    shown = table(asked, STAGES, (_stage(asked, row, ladder) for row in states))
    return Slide(
        key=f"chain-{chain}",
        page=PAGE,
        title=findings.chain(asked.register, chain, completion, asked.lang),
        known=words.known_of(sum(row["known"] > 0 for row in states), len(states), asked.lang),
        note=lines(missing_links.next_link(asked.register, additions, states, ladder, asked.lang), short),
        table=shown,
        statement_ids=behind(states),
    )


def _stage(asked: Asked, row: Row, ladder: list[str]) -> tuple[str, ...]:
    plants = board.plants(asked.register, asked.selection, False)
    span, _ = capacities_of(plants.filter(nw.col("stage_id") == row["stage_id"])).get(row["stage_id"], (None, ""))
    return (
        names.of_row(asked.register, "stages", row["stage_id"], asked.lang),
        findings.stage_state(asked.register, row, ladder, asked.lang),
        of_balance.tonnes(asked.register, *span, asked.lang) if span else _unsaid(asked),
    )
