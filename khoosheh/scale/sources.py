"""Sources: what each publisher printed in a month, and the offices behind the tables."""

from collections.abc import Iterable
from functools import cache

import numpy as np

from khoosheh.persian import to_persian_digits
from khoosheh.scale import names
from khoosheh.scale.names import both, made_up, pattern, words
from khoosheh.scale.projects import MONTHS
from khoosheh.scale.statements import PUBLISHERS, SPEAKERS
from khoosheh.scale.tables import YEARS

ADDRESS = "https://example.org/made-up/"
PRINTED = "1403-02"


@cache
def source_ids() -> np.ndarray:
    """Return the ids of all sources there may be, by publisher and month."""
    found = np.empty((PUBLISHERS, MONTHS), object)
    for publisher in range(PUBLISHERS):
        found[publisher] = [f"paper-{publisher + 1:02}-{_month(month)}" for month in range(MONTHS)]
    return found


@cache
def speakers() -> tuple[names.Names, ...]:
    """Return the names of those who speak, each with an office."""
    roles = words()["roles"]
    return tuple(
        made_up(*pattern("speaker", names.stem(11 * one), tuple(roles[one % len(roles)]))) for one in range(SPEAKERS)
    )


def rows(used: Iterable[tuple[int, int]]) -> list[dict]:
    """Return the rows of ``sources``: those used, as pairs of publisher and month, and the offices."""
    return [*(_report(publisher, month) for publisher, month in used), *map(_office, words()["offices"])]


def _month(month: int) -> str:
    return f"{YEARS[0] + month // 12}-{month % 12 + 1:02}"


def _report(publisher: int, month: int) -> dict:
    kinds = words()["publishers"]
    fa, en, quality = kinds[publisher % len(kinds)]
    stem, when = names.stem(5 * publisher + 2), _month(month)
    name = fa.format(stem[0]), en.format(stem[1])
    own = source_ids()[publisher, month]
    return {
        "source_id": own, **both("title", made_up(*pattern("report", name, (to_persian_digits(when), when)))),
        **both("publisher", made_up(*name)), "address": ADDRESS + own, "published_from": when, "published_to": when,
        "quality": quality,
    }  # fmt: skip


def _office(given: list[str]) -> dict:
    own, fa, en, quality = given
    return {
        "source_id": own, **both("title", made_up(*pattern("table", (fa, en)))), **both("publisher", made_up(fa, en)),
        "address": ADDRESS + own, "published_from": PRINTED, "published_to": PRINTED, "quality": quality,
    }  # fmt: skip
