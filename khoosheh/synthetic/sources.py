"""Sources: what each publisher printed in a month, and the offices behind the tables."""

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
    """Return the ids of all sources there may be, by publisher and month."""
    found = np.empty((PUBLISHERS, MONTHS), object)
    for publisher in range(PUBLISHERS):
        found[publisher] = [f"paper-{publisher + 1:02}-{_format_month(month)}" for month in range(MONTHS)]
    return found


@cache
def list_speakers() -> tuple[invented_names.Names, ...]:
    """Return the names of those who speak, each with an office."""
    roles = load_synthetic_words()["roles"]
    return tuple(
        make_synthetic_name(
            *fill_name_pattern("speaker", invented_names.pick_name_stem(11 * one), tuple(roles[one % len(roles)]))
        )
        for one in range(SPEAKERS)
    )


def build_synthetic_sources(used: Iterable[tuple[int, int]]) -> list[dict]:
    """Return the rows of ``sources``: those used, as pairs of publisher and month, and the offices."""
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
    own = build_source_ids()[publisher, month]
    title = fill_name_pattern("report", name, (to_persian_digits(when), when))
    return {
        "source_id": own, **make_bilingual_cells("title", make_synthetic_name(*title)),
        **make_bilingual_cells("publisher", make_synthetic_name(*name)),
        "address": ADDRESS + own, "published_from": when, "published_to": when, "quality": quality,
    }  # fmt: skip


def _build_office_row(given: list[str]) -> dict:
    own, fa, en, quality = given
    title = fill_name_pattern("table", (fa, en))
    return {
        "source_id": own, **make_bilingual_cells("title", make_synthetic_name(*title)),
        **make_bilingual_cells("publisher", make_synthetic_name(fa, en)),
        "address": ADDRESS + own, "published_from": PRINTED, "published_to": PRINTED, "quality": quality,
    }  # fmt: skip
