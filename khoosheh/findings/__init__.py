"""Findings: what a table of a measure says, in one sentence or a row's words, in the reader's language.

Here belongs the choice of the sentence. Here does not belong: arithmetic, nor the sentences themselves, which
stand in the catalogues.
"""

from collections.abc import Mapping, Sequence

from khoosheh import names, words
from khoosheh.findings import standings
from khoosheh.locale import text
from khoosheh.measures import chains, ranking
from khoosheh.register import Register

Row = Mapping[str, object]


def amount(register: Register, row: Row, lang: str) -> str:
    """Return the amount of a row of the investment measure with its unit."""
    unit = names.of_unit(register, row["unit"], lang)
    return words.amount(row["low"], row["high"], row["unit"], unit, lang)


def amount_row(register: Register, row: Row, by: str, lang: str) -> str:
    """Return the words of a row of the investment measure."""
    parts = {
        "group": names.of_group(register, by, row["group"], lang),
        "kind": names.of_kind(register, row["measure"], lang),
        "amount": amount(register, row, lang),
        "known": words.known_of(row["known"], row["of"], lang),
    }
    return text(lang, "finding.amount.project" if by == "project_id" else "finding.amount.group", **parts)


def investment(register: Register, totals: Sequence[Row], lang: str) -> str:
    """Return the sum of the kind of amount that was stated for most projects; ``totals``: one row a kind."""
    if not totals:
        return text(lang, "finding.investment.none")
    top = max(totals, key=lambda row: row["known"])
    return text(
        lang,
        "finding.investment",
        amount=amount(register, top, lang),
        kind=names.of_kind(register, top["measure"], lang),
        known=int(top["known"]),
        of=int(top["of"]),
    )


def place_row(register: Register, row: Row, lang: str) -> str:
    """Return the words of a row of the ranking measure."""
    key = row["kind"] if row["known"] else "none"
    years = "" if words.missing(row["year"]) else standings.year(register, row, lang)
    return text(
        lang,
        f"finding.place.{key}",
        year=years,
        indicator=names.of_row(register, "indicators", row["indicator_id"], lang),
        aspect=names.of_value(register, "indicators", "aspect", row["aspect"], lang),
        place=place(row, lang),
        of=text(lang, "finding.place.field_unknown")
        if words.missing(row["of"])
        else text(lang, "finding.place.field", of=int(row["of"])),
    )


def place(row: Row, lang: str) -> str:
    """Return 'a', 'a to b' or 'not stated'."""
    return words.interval(row["low"], row["high"], lang)


def rank(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return what the ranking table says first: the best stated place, with growth and level told apart."""
    stated = [row for row in rows if row["kind"] == ranking.STATED and not words.missing(row["low"])]
    if not stated:
        return text(lang, "finding.rank.none")
    best = min(stated, key=lambda row: (row["low"], ASPECT_ORDER.index(row["aspect"])))
    return text(
        lang,
        f"finding.rank.{best['aspect']}",
        place=place(best, lang),
        indicator=names.of_row(register, "indicators", best["indicator_id"], lang),
    )


ASPECT_ORDER = ("level", "growth", "not_stated")


def climb(rows: Sequence[Row], steps: Mapping[str, int], lang: str) -> list[str]:
    """Return, for each stated climb, what it allows; ``steps``: the stated climb of each indicator."""
    found = []
    for before in (row for row in rows if row["kind"] == ranking.BEFORE):
        after = next(r for r in rows if r["kind"] == ranking.AFTER and r["indicator_id"] == before["indicator_id"])
        found.append(
            text(
                lang,
                "finding.climb",
                steps=steps[before["indicator_id"]],
                of=int(before["of"]),
                before=place(before, lang),
                after=place(after, lang),
            )
        )
    return found


def completion_row(register: Register, row: Row, lang: str) -> str:
    """Return the words of a row of the completion measure."""
    key = "finding.completion" if row["known"] else "finding.completion.none"
    return text(
        lang,
        key,
        chain=names.of_row(register, "chains", row["chain_id"], lang),
        value=completion_value(row, lang),
        known=words.known_of(row["known"], row["of"], lang),
    )


def completion_value(row: Row, lang: str) -> str:
    """Return the value of a completion: per cent, or stages for the longest run."""
    if row["definition"] == chains.RUN:
        unit = text(lang, "unit.stages_of", of=int(row["of"]))
        return words.interval(row["low"], row["high"], lang, unit)
    return words.percent(row["low"], row["high"], lang)


def completion(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return which chain has the highest readiness that is certain, or that no state was stated."""
    ready = [row for row in rows if row["definition"] == chains.READINESS and row["known"]]
    if not ready:
        return text(lang, "finding.completion.unknown")
    top = max(ready, key=lambda row: row["low"])
    return text(
        lang,
        "finding.completion.top",
        chain=names.of_row(register, "chains", top["chain_id"], lang),
        value=completion_value({**top, "high": None}, lang),
        known=int(top["known"]),
        of=int(top["of"]),
    )


def stage_row(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the words of a row of the stage states."""
    name = names.of_row(register, "stages", row["stage_id"], lang)
    return text(lang, "finding.stage", stage=name, state=stage_state(register, row, ladder, lang))


def stage_state(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the state of a stage, or that none was stated."""
    if not row["known"]:
        return text(lang, "value.not_stated")
    return names.state_span(register, ladder, row["low"], row["high"], lang)


def chain(register: Register, chain_id: str, rows: Sequence[Row], lang: str) -> str:
    """Return how many stages of a chain operate for sure and at most."""
    share = next(row for row in rows if row["chain_id"] == chain_id and row["definition"] == chains.SHARE)
    low, high = (round(share[end] * share["of"]) for end in ("low", "high"))
    return text(
        lang,
        "finding.chain" if share["known"] else "finding.chain.none",
        chain=names.of_row(register, "chains", chain_id, lang),
        count=words.interval(low, high, lang),
        of=int(share["of"]),
        known=int(share["known"]),
    )


def alt(title: str, rows: Sequence[str], lang: str, most: int = 6) -> str:
    """Return the description of a figure for screen readers: its title and first rows."""
    return text(lang, "figure.alt", title=title, rows=text(lang, "list.semicolon").join(rows[:most]), count=len(rows))
