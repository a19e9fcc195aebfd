"""Flows between the stages of a chain: how many tonnes a year pass each link, as far as anybody stated it.

The flow of a link is what its stage needs, where that is known; else what the stage before could give. Where the need
is known and no capacity was stated before it, what is needed comes from outside of what was stated in the province;
where what is before it is certainly too little, the link is short.
"""

from collections.abc import Mapping, Sequence

from khoosheh.formatting import is_missing
from khoosheh.measures import capacity_balance

NEEDED, SHORT, GIVEN = "needed", "short", "given"
OUTSIDE, UNLIKELY, UNSAID = "outside", "unlikely", "unsaid"


def compute_chain_flows(links: Sequence[Mapping]) -> dict[str, dict]:
    """Return, for each stage of one chain that has one before it, its flow.

    ``links``: rows of :func:`khoosheh.measures.capacity_balance.compute_chain_balance` of one chain. A flow has
    ``kind``, ``low_t_per_year`` and ``high_t_per_year`` (missing where not known), and both as shares 0..1 of the
    chain's largest flow.
    """
    found = {row["stage_id"]: _compute_flow(row) for row in links}
    ends = [flow["high_t_per_year"] or flow["low_t_per_year"] or 0 for flow in found.values()]
    largest = max(ends, default=0)
    for flow in found.values():
        low = flow["low_t_per_year"] or 0
        # an open end is drawn as long as its certain part
        high = flow["high_t_per_year"] or low
        flow["low_share"], flow["high_share"] = (low / largest, high / largest) if largest > 0 else (0.0, 0.0)
    return found


def _compute_flow(row: Mapping) -> dict:
    if row["verdict"] == capacity_balance.IMPLAUSIBLE:
        return _make_flow(UNLIKELY, None, None)
    if not is_missing(row["need_low_t_per_year"]):
        kind = {capacity_balance.NO_SUPPLY: OUTSIDE, capacity_balance.DEFICIT: SHORT}.get(row["verdict"], NEEDED)
        return _make_flow(kind, row["need_low_t_per_year"], row["need_high_t_per_year"])
    if not is_missing(row["supply_low_t_per_year"]):
        return _make_flow(GIVEN, row["supply_low_t_per_year"], row["supply_high_t_per_year"])
    return _make_flow(UNSAID, None, None)


def _make_flow(kind: str, low: object, high: object) -> dict:
    ends = [None if is_missing(end) else float(end) for end in (low, high)]
    return {"kind": kind, "low_t_per_year": ends[0], "high_t_per_year": ends[1]}
