"""The sources of the made-up country: a report of each publisher and month, and offices with statistics."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from khoosheh.digits import to_persian_digits
from khoosheh.synthetic import invented_names
from khoosheh.synthetic.invented_names import (
    fill_name_pattern,
    load_synthetic_words,
    make_bilingual_cells,
    make_synthetic_name,
)
from khoosheh.synthetic.projects import MONTHS
from khoosheh.synthetic.statements import PUBLISHERS, SPEAKERS
from khoosheh.synthetic.tables import YEARS

ADDRESS = "https://example.org/made-up/"
PRINTED = "1403-02"


@cache
def build_source_ids() -> np.ndarray:
    """Return the ids of all possible reports, an array by publisher and month."""
    ids = np.empty((PUBLISHERS, MONTHS), object)
    for publisher in range(PUBLISHERS):
        ids[publisher] = [f"paper-{publisher + 1:02}-{_format_month(month)}" for month in range(MONTHS)]
    return ids


@cache
def list_speakers() -> tuple[invented_names.Names, ...]:
    """Return the names of the speakers with their offices."""
    roles = load_synthetic_words()["roles"]
    return tuple(
        make_synthetic_name(
            *fill_name_pattern(
                "speaker", invented_names.pick_name_stem(11 * number), tuple(roles[number % len(roles)])
            )
        )
        for number in range(SPEAKERS)
    )


def build_synthetic_sources(used: Iterable[tuple[int, int]]) -> list[dict]:
    """Return the rows of ``sources``: the reports used, pairs of publisher and month, and the offices."""
    return [
        *(_build_report_row(publisher, month) for publisher, month in used),
        *map(_build_office_row, load_synthetic_words()["offices"]),
    ]


def _format_month(month: int) -> str:
    return f"{YEARS[0] + month // 12}-{month % 12 + 1:02}"


def _build_report_row(publisher: int, month: int) -> dict:
    kinds = load_synthetic_words()["publishers"]
    fa, en, quality = kinds[publisher % len(kinds)]
    stem, when = invented_names.pick_name_stem(5 * publisher + 2), _format_month(month)
    name = fa.format(stem[0]), en.format(stem[1])
    source_id = build_source_ids()[publisher, month]
    title = fill_name_pattern("report", name, (to_persian_digits(when), when))
    return {
        "source_id": source_id, **make_bilingual_cells("title", make_synthetic_name(*title)),
        **make_bilingual_cells("publisher", make_synthetic_name(*name)),
        "address": ADDRESS + source_id, "published_from": when, "published_to": when, "quality": quality,
    }  # fmt: skip


def _build_office_row(office: list[str]) -> dict:
    source_id, fa, en, quality = office
    title = fill_name_pattern("table", (fa, en))
    return {
        "source_id": source_id, **make_bilingual_cells("title", make_synthetic_name(*title)),
        **make_bilingual_cells("publisher", make_synthetic_name(fa, en)),
        "address": ADDRESS + source_id, "published_from": PRINTED, "published_to": PRINTED, "quality": quality,
    }  # fmt: skip
