"""Sentences about missing links: the next stage to add, the reason, and the bottleneck of a chain."""

from collections.abc import Sequence

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures import missing_links
from khoosheh.measures.rows import Table
from khoosheh.register import Register
from khoosheh.topics.request import Row
from khoosheh.topics.value_chains import balance_sentences as of_balance
from khoosheh.topics.value_chains.sentences import format_stage_state


def format_next_link(
    register: Register, rows: Sequence[Row], states: Sequence[Row], ladder: list[str], lang: str
) -> str:
    """Return the stage whose addition completes most of a chain; ``rows``: its additions, the best first."""
    if not any(row["known"] for row in states):
        return format_message(lang, "missing.unsaid")
    if not rows:
        return format_message(lang, "missing.none")
    best = rows[0]
    return format_message(
        lang, "missing.next",
        chain=labels.find_row_label(register, "chains", best["chain_id"], lang),
        stage=labels.find_row_label(register, "stages", best["stage_id"], lang),
        state=format_stage_state(register, best, ladder, lang),
        before=int(best["run_low_stages"]), after=int(best["run_low_stages_after"]),
    )  # fmt: skip


def format_next_link_reason(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return why the first addition is the best: stages that lengthen the run as much, and their states."""
    best = rows[0]
    equal = [row for row in rows[1:] if row["run_low_stages_after"] == best["run_low_stages_after"]]
    if not equal:
        return format_message(lang, "missing.why.alone")
    others_by_reason = {"behind": [row for row in equal if row["low"] < best["low"]],
            "level": [row for row in equal if row["low"] == best["low"]]}  # fmt: skip
    return " ".join(
        format_message(lang, f"missing.why.{reason}", others=_format_stage_list(register, others, lang))
        for reason, others in others_by_reason.items()
        if others
    )


def _format_stage_list(register: Register, rows: Sequence[Row], lang: str) -> str:
    return format_message(lang, "list.comma").join(
        labels.find_row_label(register, "stages", row["stage_id"], lang) for row in rows
    )


def format_chain_bottleneck(register: Register, links: Table, lang: str) -> str:
    """Return the bottleneck of a chain, that it has none, or that no link can be judged."""
    if not missing_links.compute_link_covers(links):
        return format_message(lang, "missing.tonnes.unknown")
    row = missing_links.find_bottleneck(links)
    if row is None:
        return format_message(lang, "missing.tonnes.none")
    return format_message(
        lang, f"missing.tonnes.{'no_supply' if formatting.is_missing(row['supply_low_t_per_year']) else 'short'}",
        stage=labels.find_row_label(register, "stages", row["stage_id"], lang),
        giver=labels.find_row_label(register, "stages", row["input_stage_id"], lang),
        capacity=of_balance.format_tonnage_interval(register, row, "capacity", lang),
        need=of_balance.format_tonnage_interval(register, row, "need", lang),
        supply=of_balance.format_tonnage_interval(register, row, "supply", lang),
    )  # fmt: skip


def format_run_growth(row: Row, lang: str) -> str:
    """Return the longest certain run of stages before and after an addition."""
    return format_message(
        lang, "missing.run", before=int(row["run_low_stages"]), after=int(row["run_low_stages_after"])
    )


def format_readiness_gain(row: Row, lang: str) -> str:
    """Return by how much an addition raises the certain readiness of its chain."""
    gain = formatting.format_percent(row["readiness_gain"], row["readiness_gain"], lang)
    return format_message(lang, "missing.gain", gain=gain)
