"""The sheets of the cluster: needs, the phases that nobody stated, firms, their links, stages without firms."""

from khoosheh import board, names
from khoosheh.exports.workbook import sheet
from khoosheh.exports.workbook.sheet import Column, Row, Sheet, number, words
from khoosheh.findings import cluster as findings
from khoosheh.locale import text
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.words import missing


def needs(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the needs of the cluster: who named each, and what is evidence for it."""
    columns = [
        _named(register, "column.requirement", "requirement_id", "requirements", lang),
        number(text(lang, "workbook.named"), lambda row: row["named"]),
        words(text(lang, "column.named"), lambda row: row["named_ids"]),
        number(text(lang, "workbook.evidenced"), lambda row: row["evidenced"]),
        words(text(lang, "column.evidenced"), lambda row: row["evidence_ids"]),
        *sheet.interval_of_days(text(lang, "column.newest"), "newest_first_day", "newest_last_day", lang),
        _named(register, "column.phase", "phase_id", "life_cycle", lang),
    ]
    rows = board.cluster_needs(register, selection).iter_rows(named=True)
    return Sheet(text(lang, "workbook.sheet.needs"), columns, list(rows))


def phases(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return phases and labels of clusters, with the needs that rest on them; none is called reached."""
    columns = [
        words(
            register.dictionary.field_label("life_cycle", "scale", lang),
            lambda row: names.of_value(register, "life_cycle", "scale", row["scale"], lang),
        ),
        _named(register, "column.phase", "phase_id", "life_cycle", lang),
        words(
            text(lang, "column.proof"),
            lambda row: findings.phase(register, row["phase_id"])[f"proof_{lang}"],
            sheet.WIDE,
        ),
        number(text(lang, "workbook.evidenced_needs"), lambda row: row["known"]),
        number(text(lang, "workbook.whole"), lambda row: row["of"]),
        words(
            text(lang, "workbook.lacking"),
            lambda row: findings.listed(register, "requirements", row["lacking"], lang),
        ),
        _source(lang),
        sheet.ids(lang),
    ]
    rows = board.phases(register, selection).iter_rows(named=True)
    return Sheet(text(lang, "workbook.sheet.phases"), columns, list(rows))


def firms(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the chosen firms of the directory."""
    ends = ("export_value_usd_per_year_low", "export_value_usd_per_year_high")
    unit = names.of_unit(register, register.dictionary.unit("firms", ends[0]), lang)
    columns = [
        words(register.dictionary.field_label("firms", "firm_id", lang), lambda row: row["firm_id"]),
        words(text(lang, "column.firm"), lambda row: row[f"name_{lang}"]),
        words(text(lang, "column.isic"), lambda row: row["isic4"]),
        words(text(lang, "column.serves"), lambda row: findings.listed(register, "stages", row["stage_ids"], lang)),
        _named(register, "column.county_id", "county_id", "counties", lang),
        _answer("column.knowledge_based", "is_knowledge_based", lang),
        _answer("column.exports", "exports", lang),
        *sheet.span(text(lang, "workbook.exported"), unit, lambda row: (row[ends[0]], row[ends[1]]), lang),
        number(text(lang, "column.partners"), lambda row: row["partners"]),
        _source(lang),
    ]
    return Sheet(
        text(lang, "workbook.sheet.firms"), columns, list(board.firms(register, selection).iter_rows(named=True))
    )


def links(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the links between the chosen firms."""
    columns = [
        _named(register, "column.firm", "firm_id", "firms", lang),
        words(
            text(lang, "column.link_kind"), lambda row: names.of_value(register, "links", "kind", row["kind"], lang)
        ),
        _named(register, "column.partner", "partner_firm_id", "firms", lang),
        _source(lang),
    ]
    return Sheet(
        text(lang, "workbook.sheet.links"), columns, list(board.links(register, selection).iter_rows(named=True))
    )


def specialities(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return how many firms share a class with each stage of the chosen chains."""

    def ends(row: Row) -> sheet.Span:
        return row["low"], row["high"]

    columns = [
        _named(register, "column.chain_id", "chain_id", "chains", lang),
        _named(register, "column.stage_id", "stage_id", "stages", lang),
        words(text(lang, "column.isic"), lambda row: row["isic4"]),
        *sheet.span(text(lang, "column.firms"), names.of_unit(register, "firms", lang), ends, lang),
        words(text(lang, "column.firms"), lambda row: findings.listed(register, "firms", row["firm_ids"], lang)),
    ]
    rows = board.specialities(register, selection).iter_rows(named=True)
    return Sheet(text(lang, "workbook.sheet.specialities"), columns, list(rows))


def _named(register: Register, heading: str, field: str, table: str, lang: str) -> Column:
    def cell(row: Row) -> str:
        return "" if missing(row[field]) else names.of_row(register, table, row[field], lang)

    return words(text(lang, heading), cell)


def _answer(heading: str, field: str, lang: str) -> Column:
    def cell(row: Row) -> str:
        return "" if missing(row[field]) else findings.answer(row[field], lang)

    return words(text(lang, heading), cell, sheet.NARROW)


def _source(lang: str) -> Column:
    return words(text(lang, "column.source"), lambda row: row["source_id"])
