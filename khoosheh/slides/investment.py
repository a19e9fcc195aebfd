"""Slides of investment: what was said of amounts, one slide a unit."""

from collections.abc import Callable, Mapping, Sequence

from khoosheh import board, findings, names, words
from khoosheh.figures.investment import amounts_figure
from khoosheh.figures.theme import Theme
from khoosheh.register import Register
from khoosheh.slides.asked import MOST_DRAWN, Asked, behind, lines, table
from khoosheh.slides.slide import BARS, POSSIBLE, Native, Series, Slide
from khoosheh.words import CONVERTED, missing

PAGE = "investment"
COLUMNS = ("kind", "amount", "known")


def slides(asked: Asked) -> list[Slide]:
    """Return a slide a unit, that of the selection first."""
    amounts = list(board.amounts(asked.register, asked.selection).iter_rows(named=True))
    totals = list(board.totals(asked.register, asked.selection).iter_rows(named=True))
    unit, found = asked.selection.unit, []
    for one in [unit, *sorted({row["unit"] for row in amounts} - {unit})]:
        rows = sorted((row for row in amounts if row["unit"] == one), key=lambda row: -row["low"])
        if rows:
            found.append(_slide(asked, one, rows, totals))
    return found


def figure(register: Register, rows: Sequence[Mapping], by: str, lang: str, title: str) -> Callable[[Theme], object]:
    """Return what draws the amounts of one unit in a theme."""

    def draw(theme: Theme) -> object:
        said = [findings.amount_row(register, row, by, lang) for row in rows]
        kinds = board.measures_of(register, "investment")
        alt = findings.alt(title, said, lang)
        return amounts_figure(rows=rows, words=said, kinds=kinds, theme=theme, alt=alt)

    return draw


def _slide(asked: Asked, unit: str, rows: Sequence[Mapping], totals: Sequence[Mapping]) -> Slide:
    own = unit == asked.selection.unit
    name = names.of_unit(asked.register, unit, asked.lang)
    title = (
        findings.investment(asked.register, totals, asked.lang) if own else asked.t("investment.unit_own", unit=name)
    )
    shown = table(asked, (asked.selection.by, *COLUMNS), (_cells(asked, row) for row in rows), MOST_DRAWN)
    top = max((one for one in totals if one["unit"] == unit), key=lambda one: one["known"], default=None)
    return Slide(
        key=PAGE if own else f"{PAGE}-{unit}",
        page=PAGE,
        title=title,
        known=words.known_of(top["known"], top["of"], asked.lang) if top else "",
        note=lines(asked.t("investment.lead"), asked.t("investment.converted") if unit in CONVERTED else ""),
        figure=figure(asked.register, rows[:MOST_DRAWN], asked.selection.by, asked.lang, asked.t("nav.investment")),
        native=_native(asked, rows, name),
        table=shown,
        statement_ids=behind(rows),
    )


def _cells(asked: Asked, row: Mapping) -> tuple[str, ...]:
    return (
        names.of_group(asked.register, asked.selection.by, row["group"], asked.lang),
        names.of_kind(asked.register, row["measure"], asked.lang),
        findings.amount(asked.register, row, asked.lang),
        words.known_of(row["known"], row["of"], asked.lang),
    )


def _native(asked: Asked, rows: Sequence[Mapping], unit: str) -> Native:
    """Return the same bars for an office program: up to what is certain, and from there to what is possible."""
    ends = [words.amounts(row["low"], row["high"], row["unit"]) for row in rows]
    more = tuple(None if missing(high) or high == low else words.apart(low, high) for low, high in ends)
    return Native(
        form=BARS,
        categories=tuple(
            asked.t("slide.category", group=one[0], kind=one[1]) for one in (_cells(asked, r) for r in rows)
        ),
        series=(
            Series(asked.t("slide.at_least"), tuple(float(low) for low, _ in ends)),
            Series(asked.t("slide.possible"), more, POSSIBLE),
        ),
        unit=unit,
        labels=tuple(findings.amount(asked.register, row, asked.lang) for row in rows),
    )
