"""The balance of chains: worked out by hand from the sources, and by trying points all over the intervals."""

import random

import pandas as pd
import pytest
import twins

from khoosheh import calendar, queries
from khoosheh.measures.scope import Selection
from testing import made_up

SPANS = ("capacity", "need", "supply", "makes", "gap")


def links(of, as_of: str = "", planned: bool = False) -> dict[str, dict]:
    day = calendar.parse_jalali_date(as_of).last_day if as_of else None
    return {
        row["stage_id"]: row
        for row in queries.query_link_balances(of, Selection(as_of=day), planned).iter_rows(named=True)
    }


def kt(row: dict, name: str) -> tuple:
    return tuple(row[f"{name}_{end}_t_per_year"] / 1000 for end in ("low", "high"))


def test_sponge_iron_of_1_1_million_tonnes_needs_1_6_of_pellets_that_nobody_has(shipped):
    row = links(shipped, "1404-07")["steel-sponge-iron"]
    assert kt(row, "capacity") == (1100, 1100)
    assert kt(row, "need") == pytest.approx((1595, 1595))
    assert row["verdict"] == "no_supply" and pd.isna(row["supply_low_t_per_year"])


def test_sponge_iron_is_enough_for_the_billet_that_runs_and_is_built(shipped):
    running, built = links(shipped)["steel-billet"], links(shipped, planned=True)["steel-billet"]
    # the newest word gives the plant 1.2 Mt: over 1.17 and 1.15 tonnes a tonne
    assert kt(running, "makes") == pytest.approx((1200 / 1.17, 1200 / 1.15))
    assert kt(running, "need") == pytest.approx((460, 468)) and kt(built, "need") == pytest.approx((1035, 1053))
    assert kt(running, "gap") == pytest.approx((732, 740)) and running["verdict"] == "surplus"
    assert kt(built, "gap") == pytest.approx((147, 165)) and built["verdict"] == "surplus"
    assert built["statement_ids"] == "S11 S12 S13"


def test_a_million_tonnes_of_ore_give_8_5_thousand_of_concentrate(shipped):
    row = links(shipped)["copper-concentrating"]
    assert kt(row, "makes") == pytest.approx((8.47, 8.47), abs=0.01)
    assert row["verdict"] == "implausible", "the plant's million tonnes can only be ore that it takes in"
    assert kt(row, "need") == pytest.approx((118_000, 118_000))


def test_links_without_data_say_so(shipped):
    found = links(shipped)
    assert found["steel-sections"]["verdict"] == "no_capacity"
    assert found["copper-refining"]["input_stage_id"] == "copper-concentrating"
    assert "steel-mining" not in found, "nothing comes before it"


def made(capacities: dict[str, tuple], coefficient: tuple) -> dict[str, dict]:
    tables = made_up.tables()
    for stage in tables["stages"]:
        if stage["stage_id"] == "tea-2":
            stage.update(
                input_t_per_t_low=coefficient[0], input_t_per_t_high=coefficient[1], coefficient_source_id="paper-1"
            )
    tables["statements"] += [
        made_up.statement(
            (f"Q{place}", project, "", "capacity", low, high, "kt_per_year", "1402-01-01", "1402-01-01", {})
        )
        for place, (project, (low, high)) in enumerate(capacities.items())
    ]
    return links(made_up.unchecked(tables))


@pytest.mark.parametrize("seed", range(12))
def test_gaps_agree_with_points_all_over_the_intervals(seed):
    dice = random.Random(seed)

    def interval(low: float, high: float) -> tuple[float, float]:
        ends = sorted(round(dice.uniform(low, high), 2) for _ in range(2))
        return ends[0], ends[1]

    supply, capacity, coefficient = interval(50, 300), interval(20, 200), interval(1, 3)
    row = made({"garden": supply, "dryer": capacity}, coefficient)["tea-2"]
    low, high = twins.gap(supply, capacity, coefficient)
    assert kt(row, "gap") == pytest.approx((low, high))
    assert row["verdict"] == ("surplus" if low >= 0 else "deficit" if high < 0 else "either")


def test_at_least_stays_open():
    row = made({"garden": (100, ""), "dryer": (20, 20)}, (2, 2))["tea-2"]
    assert row["gap_low_t_per_year"] == 60_000 and pd.isna(row["gap_high_t_per_year"])
    assert row["verdict"] == "surplus"


@pytest.mark.parametrize(
    ("supply", "verdict"),
    [((100, 100), "deficit"), ((99, 99), "implausible"), ((99, 100), "deficit"), ((99, ""), "either")],
)
def test_a_need_is_implausible_above_ten_times_the_supply_not_at_it(supply, verdict):
    row = made({"garden": supply, "dryer": (500, 500)}, (2, 2))["tea-2"]
    assert kt(row, "need") == (1000, 1000)
    assert row["verdict"] == verdict


def test_a_coefficient_that_may_be_zero_leaves_open_what_the_supply_is_enough_for():
    open_, zero = (made({"garden": (100, 100), "dryer": (20, 20)}, (0, high))["tea-2"] for high in (2, 0))
    assert open_["makes_low_t_per_year"] == 50_000 and pd.isna(open_["makes_high_t_per_year"])
    assert pd.isna(zero["makes_low_t_per_year"]) and zero["verdict"] == "surplus"
