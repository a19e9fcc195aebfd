"""The balance of chains: worked out by hand from the sources, and by trying points all over the intervals."""

import random
from datetime import datetime

import pandas as pd
import pytest
import twins

from khoosheh import calendar, queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import capacity_balance
from khoosheh.measures.capacity_balance import LinkBalanceRow, PlantCapacityRow
from khoosheh.measures.rows import read_rows
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
    # with plans 400 kt of the Sabalan complex are added, and its 500 kt of steel are those that the governor named
    assert kt(built, "capacity") == (900, 900)
    assert kt(built, "gap") == pytest.approx((547, 565)) and built["verdict"] == "surplus"
    assert built["statement_ids"] == "S11 S12 S13 S20"


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


def stated(*capacities: dict):
    """Return statements of 1 kt a year of the mill at the stage "b", each but for what it names."""
    usual = {
        "stage_id": "b", "project_id": "mill", "measure": "capacity", "unit": "kt_per_year", "value_low": 1.0,
        "value_high": 1.0, "is_part": None, "quality_flag": None, "said_first_day": datetime(2024, 3, 1),
        "said_last_day": datetime(2024, 3, 1),
    }  # fmt: skip
    frame = pd.DataFrame([{**usual, "statement_id": f"A{place}", **one} for place, one in enumerate(capacities)])
    texts = dict.fromkeys(("stage_id", "project_id", "unit", "quality_flag", "statement_id"), "str")
    return make_arrow_frame(frame.astype({**texts, "is_part": "boolean", "value_low": float, "value_high": float}))


EVERY = stated(
    {}, {"value_high": 2.0}, {"project_id": "loom", "unit": "mt_per_year", "value_high": None},
    {"project_id": None, "value_low": 3.0, "value_high": 4.0},
    {"measure": "capacity_planned", "value_low": 7.0, "value_high": 8.0},
    {"stage_id": "a", "value_low": 5.0, "value_high": 6.0},
    # left out: parts, other units and measures, no stage, no figure, implausible
    {"is_part": True, "value_low": 90.0}, {"unit": "ha"}, {"unit": None}, {"measure": "jobs"}, {"stage_id": None},
    {"value_low": None}, {"quality_flag": "implausible", "value_low": 90.0},
)  # fmt: skip


def test_capacities_of_whole_plants_are_those_in_force_in_tonnes_a_year():
    def plants(*, planned: bool) -> list[tuple]:
        table = capacity_balance.compute_plant_capacities(EVERY, planned=planned)
        return [tuple(row.values()) for row in read_rows(table, PlantCapacityRow)]

    others = [
        ("a", "mill", "capacity", 5000, 6000, "A5"),
        ("b", "", "capacity", 3000, 4000, "A3"),
        ("b", "loom", "capacity", 1_000_000, None, "A2"),
    ]
    assert plants(planned=False) == [*others, ("b", "mill", "capacity", 1000, 1000, "A0 A1")]
    assert plants(planned=True) == [*others, ("b", "mill", "capacity_planned", 7000, 8000, "A4")]
    assert capacity_balance.compute_stage_capacities(EVERY, planned=False) == {
        "a": ((5000, 6000), "A5"),
        "b": ((1_004_000, None), "A0 A1 A2 A3"),
    }
    planned_b = capacity_balance.compute_stage_capacities(EVERY, planned=True)["b"]
    assert planned_b == ((1_010_000, None), "A2 A3 A4")
    later = dict.fromkeys(("said_first_day", "said_last_day"), datetime(2024, 3, 2))
    again = stated({}, {"value_low": 9.0, "value_high": 9.0, **later})
    assert capacity_balance.compute_stage_capacities(again, planned=True) == {"b": ((9000, 9000), "A1")}


def test_a_link_has_the_figures_of_its_two_stages_worked_out_by_hand():
    stages = make_arrow_frame(
        pd.DataFrame(
            [
                ("x", "c", 3, "a", 4.0, 5.0, "book"),
                ("x", "b", 2, None, 2.0, 3.0, "paper"),
                ("x", "a", 1, None, None, None, None),
                ("y", "d", 1, None, None, None, None),
                ("y", "e", 2, None, 1.0, None, None),
            ],
            columns=[
                "chain_id", "stage_id", "seq", "input_stage_id", "input_t_per_t_low", "input_t_per_t_high",
                "coefficient_source_id",
            ],
        ).astype({"input_stage_id": "str", "coefficient_source_id": "str"})
    )  # fmt: skip
    said = stated({"value_low": 2.0, "value_high": 4.0}, {"stage_id": "a", "value_low": 5.0, "value_high": 6.0})
    table = capacity_balance.compute_chain_balance(said, stages, planned=False, scenario=(("e", 8.0),))
    nothing = (None,) * 2
    assert [tuple(row.values()) for row in read_rows(table, LinkBalanceRow)] == [
        ("x", "b", "a", 2000, 4000, 4000, 12000, 5000, 6000, pytest.approx(5000 / 3), 3000, -7000, 2000, "either",
         "paper", "A0 A1"),
        ("x", "c", "a", *nothing, *nothing, 5000, 6000, 1000, 1500, *nothing, "no_capacity", "book", "A1"),
        ("y", "e", "d", 8, 8, *nothing, *nothing, *nothing, *nothing, "no_coefficient", None, ""),
    ]  # fmt: skip
    planned = capacity_balance.compute_chain_balance(EVERY, stages, planned=True)
    assert planned["capacity_low_t_per_year"].to_list() == [1_010_000, None, None]
    fed = capacity_balance.compute_chain_balance(said, stages, planned=False, scenario=(("c", 1000.0),))
    assert [row["verdict"] for row in read_rows(fed, LinkBalanceRow)] == ["either", "surplus", "no_capacity"]


@pytest.mark.parametrize(
    ("supply", "verdict"),
    [((41, 50), "surplus"), ((40, 50), "surplus"), ((39, 40), "either"), ((30, 39), "deficit"), ((30, ""), "either")],
)
def test_a_supply_is_enough_from_the_need_on(supply, verdict):
    assert made({"garden": supply, "dryer": (20, 20)}, (2, 2))["tea-2"]["verdict"] == verdict


def test_a_capacity_of_at_least_may_need_more_than_any_supply():
    row = made({"garden": (100, 100), "dryer": (20, "")}, (2, 2))["tea-2"]
    assert (row["gap_low_t_per_year"], row["gap_high_t_per_year"], row["verdict"]) == (None, 60_000, "either")
    row = made({"garden": (30, 30), "dryer": (20, "")}, (2, 2))["tea-2"]
    assert (row["gap_low_t_per_year"], row["gap_high_t_per_year"], row["verdict"]) == (None, -10_000, "deficit")
