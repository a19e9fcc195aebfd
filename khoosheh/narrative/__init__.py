"""Findings: what a table of a measure says, in one sentence or a row's words, in the reader's language.

Here belongs the choice of the sentence. Here does not belong: arithmetic, nor the sentences themselves, which
stand in the catalogues.
"""

from collections.abc import Mapping, Sequence

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures import stated_rankings, value_chains
from khoosheh.narrative import computed_rankings
from khoosheh.register import Register

Row = Mapping[str, object]


def format_stated_amount(register: Register, row: Row, lang: str) -> str:
    """Return the amount of a row of the investment measure with its unit."""
    unit = labels.find_unit_label(register, row["unit"], lang)
    return formatting.format_amount(row["low"], row["high"], row["unit"], unit, lang)


def format_amount_row(register: Register, row: Row, by: str, lang: str) -> str:
    """Return the words of a row of the investment measure."""
    parts = {
        "group": labels.find_group_label(register, by, row["group"], lang),
        "kind": labels.find_measure_label(register, row["measure"], lang),
        "amount": format_stated_amount(register, row, lang),
        "known": formatting.format_known_count(row["known"], row["of"], lang),
        "count": int(row["of"]),
    }
    return format_message(lang, "finding.amount.project" if by == "project_id" else "finding.amount.group", **parts)


def format_investment_summary(register: Register, totals: Sequence[Row], lang: str) -> str:
    """Return the sum of the kind of amount that was stated for most projects; ``totals``: one row a kind."""
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


def format_ranking_row(register: Register, row: Row, lang: str) -> str:
    """Return the words of a row of the ranking measure."""
    key = row["kind"] if row["known"] else "none"
    years = "" if formatting.is_missing(row["year"]) else computed_rankings.format_row_year(register, row, lang)
    return format_message(
        lang,
        f"finding.place.{key}",
        year=years,
        indicator=labels.find_row_label(register, "indicators", row["indicator_id"], lang),
        aspect=labels.find_value_label(register, "indicators", "aspect", row["aspect"], lang),
        place=format_place_interval(row, lang),
        of=format_message(lang, "finding.place.field_unknown")
        if formatting.is_missing(row["of"])
        else format_message(lang, "finding.place.field", of=int(row["of"])),
    )


def format_place_interval(row: Row, lang: str) -> str:
    """Return 'a', 'a to b' or 'not stated'."""
    return formatting.format_value_range(row["low"], row["high"], lang)


def format_ranking_summary(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return what the ranking table says first: the best stated place, with growth and level told apart."""
    stated = [row for row in rows if row["kind"] == stated_rankings.STATED and not formatting.is_missing(row["low"])]
    if not stated:
        return format_message(lang, "finding.rank.none")
    best = min(stated, key=lambda row: (row["low"], ASPECT_ORDER.index(row["aspect"])))
    return format_message(
        lang,
        f"finding.rank.{best['aspect']}",
        place=format_place_interval(best, lang),
        indicator=labels.find_row_label(register, "indicators", best["indicator_id"], lang),
    )


ASPECT_ORDER = ("level", "growth", "not_stated")


def format_stated_climbs(rows: Sequence[Row], steps: Mapping[str, int], lang: str) -> list[str]:
    """Return, for each stated climb, what it allows; ``steps``: the stated climb of each indicator."""
    found = []
    for before in (row for row in rows if row["kind"] == stated_rankings.BEFORE):
        after = next(
            r for r in rows if r["kind"] == stated_rankings.AFTER and r["indicator_id"] == before["indicator_id"]
        )
        found.append(
            format_message(
                lang,
                "finding.climb",
                steps=steps[before["indicator_id"]],
                of=int(before["of"]),
                before=format_place_interval(before, lang),
                after=format_place_interval(after, lang),
            )
        )
    return found


def format_completion_row(register: Register, row: Row, lang: str) -> str:
    """Return the words of a row of the completion measure."""
    key = "finding.completion" if row["known"] else "finding.completion.none"
    return format_message(
        lang,
        key,
        chain=labels.find_row_label(register, "chains", row["chain_id"], lang),
        value=format_completion_value(row, lang),
        known=formatting.format_known_count(row["known"], row["of"], lang),
        count=int(row["of"]),
    )


def format_completion_value(row: Row, lang: str) -> str:
    """Return the value of a completion: per cent, or stages for the longest run."""
    if row["definition"] == value_chains.RUN:
        unit = format_message(lang, "unit.stages_of", count=int(row["of"]))
        return formatting.format_value_range(row["low"], row["high"], lang, unit)
    return formatting.format_percent(row["low"], row["high"], lang)


def format_completion_summary(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return which chain has the highest readiness that is certain, or that no state was stated."""
    ready = [row for row in rows if row["definition"] == value_chains.READINESS and row["known"]]
    if not ready:
        return format_message(lang, "finding.completion.unknown")
    top = max(ready, key=lambda row: row["low"])
    return format_message(
        lang,
        "finding.completion.top",
        chain=labels.find_row_label(register, "chains", top["chain_id"], lang),
        value=format_completion_value({**top, "high": None}, lang),
        known=int(top["known"]),
        count=int(top["of"]),
    )


def format_stage_row(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the words of a row of the stage states."""
    name = labels.find_row_label(register, "stages", row["stage_id"], lang)
    return format_message(lang, "finding.stage", stage=name, state=format_stage_state(register, row, ladder, lang))


def format_stage_state(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the state of a stage, or that none was stated."""
    if not row["known"]:
        return format_message(lang, "value.not_stated")
    return labels.format_state_span(register, ladder, row["low"], row["high"], lang)


def format_chain_summary(register: Register, chain_id: str, rows: Sequence[Row], lang: str) -> str:
    """Return how many stages of a chain operate for sure and at most."""
    share = next(row for row in rows if row["chain_id"] == chain_id and row["definition"] == value_chains.SHARE)
    low, high = (round(share[end] * share["of"]) for end in ("low", "high"))
    return format_message(
        lang,
        "finding.chain" if share["known"] else "finding.chain.none",
        chain=labels.find_row_label(register, "chains", chain_id, lang),
        operating=formatting.format_value_range(low, high, lang),
        count=int(share["of"]),
        known=int(share["known"]),
    )


def format_alt_text(title: str, rows: Sequence[str], lang: str, most: int = 6) -> str:
    """Return the description of a figure for screen readers: its title and first rows."""
    return format_message(
        lang,
        "figure.alt",
        title=title,
        rows=format_message(lang, "list.semicolon").join(rows[:most]),
        count=len(rows),
    )
