"""Sentences about investment: stated amounts and their sums."""

from collections.abc import Sequence

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.register import Register
from khoosheh.topics.request import Row


def format_stated_amount(register: Register, row: Row, lang: str) -> str:
    """Return the amount of a row of the investment measure with its unit."""
    unit = labels.find_unit_label(register, row["unit"], lang)
    return formatting.format_amount(row["low"], row["high"], row["unit"], unit, lang)


def format_amount_row(register: Register, row: Row, by: str, lang: str) -> str:
    """Return a row of the investment measure as a sentence."""
    parts = {
        "group": labels.find_group_label(register, by, row["group"], lang),
        "kind": labels.find_measure_label(register, row["measure"], lang),
        "amount": format_stated_amount(register, row, lang),
        "known": formatting.format_known_count(row["known"], row["of"], lang),
        "count": int(row["of"]),
    }
    return format_message(lang, "finding.amount.project" if by == "project_id" else "finding.amount.group", **parts)


def format_investment_summary(register: Register, totals: Sequence[Row], lang: str) -> str:
    """Return the sum of the kind of amount that was stated for most projects; ``totals``: a row for each kind."""
    if not totals:
        return format_message(lang, "finding.investment.none")
    top = max(totals, key=lambda row: row["known"])
    return format_message(
        lang,
        "finding.investment",
        amount=format_stated_amount(register, top, lang),
        kind=labels.find_measure_label(register, top["measure"], lang),
        known=int(top["known"]),
        count=int(top["of"]),
    )


def format_coverage_summary(rows: Sequence[Row], lang: str) -> str:
    """Return of how many projects any amount was stated; the first of ``rows`` is about all kinds."""
    return format_message(lang, "finding.coverage", known=int(rows[0]["known"]), count=int(rows[0]["of"]))
