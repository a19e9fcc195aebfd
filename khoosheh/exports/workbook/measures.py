"""The sheets of measures: what the pages draw, rounded as they show it, with real numbers."""

from khoosheh import labels, queries
from khoosheh.exports.workbook import sheet
from khoosheh.exports.workbook.sheet import Row, Sheet, Span, build_number_column, build_text_column
from khoosheh.formatting import is_missing, round_amount_ends, round_outward, round_percent_ends
from khoosheh.locale import format_message
from khoosheh.measures import value_chains
from khoosheh.measures.earned_value import RESULTS
from khoosheh.measures.scope import Selection
from khoosheh.narrative import capacity_balance as balance_findings
from khoosheh.narrative import commitments, computed_rankings
from khoosheh.register import Register

NOTHING: Span = (None, None)


def build_investment_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the amounts of the page of investment; each unit has columns of its own."""
    rows = list(queries.query_investment_amounts(register, selection).iter_rows(named=True))
    by, spans = selection.by, []
    for unit in sheet.list_units(rows, selection.unit):
        ends = sheet.filter_ends_by_unit(unit, lambda row: round_amount_ends(row["low"], row["high"], row["unit"]))
        spans += sheet.build_interval_columns(
            format_message(lang, "column.amount"), labels.find_unit_label(register, unit, lang), ends, lang
        )
    columns = [
        build_text_column(
            format_message(lang, f"column.{by}"),
            lambda row: labels.find_group_label(register, by, row["group"], lang),
        ),
        build_text_column(
            format_message(lang, "column.kind"), lambda row: labels.find_measure_label(register, row["measure"], lang)
        ),
        *spans,
        *sheet.build_known_columns(lang),
        sheet.build_evidence_column(lang),
    ]
    return Sheet(format_message(lang, "workbook.sheet.investment"), columns, rows)


def build_commitments_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the ledger of promises."""
    rows = list(queries.query_commitments(register, selection).iter_rows(named=True))
    said = {row["statement_id"]: row for row in queries.select_statements(register, selection).iter_rows(named=True)}

    def format_commitment_verdict(row: Row) -> str:
        return commitments.format_commitment_outcome(row, [said[one] for one in row["moved_ids"].split()], lang)

    deadline, due = format_message(lang, "workbook.deadline"), format_message(lang, "column.due")
    columns = [
        build_text_column(
            format_message(lang, "column.subject"),
            lambda row: commitments.format_commitment_subject(register, row, lang),
        ),
        build_text_column(
            format_message(lang, "column.promised"),
            lambda row: commitments.format_commitment_target(register, said[row["statement_id"]], lang),
        ),
        build_text_column(due, lambda row: commitments.format_deadline(said[row["statement_id"]], lang)),
        *sheet.build_date_interval_columns(deadline, "deadline_low_day", "deadline_high_day", lang),
        *sheet.build_date_interval_columns(
            format_message(lang, "column.said"), "said_first_day", "said_last_day", lang
        ),
        build_text_column(format_message(lang, "column.verdict"), format_commitment_verdict, sheet.WIDE),
        *sheet.build_interval_columns(
            format_message(lang, "workbook.slip"),
            format_message(lang, "unit.months"),
            lambda row: (row["slip_low_months"], row["slip_high_months"]),
            lang,
        ),
        sheet.build_evidence_column(lang),
    ]
    return Sheet(format_message(lang, "workbook.sheet.promises"), columns, rows)


def build_progress_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the stated physical progress."""
    rows = list(queries.query_physical_progress(register, selection).iter_rows(named=True))
    kind, unit = labels.find_measure_label(register, "physical_progress", lang), format_message(lang, "unit.percent")
    columns = [
        build_text_column(
            format_message(lang, "column.project_id"),
            lambda row: labels.find_row_label(register, "projects", row["project_id"], lang),
        ),
        *sheet.build_interval_columns(kind, unit, lambda row: (row["low_pct"], row["high_pct"]), lang),
        *sheet.build_date_interval_columns(
            format_message(lang, "column.said"), "said_first_day", "said_last_day", lang
        ),
        sheet.build_evidence_column(lang),
    ]
    return Sheet(format_message(lang, "workbook.sheet.progress"), columns, rows)


def build_earned_value_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return earned value, or what of its inputs nobody stated."""
    rows = list(queries.query_earned_value(register, selection).iter_rows(named=True))

    def compute_result_interval(row: Row, name: str) -> Span:
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        return NOTHING if is_missing(low) else round_outward(low, high)

    results = []
    for name in RESULTS:
        title, of = format_message(lang, f"earned.{name}"), lambda row, name=name: compute_result_interval(row, name)
        if name.endswith("performance"):
            results += sheet.build_interval_columns(title, format_message(lang, "workbook.ratio"), of, lang)
            continue
        for unit in sheet.list_units(rows, selection.unit):
            results += sheet.build_interval_columns(
                title, labels.find_unit_label(register, unit, lang), sheet.filter_ends_by_unit(unit, of), lang
            )
    columns = [
        build_text_column(
            format_message(lang, "column.project_id"),
            lambda row: labels.find_row_label(register, "projects", row["project_id"], lang),
        ),
        *results,
        build_text_column(
            format_message(lang, "column.missing"),
            lambda row: commitments.format_missing_inputs(row["missing"], lang),
        ),
        sheet.build_evidence_column(lang),
    ]
    return Sheet(format_message(lang, "workbook.sheet.earned"), columns, rows)


def build_states_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the state of each stage, at least and at most."""
    ladder = queries.list_stage_states(register)

    def format_state_end(row: Row, end: str) -> str:
        if not row["known"]:
            return ""
        return labels.find_value_label(register, "statements", "state_low", ladder[int(row[end])], lang)

    label = register.dictionary.field_label
    columns = [
        build_text_column(
            format_message(lang, "column.chain_id"),
            lambda row: labels.find_row_label(register, "chains", row["chain_id"], lang),
        ),
        build_text_column(
            format_message(lang, "column.stage_id"),
            lambda row: labels.find_row_label(register, "stages", row["stage_id"], lang),
        ),
        build_text_column(label("statements", "state_low", lang), lambda row: format_state_end(row, "low")),
        build_text_column(label("statements", "state_high", lang), lambda row: format_state_end(row, "high")),
        *sheet.build_known_columns(lang),
        sheet.build_evidence_column(lang),
    ]
    rows = list(queries.query_stage_states(register, selection).iter_rows(named=True))
    return Sheet(format_message(lang, "workbook.sheet.states"), columns, rows)


def build_completion_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return how complete each chain is by each definition: shares in per cent, runs in stages."""

    def compute_share_interval(row: Row) -> Span:
        stated = row["known"] and row["definition"] != value_chains.RUN
        return round_percent_ends(row["low"], row["high"]) if stated else NOTHING

    def select_run_interval(row: Row) -> Span:
        return (row["low"], row["high"]) if row["known"] and row["definition"] == value_chains.RUN else NOTHING

    value = format_message(lang, "column.value")
    columns = [
        build_text_column(
            format_message(lang, "column.chain_id"),
            lambda row: labels.find_row_label(register, "chains", row["chain_id"], lang),
        ),
        build_text_column(
            format_message(lang, "column.definition"),
            lambda row: format_message(lang, f"definition.{row['definition']}.name"),
        ),
        *sheet.build_interval_columns(value, format_message(lang, "unit.percent"), compute_share_interval, lang),
        *sheet.build_interval_columns(value, format_message(lang, "workbook.stages"), select_run_interval, lang),
        *sheet.build_known_columns(lang),
        sheet.build_evidence_column(lang),
    ]
    rows = list(queries.query_chain_completion(register, selection).iter_rows(named=True))
    return Sheet(format_message(lang, "workbook.sheet.completion"), columns, rows)


def build_balances_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the balance of each link of the chosen chains at stated capacities."""
    unit, spans = labels.find_unit_label(register, balance_findings.UNIT, lang), []

    def compute_balance_interval(row: Row, name: str) -> Span:
        return balance_findings.convert_to_kilotonnes(row[f"{name}_low_t_per_year"], row[f"{name}_high_t_per_year"])

    for name in ("capacity", "need", "supply", "makes", "gap"):
        spans += sheet.build_interval_columns(
            format_message(lang, f"column.{name}"),
            unit,
            lambda row, name=name: compute_balance_interval(row, name),
            lang,
        )
    columns = [
        build_text_column(
            format_message(lang, "column.chain_id"),
            lambda row: labels.find_row_label(register, "chains", row["chain_id"], lang),
        ),
        build_text_column(
            format_message(lang, "column.stage_id"),
            lambda row: labels.find_row_label(register, "stages", row["stage_id"], lang),
        ),
        *spans,
        build_text_column(
            format_message(lang, "column.verdict"),
            lambda row: balance_findings.format_balance_verdict(register, row, lang),
            sheet.WIDE,
        ),
        build_text_column(format_message(lang, "column.coefficient"), lambda row: row["coefficient_source_id"]),
        sheet.build_evidence_column(lang),
    ]
    rows = list(queries.query_link_balances(register, selection).iter_rows(named=True))
    chosen = [row for row in rows if row["chain_id"] in (selection.chains or (row["chain_id"],))]
    return Sheet(format_message(lang, "workbook.sheet.balances"), columns, chosen)


def build_stated_rankings_sheet(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the places of the province."""
    label, unit = register.dictionary.field_label, labels.find_unit_label(register, "place", lang)
    columns = [
        build_text_column(
            format_message(lang, "column.indicator"),
            lambda row: labels.find_row_label(register, "indicators", row["indicator_id"], lang),
        ),
        build_text_column(
            format_message(lang, "column.aspect"),
            lambda row: labels.find_value_label(register, "indicators", "aspect", row["aspect"], lang),
        ),
        build_text_column(
            format_message(lang, "column.reading"), lambda row: format_message(lang, f"reading.{row['kind']}")
        ),
        *sheet.build_interval_columns(
            format_message(lang, "column.place"), unit, lambda row: (row["low"], row["high"]), lang
        ),
        build_number_column(label("indicators", "field_size", lang), lambda row: row["of"]),
        build_text_column(
            format_message(lang, "column.year"),
            lambda row: "" if is_missing(row["year"]) else computed_rankings.format_row_year(register, row, lang),
            sheet.NARROW,
        ),
        build_text_column(format_message(lang, "column.source"), lambda row: row["source_id"]),
        sheet.build_evidence_column(lang),
    ]
    rows = list(queries.query_province_rankings(register, selection).iter_rows(named=True))
    return Sheet(format_message(lang, "workbook.sheet.places"), columns, rows)
