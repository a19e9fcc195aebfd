"""The sheets of tables of the register: projects, statements and sources."""

from collections.abc import Callable

from khoosheh import labels, queries
from khoosheh.exports import referential_subset
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.topics import spreadsheet as sheet
from khoosheh.topics.request import Row
from khoosheh.topics.sources import find_source_row
from khoosheh.topics.spreadsheet import Sheet, SheetColumn, build_number_column, build_text_column

# fields of a statement that name rows of other tables
SUBJECTS = ("project_id", "stage_id", "chain_id", "indicator_id", "requirement_id", "iso_3166_2")


def build_projects_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the chosen projects."""
    label, format_row_name = register.dictionary.field_label, _make_row_namer(register, lang)

    def build_row_column(field: str) -> SheetColumn:
        return build_text_column(label("projects", field, lang), lambda row: format_row_name(row, field))

    columns = [
        build_text_column(label("projects", "project_id", lang), lambda row: row["project_id"]),
        build_text_column(format_message(lang, "column.project_id"), lambda row: row[f"name_{lang}"], sheet.WIDE),
        *(build_row_column(field) for field in ("chain_id", "stage_id", "iso_3166_2", "county_id")),
        build_text_column(
            label("projects", "sector", lang),
            lambda row: labels.find_value_label(register, "projects", "sector", row["sector"], lang),
        ),
        build_text_column(
            label("projects", f"location_note_{lang}", lang), lambda row: row[f"location_note_{lang}"], sheet.WIDE
        ),
    ]
    rows = scope.filter_by_scope(queries.read_register_table(register, "projects"), selection)
    return Sheet(format_message(lang, "workbook.sheet.projects"), columns, list(rows.iter_rows(named=True)))


def build_statements_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return every statement that the pages show for the selection, its figure as stated and as printed."""
    statements = referential_subset.select_exported_statements(register, selection)
    format_row_name = _make_row_namer(register, lang)

    def find_statement_label(field: str) -> str:
        return register.dictionary.field_label("statements", field, lang)

    def build_coded_column(field: str) -> SheetColumn:
        return build_text_column(
            find_statement_label(field),
            lambda row: register.dictionary.value_label("statements", field, row[field], lang),
            sheet.NARROW,
        )

    def build_row_column(field: str) -> SheetColumn:
        return build_text_column(find_statement_label(field), lambda row: format_row_name(row, field))

    columns = [
        build_text_column(find_statement_label("statement_id"), lambda row: row["statement_id"], sheet.NARROW),
        build_text_column(find_statement_label(f"claim_{lang}"), lambda row: row[f"claim_{lang}"], sheet.WIDE),
        *(build_row_column(field) for field in SUBJECTS),
        build_coded_column("measure"),
        build_number_column(find_statement_label("value_low"), lambda row: row["value_low"]),
        build_number_column(find_statement_label("value_high"), lambda row: row["value_high"]),
        build_coded_column("unit"),
        build_text_column(find_statement_label("value_printed"), lambda row: row["value_printed"]),
        build_text_column(
            find_statement_label("is_part"), lambda row: _format_yes_mark(row["is_part"], lang), sheet.NARROW
        ),
        *(build_coded_column(field) for field in ("state_low", "state_high", "due_state")),
        *sheet.build_printed_date_columns(
            format_message(lang, "column.due"), ("due_from", "due_to"), ("due_first_day", "deadline_high_day"), lang
        ),
        *sheet.build_printed_date_columns(
            format_message(lang, "column.said"), ("said_from", "said_to"), ("said_first_day", "said_last_day"), lang
        ),
        build_text_column(find_statement_label(f"speaker_{lang}"), lambda row: row[f"speaker_{lang}"]),
        build_text_column(find_statement_label("source_id"), lambda row: row["source_id"]),
        _build_link_column(
            format_message(lang, "workbook.address"),
            lambda row: find_source_row(register, row["source_id"])["address"],
        ),
        build_number_column(find_statement_label("paragraph"), lambda row: row["paragraph"]),
        build_coded_column("obs_status"),
        build_coded_column("quality_flag"),
        build_text_column(
            find_statement_label(f"quality_note_{lang}"), lambda row: row[f"quality_note_{lang}"], sheet.WIDE
        ),
    ]
    return Sheet(format_message(lang, "workbook.sheet.statements"), columns, list(statements.iter_rows(named=True)))


def build_sources_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the sources that anything of the selection rests on."""
    stays = referential_subset.compute_row_masks(register, selection)[referential_subset.SOURCES]

    def find_source_label(field: str) -> str:
        return register.dictionary.field_label("sources", field, lang)

    def build_field_column(field: str, width: int = sheet.MIDDLE) -> SheetColumn:
        return build_text_column(find_source_label(field), lambda row: row[field], width)

    columns = [
        build_field_column("source_id"),
        build_field_column(f"title_{lang}", sheet.WIDE),
        build_field_column(f"publisher_{lang}"),
        _build_link_column(find_source_label("address"), lambda row: row["address"]),
        build_field_column("locator"),
        build_field_column("licence"),
        *sheet.build_printed_date_columns(
            format_message(lang, "workbook.published"),
            ("published_from", "published_to"),
            ("published_first_day", "published_last_day"),
            lang,
        ),
        build_field_column(f"date_reasoning_{lang}", sheet.WIDE),
        build_text_column(
            find_source_label("quality"),
            lambda row: labels.find_value_label(register, "sources", "quality", row["quality"], lang),
        ),
        build_field_column(f"quality_note_{lang}", sheet.WIDE),
    ]
    rows = zip(queries.read_register_table(register, "sources").iter_rows(named=True), stays, strict=True)
    return Sheet(format_message(lang, "workbook.sheet.sources"), columns, [row for row, yes in rows if yes])


def _make_row_namer(register: Register, lang: str) -> Callable[[Row, str], str]:
    """Return what names the row of another table that a field leads to."""

    def format_row_name(row: Row, field: str) -> str:
        return (
            "" if is_missing(row[field]) else labels.find_row_label(register, labels.TABLES[field], row[field], lang)
        )

    return format_row_name


def _build_link_column(heading: str, address: Callable[[Row], str | None]) -> SheetColumn:
    return SheetColumn(heading, sheet.LINK, address, sheet.MIDDLE)


def _format_yes_mark(value: bool | None, lang: str) -> str:
    return format_message(lang, "difference.yes") if not is_missing(value) and value else ""
