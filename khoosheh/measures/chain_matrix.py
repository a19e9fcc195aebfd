"""The matrix of chains and stages: of each stage its state, its capacity, whether it is next, and its input.

All of it comes from other measures; here it is joined, so that a page asks once for what it draws in one picture.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import TypedDict

from khoosheh.measures import common, material_flows
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.capacity_spread import CapacitySpreadRow
from khoosheh.measures.material_flows import Flow
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import Table, build_table, read_rows
from khoosheh.measures.value_chains import StageStateRow


class MatrixCellRow(TypedDict):
    """One stage of the matrix.

    ``seq``, ``low``, ``high``, ``known``, ``of``, ``state_statement_ids``: of its state, see
    :class:`khoosheh.measures.value_chains.StageStateRow`. ``capacity``: all that was stated of it, by
    ``capacity_sources`` sources; missing where nothing was (see :mod:`khoosheh.measures.capacity_spread`).
    ``is_next``: whether it is the next missing link of its chain; none is where no state of the chain was stated.
    ``input_kind``: of the flow into it, see :mod:`khoosheh.measures.material_flows`; empty where none is stated to
    precede it. ``input``: what it needs or is given of its input. ``statement_ids``: of state, capacity and input.
    """

    chain_id: str
    stage_id: str
    seq: int
    low: float
    high: float
    known: int
    of: int
    is_next: bool
    capacity_low_t_per_year: float | None
    capacity_high_t_per_year: float | None
    capacity_sources: int
    input_kind: str
    input_low_t_per_year: float | None
    input_high_t_per_year: float | None
    state_statement_ids: str
    capacity_statement_ids: str
    statement_ids: str


def build_chain_matrix(states: Table, additions: Table, links: Table, spreads: Table) -> Table:
    """Return the stages of all chains, in the order of each chain: rows of :class:`MatrixCellRow`.

    ``states``: rows of :class:`khoosheh.measures.value_chains.StageStateRow`; ``additions``: rows of
    :class:`khoosheh.measures.missing_links.StageAdditionRow`, of each chain the best first; ``links``: rows of
    :class:`khoosheh.measures.capacity_balance.LinkBalanceRow`; ``spreads``: rows of
    :class:`khoosheh.measures.capacity_spread.CapacitySpreadRow`.
    """
    stages = read_rows(states, StageStateRow)
    best = _find_next_stages(stages, read_rows(additions, StageAdditionRow))
    of_links = read_rows(links, LinkBalanceRow)
    flows, link_ids = _index_flows(of_links), {link["stage_id"]: link["statement_ids"] for link in of_links}
    capacities = {row["stage_id"]: row for row in read_rows(spreads, CapacitySpreadRow)}
    rows = []
    for stage in stages:
        code = stage["stage_id"]
        flow, spread = flows.get(code), capacities.get(code)
        rows.append(_build_cell(stage, flow, spread, code in best, link_ids.get(code, "")))
    return build_table(rows, MatrixCellRow, states)


def _find_next_stages(stages: Sequence[StageStateRow], additions: Sequence[StageAdditionRow]) -> set[str]:
    """Return the first addition of each chain of which a state was stated."""
    spoken_of = {stage["chain_id"] for stage in stages if stage["known"]}
    best: dict[str, str] = {}
    for row in additions:
        if row["chain_id"] in spoken_of:
            best.setdefault(row["chain_id"], row["stage_id"])
    return set(best.values())


def _index_flows(links: Sequence[LinkBalanceRow]) -> dict[str, Flow]:
    by_chain: dict[str, list[LinkBalanceRow]] = defaultdict(list)
    for link in links:
        by_chain[link["chain_id"]].append(link)
    flows: dict[str, Flow] = {}
    for of_chain in by_chain.values():
        flows |= material_flows.compute_chain_flows(of_chain)
    return flows


def _build_cell(
    stage: StageStateRow, flow: Flow | None, spread: CapacitySpreadRow | None, is_next: bool, link_ids: str
) -> MatrixCellRow:
    capacity_ids = spread["statement_ids"] if spread else ""
    return {
        "chain_id": stage["chain_id"],
        "stage_id": stage["stage_id"],
        "seq": stage["seq"],
        "low": stage["low"],
        "high": stage["high"],
        "known": stage["known"],
        "of": stage["of"],
        "is_next": is_next,
        "capacity_low_t_per_year": spread["low_t_per_year"] if spread else None,
        "capacity_high_t_per_year": spread["high_t_per_year"] if spread else None,
        "capacity_sources": spread["sources"] if spread else 0,
        "input_kind": flow["kind"] if flow else "",
        "input_low_t_per_year": flow["low_t_per_year"] if flow else None,
        "input_high_t_per_year": flow["high_t_per_year"] if flow else None,
        "state_statement_ids": stage["statement_ids"],
        "capacity_statement_ids": capacity_ids,
        "statement_ids": common.join_ids([stage["statement_ids"], capacity_ids, link_ids]),
    }
