"""Earned value: an example worked out by hand, intervals, and inputs that are missing."""

import made_up
import pytest

from khoosheh import board, register
from khoosheh.measures.scope import Selection

# 40 % of 100 bn rial planned, 30 to 36 % done, 35 bn rial spent
INPUTS = [
    ("E1", "garden", "", "progress_planned", 40, 40, "pct", "1402-06-01", "1402-06-01", {}),
    ("E2", "garden", "", "physical_progress", 30, 36, "pct", "1402-06-01", "1402-06-01", {}),
    ("E3", "garden", "", "cost_planned", 100, 100, "bn_irr", "1402-06-01", "1402-06-01", {}),
    ("E4", "garden", "", "cost_to_date", 3.5, 3.5, "bn_toman", "1402-06-01", "1402-06-01", {}),
]


def earned(folder, rows) -> dict:
    tables = made_up.tables()
    tables["statements"] = [made_up.statement(row) for row in rows]
    table = board.earned(register.load(made_up.write(folder, tables)), Selection(unit="thousand_bn_irr"))
    return {row["project_id"]: row for row in table.iter_rows(named=True)}


def test_worked_out_by_hand(tmp_path):
    row = earned(tmp_path, INPUTS)["garden"]
    spans = {
        name: (row[f"{name}_low"], row[f"{name}_high"])
        for name in (
            "planned_value",
            "earned_value",
            "actual_cost",
            "schedule_variance",
            "schedule_performance",
            "cost_performance",
        )
    }
    assert spans["planned_value"] == pytest.approx((0.040, 0.040))
    assert spans["earned_value"] == pytest.approx((0.030, 0.036))
    assert spans["actual_cost"] == pytest.approx((0.035, 0.035))
    assert spans["schedule_variance"] == pytest.approx((-0.010, -0.004))
    assert spans["schedule_performance"] == pytest.approx((0.75, 0.9))
    assert spans["cost_performance"] == pytest.approx((30 / 35, 36 / 35))
    assert (row["missing"], row["unit"], row["statement_ids"]) == ("", "thousand_bn_irr", "E1 E2 E3 E4")


@pytest.mark.parametrize(("left", "missing"), [(0, "planned"), (1, "earned"), (2, "budget"), (3, "actual")])
def test_a_missing_input_is_named_and_nothing_computed(tmp_path, left, missing):
    row = earned(tmp_path, [one for place, one in enumerate(INPUTS) if place != left])["garden"]
    assert row["missing"] == missing
    assert row["earned_value_low"] != row["earned_value_low"]


def test_progress_of_another_time_is_not_compared(tmp_path):
    early = ("E1", "garden", "", "progress_planned", 40, 40, "pct", "1401-06-01", "1401-06-01", {})
    assert earned(tmp_path, [early, *INPUTS[1:]])["garden"]["missing"] == "same_time"


def test_costs_of_another_currency_are_not_compared(tmp_path):
    euro = ("E4", "garden", "", "cost_to_date", 3, 3, "m_eur", "1402-06-01", "1402-06-01", {})
    assert earned(tmp_path, [*INPUTS[:3], euro])["garden"]["missing"] == "actual"


def test_the_shipped_register_names_what_nobody_stated(shipped):
    table = board.earned(shipped, Selection())
    lacking = dict(zip(table["project_id"].to_list(), table["missing"].to_list(), strict=True))
    assert lacking == {
        "artavil-sponge-iron": "planned",
        "khodaafarin-network": "planned budget",
        "saheb-divan-mine": "planned earned",
    }
