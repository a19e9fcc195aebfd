"""The matrix of chains and stages: it says of each stage what the measures say that it is made of."""

import datetime

import pytest
import random_registers

from khoosheh import queries
from khoosheh.measures.chain_matrix import MatrixCellRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection

ALL = Selection()


def cells(of, selection: Selection = ALL) -> dict[str, MatrixCellRow]:
    return {row["stage_id"]: row for row in read_rows(queries.query_chain_matrix(of, selection), MatrixCellRow)}


def test_sponge_iron_is_next_and_lacks_pellets(shipped):
    row = cells(shipped)["steel-sponge-iron"]
    assert (row["low"], row["high"], row["is_next"]) == (3, 3, True)
    # 1.2 Mt in force at 1.45 tonnes of pellets a tonne
    assert (row["input_kind"], row["input_low_t_per_year"]) == ("outside", pytest.approx(1_740_000))
    assert (row["capacity_low_t_per_year"], row["capacity_high_t_per_year"]) == (1_000_000, 1_200_000)
    assert row["capacity_sources"] == 3
    assert (row["state_statement_ids"], row["capacity_statement_ids"]) == ("S04 S15 S20", "S01 S07 S13")
    assert row["statement_ids"] == "S01 S04 S07 S13 S15 S20"


def test_one_stage_is_next_in_each_chain_of_which_a_state_was_stated(shipped):
    following = [row["stage_id"] for row in cells(shipped).values() if row["is_next"]]
    assert sorted(following) == ["copper-concentrating", "steel-sponge-iron", "textile-finishing", "water-canal"]


def test_before_anything_was_said_nothing_is_next(shipped):
    rows = cells(shipped, Selection(as_of=datetime.date(1990, 1, 1))).values()
    assert len(rows) == 27 and not any(row["known"] or row["is_next"] or row["statement_ids"] for row in rows)


@pytest.mark.parametrize("seed", range(6))
def test_cells_repeat_the_measures_that_they_join(seed):
    found = random_registers.register(seed)
    rows = cells(found)
    states = {row["stage_id"]: row for row in queries.query_stage_states(found, ALL).iter_rows(named=True)}
    spread = {row["stage_id"]: row for row in queries.query_capacity_spreads(found, ALL).iter_rows(named=True)}
    additions = list(queries.query_stage_additions(found, ALL).iter_rows(named=True))
    assert rows.keys() == states.keys()
    for stage, row in rows.items():
        assert {name: row[name] for name in ("chain_id", "seq", "low", "high", "known", "of")} == {
            name: states[stage][name] for name in ("chain_id", "seq", "low", "high", "known", "of")
        }
        assert row["capacity_sources"] == (spread[stage]["sources"] if stage in spread else 0)
        first = next((one["stage_id"] for one in additions if one["chain_id"] == row["chain_id"]), None)
        spoken_of = any(one["known"] for one in states.values() if one["chain_id"] == row["chain_id"])
        assert row["is_next"] == (spoken_of and stage == first)
        assert set(row["state_statement_ids"].split()) <= set(row["statement_ids"].split())
