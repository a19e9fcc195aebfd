"""Value chains: the stated state of each stage, and how complete each chain is.

Completion has three definitions, and all of them are shown: the share of stages operating; readiness, the mean rung
of the stages on the ladder of states, from 0 'not started' to 1 'operating' in equal steps; and the longest unbroken
run of operating stages. A stage of which no state was stated counts as anything from 'not started' to 'operating',
so each result is an interval.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TypedDict

import narwhals as nw

from khoosheh.engines import Frame, collect_frame
from khoosheh.measures import common
from khoosheh.measures.rows import FrameT, Table, build_table, read_rows

SHARE, READINESS, RUN = "operating_share", "readiness", "longest_run"
DEFINITIONS = (SHARE, READINESS, RUN)
SUBJECT = ["stage_id", "project_id"]
RUNGS = [*SUBJECT, "statement_id", "low", "high"]
# the columns of a statement of a state that measures need
STATE_COLUMNS = [*RUNGS, "said_first_day", "said_last_day"]


class StageStateRow(TypedDict):
    """The state of one stage, as rungs ``low``..``high`` of the ladder, from 0 'not started'.

    ``seq``: the place of the stage in its chain, from 1. ``known``: projects (or the stage itself) whose state was
    stated; ``of``: the same, at least 1. Where nothing was stated, ``low`` and ``high`` span the whole ladder.
    """

    chain_id: str
    stage_id: str
    seq: int
    low: float
    high: float
    known: int
    of: int
    statement_ids: str


class StageStateByDayRow(TypedDict):
    """The columns of :class:`StageStateRow` as known on one ``day``."""

    day: datetime
    chain_id: str
    stage_id: str
    seq: int
    low: float
    high: float
    known: int
    of: int
    statement_ids: str


class ProjectStateRow(TypedDict):
    """The stated state of one project, as rungs ``low``..``high`` of the ladder, from 0 'not started'."""

    project_id: str
    low: float
    high: float
    statement_ids: str


class CompletionRow(TypedDict):
    """The completion of one chain, by one of ``DEFINITIONS``.

    ``low``, ``high``: 0..1 for a share or readiness, a number of stages for a run. ``known``: stages with a stated
    state; ``of``: all stages. ``chain_id`` is empty for all stages of the province together.
    """

    chain_id: str
    definition: str
    low: float
    high: float
    known: int
    of: int
    statement_ids: str


class CompletionHistoryRow(CompletionRow):
    """Completion as it was known from a ``day`` on, until the next one."""

    day: date


def compute_stage_states(statements: Frame, stages: Table, ladder: Sequence[str]) -> Table:
    """Compute the state of each stage: rows of :class:`StageStateRow`.

    ``ladder``: the states in order, as the register's dictionary lists them. A stage is on the rung of its most
    advanced project, or on the rung that was stated of the stage itself where that is higher.
    """
    return reconcile_stage_states(select_stage_state_statements(statements, ladder), stages, len(ladder) - 1)


def select_stage_state_statements(statements: FrameT, ladder: Sequence[str], also: Sequence[str] = ()) -> FrameT:
    """Return the statements of the states of stages, with the columns ``STATE_COLUMNS`` and ``also``.

    ``low``, ``high``: rungs from 0. The result depends on neither day nor scope, so callers can keep it.
    """
    about_stages = select_state_statements(statements, ladder).filter(~nw.col("stage_id").is_null())
    return common.fill_blank_keys(about_stages.select(*dict.fromkeys((*STATE_COLUMNS, *also))), SUBJECT)


def reconcile_stage_states(state_statements: Frame, stages: Table, top: int, each: Sequence[str] = ()) -> Table:
    """Compute the state of each stage from its statements: rows of :class:`StageStateRow`, with ``each`` before.

    ``state_statements``: of :func:`select_stage_state_statements`, those known and in scope; ``top``: the highest
    rung. ``each``: columns of both frames, for each of whose values the states are computed separately.
    """
    subject, stage = [*each, *SUBJECT], [*each, "stage_id"]
    in_force = collect_frame(common.latest_statements(state_statements, subject).select(*each, *RUNGS))
    reconciled = common.reconcile_intervals(in_force, subject, "low", "high")
    best = reconciled.group_by(*stage).agg(nw.col("low").max(), nw.col("high").max(), nw.len().alias("known"))
    table = stages.select(*each, "chain_id", "stage_id", "seq").join(best, on=stage, how="left")
    table = table.with_columns(
        nw.col("low").fill_null(0.0),
        nw.col("high").fill_null(float(top)),
        nw.col("known").fill_null(0).cast(nw.Int64),
    ).with_columns(nw.max_horizontal("known", nw.lit(1)).cast(nw.Int64).alias("of"))
    return common.add_statement_ids(table, in_force, stage).sort(*each, "chain_id", "seq")


def compute_states_by_day(state_statements: Table, stages: Table, top: int, days: Sequence[date]) -> Table:
    """Compute the state of each stage as known on each of ``days``, in one pass: rows of :class:`StageStateByDayRow`.

    ``state_statements``: of :func:`select_stage_state_statements`; ``top``: the highest rung.
    """
    backend = state_statements.implementation
    midnights = [datetime.combine(day, time()) for day in days]
    calendar = nw.from_dict({"day": midnights}, schema={"day": nw.Datetime("us")}, backend=backend)
    known = state_statements.join(calendar, how="cross").filter(nw.col("said_last_day") <= nw.col("day"))
    return reconcile_stage_states(known, stages.join(calendar, how="cross"), top, ["day"])


def compute_project_states(statements: Frame, ladder: Sequence[str]) -> Table:
    """Compute the state of each project of which one was stated: rows of :class:`ProjectStateRow`."""
    about_projects = select_state_statements(statements, ladder).filter(~nw.col("project_id").is_null())
    in_force = collect_frame(common.latest_statements(about_projects, ["project_id"]).select(RUNGS))
    reconciled = common.reconcile_intervals(in_force, ["project_id"], "low", "high")
    return common.add_statement_ids(reconciled, in_force, ["project_id"]).sort("project_id")


def select_state_statements(statements: FrameT, ladder: Sequence[str]) -> FrameT:
    """Return the plausible statements of a state, with its rungs ``low`` and ``high`` from 0 added.

    An end that was not stated is the end of the ladder.
    """
    rungs = {state: rung for rung, state in enumerate(ladder)}
    stated = common.plausible_statements(statements).filter(
        ~(nw.col("state_low").is_null() & nw.col("state_high").is_null())
    )
    return stated.with_columns(
        nw.col("state_low").replace_strict(rungs, return_dtype=nw.Float64, default=0.0).alias("low"),
        nw.col("state_high").replace_strict(rungs, return_dtype=nw.Float64, default=len(rungs) - 1.0).alias("high"),
    )


def compute_chain_completion(states: Table, chains: Table, top: int) -> Table:
    """Compute the completion of each chain by each definition: rows of :class:`CompletionRow`.

    ``states``: rows of :class:`StageStateRow`; ``top``: the highest rung.
    """
    rows = _build_rows_by_chain(read_rows(states, StageStateRow), _list_chains(chains), top)
    return build_table(rows, CompletionRow, states)


def compute_overall_completion(states: Table, top: int) -> Table:
    """Compute the completion of all stages together, each counting once: rows of :class:`CompletionRow`.

    ``chain_id`` is empty. There is no longest run, since stages of two chains do not follow each other.
    """
    return build_table(_build_overall_rows(read_rows(states, StageStateRow), top), CompletionRow, states)


def compute_completion_history(states: Table, chains: Table, top: int) -> Table:
    """Compute the completion of each chain and of all stages by day: rows of :class:`CompletionHistoryRow`.

    ``states``: rows of :class:`StageStateByDayRow`; ``top``: the highest rung.
    """
    order = _list_chains(chains)
    states_by_day: dict[date, list[StageStateRow]] = defaultdict(list)
    for row in read_rows(states, StageStateByDayRow):
        states_by_day[row["day"].date()].append(row)
    rows: list[CompletionHistoryRow] = [
        {**completion, "day": day}
        for day, stages in sorted(states_by_day.items())
        for completion in (*_build_rows_by_chain(stages, order, top), *_build_overall_rows(stages, top))
    ]
    return build_table(rows, CompletionHistoryRow, states)


def _list_chains(chains: Table) -> list[str]:
    return chains.sort("seq")["chain_id"].to_list()


def _build_rows_by_chain(stages: Sequence[StageStateRow], chains: Sequence[str], top: int) -> list[CompletionRow]:
    by_chain: dict[str, list[StageStateRow]] = defaultdict(list)
    for stage in sorted(stages, key=lambda stage: stage["seq"]):
        by_chain[stage["chain_id"]].append(stage)
    return [row for chain in chains if chain in by_chain for row in _build_chain_rows(chain, by_chain[chain], top)]


def _build_overall_rows(stages: Sequence[StageStateRow], top: int) -> list[CompletionRow]:
    return [row for row in _build_chain_rows("", stages, top) if row["definition"] != RUN] if stages else []


def _build_chain_rows(chain: str, stages: Sequence[StageStateRow], top: int) -> list[CompletionRow]:
    lows, highs = [stage["low"] for stage in stages], [stage["high"] for stage in stages]
    return [
        {
            "chain_id": chain,
            "definition": definition,
            "low": _compute_completion(definition, lows, top),
            "high": _compute_completion(definition, highs, top),
            "known": sum(stage["known"] > 0 for stage in stages),
            "of": len(stages),
            "statement_ids": common.join_ids(stage["statement_ids"] for stage in stages),
        }
        for definition in DEFINITIONS
    ]


def _compute_completion(definition: str, rungs: Sequence[float], top: int) -> float:
    """Compute the completion of stages on ``rungs``, in the order of their chain."""
    if definition == READINESS:
        return sum(rungs) / (top * len(rungs))
    operating = [rung == top for rung in rungs]
    return float(compute_longest_run(operating)) if definition == RUN else sum(operating) / len(rungs)


def compute_longest_run(flags: Sequence[bool]) -> int:
    """Return the length of the longest unbroken run of true flags."""
    longest = current = 0
    for flag in flags:
        current = current + 1 if flag else 0
        longest = max(longest, current)
    return longest
