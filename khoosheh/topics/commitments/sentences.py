"""Sentences about time: commitments with their outcome, progress and earned value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from khoosheh import calendar, formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures.earned_value import RESULTS
from khoosheh.register import Register
from khoosheh.topics.request import Row

# verdicts in the order in which a summary counts them
VERDICT_ORDER = (
    "kept",
    "kept_or_late",
    "kept_late",
    "late",
    "moved",
    "no_later_word",
    "open_or_past",
    "open",
    "no_date",
)


def format_commitments_summary(rows: Sequence[Row], lang: str) -> str:
    """Return the number of commitments, and the number of each verdict."""
    if not rows:
        return format_message(lang, "finding.schedule.none")
    return format_message(lang, "finding.schedule", count=len(rows), parts=format_verdict_counts(rows, lang))


def format_verdict_counts(rows: Sequence[Row], lang: str) -> str:
    """Return the number of commitments of each verdict."""
    counts = Counter(row["verdict"] for row in rows)
    parts = [
        format_message(lang, f"verdict.{verdict}.count", count=counts[verdict])
        for verdict in VERDICT_ORDER
        if counts[verdict]
    ]
    return format_message(lang, "list.comma").join(parts)


def format_commitment_subject(register: Register, row: Row, lang: str) -> str:
    """Return the subject of a commitment: project, stage, chain or the province."""
    for field in ("project_id", "stage_id", "chain_id"):
        if not formatting.is_missing(row[field]):
            return labels.find_row_label(register, labels.TABLES[field], row[field], lang)
    return labels.find_row_label(register, "provinces", register.province, lang)


def format_commitment_target(register: Register, statement: Row, lang: str) -> str:
    """Return the target of a commitment: a state, or a value of a measure."""
    parts = []
    if not formatting.is_missing(statement["due_state"]):
        parts.append(labels.find_value_label(register, "statements", "due_state", statement["due_state"], lang))
    if not formatting.is_missing(statement["value_low"]):
        unit = labels.find_unit_label(register, statement["unit"], lang)
        amount = formatting.format_value_range(statement["value_low"], statement["value_high"], lang, unit)
        kind = labels.find_measure_label(register, statement["measure"], lang)
        parts.append(format_message(lang, "promise.value", kind=kind, value=amount))
    if not formatting.is_missing(statement["is_part"]) and statement["is_part"]:
        parts.append(format_message(lang, "promise.part"))
    return format_message(lang, "list.comma").join(parts)


def format_deadline(statement: Row, lang: str) -> str:
    """Return the deadline as it was printed; 'no date' where none was."""
    if formatting.is_missing(statement["due_from"]):
        return format_message(lang, "promise.no_date")
    return formatting.format_statement_dates(statement["due_from"], statement["due_to"], lang)


def format_commitment_outcome(row: Row, moves: Sequence[Row], lang: str) -> str:
    """Return the outcome of a commitment; ``moves``: the later commitments to the same target."""
    low, high = row["slip_low_months"], row["slip_high_months"]
    key, places = f"verdict.{row['verdict']}", {}
    if row["verdict"] == "moved":
        places["dates"] = format_message(lang, "list.comma").join(format_deadline(move, lang) for move in moves)
        places["slip"] = format_deadline_slip(low, high, lang)
    elif row["verdict"] in ("kept_late", "late"):
        places["slip"] = _format_months(low, high, lang)
    elif row["verdict"] == "kept_or_late":
        places["slip"] = _format_months(high, high, lang)
    return format_message(lang, key, **places)


def format_deadline_slip(low: float, high: float | None, lang: str) -> str:
    """Return by how much a deadline was moved: later, or earlier where the months are negative."""
    if high is not None and high < 0:
        return format_message(lang, "promise.earlier", months=_format_months(-high, -low, lang))
    return format_message(lang, "promise.later", months=_format_months(low, high, lang))


def _format_months(low: float, high: float | None, lang: str) -> str:
    last = low if formatting.is_missing(high) else high
    if formatting.is_missing(last):
        return formatting.format_value_range(low, high, lang)
    unit = format_message(lang, "unit.months_counted", count=last)
    return formatting.format_value_range(low, high, lang, unit)


def format_commitment_row(register: Register, row: Row, statements: Mapping[str, Row], lang: str) -> str:
    """Return a commitment as a sentence; ``statements``: all commitments by the ids of their statements."""
    statement = statements[row["statement_id"]]
    moves = [statements[statement_id] for statement_id in row["moved_ids"].split()]
    return format_message(
        lang,
        "finding.promise.undated" if formatting.is_missing(statement["due_from"]) else "finding.promise",
        subject=format_commitment_subject(register, row, lang),
        promised=format_commitment_target(register, statement, lang),
        due=format_deadline(statement, lang),
        verdict=format_commitment_outcome(row, moves, lang),
    )


def format_progress_row(register: Register, row: Row, lang: str) -> str:
    """Return a stated progress as a sentence."""
    name = labels.find_row_label(register, "projects", row["project_id"], lang)
    return format_message(
        lang,
        "finding.progress",
        project=name,
        value=format_progress_percent(row, lang),
        said=format_statement_days(row, lang),
    )


def format_progress_percent(row: Row, lang: str) -> str:
    """Return a stated progress in per cent, as it was stated."""
    return formatting.format_value_range(row["low_pct"], row["high_pct"], lang, format_message(lang, "unit.percent"))


def format_statement_days(row: Row, lang: str) -> str:
    """Return the interval of days on one of which a statement was made."""
    first, last = (calendar.to_jalali(row[f"said_{end}_day"].date()) for end in ("first", "last"))
    return calendar.format_interval(first, last, lang)


def format_printed_days(statement: Row, lang: str) -> str:
    """Return the date of a statement, as exactly as it was printed."""
    return formatting.format_statement_dates(statement["said_from"], statement["said_to"], lang)


def format_jalali_day(value: date, lang: str) -> str:
    """Return a day as a Jalali date in words."""
    return calendar.format_date(calendar.to_jalali(value), lang)


def format_earned_value(register: Register, row: Row, name: str, lang: str) -> str:
    """Return a result of the earned value measure: money with its unit, or a bare ratio."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if formatting.is_missing(low):
        return format_message(lang, "value.not_computed")
    if name.endswith("performance"):
        return formatting.format_value_range(*formatting.round_outward(low, high), lang)
    return formatting.format_value_range(
        *formatting.round_outward(low, high), lang, labels.find_unit_label(register, row["unit"], lang)
    )


def is_computed(row: Row) -> bool:
    """Tell whether any result of earned value could be computed for a project."""
    return any(not formatting.is_missing(row[f"{result}_low"]) for result in RESULTS)


def format_earned_value_summary(rows: Sequence[Row], lang: str) -> str:
    """Return of how many projects the earned value can be computed; of none, what nobody stated of how many."""
    known = sum(map(is_computed, rows))
    if known:
        return format_message(lang, "finding.earned", known=known, count=len(rows))
    missing = Counter(code for row in rows for code in row["missing"].split())
    parts = [
        format_message(lang, "lacking.count", name=format_message(lang, f"lacking.{code}"), count=count)
        for code, count in missing.most_common()
    ]
    return format_message(
        lang, "finding.earned.none", count=len(rows), missing=format_message(lang, "list.comma").join(parts)
    )


def format_missing_inputs(codes: str, lang: str) -> str:
    """Return the inputs of earned value that were not stated."""
    return format_message(lang, "list.comma").join(format_message(lang, f"lacking.{code}") for code in codes.split())
