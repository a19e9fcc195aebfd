"""Sentences about stated ranks: places, and the places that a stated climb allows."""

from collections.abc import Mapping, Sequence

from khoosheh import formatting, labels
from khoosheh.locale import format_message
from khoosheh.measures import stated_rankings
from khoosheh.register import Register
from khoosheh.topics.rankings import computed_sentences
from khoosheh.topics.request import Row

ASPECT_ORDER = ("level", "growth", "not_stated")


def format_ranking_row(register: Register, row: Row, lang: str) -> str:
    """Return a row of the ranking measure as a sentence."""
    key = row["kind"] if row["known"] else "none"
    years = "" if formatting.is_missing(row["year"]) else computed_sentences.format_row_year(register, row, lang)
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
    """Return the best stated place with its indicator; the sentence names growth or level."""
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


def format_stated_climbs(rows: Sequence[Row], steps: Mapping[str, int], lang: str) -> list[str]:
    """Return the possible places before and after each stated climb; ``steps``: the climb by indicator."""
    sentences = []
    for before in (row for row in rows if row["kind"] == stated_rankings.BEFORE):
        after = next(
            row
            for row in rows
            if row["kind"] == stated_rankings.AFTER and row["indicator_id"] == before["indicator_id"]
        )
        sentences.append(
            format_message(
                lang,
                "finding.climb",
                steps=steps[before["indicator_id"]],
                of=int(before["of"]),
                before=format_place_interval(before, lang),
                after=format_place_interval(after, lang),
            )
        )
    return sentences
