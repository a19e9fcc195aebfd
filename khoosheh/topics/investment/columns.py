"""The tables of stated amounts, and of the projects of which each kind was stated."""

from collections.abc import Sequence

from khoosheh import labels
from khoosheh.formatting import round_amount_ends
from khoosheh.topics import spreadsheet
from khoosheh.topics.columns import Column, make_evidence_column, make_known_column
from khoosheh.topics.investment.sentences import format_stated_amount
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import SheetColumn, Span


def _format_group(request: FindingRequest, row: Row) -> str:
    return labels.find_group_label(request.register, request.selection.by, row["group"], request.lang)


def _round_amount(row: Row) -> Span:
    return round_amount_ends(row["low"], row["high"], row["unit"])


def _build_amount_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return two columns for each unit, so that no column mixes amounts of different units."""
    columns: list[SheetColumn] = []
    for unit in spreadsheet.list_units(rows, request.selection.unit):
        name, ends = request.t("column.amount"), spreadsheet.filter_ends_by_unit(unit, _round_amount)
        label = labels.find_unit_label(request.register, unit, request.lang)
        columns += spreadsheet.build_interval_columns(name, label, ends, request.lang)
    return columns


GROUP = Column(lambda request: request.selection.by, _format_group)
KIND = Column("kind", lambda request, row: labels.find_measure_label(request.register, row["measure"], request.lang))
AMOUNT = Column(
    "amount",
    lambda request, row: format_stated_amount(request.register, row, request.lang),
    sheet=_build_amount_sheet_columns,
)
AMOUNT_COLUMNS = (GROUP, KIND, AMOUNT, make_known_column(), make_evidence_column())


def _format_covered_kind(request: FindingRequest, row: Row) -> str:
    if not row["measure"]:
        return request.t("coverage.any")
    return labels.find_measure_label(request.register, row["measure"], request.lang)


COVERAGE_COLUMNS = (Column("kind", _format_covered_kind), make_known_column(), make_evidence_column())
