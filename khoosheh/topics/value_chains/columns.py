"""The tables of value chains: stages, completion, its history, single additions and the balance."""

from collections.abc import Sequence

from khoosheh import labels, queries
from khoosheh.formatting import round_percent_ends
from khoosheh.measures.value_chains import RUN
from khoosheh.persian import format_number
from khoosheh.topics import spreadsheet
from khoosheh.topics.columns import (
    Column,
    make_evidence_column,
    make_interval_column,
    make_known_column,
    make_name_column,
    make_source_column,
)
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import SheetColumn, Span
from khoosheh.topics.value_chains import balance_sentences, history, missing_link_sentences
from khoosheh.topics.value_chains.sentences import format_completion_value, format_stage_state

CHAIN = make_name_column("chain_id", "chains")
STAGE = make_name_column("stage_id", "stages")


def _format_state(request: FindingRequest, row: Row) -> str:
    return format_stage_state(request.register, row, queries.list_stage_states(request.register), request.lang)


def _build_state_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return the lowest and the highest state, then how many projects were stated."""
    ladder, label = queries.list_stage_states(request.register), request.register.dictionary.field_label

    def format_end(row: Row, end: str) -> str:
        if not row["known"]:
            return ""
        state = ladder[int(row[end])]
        return labels.find_value_label(request.register, "statements", "state_low", state, request.lang)

    return [
        spreadsheet.build_text_column(
            label("statements", "state_low", request.lang), lambda row: format_end(row, "low")
        ),
        spreadsheet.build_text_column(
            label("statements", "state_high", request.lang), lambda row: format_end(row, "high")
        ),
    ]


STATE = Column("state", _format_state, sheet=_build_state_sheet_columns)
# on pages the heading of the section names the chain
STAGE_COLUMNS = (
    Column("chain_id", sheet=CHAIN.build_sheet_columns),
    STAGE,
    STATE,
    Column(
        "projects_known",
        lambda request, row: format_number(row["known"], request.lang),
        sheet=lambda request, rows: spreadsheet.build_known_columns(request.lang),
    ),
    make_evidence_column(),
)


def _round_share(row: Row) -> Span:
    shares = row["known"] and row["definition"] != RUN
    return round_percent_ends(row["low"], row["high"]) if shares else (None, None)


def _get_run(row: Row) -> Span:
    return (row["low"], row["high"]) if row["known"] and row["definition"] == RUN else (None, None)


def _build_completion_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return columns of shares in per cent, and columns of runs in stages."""
    name = request.t("column.value")
    return [
        *spreadsheet.build_interval_columns(name, request.t("unit.percent"), _round_share, request.lang),
        *spreadsheet.build_interval_columns(name, request.t("workbook.stages"), _get_run, request.lang),
    ]


COMPLETION = Column(
    "value",
    lambda request, row: format_completion_value(row, request.lang),
    sheet=_build_completion_sheet_columns,
)
COMPLETION_COLUMNS = (
    CHAIN,
    Column("definition", lambda request, row: request.t(f"definition.{row['definition']}.name")),
    COMPLETION,
    make_known_column("stages_known"),
    make_evidence_column(),
)
HISTORY_COLUMNS = (
    Column(
        "day",
        lambda request, row: history.format_row_day(row, request.lang),
        sort=lambda row: row["day"].isoformat(),
    ),
    Column("chain_id", lambda request, row: history.format_chain_name(request.register, row, request.lang)),
    COMPLETION,
    make_known_column("stages_known"),
    make_evidence_column(),
)


ADDITION_COLUMNS = (
    STAGE,
    Column("state", _format_state),
    Column("run", lambda request, row: missing_link_sentences.format_run_growth(row, request.lang)),
    Column("readiness_gain", lambda request, row: missing_link_sentences.format_readiness_gain(row, request.lang)),
    Column(
        "wanted",
        lambda request, row: balance_sentences.format_tonnage_interval(request.register, row, "wanted", request.lang),
    ),
    make_evidence_column(),
)


def _make_tonnage_column(name: str) -> Column:
    return make_interval_column(
        name,
        lambda request, row: balance_sentences.format_tonnage_interval(request.register, row, name, request.lang),
        lambda row: balance_sentences.convert_to_kilotonnes(
            row[f"{name}_low_t_per_year"], row[f"{name}_high_t_per_year"]
        ),
        lambda request: labels.find_unit_label(request.register, balance_sentences.UNIT, request.lang),
    )


def _format_verdict(request: FindingRequest, row: Row) -> str:
    return balance_sentences.format_balance_verdict(request.register, row, request.lang)


def _build_gap_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return the gap as numbers, then in words."""
    words = spreadsheet.build_text_column(
        request.t("column.verdict"), lambda row: _format_verdict(request, row), spreadsheet.WIDE
    )
    return [*_make_tonnage_column("gap").build_sheet_columns(request, rows), words]


BALANCE_COLUMNS = (
    Column("chain_id", sheet=CHAIN.build_sheet_columns),
    STAGE,
    *(_make_tonnage_column(name) for name in ("capacity", "need", "supply", "makes")),
    Column("gap", _format_verdict, sheet=_build_gap_sheet_columns),
    make_evidence_column(),
    make_source_column("coefficient_source_id", "coefficient"),
)
