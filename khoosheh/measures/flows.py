"""Flows between the stages of a chain: how many tonnes a year pass each link, as far as anybody stated it.

The flow of a link is what its stage needs, where that is known; else what the stage before could give. Where the need
is known and no capacity was stated before it, what is needed comes from outside of what was stated in the province;
where what is before it is certainly too little, the link is short.
"""

from collections.abc import Mapping, Sequence

from khoosheh.measures import balance
from khoosheh.words import missing

NEEDED, SHORT, GIVEN = "needed", "short", "given"
OUTSIDE, UNLIKELY, UNSAID = "outside", "unlikely", "unsaid"


def flows(links: Sequence[Mapping]) -> dict[str, dict]:
    """Return, for each stage of one chain that has one before it, its flow.

    ``links``: rows of :func:`khoosheh.measures.balance.balance` of one chain. A flow has ``kind``, ``low_t_per_year``
    and ``high_t_per_year`` (missing where not known), and both as shares 0..1 of the chain's largest flow.
    """
    found = {row["stage_id"]: _flow(row) for row in links}
    ends = [flow["high_t_per_year"] or flow["low_t_per_year"] or 0 for flow in found.values()]
    largest = max(ends, default=0)
    for flow in found.values():
        low = flow["low_t_per_year"] or 0
        # an open end is drawn as long as its certain part
        high = flow["high_t_per_year"] or low
        flow["low_share"], flow["high_share"] = (low / largest, high / largest) if largest > 0 else (0.0, 0.0)
    return found


def _flow(row: Mapping) -> dict:
    if row["verdict"] == balance.IMPLAUSIBLE:
        return _of(UNLIKELY, None, None)
    if not missing(row["need_low_t_per_year"]):
        kind = {balance.NO_SUPPLY: OUTSIDE, balance.DEFICIT: SHORT}.get(row["verdict"], NEEDED)
        return _of(kind, row["need_low_t_per_year"], row["need_high_t_per_year"])
    if not missing(row["supply_low_t_per_year"]):
        return _of(GIVEN, row["supply_low_t_per_year"], row["supply_high_t_per_year"])
    return _of(UNSAID, None, None)


def _of(kind: str, low: object, high: object) -> dict:
    ends = [None if missing(end) else float(end) for end in (low, high)]
    return {"kind": kind, "low_t_per_year": ends[0], "high_t_per_year": ends[1]}
