"""Sheets of a workbook before they are written: headings, and cells of one kind a column."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from khoosheh import calendar
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.rows import Cell
from khoosheh.topics.request import Row

TEXT, NUMBER, DAY, LINK = "text", "number", "day", "link"
NARROW, MIDDLE, WIDE = 14, 24, 60

Span = tuple[float | None, float | None]


@dataclass(frozen=True)
class SheetColumn:
    """A column with its heading; ``width`` in characters. ``cell`` returns a missing or empty value for a blank."""

    heading: str
    kind: str
    cell: Callable[[Row], Cell]
    width: int = NARROW


@dataclass(frozen=True)
class Sheet:
    """A table: its name on the tab, columns and rows."""

    name: str
    columns: Sequence[SheetColumn]
    rows: Sequence[Row]


def build_text_column(heading: str, cell: Callable[[Row], Cell], width: int = MIDDLE) -> SheetColumn:
    """Return a column of words."""
    return SheetColumn(heading, TEXT, cell, width)


def build_number_column(heading: str, cell: Callable[[Row], Cell]) -> SheetColumn:
    """Return a column of numbers; the heading has their unit."""
    return SheetColumn(heading, NUMBER, cell)


def build_interval_columns(name: str, unit: str, ends: Callable[[Row], Span], lang: str) -> list[SheetColumn]:
    """Return the two columns of an interval, at least and at most, with the unit in their headings."""
    low, high = (format_message(lang, f"workbook.{end}", name=name, unit=unit) for end in ("low", "high"))
    return [
        build_number_column(low, lambda row: ends(row)[0]),
        build_number_column(high, lambda row: ends(row)[1]),
    ]


def build_date_interval_columns(name: str, first: str, last: str, lang: str) -> list[SheetColumn]:
    """Return four columns of an interval with its ends in two fields of days: as Jalali words, then as dates."""
    days = (first, last)
    return _build_date_columns(name, days, days, lambda row, field: format_jalali_date(row[field], lang), lang)


def build_printed_date_columns(
    name: str, fields: tuple[str, str], days: tuple[str, str], lang: str
) -> list[SheetColumn]:
    """Return four columns of an interval: Jalali words as exact as printed in ``fields``, then the ``days``."""
    return _build_date_columns(name, fields, days, lambda row, field: format_printed_date(row[field], lang), lang)


def _build_date_columns(
    name: str,
    fields: tuple[str, str],
    days: tuple[str, str],
    format_field: Callable[[Row, str], str],
    lang: str,
) -> list[SheetColumn]:
    def build_words_column(end: str, field: str) -> SheetColumn:
        heading = format_message(lang, f"workbook.{end}", name=name)
        return build_text_column(heading, lambda row: format_field(row, field), NARROW)

    def build_day_column(end: str, field: str) -> SheetColumn:
        heading = format_message(lang, f"workbook.{end}.day", name=name)
        return SheetColumn(heading, DAY, lambda row: read_day_cell(row[field]))

    return [
        *(build_words_column(end, field) for end, field in zip(("from", "to"), fields, strict=True)),
        *(build_day_column(end, field) for end, field in zip(("from", "to"), days, strict=True)),
    ]


def format_printed_date(printed: str | None, lang: str) -> str:
    """Return a Jalali date of the register in words; an empty text where it is blank."""
    return "" if is_missing(printed) else calendar.format_date(calendar.parse_jalali_date(str(printed)), lang)


def format_jalali_date(value: datetime | None, lang: str) -> str:
    """Return a day as a Jalali date in words; an empty text where it is missing."""
    day = read_day_cell(value)
    return "" if day is None else calendar.format_date(calendar.to_jalali(day), lang)


def read_day_cell(value: datetime | None) -> date | None:
    """Return a cell of days as a day; ``None`` where it is missing."""
    return None if value is None or is_missing(value) else value.date()


def build_evidence_column(lang: str) -> SheetColumn:
    """Return the column with the ids of the statements of a row."""
    return build_text_column(format_message(lang, "column.evidence"), lambda row: row["statement_ids"])


def build_known_columns(lang: str) -> list[SheetColumn]:
    """Return the columns of the known number and of the whole number."""
    return [
        build_number_column(format_message(lang, "workbook.known"), lambda row: row["known"]),
        build_number_column(format_message(lang, "workbook.whole"), lambda row: row["of"]),
    ]


def list_units(rows: Iterable[Row], first: str) -> list[str]:
    """Return the units of rows: ``first``, even where no row has it, then the others in order."""
    return [first, *sorted({row["unit"] for row in rows if not is_missing(row["unit"])} - {first})]


def filter_ends_by_unit(unit: str, ends: Callable[[Row], Span]) -> Callable[[Row], Span]:
    """Return ``ends`` restricted to rows of a unit; both ends of other rows are missing."""
    return lambda row: ends(row) if row["unit"] == unit else (None, None)
