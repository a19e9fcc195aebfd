"""Sentences about value chains: completion, and the states of stages."""

from collections.abc import Sequence

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures import value_chains
from khoosheh.register import Register
from khoosheh.topics.request import Row


def format_completion_row(register: Register, row: Row, lang: str) -> str:
    """Return a row of the completion measure as a sentence."""
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
    """Return the value of a completion: in per cent, or in stages for the longest run."""
    if row["definition"] == value_chains.RUN:
        unit = format_message(lang, "unit.stages_of", count=int(row["of"]))
        return formatting.format_value_range(row["low"], row["high"], lang, unit)
    return formatting.format_percent(row["low"], row["high"], lang)


def format_completion_summary(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return the chain with the highest certain readiness, or that no state was stated."""
    top = find_furthest_chain(rows)
    if top is None:
        return format_message(lang, "finding.completion.unknown")
    return format_message(
        lang,
        "finding.completion.top",
        chain=labels.find_row_label(register, "chains", top["chain_id"], lang),
        value=format_completion_value({**top, "high": None}, lang),
        known=int(top["known"]),
        count=int(top["of"]),
    )


def find_furthest_chain(rows: Sequence[Row]) -> Row | None:
    """Return the readiness of the chain of which most is certainly ready; ``None`` where no state was stated."""
    ready = [row for row in rows if row["definition"] == value_chains.READINESS and row["known"]]
    return max(ready, key=lambda row: row["low"], default=None)


def format_definitions_row(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return the completion of one chain by all definitions; ``rows``: one of each."""
    first = rows[0]
    if not first["known"]:
        return format_completion_row(register, first, lang)
    return format_message(
        lang,
        "finding.definitions",
        chain=labels.find_row_label(register, "chains", first["chain_id"], lang),
        **{row["definition"]: format_completion_value(row, lang) for row in rows},
    )


def format_stage_row(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the state of a stage as a sentence."""
    name = labels.find_row_label(register, "stages", row["stage_id"], lang)
    return format_message(lang, "finding.stage", stage=name, state=format_stage_state(register, row, ladder, lang))


def format_stage_state(register: Register, row: Row, ladder: list[str], lang: str) -> str:
    """Return the state of a stage, or that none was stated."""
    if not row["known"]:
        return format_message(lang, "value.not_stated")
    return labels.format_state_span(register, ladder, row["low"], row["high"], lang)


def format_chain_summary(register: Register, chain_id: str, rows: Sequence[Row], lang: str) -> str:
    """Return how many stages of a chain operate, at least and at most."""
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
