"""What if: capacities that a reader assumes, in place of what was stated.

A scenario is a tuple of (stage id, tonnes a year): the stage's capacity is taken to be that, and the stage to
operate; 0 takes it to stand still; a missing number says that it operates, and nothing of how much. Nobody stated
any of it: a scenario lends no statement ids, and its tables go nowhere but to the reader who assumed it.
"""

from collections.abc import Mapping

import narwhals as nw

Scenario = tuple[tuple[str, float | None], ...]
Span = tuple[float, float | None]


def apply_assumed_states(states: nw.DataFrame, scenario: Scenario, top: int) -> nw.DataFrame:
    """Return the states of stages with the assumed stages on rung ``top``, or on 0.

    ``states``: of :func:`khoosheh.measures.value_chains.compute_stage_states`.
    """
    rung = {stage: 0.0 if amount == 0 else float(top) for stage, amount in scenario}
    stages = states["stage_id"].to_list()
    columns = {
        name: [rung.get(stage, said) for stage, said in zip(stages, states[name].to_list(), strict=True)]
        for name in ("low", "high")
    }
    columns["known"] = [
        max(1, known) if stage in rung else known
        for stage, known in zip(stages, states["known"].to_list(), strict=True)
    ]
    columns["statement_ids"] = [
        "" if stage in rung else ids for stage, ids in zip(stages, states["statement_ids"].to_list(), strict=True)
    ]
    backend = states.implementation
    return states.with_columns(
        *(nw.new_series(name, values, states.schema[name], backend=backend) for name, values in columns.items())
    )


def apply_assumed_capacities(
    having: Mapping[str, tuple[Span, str]], scenario: Scenario
) -> dict[str, tuple[Span, str]]:
    """Return the capacities of stages, with the assumed ones in place of the stated ones.

    ``having``: of :func:`khoosheh.measures.capacity_balance.compute_stage_capacities`. What operates at a capacity
    that nobody named keeps the stated one.
    """
    assumed = {stage: ((amount, amount), "") for stage, amount in scenario if amount is not None}
    return {**having, **assumed}
