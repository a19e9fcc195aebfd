"""The sheets of measures: what the pages draw, rounded as they show it, with real numbers."""

from khoosheh import board, names
from khoosheh.exports.workbook import sheet
from khoosheh.exports.workbook.sheet import Row, Sheet, Span, number, words
from khoosheh.findings import balance as balance_findings
from khoosheh.findings import schedule, standings
from khoosheh.locale import text
from khoosheh.measures import chains
from khoosheh.measures.earned_value import RESULTS
from khoosheh.measures.scope import Selection
from khoosheh.register import Register
from khoosheh.words import amounts, missing, outward, percents

NOTHING: Span = (None, None)


def investment(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the amounts of the page of investment; each unit has columns of its own."""
    rows = list(board.amounts(register, selection).iter_rows(named=True))
    by, spans = selection.by, []
    for unit in sheet.units(rows, selection.unit):
        ends = sheet.only(unit, lambda row: amounts(row["low"], row["high"], row["unit"]))
        spans += sheet.span(text(lang, "column.amount"), names.of_unit(register, unit, lang), ends, lang)
    columns = [
        words(text(lang, f"column.{by}"), lambda row: names.of_group(register, by, row["group"], lang)),
        words(text(lang, "column.kind"), lambda row: names.of_kind(register, row["measure"], lang)),
        *spans,
        *sheet.known(lang),
        sheet.ids(lang),
    ]
    return Sheet(text(lang, "workbook.sheet.investment"), columns, rows)


def promises(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the ledger of promises."""
    rows = list(board.promises(register, selection).iter_rows(named=True))
    said = {row["statement_id"]: row for row in board.statements(register, selection).iter_rows(named=True)}

    def verdict(row: Row) -> str:
        return schedule.verdict(row, [said[one] for one in row["moved_ids"].split()], lang)

    deadline, due = text(lang, "workbook.deadline"), text(lang, "column.due")
    columns = [
        words(text(lang, "column.subject"), lambda row: schedule.subject(register, row, lang)),
        words(
            text(lang, "column.promised"), lambda row: schedule.promised(register, said[row["statement_id"]], lang)
        ),
        words(due, lambda row: schedule.when(said[row["statement_id"]], lang)),
        *sheet.interval_of_days(deadline, "deadline_low_day", "deadline_high_day", lang),
        *sheet.interval_of_days(text(lang, "column.said"), "said_first_day", "said_last_day", lang),
        words(text(lang, "column.verdict"), verdict, sheet.WIDE),
        *sheet.span(
            text(lang, "workbook.slip"),
            text(lang, "unit.months"),
            lambda row: (row["slip_low_months"], row["slip_high_months"]),
            lang,
        ),
        sheet.ids(lang),
    ]
    return Sheet(text(lang, "workbook.sheet.promises"), columns, rows)


def progress(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the stated physical progress."""
    rows = list(board.progress(register, selection).iter_rows(named=True))
    kind, unit = names.of_kind(register, "physical_progress", lang), text(lang, "unit.percent")
    columns = [
        words(
            text(lang, "column.project_id"), lambda row: names.of_row(register, "projects", row["project_id"], lang)
        ),
        *sheet.span(kind, unit, lambda row: (row["low_pct"], row["high_pct"]), lang),
        *sheet.interval_of_days(text(lang, "column.said"), "said_first_day", "said_last_day", lang),
        sheet.ids(lang),
    ]
    return Sheet(text(lang, "workbook.sheet.progress"), columns, rows)


def earned(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return earned value, or what of its inputs nobody stated."""
    rows = list(board.earned(register, selection).iter_rows(named=True))

    def ends(row: Row, name: str) -> Span:
        low, high = row[f"{name}_low"], row[f"{name}_high"]
        return NOTHING if missing(low) else outward(low, high)

    results = []
    for name in RESULTS:
        title, of = text(lang, f"earned.{name}"), lambda row, name=name: ends(row, name)
        if name.endswith("performance"):
            results += sheet.span(title, text(lang, "workbook.ratio"), of, lang)
            continue
        for unit in sheet.units(rows, selection.unit):
            results += sheet.span(title, names.of_unit(register, unit, lang), sheet.only(unit, of), lang)
    columns = [
        words(
            text(lang, "column.project_id"), lambda row: names.of_row(register, "projects", row["project_id"], lang)
        ),
        *results,
        words(text(lang, "column.missing"), lambda row: schedule.lacking(row["missing"], lang)),
        sheet.ids(lang),
    ]
    return Sheet(text(lang, "workbook.sheet.earned"), columns, rows)


def states(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the state of each stage, at least and at most."""
    ladder = board.ladder(register)

    def state(row: Row, end: str) -> str:
        if not row["known"]:
            return ""
        return names.of_value(register, "statements", "state_low", ladder[int(row[end])], lang)

    label = register.dictionary.field_label
    columns = [
        words(text(lang, "column.chain_id"), lambda row: names.of_row(register, "chains", row["chain_id"], lang)),
        words(text(lang, "column.stage_id"), lambda row: names.of_row(register, "stages", row["stage_id"], lang)),
        words(label("statements", "state_low", lang), lambda row: state(row, "low")),
        words(label("statements", "state_high", lang), lambda row: state(row, "high")),
        *sheet.known(lang),
        sheet.ids(lang),
    ]
    rows = list(board.states(register, selection).iter_rows(named=True))
    return Sheet(text(lang, "workbook.sheet.states"), columns, rows)


def completion(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return how complete each chain is by each definition: shares in per cent, runs in stages."""

    def share(row: Row) -> Span:
        stated = row["known"] and row["definition"] != chains.RUN
        return percents(row["low"], row["high"]) if stated else NOTHING

    def run(row: Row) -> Span:
        return (row["low"], row["high"]) if row["known"] and row["definition"] == chains.RUN else NOTHING

    value = text(lang, "column.value")
    columns = [
        words(text(lang, "column.chain_id"), lambda row: names.of_row(register, "chains", row["chain_id"], lang)),
        words(text(lang, "column.definition"), lambda row: text(lang, f"definition.{row['definition']}.name")),
        *sheet.span(value, text(lang, "unit.percent"), share, lang),
        *sheet.span(value, text(lang, "workbook.stages"), run, lang),
        *sheet.known(lang),
        sheet.ids(lang),
    ]
    rows = list(board.completion(register, selection).iter_rows(named=True))
    return Sheet(text(lang, "workbook.sheet.completion"), columns, rows)


def balances(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the balance of each link of the chosen chains at stated capacities."""
    unit, spans = names.of_unit(register, balance_findings.UNIT, lang), []

    def ends(row: Row, name: str) -> Span:
        return balance_findings.thousands(row[f"{name}_low_t_per_year"], row[f"{name}_high_t_per_year"])

    for name in ("capacity", "need", "supply", "makes", "gap"):
        spans += sheet.span(text(lang, f"column.{name}"), unit, lambda row, name=name: ends(row, name), lang)
    columns = [
        words(text(lang, "column.chain_id"), lambda row: names.of_row(register, "chains", row["chain_id"], lang)),
        words(text(lang, "column.stage_id"), lambda row: names.of_row(register, "stages", row["stage_id"], lang)),
        *spans,
        words(text(lang, "column.verdict"), lambda row: balance_findings.verdict(register, row, lang), sheet.WIDE),
        words(text(lang, "column.coefficient"), lambda row: row["coefficient_source_id"]),
        sheet.ids(lang),
    ]
    rows = list(board.balances(register, selection).iter_rows(named=True))
    chosen = [row for row in rows if row["chain_id"] in (selection.chains or (row["chain_id"],))]
    return Sheet(text(lang, "workbook.sheet.balances"), columns, chosen)


def places(register: Register, selection: Selection, lang: str) -> Sheet:
    """Return the places of the province."""
    label, unit = register.dictionary.field_label, names.of_unit(register, "place", lang)
    columns = [
        words(
            text(lang, "column.indicator"),
            lambda row: names.of_row(register, "indicators", row["indicator_id"], lang),
        ),
        words(
            text(lang, "column.aspect"),
            lambda row: names.of_value(register, "indicators", "aspect", row["aspect"], lang),
        ),
        words(text(lang, "column.reading"), lambda row: text(lang, f"reading.{row['kind']}")),
        *sheet.span(text(lang, "column.place"), unit, lambda row: (row["low"], row["high"]), lang),
        number(label("indicators", "field_size", lang), lambda row: row["of"]),
        words(
            text(lang, "column.year"),
            lambda row: "" if missing(row["year"]) else standings.year(register, row, lang),
            sheet.NARROW,
        ),
        words(text(lang, "column.source"), lambda row: row["source_id"]),
        sheet.ids(lang),
    ]
    rows = list(board.places(register, selection).iter_rows(named=True))
    return Sheet(text(lang, "workbook.sheet.places"), columns, rows)
