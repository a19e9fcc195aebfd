"""Findings of the schedule: promises, what came of them, and what changed between two days."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from khoosheh import calendar, findings, names, words
from khoosheh.locale import text
from khoosheh.register import Register

Row = Mapping[str, object]
# the order in which verdicts are told
TOLD = ("kept", "kept_or_late", "kept_late", "late", "moved", "no_later_word", "open_or_past", "open", "no_date")
FIGURES = {
    "investment": lambda register, row, lang: findings.amount_row(register, row, "project_id", lang),
    "ranking": findings.place_row,
    "completion": findings.completion_row,
}


def title(rows: Sequence[Row], lang: str) -> str:
    """Return how many promises there are, and how many of each verdict."""
    if not rows:
        return text(lang, "finding.schedule.none")
    counts = Counter(row["verdict"] for row in rows)
    parts = [text(lang, f"verdict.{one}.count", count=counts[one]) for one in TOLD if counts[one]]
    return text(lang, "finding.schedule", count=len(rows), parts=text(lang, "list.comma").join(parts))


def subject(register: Register, row: Row, lang: str) -> str:
    """Return what a promise is about: project, stage or chain."""
    for field in ("project_id", "stage_id", "chain_id"):
        if not words.missing(row[field]):
            return names.of_row(register, names.TABLES[field], row[field], lang)
    return names.of_row(register, "provinces", register.province, lang)


def promised(register: Register, statement: Row, lang: str) -> str:
    """Return what was promised: a state, or a value of a measure."""
    parts = []
    if not words.missing(statement["due_state"]):
        parts.append(names.of_value(register, "statements", "due_state", statement["due_state"], lang))
    if not words.missing(statement["value_low"]):
        unit = names.of_unit(register, statement["unit"], lang)
        amount = words.interval(statement["value_low"], statement["value_high"], lang, unit)
        kind = names.of_kind(register, statement["measure"], lang)
        parts.append(text(lang, "promise.value", kind=kind, value=amount))
    if not words.missing(statement["is_part"]) and statement["is_part"]:
        parts.append(text(lang, "promise.part"))
    return text(lang, "list.comma").join(parts)


def when(statement: Row, lang: str) -> str:
    """Return the deadline as it was printed, or that none was."""
    if words.missing(statement["due_from"]):
        return text(lang, "promise.no_date")
    return words.said(statement["due_from"], statement["due_to"], lang)


def verdict(row: Row, moves: Sequence[Row], lang: str) -> str:
    """Return what came of a promise; ``moves``: the later promises of the same thing."""
    low, high = row["slip_low_months"], row["slip_high_months"]
    key, places = f"verdict.{row['verdict']}", {}
    if row["verdict"] == "moved":
        places["dates"] = text(lang, "list.comma").join(when(one, lang) for one in moves)
        places["slip"] = _slip(low, high, lang)
    elif row["verdict"] in ("kept_late", "late"):
        places["slip"] = words.interval(low, high, lang, text(lang, "unit.months"))
    elif row["verdict"] == "kept_or_late":
        places["slip"] = words.interval(high, high, lang, text(lang, "unit.months"))
    return text(lang, key, **places)


def _slip(low: float, high: float, lang: str) -> str:
    """Return by how much a deadline was moved: later, or earlier where the months are negative."""
    unit = text(lang, "unit.months")
    if high < 0:
        return text(lang, "promise.earlier", months=words.interval(-high, -low, lang, unit))
    return text(lang, "promise.later", months=words.interval(low, high, lang, unit))


def promise_row(register: Register, row: Row, said: Mapping[str, Row], lang: str) -> str:
    """Return the words of a row of promises; ``said``: all statements by id."""
    statement = said[row["statement_id"]]
    moves = [said[one] for one in row["moved_ids"].split()]
    return text(
        lang,
        "finding.promise",
        subject=subject(register, row, lang),
        promised=promised(register, statement, lang),
        due=when(statement, lang),
        verdict=verdict(row, moves, lang),
    )


def progress_row(register: Register, row: Row, lang: str) -> str:
    """Return the words of a stated progress."""
    name = names.of_row(register, "projects", row["project_id"], lang)
    return text(lang, "finding.progress", project=name, value=percent(row, lang), said=said_on(row, lang))


def percent(row: Row, lang: str) -> str:
    """Return a stated progress in per cent, as it was stated."""
    return words.interval(row["low_pct"], row["high_pct"], lang, text(lang, "unit.percent"))


def said_on(row: Row, lang: str) -> str:
    """Return the days in which something was said."""
    ends = [calendar.to_jalali(row[f"said_{end}_day"].date()) for end in ("first", "last")]
    return calendar.format_interval(*ends, lang)


def day(value: date, lang: str) -> str:
    """Return a day as a reader reads it."""
    return calendar.format_date(calendar.to_jalali(value), lang)


def changed(register: Register, name: str, row: Row | None, ladder: list[str], said: Mapping, lang: str) -> str:
    """Return the words of a compared row of ``board.COMPARED``; 'not stated' where there is none."""
    if row is None:
        return text(lang, "value.not_stated")
    if name == "value_chains":
        return findings.stage_row(register, row, ladder, lang)
    if name == "schedule":
        return promise_row(register, row, said, lang)
    return FIGURES[name](register, row, lang)


def earned(register: Register, row: Row, name: str, lang: str) -> str:
    """Return a result of the earned value measure: money with its unit, or a bare ratio."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    if words.missing(low):
        return text(lang, "value.not_computed")
    if name.endswith("performance"):
        return words.interval(*words.outward(low, high), lang)
    return words.interval(*words.outward(low, high), lang, names.of_unit(register, row["unit"], lang))


def lacking(codes: str, lang: str) -> str:
    """Return which inputs of earned value nobody stated."""
    return text(lang, "list.comma").join(text(lang, f"lacking.{code}") for code in codes.split())
