"""Value chains: in which state each stage is said to be, and how complete each chain is.

Completion has three definitions, all of them shown: the share of stages operating; readiness (the mean rung of
the state ladder, from 0 'not started' to 1 'operating', in equal steps); the longest unbroken run of operating
stages. A stage nobody spoke of counts as anything from 'not started' to 'operating', so each is an interval.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import narwhals as nw

from khoosheh.engines import Frame, collected
from khoosheh.measures import common

SHARE, READINESS, RUN = "operating_share", "readiness", "longest_run"
DEFINITIONS = (SHARE, READINESS, RUN)
SUBJECT = ["stage_id", "project_id"]
HELD = [*SUBJECT, "statement_id", "low", "high"]
SAID = ["said_first_day", "said_last_day"]


def stage_states(statements: Frame, stages: nw.DataFrame, ladder: Sequence[str]) -> nw.DataFrame:
    """Return one row a stage: ``chain_id``, ``stage_id``, ``seq``, ``low``, ``high``, ``known``, ``of``, ids.

    ``ladder``: the states in order, as the register's dictionary lists them; ``low`` and ``high`` are rungs from
    0. A stage is as far as its most advanced project, or as what was said of the stage itself. ``known``:
    projects (or the stage) whose state was stated; ``of``: the same, at least 1. Nothing stated: 0..last rung.
    """
    return states_among(told_states(statements, ladder), stages, len(ladder) - 1)


def told_states(statements: Frame, ladder: Sequence[str], also: Sequence[str] = ()) -> Frame:
    """Return what was said of the states of stages, whenever; ``also``: columns that are kept besides those needed.

    Neither the day nor the scope matters, so these can be picked out once and asked for many times.
    """
    spoken = spoken_states(statements, ladder).filter(~nw.col("stage_id").is_null())
    return common.blank_keys(spoken.select(*HELD, *SAID, *also), SUBJECT)


def states_among(told: Frame, stages: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return :func:`stage_states` from :func:`told_states` that are known and in scope; ``top``: the highest rung."""
    held = collected(common.in_force(told, SUBJECT).select(HELD))
    subjects = common.agree(held, SUBJECT, "low", "high")
    best = subjects.group_by("stage_id").agg(nw.col("low").max(), nw.col("high").max(), nw.len().alias("known"))
    table = stages.select("chain_id", "stage_id", "seq").join(best, on="stage_id", how="left")
    table = table.with_columns(
        nw.col("low").fill_null(0.0), nw.col("high").fill_null(float(top)), nw.col("known").fill_null(0)
    ).with_columns(nw.max_horizontal("known", nw.lit(1)).alias("of"))
    return common.with_ids(table, held, ["stage_id"]).sort("chain_id", "seq")


def project_states(statements: Frame, ladder: Sequence[str]) -> nw.DataFrame:
    """Return one row a project of stated state: ``project_id``, ``low``, ``high`` (rungs), ``statement_ids``."""
    spoken = spoken_states(statements, ladder).filter(~nw.col("project_id").is_null())
    held = collected(common.in_force(spoken, ["project_id"]).select(HELD))
    return common.with_ids(common.agree(held, ["project_id"], "low", "high"), held, ["project_id"]).sort("project_id")


def spoken_states(statements: Frame, ladder: Sequence[str]) -> Frame:
    """Return the plausible statements that tell a state, with its rungs ``low`` and ``high`` from 0."""
    rung = {state: step for step, state in enumerate(ladder)}
    told = common.plausible(statements).filter(~(nw.col("state_low").is_null() & nw.col("state_high").is_null()))
    return told.with_columns(
        nw.col("state_low").replace_strict(rung, return_dtype=nw.Float64, default=0.0).alias("low"),
        nw.col("state_high").replace_strict(rung, return_dtype=nw.Float64, default=len(rung) - 1.0).alias("high"),
    )


def completion(states: nw.DataFrame, chains: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return one row a chain and definition from :func:`stage_states`; ``top``: the highest rung.

    Shares and readiness are 0..1, the run a number of stages. ``known``: stages with a stated state; ``of``: all
    stages of the chain.
    """
    rows = []
    for chain in chains.sort("seq")["chain_id"].to_list():
        links = states.filter(nw.col("chain_id") == chain).sort("seq")
        if len(links):
            rows += _chain_rows(chain, links, top)
    return _completions(rows, states)


def overall(states: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return the completion of all stages of the province together, each counting once; rows as of a chain.

    ``chain_id`` is empty. There is no longest run: stages of two chains do not follow each other.
    """
    rows = [row for row in _chain_rows("", states, top) if row["definition"] != RUN] if len(states) else []
    return _completions(rows, states)


def history(day_states: Sequence[tuple[date, nw.DataFrame]], chains: nw.DataFrame, top: int) -> nw.DataFrame:
    """Return :func:`completion` and :func:`overall` on each of some days, with the ``day`` from which it held.

    ``day_states``: days in order, each with the states known on it.
    """
    parts = []
    for day, states in day_states:
        both = nw.concat([completion(states, chains, top), overall(states, top)], how="vertical")
        parts.append(both.with_columns(nw.lit(day).cast(nw.Date).alias("day")))
    return nw.concat(parts, how="vertical")


def _completions(rows: Sequence[Mapping], states: nw.DataFrame) -> nw.DataFrame:
    columns = {name: [row[name] for row in rows] for name in COMPLETION}
    return nw.from_dict(columns, schema=COMPLETION, backend=states.implementation)


COMPLETION = {
    "chain_id": nw.String, "definition": nw.String, "low": nw.Float64, "high": nw.Float64, "known": nw.Int64,
    "of": nw.Int64, "statement_ids": nw.String,
}  # fmt: skip


def _chain_rows(chain: str, links: nw.DataFrame, top: int) -> list[dict]:
    lows, highs = links["low"].to_list(), links["high"].to_list()
    size = len(links)
    common_part = {
        "chain_id": chain,
        "known": sum(known > 0 for known in links["known"].to_list()),
        "of": size,
        "statement_ids": common.join_ids(links["statement_ids"].to_list()),
    }
    values = {
        SHARE: tuple(sum(rung == top for rung in rungs) / size for rungs in (lows, highs)),
        READINESS: tuple(sum(rungs) / (top * size) for rungs in (lows, highs)),
        RUN: tuple(float(longest_run([rung == top for rung in rungs])) for rungs in (lows, highs)),
    }
    return [{**common_part, "definition": d, "low": values[d][0], "high": values[d][1]} for d in DEFINITIONS]


def longest_run(flags: Sequence[bool]) -> int:
    """Return the length of the longest unbroken run of true flags."""
    best = here = 0
    for flag in flags:
        here = here + 1 if flag else 0
        best = max(best, here)
    return best
