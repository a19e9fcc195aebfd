"""Missing links: which single stage would close most of a chain, and which link lacks most of its input.

*Closing most*: every stage that is not certain to operate is added alone, and ranked by the length that the longest
run of certainly operating stages then has. Of stages with equal runs, the one on the higher rung comes first, since
it is nearer to operating; then the one nearer to the start of the chain.

*The bottleneck* is the link with the smallest certain cover: the least supply over the greatest need. Where the
supply was not stated, or the need has no upper end, the cover is 0. Links whose need is unknown or whose figures are
implausible are not judged.
"""

from itertools import groupby
from typing import TypedDict

from khoosheh.measures import capacity_balance, value_chains
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.intervals import Ends, Interval, add_intervals
from khoosheh.measures.rows import Table, build_table, read_rows
from khoosheh.measures.value_chains import StageStateRow


class StageAdditionRow(TypedDict):
    """What a chain gains from one more operating stage.

    ``low``, ``high``: the rung of the stage now, 0 for 'not started'; ``known``: projects (or the stage) whose state
    was stated. ``run_low_stages``, ``run_low_stages_after``: stages in the longest run that is certain, without and
    with the addition. ``readiness_gain``: growth of the chain's certain readiness, 0..1. ``wanted``: what the stages
    fed by it need, in tonnes a year; both ends missing where unknown, the high one alone where it means 'at least'.
    """

    chain_id: str
    stage_id: str
    seq: int
    low: float
    high: float
    known: int
    run_low_stages: int
    run_low_stages_after: int
    readiness_gain: float
    wanted_low_t_per_year: float | None
    wanted_high_t_per_year: float | None
    statement_ids: str


class LinkCoverRow(LinkBalanceRow):
    """The balance of a link, and its certain cover: the least supply over the greatest need, from 0."""

    cover: float


def compute_stage_additions(states: Table, links: Table, top: int) -> Table:
    """Compute what each stage that is not certain to operate would add: rows of :class:`StageAdditionRow`.

    Of each chain, the stage that closes most comes first. ``states``: rows of
    :class:`khoosheh.measures.value_chains.StageStateRow`; ``links``: rows of
    :class:`khoosheh.measures.capacity_balance.LinkBalanceRow`; ``top``: the rung of operating.
    """
    needs = _sum_downstream_needs(links)
    ordered = read_rows(states.sort("chain_id", "seq"), StageStateRow)
    rows = [
        row
        for _, stages in groupby(ordered, lambda stage: stage["chain_id"])
        for row in _build_addition_rows(list(stages), needs, top)
    ]
    rows.sort(key=lambda row: (row["chain_id"], -row["run_low_stages_after"], -row["low"], row["seq"]))
    return build_table(rows, StageAdditionRow, states)


def _build_addition_rows(stages: list[StageStateRow], needs: dict[str, Interval], top: int) -> list[StageAdditionRow]:
    """Return a row for each stage of one chain, in order, that is not certain to operate."""
    operating = [stage["low"] == top for stage in stages]
    run = value_chains.compute_longest_run(operating)
    rows: list[StageAdditionRow] = []
    for place, stage in enumerate(stages):
        if operating[place]:
            continue
        missing: Ends = (None, None)
        wanted = needs.get(stage["stage_id"], missing)
        with_addition = [*operating[:place], True, *operating[place + 1 :]]
        rows.append({
            "chain_id": stage["chain_id"],
            "stage_id": stage["stage_id"],
            "seq": stage["seq"],
            "low": stage["low"],
            "high": stage["high"],
            "known": stage["known"],
            "run_low_stages": run,
            "run_low_stages_after": value_chains.compute_longest_run(with_addition),
            "readiness_gain": (top - stage["low"]) / (top * len(stages)),
            "wanted_low_t_per_year": wanted[0],
            "wanted_high_t_per_year": wanted[1],
            "statement_ids": stage["statement_ids"],
        })  # fmt: skip
    return rows


def find_bottleneck(links: Table) -> LinkCoverRow | None:
    """Return the link of one chain with the smallest cover, or ``None`` where every known need is certainly covered.

    ``links``: the rows of one chain.
    """
    uncovered = [row for row in compute_link_covers(links) if row["cover"] < 1]
    return min(uncovered, key=lambda row: row["cover"]) if uncovered else None


def compute_link_covers(links: Table) -> list[LinkCoverRow]:
    """Return the links whose need is known and not implausible, each with its ``cover``."""
    return [{**row, "cover": _compute_cover(row)} for row in read_rows(links, LinkBalanceRow) if _is_judged(row)]


def _is_judged(link: LinkBalanceRow) -> bool:
    return link["need_low_t_per_year"] is not None and link["verdict"] != capacity_balance.IMPLAUSIBLE


def _compute_cover(link: LinkBalanceRow) -> float:
    need, supply = link["need_high_t_per_year"], link["supply_low_t_per_year"]
    if need == 0:
        return 1.0
    return 0.0 if supply is None or need is None else supply / need


def _sum_downstream_needs(links: Table) -> dict[str, Interval]:
    """Sum the known needs of the stages that each stage feeds, in tonnes a year, by the id of the feeding stage."""
    needs: dict[str, Interval] = {}
    for row in read_rows(links, LinkBalanceRow):
        low = row["need_low_t_per_year"]
        if low is not None and row["verdict"] != capacity_balance.IMPLAUSIBLE:
            total = needs.get(row["input_stage_id"], (0.0, 0.0))
            needs[row["input_stage_id"]] = add_intervals(total, (low, row["need_high_t_per_year"]))
    return needs
