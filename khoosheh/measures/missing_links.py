"""Missing links: which single stage would close most of a chain, and which link is short of most tonnes.

*Closing most* is one written rule. Every stage that is not certain to operate is added alone; the addition counts by
how much it lengthens the run of stages that certainly operate one after the other. Among equals the stage that is
furthest along comes first, since it is nearest to being there; then the one nearer to the start of the chain.

*The bottleneck* is the link whose need is certainly covered by the smallest share: the least that the stage before
has, over the most that the stage needs. Where no capacity was stated before it, nothing is certain, and the share is
0. Links whose need is unknown, or whose figures cannot both be meant as read, are not judged.
"""

import narwhals as nw

from khoosheh.formatting import is_missing
from khoosheh.measures import capacity_balance, value_chains


def compute_stage_additions(states: nw.DataFrame, links: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return one row a stage that is not certain to operate, of each chain the one that closes most first.

    ``states``: of :func:`khoosheh.measures.value_chains.compute_stage_states`; ``links``: of
    :func:`khoosheh.measures.capacity_balance.compute_chain_balance`; ``top``: the rung of operating.
    ``run_low_stages`` and ``run_low_stages_after``: the run that is certain, before and with the addition;
    ``readiness_gain``: how much the certain readiness grows (0..1); ``wanted_low_t_per_year``,
    ``wanted_high_t_per_year``: what the stages that take from it need; ``low``, ``high``: its rung; also
    ``chain_id``, ``stage_id``, ``seq``, ``known``, ``statement_ids``.
    """
    wanted = _sum_downstream_needs(links)
    rows = []
    for chain in states["chain_id"].unique(maintain_order=True).to_list():
        stages = list(states.filter(nw.col("chain_id") == chain).sort("seq").iter_rows(named=True))
        runs = [stage["low"] == top for stage in stages]
        before = value_chains.compute_longest_run(runs)
        for place, stage in enumerate(stages):
            if stage["low"] == top:
                continue
            low, high = wanted.get(stage["stage_id"], (None, None))
            rows.append({
                **stage,
                "run_low_stages": before,
                "run_low_stages_after": value_chains.compute_longest_run([*runs[:place], True, *runs[place + 1 :]]),
                "readiness_gain": (top - stage["low"]) / (top * len(stages)),
                "wanted_low_t_per_year": low,
                "wanted_high_t_per_year": high,
            })  # fmt: skip
    rows.sort(key=lambda row: (row["chain_id"], -row["run_low_stages_after"], -row["low"], row["seq"]))
    columns = {name: [row[name] for row in rows] for name in ADDITION}
    return nw.from_dict(columns, schema=ADDITION, backend=states.implementation)


ADDITION = {
    "chain_id": nw.String, "stage_id": nw.String, "seq": nw.Int64, "low": nw.Float64, "high": nw.Float64,
    "known": nw.Int64, "run_low_stages": nw.Int64, "run_low_stages_after": nw.Int64, "readiness_gain": nw.Float64,
    "wanted_low_t_per_year": nw.Float64, "wanted_high_t_per_year": nw.Float64, "statement_ids": nw.String,
}  # fmt: skip


def find_bottleneck(links: nw.DataFrame) -> dict | None:
    """Return the link of one chain that is certainly covered by the smallest share, with that ``cover`` (0..1).

    ``links``: the rows of one chain. Nothing where every need that is known is certainly covered.
    """
    short = [row for row in compute_link_covers(links) if row["cover"] < 1]
    return min(short, key=lambda row: row["cover"]) if short else None


def compute_link_covers(links: nw.DataFrame) -> list[dict]:
    """Return the links whose need is known and fits what is before them, each with its ``cover``."""
    return [
        {**row, "cover": _compute_cover(row)}
        for row in links.iter_rows(named=True)
        if not is_missing(row["need_low_t_per_year"]) and row["verdict"] != capacity_balance.IMPLAUSIBLE
    ]


def _compute_cover(row: dict) -> float:
    need, supply = row["need_high_t_per_year"], row["supply_low_t_per_year"]
    if need == 0:
        return 1.0
    # of a need without an end nothing is certainly covered
    return 0.0 if is_missing(supply) or is_missing(need) else supply / need


def _sum_downstream_needs(links: nw.DataFrame) -> dict[str, tuple[float, float | None]]:
    """Return what the stages that take from a stage need of it, where that is known."""
    found: dict[str, tuple[float, float | None]] = {}
    for row in links.iter_rows(named=True):
        if is_missing(row["need_low_t_per_year"]) or row["verdict"] == capacity_balance.IMPLAUSIBLE:
            continue
        low, high = found.get(row["input_stage_id"], (0.0, 0.0))
        end = row["need_high_t_per_year"]
        open_ = high is None or is_missing(end)
        found[row["input_stage_id"]] = low + row["need_low_t_per_year"], None if open_ else high + end
    return found
