"""All that sources stated of a capacity: by hand for the sponge iron plant, and statement by statement."""

from collections import defaultdict

import pytest
import random_registers

from khoosheh import calendar, queries
from khoosheh.measures.capacity_balance import T_PER_YEAR
from khoosheh.measures.capacity_spread import CapacitySpreadRow
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection


def spreads(of, as_of: str = "") -> dict[str, dict]:
    day = calendar.parse_jalali_date(as_of).last_day if as_of else None
    rows = read_rows(queries.query_capacity_spreads(of, Selection(as_of=day)), CapacitySpreadRow)
    return {row["stage_id"]: row for row in rows}


def test_three_sources_give_the_sponge_iron_plant_three_capacities(shipped):
    row = spreads(shipped)["steel-sponge-iron"]
    # 1.0 (undated report), 1.1 (Mehr 1404) and 1.2 million tonnes (Azar 1404), though the last one is in force
    assert (row["low_t_per_year"], row["high_t_per_year"]) == (1_000_000, 1_200_000)
    assert (row["sources"], row["statement_ids"]) == (3, "S01 S07 S13")


def test_on_an_earlier_day_fewer_had_spoken(shipped):
    row = spreads(shipped, "1404-07")["steel-sponge-iron"]
    assert (row["low_t_per_year"], row["high_t_per_year"]) == (1_000_000, 1_100_000)
    assert (row["sources"], row["statement_ids"]) == (2, "S01 S07")


def test_sources_that_agree_have_no_spread_and_plans_do_not_count(shipped):
    row = spreads(shipped)["copper-mining"]
    assert (row["low_t_per_year"], row["high_t_per_year"], row["sources"]) == (1_000_000, 1_000_000, 2)
    assert row["statement_ids"] == "C03 C09", "the five million tonnes of C10 are a plan"


def add_up_one_by_one(of) -> dict[str, tuple]:
    """Go through all statements; return ends, number of sources and ids by stage."""
    ends, told = defaultdict(lambda: defaultdict(list)), defaultdict(list)
    for row in of.table("statements").to_dict("records"):
        if row["iso_3166_2"] != of.province or row["measure"] != "capacity" or row["unit"] not in T_PER_YEAR:
            continue
        if row["quality_flag"] == "implausible" or row["is_part"] is True or row["value_low"] != row["value_low"]:
            continue
        if not isinstance(row["stage_id"], str):
            continue
        factor = T_PER_YEAR[row["unit"]]
        high = row["value_high"] * factor if row["value_high"] == row["value_high"] else float("inf")
        ends[row["stage_id"]][str(row["project_id"])].append((row["value_low"] * factor, high))
        told[row["stage_id"]].append(row)
    return {
        stage: (
            sum(min(low for low, _ in spans) for spans in projects.values()),
            sum(max(high for _, high in spans) for spans in projects.values()),
            len({row["source_id"] for row in told[stage]}),
            " ".join(sorted(row["statement_id"] for row in told[stage])),
        )
        for stage, projects in ends.items()
    }


@pytest.mark.parametrize("seed", range(6))
def test_spreads_are_those_of_going_through_all_statements(seed):
    found = random_registers.register(seed)
    rows = spreads(found)
    slow = add_up_one_by_one(found)
    assert rows.keys() == slow.keys()
    for stage, (low, high, sources, ids) in slow.items():
        row = rows[stage]
        assert row["low_t_per_year"] == pytest.approx(low)
        assert (float("inf") if row["high_t_per_year"] is None else row["high_t_per_year"]) == pytest.approx(high)
        assert (row["sources"], row["statement_ids"]) == (sources, ids)
