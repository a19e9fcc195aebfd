"""The tables of commitments, stated progress and earned value."""

from collections.abc import Callable, Sequence

from khoosheh import labels
from khoosheh.formatting import is_missing, round_outward
from khoosheh.measures.earned_value import RESULTS
from khoosheh.topics import spreadsheet
from khoosheh.topics.columns import (
    EVIDENCE,
    Column,
    make_evidence_column,
    make_interval_column,
    make_name_column,
    omit_from_sheets,
)
from khoosheh.topics.commitments import sentences
from khoosheh.topics.commitments.statements import index_commitment_statements
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import SheetColumn, Span


def _find_statement(request: FindingRequest, row: Row) -> Row:
    return index_commitment_statements(request.register)[row["statement_id"]]


def _format_outcome(request: FindingRequest, row: Row) -> str:
    by_id = index_commitment_statements(request.register)
    return sentences.format_commitment_outcome(row, [by_id[move] for move in row["moved_ids"].split()], request.lang)


def _format_deadline(request: FindingRequest, row: Row) -> str:
    return sentences.format_deadline(_find_statement(request, row), request.lang)


def _format_said_days(request: FindingRequest, row: Row) -> str:
    return sentences.format_printed_days(_find_statement(request, row), request.lang)


def _get_iso_day(field: str) -> Callable[[Row], str]:
    return lambda row: "" if is_missing(row[field]) else row[field].date().isoformat()


def _build_deadline_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    return [
        spreadsheet.build_text_column(request.t("column.due"), lambda row: _format_deadline(request, row)),
        *spreadsheet.build_date_interval_columns(
            request.t("workbook.deadline"), "deadline_low_day", "deadline_high_day", request.lang
        ),
    ]


def _build_said_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    return spreadsheet.build_date_interval_columns(
        request.t("column.said"), "said_first_day", "said_last_day", request.lang
    )


def _build_outcome_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    return [
        spreadsheet.build_text_column(
            request.t("column.verdict"), lambda row: _format_outcome(request, row), spreadsheet.WIDE
        ),
        *spreadsheet.build_interval_columns(
            request.t("workbook.slip"),
            request.t("unit.months"),
            lambda row: (row["slip_low_months"], row["slip_high_months"]),
            request.lang,
        ),
    ]


def _count_ids(row: Row) -> int:
    return len(row["later_ids"].split())


COMMITMENT_COLUMNS = (
    Column(
        "subject",
        lambda request, row: sentences.format_commitment_subject(request.register, row, request.lang),
    ),
    Column(
        "promised",
        lambda request, row: sentences.format_commitment_target(
            request.register, _find_statement(request, row), request.lang
        ),
    ),
    Column("due", _format_deadline, sort=_get_iso_day("deadline_high_day"), sheet=_build_deadline_sheet_columns),
    Column("said", _format_said_days, sort=_get_iso_day("said_last_day"), sheet=_build_said_sheet_columns),
    Column("verdict", _format_outcome, sheet=_build_outcome_sheet_columns),
    Column(
        "later",
        leads_to=lambda row: EVIDENCE,
        field=lambda row: row["later_ids"],
        missing="schedule.nothing_later",
        sort=_count_ids,
        sheet=omit_from_sheets,
    ),
    make_evidence_column(),
)

PROGRESS_COLUMNS = (
    make_name_column("project_id", "projects"),
    make_interval_column(
        "value",
        lambda request, row: sentences.format_progress_percent(row, request.lang),
        lambda row: (row["low_pct"], row["high_pct"]),
        lambda request: request.t("unit.percent"),
        name=lambda request: labels.find_measure_label(request.register, "physical_progress", request.lang),
    ),
    Column(
        "said",
        lambda request, row: sentences.format_statement_days(row, request.lang),
        sheet=_build_said_sheet_columns,
    ),
    make_evidence_column(),
)


def _get_result_ends(row: Row, result: str) -> Span:
    low, high = row[f"{result}_low"], row[f"{result}_high"]
    return (None, None) if is_missing(low) else round_outward(low, high)


def _build_result_column(result: str) -> Column:
    """Return the column of a result of earned value: an index has no unit, money one column a unit."""

    def build_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
        title = request.t(f"column.earned.{result}")

        def get_ends(row: Row) -> Span:
            return _get_result_ends(row, result)

        if result.endswith("performance"):
            return spreadsheet.build_interval_columns(title, request.t("workbook.ratio"), get_ends, request.lang)
        columns: list[SheetColumn] = []
        for unit in spreadsheet.list_units(rows, request.selection.unit):
            label = labels.find_unit_label(request.register, unit, request.lang)
            ends = spreadsheet.filter_ends_by_unit(unit, get_ends)
            columns += spreadsheet.build_interval_columns(title, label, ends, request.lang)
        return columns

    return Column(
        f"earned.{result}",
        lambda request, row: sentences.format_earned_value(request.register, row, result, request.lang),
        muted=lambda row: is_missing(row[f"{result}_low"]),
        sheet=build_sheet_columns,
    )


EARNED_VALUE_COLUMNS = (
    make_name_column("project_id", "projects"),
    *(_build_result_column(result) for result in RESULTS),
    Column("missing", lambda request, row: sentences.format_missing_inputs(row["missing"], request.lang)),
    make_evidence_column(),
)
