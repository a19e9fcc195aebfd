"""The workbook: the tables of the pages for a selection, with statements and sources, for spreadsheets."""

from khoosheh import calendar
from khoosheh.exports import cover
from khoosheh.exports.workbook import tables, writer
from khoosheh.locale import DIRECTION, format_message
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics import spreadsheet
from khoosheh.topics.finding import Finding
from khoosheh.topics.registry import FINDINGS
from khoosheh.topics.request import FindingRequest, Question
from khoosheh.topics.spreadsheet import Sheet

READING = ("blank", "low", "days", "licences")
TABLES = (tables.build_projects_sheet, tables.build_statements_sheet, tables.build_sources_sheet)


def build_selection_workbook(register: Register, selection: Selection, lang: str) -> bytes:
    """Return the workbook (xlsx); raises ``ExportError`` where a table is too long for it."""
    return writer.write_workbook(
        build_sheets(register, selection, lang),
        title=register.label(lang),
        created=calendar.parse_jalali_date(register.compiled_on).last_day,
        right_to_left=DIRECTION[lang] == "rtl",
    )


def build_sheets(register: Register, selection: Selection, lang: str) -> list[Sheet]:
    """Return the sheets of the workbook: first what it is, then the findings, then tables of the register."""
    request = FindingRequest(register, Question(selection), lang)
    sheets = [build_finding_sheet(finding, request) for finding in FINDINGS if finding.sheet]
    sheets += [build(register, selection, lang) for build in TABLES]
    return [build_about_sheet(register, selection, sheets, lang), *sheets]


def build_finding_sheet(finding: Finding, request: FindingRequest) -> Sheet:
    """Return the table of a finding, its numbers as numbers with their units in the headings."""
    rows = finding.sheet_rows(request.selection, finding.read_rows(request))
    columns = [
        sheet_column for column in finding.columns for sheet_column in column.build_sheet_columns(request, rows)
    ]
    return Sheet(request.t(f"workbook.sheet.{finding.id}"), columns, rows)


def build_about_sheet(register: Register, selection: Selection, others: list[Sheet], lang: str) -> Sheet:
    """Return the first sheet: as known when, narrowed to what, how to read it, and how many rows the others have."""
    lines = cover.build_cover_lines(register, selection, lang, amounts=True)
    lines += [
        (format_message(lang, "workbook.reading"), format_message(lang, f"workbook.reading.{topic}"))
        for topic in READING
    ]
    lines += [(sheet.name, format_message(lang, "count.rows", count=len(sheet.rows))) for sheet in others]
    columns = [
        spreadsheet.build_text_column(format_message(lang, "workbook.sheet.about"), lambda row: row["name"]),
        spreadsheet.build_text_column(register.label(lang), lambda row: row["value"], spreadsheet.WIDE),
    ]
    return Sheet(
        format_message(lang, "workbook.sheet.about"),
        columns,
        [{"name": name, "value": value} for name, value in lines],
    )
