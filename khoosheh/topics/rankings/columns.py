"""The tables of stated and of computed ranks."""

from collections.abc import Sequence

from khoosheh import labels
from khoosheh.formatting import format_known_count, format_rank, is_missing, round_value
from khoosheh.register.descriptor_types import CodeAttributes
from khoosheh.topics import spreadsheet
from khoosheh.topics.columns import (
    EVIDENCE,
    SOURCE,
    Column,
    make_code_column,
    make_interval_column,
    make_name_column,
    make_source_column,
    omit_from_sheets,
)
from khoosheh.topics.rankings import computed_sentences
from khoosheh.topics.rankings.stated_sentences import format_place_interval
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import SheetColumn


def _build_rank_context_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return the columns of the number of places, the year, the source and the statements of a rank."""
    return [
        spreadsheet.build_number_column(
            request.register.dictionary.field_label("indicators", "field_size", request.lang), lambda row: row["of"]
        ),
        spreadsheet.build_text_column(
            request.t("column.year"), lambda row: _format_optional_year(request, row), spreadsheet.NARROW
        ),
        spreadsheet.build_text_column(request.t("column.source"), lambda row: row["source_id"]),
        spreadsheet.build_evidence_column(request.lang),
    ]


def _format_optional_year(request: FindingRequest, row: Row) -> str:
    return "" if is_missing(row["year"]) else computed_sentences.format_row_year(request.register, row, request.lang)


STATED_COLUMNS = (
    make_name_column("indicator_id", "indicators", "indicator"),
    make_code_column("aspect", "indicators"),
    Column("reading", lambda request, row: request.t(f"reading.{row['kind']}")),
    make_interval_column(
        "place",
        lambda request, row: format_place_interval(row, request.lang),
        lambda row: (row["low"], row["high"]),
        lambda request: labels.find_unit_label(request.register, "place", request.lang),
        sort=lambda row: "" if is_missing(row["low"]) else row["low"],
    ),
    Column(
        "known",
        lambda request, row: format_known_count(row["known"], row["of"], request.lang),
        sheet=omit_from_sheets,
    ),
    # a computed rank links to the source of its table
    Column(
        "evidence",
        leads_to=lambda row: SOURCE if row["source_id"] else EVIDENCE,
        field=lambda row: row["source_id"] or row["statement_ids"],
        sheet=_build_rank_context_columns,
    ),
)


def _build_value_column(field: str) -> Column:
    return Column(
        field,
        lambda request, row: computed_sentences.format_indicator_value(request.register, row, request.lang, field),
        sort=lambda row: "" if is_missing(row[field]) else row[field],
        sheet=_build_value_sheet_columns if field == "value" else omit_from_sheets,
    )


def _build_value_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return a column of values for each unit of the indicators."""
    units = {
        row["indicator_id"]: computed_sentences.find_indicator_unit(request.register, row["indicator_id"])
        for row in rows
    }

    def build_unit_column(unit: CodeAttributes) -> SheetColumn:
        heading = request.t("workbook.value", name=request.t("column.value"), unit=unit[request.lang])
        return spreadsheet.build_number_column(heading, lambda row: select_unit_value(row, unit))

    def select_unit_value(row: Row, unit: CodeAttributes) -> float | None:
        value: float = row["value"]
        if units[row["indicator_id"]] is not unit:
            return None
        # a value that rounding would turn into zero is written unrounded
        return round_value(value, int(unit["decimals"])) or value

    return [build_unit_column(unit) for unit in {info[request.lang]: info for info in units.values()}.values()]


def _build_place_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    return [
        spreadsheet.build_number_column(request.t("column.place"), lambda row: row["place"]),
        spreadsheet.build_number_column(request.t("workbook.whole"), lambda row: row["of"]),
    ]


def _build_subject_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return the columns of indicator and province, which are the same for all rows of a page."""
    return [
        spreadsheet.build_text_column(
            request.t("column.indicator"),
            lambda row: labels.find_row_label(request.register, "indicators", row["indicator_id"], request.lang),
        ),
        spreadsheet.build_text_column(
            request.register.dictionary.field_label("observations", "iso_3166_2", request.lang),
            lambda row: computed_sentences.format_province_name(request.register, row, request.lang),
        ),
    ]


def _format_climb(request: FindingRequest, row: Row) -> str:
    climb = int(row["climb"])
    return request.t(f"standing.climb.{'up' if climb > 0 else 'down' if climb < 0 else 'same'}", count=abs(climb))


def _build_place_column(field: str) -> Column:
    return Column(
        field,
        lambda request, row: format_rank(row[field], request.lang),
        sort=lambda row: int(row[field]),
    )


# the places of all provinces in two years
TWO_YEAR_COLUMNS = (
    Column(
        "province",
        lambda request, row: computed_sentences.format_province_name(request.register, row, request.lang),
    ),
    _build_place_column("place_first"),
    _build_place_column("place_last"),
    Column("climb", _format_climb, sort=lambda row: int(row["climb"])),
    make_source_column(),
)
COMPUTED_COLUMNS = (
    Column("subject", sheet=_build_subject_sheet_columns),
    Column(
        "year",
        lambda request, row: computed_sentences.format_row_year(request.register, row, request.lang),
        sort=lambda row: int(row["year"]),
    ),
    Column(
        "place",
        lambda request, row: computed_sentences.format_computed_place(row, request.lang),
        sort=lambda row: int(row["place"]),
        sheet=_build_place_sheet_columns,
    ),
    *(_build_value_column(field) for field in ("value", "to_better", "to_worse")),
    Column(
        "warning",
        lambda request, row: computed_sentences.format_quality_warning(request.register, row, request.lang),
    ),
    make_source_column(),
)
