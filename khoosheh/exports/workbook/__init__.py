"""The workbook: the tables of the pages for a selection, with statements and sources, for spreadsheets."""

from khoosheh import calendar
from khoosheh.exports import cover
from khoosheh.exports.workbook import cluster, measures, sheet, tables, writer
from khoosheh.exports.workbook.sheet import Sheet
from khoosheh.locale import DIRECTION, text
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

READING = ("blank", "low", "days", "licences")
MADE = (
    measures.investment, measures.promises, measures.progress, measures.earned, measures.states, measures.completion,
    measures.balances, measures.places, tables.standings, cluster.needs, cluster.phases, cluster.firms, cluster.links,
    cluster.specialities, tables.projects, tables.statements, tables.sources,
)  # fmt: skip


def data(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the workbook (xlsx); raises ``ExportError`` where a table is too long for it."""
    return writer.written(
        sheets(register, selection, lang),
        title=register.label(lang),
        created=calendar.parse(register.compiled_on).last_day,
        right_to_left=DIRECTION[lang] == "rtl",
    )


def sheets(register: Register, selection: Selection, lang: str) -> list[Sheet]:
    """Return the sheets of the workbook: first what it is, then a sheet a table."""
    found = [make(register, selection, lang) for make in MADE]
    return [about(register, selection, found, lang), *found]


def about(register: Register, selection: Selection, others: list[Sheet], lang: str) -> Sheet:
    """Return the first sheet: as known when, narrowed to what, how to read it, and how many rows the others have."""
    lines = cover.lines(register, selection, lang, amounts=True)
    lines += [(text(lang, "workbook.reading"), text(lang, f"workbook.reading.{one}")) for one in READING]
    lines += [(one.name, text(lang, "workbook.rows", rows=len(one.rows))) for one in others]
    columns = [
        sheet.words(text(lang, "workbook.sheet.about"), lambda row: row["name"]),
        sheet.words(register.label(lang), lambda row: row["value"], sheet.WIDE),
    ]
    return Sheet(
        text(lang, "workbook.sheet.about"), columns, [{"name": name, "value": value} for name, value in lines]
    )
