"""What if: a scenario must say what the register would say, had somebody stated the assumptions."""

import random

import pandas as pd
import pytest

from khoosheh import queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures.rows import build_table, read_rows
from khoosheh.measures.scenario import apply_assumed_states
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import StageStateRow
from testing import made_up

ALL = Selection()
STAGES = [stage["stage_id"] for stage in made_up.ROWS["stages"]]


def plain(table) -> list[dict]:
    """Return rows without the ids of statements, which assumptions have none of."""
    return table.drop("statement_ids", "known", "of", strict=False).rows(named=True)


def weighed_tables() -> dict[str, list[dict]]:
    tables = made_up.tables()
    for stage in tables["stages"]:
        if stage["seq"] > 1:
            stage.update(input_t_per_t_low=1.5, input_t_per_t_high=2, coefficient_source_id="paper-1")
    return tables


def stated(tables: dict, scenario: dict[str, float]) -> dict:
    """Return the tables as if the assumptions were all that was ever stated of their stages."""
    projects = {row["project_id"]: row["stage_id"] for row in tables["projects"]}
    kept = [
        row for row in tables["statements"]
        if (row["stage_id"] or projects.get(row["project_id"])) not in scenario
        or row["measure"] not in ("state", "capacity")
    ]  # fmt: skip
    for place, (stage, kilotonnes) in enumerate(scenario.items()):
        rung = "operating" if kilotonnes else "not_started"
        state = {"state_low": rung, "state_high": rung}
        day = "1402-07-01"
        kept.append(made_up.statement((f"X{place}", "", stage, "state", "", "", "", day, day, state)))
        kept.append(
            made_up.statement(
                (f"Y{place}", "", stage, "capacity", kilotonnes, kilotonnes, "kt_per_year", day, day, {})
            )
        )
    return {**tables, "statements": kept}


@pytest.mark.parametrize("seed", range(8))
def test_a_scenario_says_what_the_register_would_say(seed):
    dice = random.Random(seed)
    scenario = {stage: dice.choice([0.0, 20.0, 350.0]) for stage in dice.sample(STAGES, dice.randint(1, 4))}
    assumed = tuple((stage, kilotonnes * 1000) for stage, kilotonnes in scenario.items())
    before = made_up.unchecked(weighed_tables())
    after = made_up.unchecked(stated(weighed_tables(), scenario))
    assert plain(queries.query_scenario_states(before, ALL, assumed)) == plain(queries.query_stage_states(after, ALL))
    assert plain(queries.query_scenario_completion(before, ALL, assumed)) == plain(
        queries.query_chain_completion(after, ALL)
    )
    assert plain(queries.query_link_balances(before, ALL, False, assumed)) == plain(
        queries.query_link_balances(after, ALL)
    )
    assert plain(queries.query_stage_additions(before, ALL, assumed)) == plain(
        queries.query_stage_additions(after, ALL)
    )


def test_an_assumption_lends_no_statements(shipped):
    assumed = (("steel-pellet", 1_600_000.0),)
    row = next(
        r
        for r in queries.query_scenario_states(shipped, ALL, assumed).iter_rows(named=True)
        if r["stage_id"] == "steel-pellet"
    )
    assert (row["low"], row["high"], row["statement_ids"]) == (5, 5, "")
    links = {
        r["stage_id"]: r for r in queries.query_link_balances(shipped, ALL, False, assumed).iter_rows(named=True)
    }
    assert links["steel-pellet"]["statement_ids"] == ""
    assert links["steel-sponge-iron"]["statement_ids"] == "S13", "the need was stated, the supply assumed"


def test_operating_at_a_capacity_nobody_named_keeps_the_stated_one(shipped):
    assumed = (("steel-sponge-iron", None),)
    links = {
        r["stage_id"]: r for r in queries.query_link_balances(shipped, ALL, False, assumed).iter_rows(named=True)
    }
    assert links["steel-sponge-iron"]["capacity_low_t_per_year"] == 1_200_000
    rows = queries.query_scenario_completion(shipped, ALL, assumed).iter_rows(named=True)
    run = next(row for row in rows if (row["chain_id"], row["definition"]) == ("steel", "longest_run"))
    assert (run["low"], run["high"]) == (3, 6)


def test_a_scenario_changes_nothing_for_others(shipped):
    before = plain(queries.query_stage_states(shipped, ALL))
    queries.query_scenario_states(shipped, ALL, (("steel-pellet", None), ("steel-mining", 0.0)))
    assert plain(queries.query_stage_states(shipped, ALL)) == before


def test_an_assumed_state_is_known_once_and_replaces_what_was_stated():
    def state(stage: str, low: float, known: int, ids: str) -> StageStateRow:
        return StageStateRow(
            chain_id="tea", stage_id=stage, seq=1, low=low, high=5, known=known, of=max(1, known), statement_ids=ids
        )

    before = [state("spoken", 2, 3, "A1 A2"), state("silent", 0, 0, ""), state("closed", 4, 1, "A3")]
    before.append(state("left", 3, 1, "A4"))
    table = build_table(before, StageStateRow, make_arrow_frame(pd.DataFrame({"any": [1]})))
    assumed = (("spoken", 10.0), ("silent", None), ("closed", 0))
    found = read_rows(apply_assumed_states(table, assumed, 5), StageStateRow)
    assert {row["stage_id"]: (row["low"], row["high"], row["known"], row["statement_ids"]) for row in found} == {
        "spoken": (5, 5, 3, ""), "silent": (5, 5, 1, ""), "closed": (0, 0, 1, ""), "left": (3, 5, 1, "A4"),
    }  # fmt: skip
