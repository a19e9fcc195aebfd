"""The tables of the cluster: its needs, phases and labels, firms, their links, and stages without firms."""

from collections.abc import Sequence

from khoosheh import calendar, labels
from khoosheh.formatting import format_statement_dates, is_missing
from khoosheh.persian import format_number
from khoosheh.topics import spreadsheet
from khoosheh.topics.cluster import sentences
from khoosheh.topics.columns import (
    EVIDENCE,
    Column,
    make_evidence_column,
    make_name_column,
    make_source_column,
)
from khoosheh.topics.request import FindingRequest, Row
from khoosheh.topics.spreadsheet import SheetColumn

EXPORT_ENDS = ("export_value_usd_per_year_low", "export_value_usd_per_year_high")


def _make_counted_evidence_column(heading: str, count: str, ids: str) -> Column:
    """Return a column that leads to statements; in spreadsheets their number and their ids."""

    def build_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
        return [
            spreadsheet.build_number_column(request.t(f"workbook.{count}"), lambda row: row[count]),
            spreadsheet.build_text_column(request.t(f"column.{heading}"), lambda row: row[ids]),
        ]

    return Column(heading, leads_to=lambda row: EVIDENCE, field=lambda row: row[ids], sheet=build_sheet_columns)


def _get_newest_days(row: Row) -> tuple[str, str]:
    first, last = (str(calendar.to_jalali(row[f"newest_{end}_day"].date())) for end in ("first", "last"))
    return first, last


def _format_newest(request: FindingRequest, row: Row) -> str:
    if is_missing(row["newest_last_day"]):
        return request.t("value.not_stated")
    return format_statement_dates(*_get_newest_days(row), request.lang)


PHASE = make_name_column("phase_id", "life_cycle", "phase")
NEED_COLUMNS = (
    make_name_column("requirement_id", "requirements", "requirement"),
    _make_counted_evidence_column("named", "named", "named_ids"),
    _make_counted_evidence_column("evidenced", "evidenced", "evidence_ids"),
    Column(
        "newest",
        _format_newest,
        muted=lambda row: is_missing(row["newest_last_day"]),
        sort=lambda row: "" if is_missing(row["newest_last_day"]) else _get_newest_days(row)[0],
        sheet=lambda request, rows: spreadsheet.build_date_interval_columns(
            request.t("column.newest"), "newest_first_day", "newest_last_day", request.lang
        ),
    ),
    PHASE,
)


def _format_proof(request: FindingRequest, row: Row) -> str:
    proof: str = sentences.find_phase_row(request.register, row["phase_id"])[f"proof_{request.lang}"]
    return proof


def _build_scale_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return the column of the scale, since phases of the life cycle and labels are in one sheet."""

    def format_scale(row: Row) -> str:
        return labels.find_value_label(request.register, "life_cycle", "scale", row["scale"], request.lang)

    heading = request.register.dictionary.field_label("life_cycle", "scale", request.lang)
    return [spreadsheet.build_text_column(heading, format_scale)]


def _build_phase_need_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    def format_lacking(row: Row) -> str:
        return sentences.format_name_list(request.register, "requirements", row["lacking"], request.lang)

    return [
        spreadsheet.build_number_column(request.t("workbook.evidenced_needs"), lambda row: row["known"]),
        spreadsheet.build_number_column(request.t("workbook.whole"), lambda row: row["of"]),
        spreadsheet.build_text_column(request.t("workbook.lacking"), format_lacking),
    ]


def _build_proof_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    heading = request.t("column.proof")
    return [spreadsheet.build_text_column(heading, lambda row: _format_proof(request, row), spreadsheet.WIDE)]


SCALE = Column("scale", sheet=_build_scale_sheet_columns)
ORDERED_PHASE = Column("phase", PHASE.text, sort=lambda row: row["seq"])
PHASE_COLUMNS = (
    SCALE,
    ORDERED_PHASE,
    Column("proof", _format_proof, sheet=_build_proof_sheet_columns),
    Column(
        "phase_needs",
        lambda request, row: sentences.format_phase_needs(request.register, row, request.lang),
        muted=lambda row: not row["of"],
        sheet=_build_phase_need_sheet_columns,
    ),
    make_evidence_column(),
    make_source_column(),
)
LABEL_COLUMNS = (
    Column("label", PHASE.text, sort=lambda row: row["seq"]),
    Column("condition", _format_proof),
    make_source_column(),
)


def _make_answer_column(heading: str, field: str) -> Column:
    return Column(
        heading,
        lambda request, row: sentences.format_yes_no_answer(row[field], request.lang),
        muted=lambda row: is_missing(row[field]),
    )


def _build_firm_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    id_label = request.register.dictionary.field_label("firms", "firm_id", request.lang)
    return [
        spreadsheet.build_text_column(id_label, lambda row: row["firm_id"]),
        spreadsheet.build_text_column(request.t("column.firm"), lambda row: row[f"name_{request.lang}"]),
    ]


def _build_stage_list_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    def format_stages(row: Row) -> str:
        return sentences.format_name_list(request.register, "stages", row["stage_ids"], request.lang)

    return [spreadsheet.build_text_column(request.t("column.serves"), format_stages)]


def _build_export_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return whether a firm exports, and for how much a year."""
    unit = labels.find_unit_label(
        request.register, request.register.dictionary.unit("firms", EXPORT_ENDS[0]), request.lang
    )
    return [
        *_make_answer_column("exports", "exports").build_sheet_columns(request, rows),
        *spreadsheet.build_interval_columns(
            request.t("workbook.exported"),
            unit,
            lambda row: (row[EXPORT_ENDS[0]], row[EXPORT_ENDS[1]]),
            request.lang,
        ),
    ]


ISIC = Column(
    "isic",
    lambda request, row: sentences.format_isic_classes(row["isic4"], request.lang),
    muted=lambda row: is_missing(row["isic4"]),
    sheet=lambda request, rows: [spreadsheet.build_text_column(request.t("column.isic"), lambda row: row["isic4"])],
)
FIRM_COLUMNS = (
    Column("firm", lambda request, row: row[f"name_{request.lang}"], sheet=_build_firm_sheet_columns),
    ISIC,
    Column(
        "serves",
        lambda request, row: sentences.format_firm_stages(request.register, row, request.lang),
        muted=lambda row: not row["stage_ids"],
        sheet=_build_stage_list_sheet_columns,
    ),
    make_name_column("county_id", "counties", optional=True),
    _make_answer_column("knowledge_based", "is_knowledge_based"),
    Column(
        "exports",
        lambda request, row: sentences.format_firm_exports(request.register, row, request.lang),
        muted=lambda row: is_missing(row["exports"]),
        sheet=_build_export_sheet_columns,
    ),
    Column(
        "partners",
        lambda request, row: format_number(int(row["partners"]), request.lang),
        sort=lambda row: int(row["partners"]),
        sheet=lambda request, rows: [
            spreadsheet.build_number_column(request.t("column.partners"), lambda row: row["partners"])
        ],
    ),
    make_source_column(),
)
LINK_COLUMNS = (
    make_name_column("firm_id", "firms", "firm"),
    Column(
        "link_kind",
        lambda request, row: labels.find_value_label(request.register, "links", "kind", row["kind"], request.lang),
    ),
    make_name_column("partner_firm_id", "firms", "partner"),
    make_source_column(),
)


def _build_stage_firm_sheet_columns(request: FindingRequest, rows: Sequence[Row]) -> list[SheetColumn]:
    """Return how many firms a stage has, and which."""
    name, unit = request.t("column.firms"), labels.find_unit_label(request.register, "firms", request.lang)

    def format_firms(row: Row) -> str:
        return sentences.format_name_list(request.register, "firms", row["firm_ids"], request.lang)

    return [
        *spreadsheet.build_interval_columns(name, unit, lambda row: (row["low"], row["high"]), request.lang),
        spreadsheet.build_text_column(name, format_firms),
    ]


SPECIALITY_COLUMNS = (
    make_name_column("chain_id", "chains"),
    make_name_column("stage_id", "stages"),
    ISIC,
    Column(
        "firms",
        lambda request, row: sentences.format_stage_firms(request.register, row, request.lang),
        muted=lambda row: is_missing(row["low"]),
        sheet=_build_stage_firm_sheet_columns,
    ),
)
