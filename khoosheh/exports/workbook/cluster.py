"""The sheets of the cluster: needs, the phases that nobody stated, firms, their links, stages without firms."""

from khoosheh import labels, queries
from khoosheh.exports.workbook import sheet
from khoosheh.exports.workbook.sheet import Column, Row, Sheet, build_number_column, build_text_column
from khoosheh.formatting import is_missing
from khoosheh.locale import format_message
from khoosheh.measures.scope import Selection
from khoosheh.narrative import cluster as findings
from khoosheh.register import Register


def build_needs_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the needs of the cluster: who named each, and what is evidence for it."""
    columns = [
        _build_name_column(register, "column.requirement", "requirement_id", "requirements", lang),
        build_number_column(format_message(lang, "workbook.named"), lambda row: row["named"]),
        build_text_column(format_message(lang, "column.named"), lambda row: row["named_ids"]),
        build_number_column(format_message(lang, "workbook.evidenced"), lambda row: row["evidenced"]),
        build_text_column(format_message(lang, "column.evidenced"), lambda row: row["evidence_ids"]),
        *sheet.build_date_interval_columns(
            format_message(lang, "column.newest"), "newest_first_day", "newest_last_day", lang
        ),
        _build_name_column(register, "column.phase", "phase_id", "life_cycle", lang),
    ]
    rows = queries.query_cluster_needs(register, selection).iter_rows(named=True)
    return Sheet(format_message(lang, "workbook.sheet.needs"), columns, list(rows))


def build_phases_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return phases and labels of clusters, with the needs that rest on them; none is called reached."""
    columns = [
        build_text_column(
            register.dictionary.field_label("life_cycle", "scale", lang),
            lambda row: labels.find_value_label(register, "life_cycle", "scale", row["scale"], lang),
        ),
        _build_name_column(register, "column.phase", "phase_id", "life_cycle", lang),
        build_text_column(
            format_message(lang, "column.proof"),
            lambda row: findings.find_phase_row(register, row["phase_id"])[f"proof_{lang}"],
            sheet.WIDE,
        ),
        build_number_column(format_message(lang, "workbook.evidenced_needs"), lambda row: row["known"]),
        build_number_column(format_message(lang, "workbook.whole"), lambda row: row["of"]),
        build_text_column(
            format_message(lang, "workbook.lacking"),
            lambda row: findings.format_name_list(register, "requirements", row["lacking"], lang),
        ),
        _build_source_column(lang),
        sheet.build_evidence_column(lang),
    ]
    rows = queries.query_cluster_phases(register, selection).iter_rows(named=True)
    return Sheet(format_message(lang, "workbook.sheet.phases"), columns, list(rows))


def build_firms_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the chosen firms of the directory."""
    ends = ("export_value_usd_per_year_low", "export_value_usd_per_year_high")
    unit = labels.find_unit_label(register, register.dictionary.unit("firms", ends[0]), lang)
    columns = [
        build_text_column(register.dictionary.field_label("firms", "firm_id", lang), lambda row: row["firm_id"]),
        build_text_column(format_message(lang, "column.firm"), lambda row: row[f"name_{lang}"]),
        build_text_column(format_message(lang, "column.isic"), lambda row: row["isic4"]),
        build_text_column(
            format_message(lang, "column.serves"),
            lambda row: findings.format_name_list(register, "stages", row["stage_ids"], lang),
        ),
        _build_name_column(register, "column.county_id", "county_id", "counties", lang),
        _build_answer_column("column.knowledge_based", "is_knowledge_based", lang),
        _build_answer_column("column.exports", "exports", lang),
        *sheet.build_interval_columns(
            format_message(lang, "workbook.exported"), unit, lambda row: (row[ends[0]], row[ends[1]]), lang
        ),
        build_number_column(format_message(lang, "column.partners"), lambda row: row["partners"]),
        _build_source_column(lang),
    ]
    return Sheet(
        format_message(lang, "workbook.sheet.firms"),
        columns,
        list(queries.query_firms(register, selection).iter_rows(named=True)),
    )


def build_links_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the links between the chosen firms."""
    columns = [
        _build_name_column(register, "column.firm", "firm_id", "firms", lang),
        build_text_column(
            format_message(lang, "column.link_kind"),
            lambda row: labels.find_value_label(register, "links", "kind", row["kind"], lang),
        ),
        _build_name_column(register, "column.partner", "partner_firm_id", "firms", lang),
        _build_source_column(lang),
    ]
    return Sheet(
        format_message(lang, "workbook.sheet.links"),
        columns,
        list(queries.select_firm_links(register, selection).iter_rows(named=True)),
    )


def build_specialities_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return how many firms share a class with each stage of the chosen chains."""

    def read_firm_interval(row: Row) -> sheet.Span:
        return row["low"], row["high"]

    columns = [
        _build_name_column(register, "column.chain_id", "chain_id", "chains", lang),
        _build_name_column(register, "column.stage_id", "stage_id", "stages", lang),
        build_text_column(format_message(lang, "column.isic"), lambda row: row["isic4"]),
        *sheet.build_interval_columns(
            format_message(lang, "column.firms"),
            labels.find_unit_label(register, "firms", lang),
            read_firm_interval,
            lang,
        ),
        build_text_column(
            format_message(lang, "column.firms"),
            lambda row: findings.format_name_list(register, "firms", row["firm_ids"], lang),
        ),
    ]
    rows = queries.query_stage_specialities(register, selection).iter_rows(named=True)
    return Sheet(format_message(lang, "workbook.sheet.specialities"), columns, list(rows))


def _build_name_column(register: Register, heading: str, field: str, table: str, lang: str) -> Column:
    def format_name_cell(row: Row) -> str:
        return "" if is_missing(row[field]) else labels.find_row_label(register, table, row[field], lang)

    return build_text_column(format_message(lang, heading), format_name_cell)


def _build_answer_column(heading: str, field: str, lang: str) -> Column:
    def format_answer_cell(row: Row) -> str:
        return "" if is_missing(row[field]) else findings.format_yes_no_answer(row[field], lang)

    return build_text_column(format_message(lang, heading), format_answer_cell, sheet.NARROW)


def _build_source_column(lang: str) -> Column:
    return build_text_column(format_message(lang, "column.source"), lambda row: row["source_id"])
