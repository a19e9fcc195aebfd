"""Findings of missing links: which stage comes next, how we know, and where the tonnes run short."""

from collections.abc import Mapping, Sequence

import narwhals as nw

from khoosheh import findings, names, words
from khoosheh.findings import balance as of_balance
from khoosheh.locale import text
from khoosheh.measures import missing_links
from khoosheh.register import Register

Row = Mapping[str, object]


def next_link(register: Register, rows: Sequence[Row], states: Sequence[Row], ladder: list[str], lang: str) -> str:
    """Return which single stage closes most of a chain; ``rows``: its additions, the best first."""
    if not any(row["known"] for row in states):
        return text(lang, "missing.unsaid")
    if not rows:
        return text(lang, "missing.none")
    best = rows[0]
    return text(
        lang, "missing.next",
        chain=names.of_row(register, "chains", best["chain_id"], lang),
        stage=names.of_row(register, "stages", best["stage_id"], lang),
        state=findings.stage_state(register, best, ladder, lang),
        before=int(best["run_low_stages"]), after=int(best["run_low_stages_after"]),
    )  # fmt: skip


def why(register: Register, rows: Sequence[Row], lang: str) -> str:
    """Return why that stage: others that would lengthen the run as much, and how the first was taken of them."""
    best = rows[0]
    equal = [row for row in rows[1:] if row["run_low_stages_after"] == best["run_low_stages_after"]]
    if not equal:
        return text(lang, "missing.why.alone")
    told = {"behind": [row for row in equal if row["low"] < best["low"]],
            "level": [row for row in equal if row["low"] == best["low"]]}  # fmt: skip
    return " ".join(
        text(lang, f"missing.why.{name}", others=_stages(register, those, lang))
        for name, those in told.items()
        if those
    )


def _stages(register: Register, rows: Sequence[Row], lang: str) -> str:
    return text(lang, "list.comma").join(names.of_row(register, "stages", row["stage_id"], lang) for row in rows)


def bottleneck(register: Register, links: nw.DataFrame, lang: str) -> str:
    """Return where a chain is shortest of tonnes, that it is nowhere, or that no link can be judged."""
    if not missing_links.judged(links):
        return text(lang, "missing.tonnes.unknown")
    row = missing_links.bottleneck(links)
    if row is None:
        return text(lang, "missing.tonnes.none")
    return text(
        lang, f"missing.tonnes.{'no_supply' if words.missing(row['supply_low_t_per_year']) else 'short'}",
        stage=names.of_row(register, "stages", row["stage_id"], lang),
        giver=names.of_row(register, "stages", row["input_stage_id"], lang),
        capacity=of_balance.span(register, row, "capacity", lang),
        need=of_balance.span(register, row, "need", lang),
        supply=of_balance.span(register, row, "supply", lang),
    )  # fmt: skip


def addition(register: Register, row: Row, ladder: list[str], lang: str) -> list[str]:
    """Return the words of a row of the additions: stage, state, run before and after, readiness, tonnes wanted."""
    low, high = row["wanted_low_t_per_year"], row["wanted_high_t_per_year"]
    return [
        names.of_row(register, "stages", row["stage_id"], lang),
        findings.stage_state(register, row, ladder, lang),
        text(lang, "missing.run", before=int(row["run_low_stages"]), after=int(row["run_low_stages_after"])),
        text(lang, "missing.gain", gain=words.percent(row["readiness_gain"], row["readiness_gain"], lang)),
        of_balance.tonnes(register, low, high, lang),
    ]
