"""Value chains: in which state each stage is said to be, and how complete each chain is.

Completion has three definitions, all of them shown: the share of stages operating; readiness (the mean rung of
the state ladder, from 0 'not started' to 1 'operating', in equal steps); the longest unbroken run of operating
stages. A stage nobody spoke of counts as anything from 'not started' to 'operating', so each is an interval.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common

SHARE, READINESS, RUN = "operating_share", "readiness", "longest_run"
DEFINITIONS = (SHARE, READINESS, RUN)
SUBJECT = ["stage_id", "project_id"]
HELD = [*SUBJECT, "statement_id", "low", "high"]
TOLD = [*HELD, "said_first_day", "said_last_day"]

Link: TypeAlias = Mapping[str, object]


def compute_stage_states(statements: Frame, stages: nw.DataFrame, ladder: Sequence[str]) -> nw.DataFrame:
    """Return one row a stage: ``chain_id``, ``stage_id``, ``seq``, ``low``, ``high``, ``known``, ``of``, ids.

    ``ladder``: the states in order, as the register's dictionary lists them; ``low`` and ``high`` are rungs from
    0. A stage is as far as its most advanced project, or as what was said of the stage itself. ``known``:
    projects (or the stage) whose state was stated; ``of``: the same, at least 1. Nothing stated: 0..last rung.
    """
    return reconcile_stage_states(select_stage_state_statements(statements, ladder), stages, len(ladder) - 1)


def select_stage_state_statements(statements: Frame, ladder: Sequence[str], also: Sequence[str] = ()) -> Frame:
    """Return what was said of the states of stages, whenever; ``also``: columns that are kept besides those needed.

    Neither the day nor the scope matters, so these can be picked out once and asked for many times.
    """
    spoken = select_state_statements(statements, ladder).filter(~nw.col("stage_id").is_null())
    return common.fill_blank_keys(spoken.select(*TOLD, *also), SUBJECT)


def reconcile_stage_states(told: Frame, stages: nw.DataFrame, top: int, each: Sequence[str] = ()) -> nw.DataFrame:
    """Return :func:`compute_stage_states` from :func:`select_stage_state_statements` that are known and in scope; ``top``: the highest rung.

    ``each``: columns, shared with ``stages``, for each of whose values the states are told apart.
    """
    subject, stage = [*each, *SUBJECT], [*each, "stage_id"]
    held = collect_frame(common.latest_statements(told, subject).select(*each, *HELD))
    subjects = common.reconcile_intervals(held, subject, "low", "high")
    best = subjects.group_by(*stage).agg(nw.col("low").max(), nw.col("high").max(), nw.len().alias("known"))
    table = stages.select(*each, "chain_id", "stage_id", "seq").join(best, on=stage, how="left")
    table = table.with_columns(
        nw.col("low").fill_null(0.0), nw.col("high").fill_null(float(top)), nw.col("known").fill_null(0)
    ).with_columns(nw.max_horizontal("known", nw.lit(1)).alias("of"))
    return common.add_statement_ids(table, held, stage).sort(*each, "chain_id", "seq")


def compute_states_by_day(told: nw.DataFrame, stages: nw.DataFrame, top: int, days: Sequence[date]) -> nw.DataFrame:
    """Return :func:`reconcile_stage_states` as known on each of some days, with the ``day``: all at once, not one by one."""
    calendar = nw.from_dict({"day": list(days)}, schema={"day": nw.Datetime("us")}, backend=told.implementation)
    known = told.join(calendar, how="cross").filter(nw.col("said_last_day") <= nw.col("day"))
    return reconcile_stage_states(known, stages.join(calendar, how="cross"), top, ["day"])


def compute_project_states(statements: Frame, ladder: Sequence[str]) -> nw.DataFrame:
    """Return one row a project of stated state: ``project_id``, ``low``, ``high`` (rungs), ``statement_ids``."""
    spoken = select_state_statements(statements, ladder).filter(~nw.col("project_id").is_null())
    held = collect_frame(common.latest_statements(spoken, ["project_id"]).select(HELD))
    return common.add_statement_ids(
        common.reconcile_intervals(held, ["project_id"], "low", "high"), held, ["project_id"]
    ).sort("project_id")


def select_state_statements(statements: Frame, ladder: Sequence[str]) -> Frame:
    """Return the plausible statements that tell a state, with its rungs ``low`` and ``high`` from 0."""
    rung = {state: step for step, state in enumerate(ladder)}
    told = common.plausible_statements(statements).filter(
        ~(nw.col("state_low").is_null() & nw.col("state_high").is_null())
    )
    return told.with_columns(
        nw.col("state_low").replace_strict(rung, return_dtype=nw.Float64, default=0.0).alias("low"),
        nw.col("state_high").replace_strict(rung, return_dtype=nw.Float64, default=len(rung) - 1.0).alias("high"),
    )


def compute_chain_completion(states: nw.DataFrame, chains: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return one row a chain and definition from :func:`compute_stage_states`; ``top``: the highest rung.

    Shares and readiness are 0..1, the run a number of stages. ``known``: stages with a stated state; ``of``: all
    stages of the chain.
    """
    return _build_completion_table(_build_rows_by_chain(list(states.iter_rows(named=True)), chains, top), states)


def compute_overall_completion(states: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return the completion of all stages of the province together, each counting once; rows as of a chain.

    ``chain_id`` is empty. There is no longest run: stages of two chains do not follow each other.
    """
    return _build_completion_table(_build_overall_rows(list(states.iter_rows(named=True)), top), states)


def compute_completion_history(states: nw.DataFrame, chains: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return :func:`compute_chain_completion` and :func:`compute_overall_completion` of :func:`compute_states_by_day`, with the ``day`` from which it held."""
    by_day: dict[date, list[Link]] = defaultdict(list)
    for row in states.iter_rows(named=True):
        by_day[row["day"].date()].append(row)
    rows = [
        {**row, "day": day}
        for day, links in sorted(by_day.items())
        for row in (*_build_rows_by_chain(links, chains, top), *_build_overall_rows(links, top))
    ]
    return _build_completion_table(rows, states, COMPLETION | {"day": nw.Date})


def _build_completion_table(
    rows: Sequence[Mapping], states: nw.DataFrame, schema: Mapping | None = None
) -> nw.DataFrame:
    schema = schema or COMPLETION
    columns = {name: [row[name] for row in rows] for name in schema}
    return nw.from_dict(columns, schema=schema, backend=states.implementation)


COMPLETION = {
    "chain_id": nw.String, "definition": nw.String, "low": nw.Float64, "high": nw.Float64, "known": nw.Int64,
    "of": nw.Int64, "statement_ids": nw.String,
}  # fmt: skip


def _build_rows_by_chain(links: Sequence[Link], chains: nw.DataFrame, top: int) -> list[dict]:
    by_chain: dict[str, list[Link]] = defaultdict(list)
    for link in sorted(links, key=lambda link: link["seq"]):
        by_chain[link["chain_id"]].append(link)
    order = [chain for chain in chains.sort("seq")["chain_id"].to_list() if chain in by_chain]
    return [row for chain in order for row in _build_chain_rows(chain, by_chain[chain], top)]


def _build_overall_rows(links: Sequence[Link], top: int) -> list[dict]:
    return [row for row in _build_chain_rows("", links, top) if row["definition"] != RUN] if links else []


def _build_chain_rows(chain: str, links: Sequence[Link], top: int) -> list[dict]:
    lows, highs = ([link[end] for link in links] for end in ("low", "high"))
    size = len(links)
    common_part = {
        "chain_id": chain,
        "known": sum(link["known"] > 0 for link in links),
        "of": size,
        "statement_ids": common.join_ids(link["statement_ids"] for link in links),
    }
    values = {
        SHARE: tuple(sum(rung == top for rung in rungs) / size for rungs in (lows, highs)),
        READINESS: tuple(sum(rungs) / (top * size) for rungs in (lows, highs)),
        RUN: tuple(float(compute_longest_run([rung == top for rung in rungs])) for rungs in (lows, highs)),
    }
    return [{**common_part, "definition": d, "low": values[d][0], "high": values[d][1]} for d in DEFINITIONS]


def compute_longest_run(flags: Sequence[bool]) -> int:
    """Return the length of the longest unbroken run of true flags."""
    best = here = 0
    for flag in flags:
        here = here + 1 if flag else 0
        best = max(best, here)
    return best
