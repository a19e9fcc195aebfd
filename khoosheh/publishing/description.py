"""A difference between two registers in words: counts, rows and figures."""

from dataclasses import dataclass

from khoosheh import calendar, persian
from khoosheh.formatting import format_digits, is_missing
from khoosheh.locale import format_message
from khoosheh.publishing import ChangedRow, Difference
from khoosheh.publishing.difference import FileCell, Row
from khoosheh.register import Register
from khoosheh.topics.registry import BY_ID
from khoosheh.topics.request import FindingRequest, Question

# what names a row beside its key
NAMES = ("claim", "name", "title")
ADDED, CHANGED, WITHDRAWN = "added", "changed", "withdrawn"


@dataclass(frozen=True)
class RowChange:
    """A row that differs: 'added', 'changed' or 'withdrawn', its name, and each change of a field."""

    what: str
    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureChange:
    """A figure that moves: the name of its kind, and its words before and after."""

    kind: str
    before: str
    after: str


def format_difference_summary(difference: Difference, lang: str) -> str:
    """Return how many rows and figures differ."""
    if not difference:
        return format_message(lang, "difference.none")
    tables = difference.tables.values()
    return format_message(
        lang,
        "difference.title",
        added=format_message(lang, "count.rows", count=sum(len(table.added) for table in tables)),
        changed=sum(len(table.changed) for table in tables),
        withdrawn=sum(len(table.withdrawn) for table in tables),
        figures=format_message(lang, "difference.moved", count=sum(map(len, difference.figures.values()))),
    )


def format_changed_rows(difference: Difference, lang: str) -> dict[str, list[RowChange]]:
    """Return the rows that differ, by the label of their table."""
    changes = {}
    for name, table in difference.tables.items():
        register = difference.after if name in difference.after.tables else difference.before
        changes[register.dictionary.table_label(name, lang)] = [
            *(RowChange(ADDED, format_row_identity(difference.after, name, row, lang)) for row in table.added),
            *(_format_changed_row(difference, name, row, lang) for row in table.changed),
            *(
                RowChange(WITHDRAWN, format_row_identity(difference.before, name, row, lang))
                for row in table.withdrawn
            ),
        ]
    return changes


def _format_changed_row(difference: Difference, table: str, changed: ChangedRow, lang: str) -> RowChange:
    name = format_row_identity(difference.after, table, changed.after, lang)
    return RowChange(CHANGED, name, format_changed_fields(difference, table, changed, lang))


def format_changed_figures(difference: Difference, lang: str) -> list[FigureChange]:
    """Return the figures that move, as the pages tell them; 'not stated' where a register has none."""
    requests = [FindingRequest(register, Question(), lang) for register in (difference.before, difference.after)]
    return [
        FigureChange(
            format_message(lang, f"changes.{finding_id}"),
            *(BY_ID[finding_id].format_row(request, row) for request, row in zip(requests, pair, strict=True)),
        )
        for finding_id, pairs in difference.figures.items()
        for pair in pairs
    ]


def format_other_differences(difference: Difference, lang: str) -> list[str]:
    """Return what differs beside rows: places of the descriptor, and maps."""
    differences = [format_message(lang, "difference.descriptor", place=place) for place in difference.descriptor]
    return differences + [format_message(lang, "difference.map", name=name) for name in difference.maps]


def format_row_identity(register: Register, table: str, cells: Row, lang: str) -> str:
    """Return what names a row: its key (all cells where it has none), and its claim, name or title."""
    key = register.dictionary.keys(table) or tuple(cells)
    words = [
        format_cell_value(register, table, field, cells[field], lang) for field in key if cells[field] is not None
    ]
    names = [cells[field] for field in (f"{name}_{lang}" for name in NAMES) if cells.get(field)]
    return format_message(lang, "list.comma").join(words) + "".join(
        format_message(lang, "difference.named", name=name) for name in names
    )


def format_changed_fields(difference: Difference, table: str, changed: ChangedRow, lang: str) -> tuple[str, ...]:
    """Return each field that changed with its words before and after."""
    changes = []
    for name in changed.fields:
        sides = ((difference.before, changed.before), (difference.after, changed.after))
        before, after = (format_cell_value(register, table, name, cells.get(name), lang) for register, cells in sides)
        known = difference.after if name in changed.after else difference.before
        label = known.dictionary.field_label(table, name, lang)
        changes.append(format_message(lang, "difference.field", field=label, before=before, after=after))
    return tuple(changes)


def format_cell_value(register: Register, table: str, field: str, value: FileCell, lang: str) -> str:
    """Return a cell as a reader reads it: dates by their months, codes by their labels, blank as such."""
    if value is None or is_missing(value):
        return format_message(lang, "difference.blank")
    if isinstance(value, str):
        label = register.dictionary.value_label(table, field, value, lang)
        dated = register.dictionary.field(table, field).get("calendar") == "jalali"
        return calendar.format_date(calendar.parse_jalali_date(value), lang) if dated else label or value
    if isinstance(value, bool):
        return format_message(lang, "difference.yes" if value else "difference.no")
    # Years and numbers of things take no marks of thousands.
    return format_digits(str(value), lang) if isinstance(value, int) else persian.format_number(value, lang)
