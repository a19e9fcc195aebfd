"""Findings of a difference between two registers: counts, rows and figures in words."""

from dataclasses import dataclass

from khoosheh import board, calendar, persian
from khoosheh.findings import schedule
from khoosheh.locale import text
from khoosheh.publishing import Changed, Difference
from khoosheh.publishing.difference import Row
from khoosheh.register import Register
from khoosheh.words import digits, missing

# what names a row beside its key
NAMES = ("claim", "name", "title")
ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"


@dataclass(frozen=True)
class RowWords:
    """A row that differs: 'added', 'changed' or 'withdrawn', its name, and each change of a field."""

    what: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureWords:
    """A figure that moves: the name of its kind, and its words before and after."""

    kind: str
    before: str
    after: str


def title(difference: Difference, lang: str) -> str:
    """Return how many rows and figures differ."""
    if not difference:
        return text(lang, "difference.none")
    found = difference.tables.values()
    return text(
        lang,
        "difference.title",
        added=sum(len(one.added) for one in found),
        changed=sum(len(one.changed) for one in found),
        withdrawn=sum(len(one.withdrawn) for one in found),
        figures=sum(map(len, difference.figures.values())),
    )


def tables(difference: Difference, lang: str) -> dict[str, list[RowWords]]:
    """Return the rows that differ, by the label of their table."""
    found = {}
    for name, one in difference.tables.items():
        register = difference.after if name in difference.after.tables else difference.before
        found[register.dictionary.table_label(name, lang)] = [
            *(RowWords(ADDED, row(difference.after, name, each, lang)) for each in one.added),
            *(_changed(difference, name, each, lang) for each in one.changed),
            *(RowWords(WITHDRAWN, row(difference.before, name, each, lang)) for each in one.withdrawn),
        ]
    return found


def _changed(difference: Difference, table: str, changed: Changed, lang: str) -> RowWords:
    name = row(difference.after, table, changed.after, lang)
    return RowWords(CHANGED, name, fields(difference, table, changed, lang))


def figures(difference: Difference, lang: str) -> list[FigureWords]:
    """Return the figures that move, as the pages tell them; 'not stated' where a register has none."""
    both = [(register, _ladder_and_said(register)) for register in (difference.before, difference.after)]
    return [
        FigureWords(text(lang, f"changes.{name}"), *(
            schedule.changed(register, name, one, *known, lang)
            for (register, known), one in zip(both, pair, strict=True)
        ))
        for name, pairs in difference.figures.items()
        for pair in pairs
    ]  # fmt: skip


def _ladder_and_said(register: Register) -> tuple[list[str], dict[str, Row]]:
    said = board.table(register, "statements").iter_rows(named=True)
    return board.ladder(register), {row["statement_id"]: row for row in said}


def others(difference: Difference, lang: str) -> list[str]:
    """Return what differs beside rows: places of the descriptor, and maps."""
    told = [text(lang, "difference.descriptor", place=place) for place in difference.descriptor]
    return told + [text(lang, "difference.map", name=name) for name in difference.maps]


def row(register: Register, table: str, cells: Row, lang: str) -> str:
    """Return what names a row: its key (all cells where it has none), and its claim, name or title."""
    key = register.dictionary.keys(table) or tuple(cells)
    words = [cell(register, table, field, cells[field], lang) for field in key if cells[field] is not None]
    named = [cells[field] for field in (f"{name}_{lang}" for name in NAMES) if cells.get(field)]
    return text(lang, "list.comma").join(words) + "".join(text(lang, "difference.named", name=one) for one in named)


def fields(difference: Difference, table: str, changed: Changed, lang: str) -> tuple[str, ...]:
    """Return each field that changed with its words before and after."""
    told = []
    for name in changed.fields:
        sides = ((difference.before, changed.before), (difference.after, changed.after))
        before, after = (cell(register, table, name, cells.get(name), lang) for register, cells in sides)
        known = difference.after if name in changed.after else difference.before
        label = known.dictionary.field_label(table, name, lang)
        told.append(text(lang, "difference.field", field=label, before=before, after=after))
    return tuple(told)


def cell(register: Register, table: str, field: str, value: object, lang: str) -> str:
    """Return a cell as a reader reads it: dates by their months, codes by their labels, blank as such."""
    if missing(value):
        return text(lang, "difference.blank")
    if isinstance(value, str):
        label = register.dictionary.value_label(table, field, value, lang)
        dated = register.dictionary.field(table, field).get("calendar") == "jalali"
        return calendar.format_date(calendar.parse(value), lang) if dated else label or value
    if isinstance(value, bool):
        return text(lang, "difference.yes" if value else "difference.no")
    # Years and numbers of things take no marks of thousands.
    return digits(str(value), lang) if isinstance(value, int) else persian.format_number(value, lang)
