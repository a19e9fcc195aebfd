"""The workbook: the tables of the pages for a selection, with statements and sources, for spreadsheets."""

from khoosheh import calendar
from khoosheh.exports import cover
from khoosheh.exports.workbook import cluster, measures, sheet, tables, writer
from khoosheh.exports.workbook.sheet import Sheet
from khoosheh.locale import DIRECTION, format_message
from khoosheh.measures.scope import Selection
from khoosheh.register import Register

READING = ("blank", "low", "days", "licences")
MADE = (
    measures.build_investment_sheet,
    measures.build_commitments_sheet,
    measures.build_progress_sheet,
    measures.build_earned_value_sheet,
    measures.build_states_sheet,
    measures.build_completion_sheet,
    measures.build_balances_sheet,
    measures.build_stated_rankings_sheet,
    tables.build_computed_rankings_sheet,
    cluster.build_needs_sheet,
    cluster.build_phases_sheet,
    cluster.build_firms_sheet,
    cluster.build_links_sheet,
    cluster.build_specialities_sheet,
    tables.build_projects_sheet,
    tables.build_statements_sheet,
    tables.build_sources_sheet,
)


def build_selection_workbook(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the workbook (xlsx); raises ``ExportError`` where a table is too long for it."""
    return writer.write_workbook(
        build_sheets(register, selection, lang),
        title=register.label(lang),
        created=calendar.parse_jalali_date(register.compiled_on).last_day,
        right_to_left=DIRECTION[lang] == "rtl",
    )


def build_sheets(register: Register, selection: Selection, lang: str) -> list[Sheet]:
    """Return the sheets of the workbook: first what it is, then a sheet a table."""
    found = [make(register, selection, lang) for make in MADE]
    return [build_about_sheet(register, selection, found, lang), *found]


def build_about_sheet(register: Register, selection: Selection, others: list[Sheet], lang: str) -> Sheet:
    """Return the first sheet: as known when, narrowed to what, how to read it, and how many rows the others have."""
    lines = cover.build_cover_lines(register, selection, lang, amounts=True)
    lines += [
        (format_message(lang, "workbook.reading"), format_message(lang, f"workbook.reading.{one}")) for one in READING
    ]
    lines += [(one.name, format_message(lang, "count.rows", count=len(one.rows))) for one in others]
    columns = [
        sheet.build_text_column(format_message(lang, "workbook.sheet.about"), lambda row: row["name"]),
        sheet.build_text_column(register.label(lang), lambda row: row["value"], sheet.WIDE),
    ]
    return Sheet(
        format_message(lang, "workbook.sheet.about"),
        columns,
        [{"name": name, "value": value} for name, value in lines],
    )
