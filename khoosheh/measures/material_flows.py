"""Material flows between the stages of a chain, in tonnes a year, as far as they were stated.

The flow of a link is the need of its stage where it is known, else the supply of the stage before. Where the need is
known and the capacity of the stage before was not stated, the input is taken to come from outside the province's
stated capacities; where the supply is certainly too small, the link is short.
"""

from collections.abc import Sequence
from typing import TypedDict

from khoosheh.measures import capacity_balance
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.intervals import Ends

NEEDED, SHORT, GIVEN = "needed", "short", "given"
OUTSIDE, UNLIKELY, UNSAID = "outside", "unlikely", "unsaid"


class Flow(TypedDict):
    """The flow of one link.

    ``kind``: 'needed' (the need), 'short' (the need, which the supply does not meet), 'outside' (the need, without a
    stated supply), 'given' (the supply, without a known need), 'unlikely' (the figures of the link are implausible),
    'unsaid' (nothing is known). Ends in tonnes a year, missing where not known; a missing high end beside a low one
    means 'at least'. Shares: both ends over the largest flow of the chain, 0..1; an open end has the share of its low
    end.
    """

    kind: str
    low_t_per_year: float | None
    high_t_per_year: float | None
    low_share: float
    high_share: float


def compute_chain_flows(links: Sequence[LinkBalanceRow]) -> dict[str, Flow]:
    """Compute the flow into each stage of one chain that has a stage before it, by stage id.

    ``links``: the rows of one chain.
    """
    flows = {row["stage_id"]: _select_flow(row) for row in links}
    largest = max((high or low or 0.0 for _, (low, high) in flows.values()), default=0.0)
    return {stage: _build_flow(kind, ends, largest) for stage, (kind, ends) in flows.items()}


def _select_flow(row: LinkBalanceRow) -> tuple[str, Ends]:
    """Return the kind of a link's flow, and its ends in tonnes a year."""
    if row["verdict"] == capacity_balance.IMPLAUSIBLE:
        return UNLIKELY, (None, None)
    if row["need_low_t_per_year"] is not None:
        kind = {capacity_balance.NO_SUPPLY: OUTSIDE, capacity_balance.DEFICIT: SHORT}.get(row["verdict"], NEEDED)
        return kind, (row["need_low_t_per_year"], row["need_high_t_per_year"])
    if row["supply_low_t_per_year"] is not None:
        return GIVEN, (row["supply_low_t_per_year"], row["supply_high_t_per_year"])
    return UNSAID, (None, None)


def _build_flow(kind: str, ends: Ends, largest: float) -> Flow:
    low, high = ends[0] or 0.0, ends[1] or ends[0] or 0.0
    return {
        "kind": kind,
        "low_t_per_year": ends[0],
        "high_t_per_year": ends[1],
        "low_share": low / largest if largest > 0 else 0.0,
        "high_share": high / largest if largest > 0 else 0.0,
    }
