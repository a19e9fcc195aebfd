"""Of how many projects each kind of amount was stated, and when each amount was said."""

import random
from datetime import date

import pandas as pd
import pytest

from khoosheh import money, queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import amount_coverage, investment
from khoosheh.measures.scope import Selection

KINDS = ["cost_planned", "cost_allocated", "cost_to_date"]


def covered(register, **question) -> dict[str, tuple]:
    table = queries.query_amount_coverage(register, Selection(**question))
    return {
        row["measure"]: (row["known"], row["of"], row["project_ids"], row["statement_ids"])
        for row in table.iter_rows(named=True)
    }


def test_four_of_sixteen_projects_worked_out_by_hand(shipped):
    """The files: K01 to K28 of Khoda Afarin, C04, C05 and C11 of Saheb Divan, C16 of Jolgeha, S02 to S14 of Artavil."""
    found = covered(shipped)
    projects = "artavil-sponge-iron jolgeha-concentrate khodaafarin-network saheb-divan-mine"
    assert found[""][:3] == (4, 16, projects)
    assert found["cost_planned"] == (2, 16, "artavil-sponge-iron saheb-divan-mine", "C05 S08")
    # the 30 million euro of S09 are for machinery only, and S02 is about the whole plant
    assert found["cost_to_date"][0] == 3 and found["cost_to_date"][3] == "C04 K08 S02"
    assert found["cost_kind_not_stated"][0] == 3
    assert all(
        found[kind][0] == 1
        for kind in found
        if kind not in ("", "cost_planned", "cost_to_date", "cost_kind_not_stated")
    )


def test_a_kind_that_nobody_stated_has_a_row_and_no_project(invented):
    found = covered(invented)
    assert found["cost_planned"] == (4, 5, "dryer furnace garden packer", "M02 M03 M05 M06")
    assert found["cost_allocated"] == (0, 5, "", "")
    assert list(found) == ["", *queries.list_measure_codes(invented, "investment")]


@pytest.mark.parametrize("unit", ["irr", "m_usd_market"])
@pytest.mark.parametrize("by", ["project_id", "chain_id"])
def test_neither_unit_nor_dimension_makes_a_difference(shipped, unit, by):
    assert covered(shipped, unit=unit, by=by) == covered(shipped)


def test_filters_and_the_day_are_kept(shipped):
    assert covered(shipped, chains=("steel",))[""] == (1, 5, "artavil-sponge-iron", "S02 S05 S08 S14")
    assert list(covered(shipped, kinds=("cost_to_date",))) == ["", "cost_to_date"]
    assert covered(shipped, as_of=date(1990, 1, 1))[""] == (0, 16, "", "")


def made_up_amounts(dice: random.Random) -> pd.DataFrame:
    rows = []
    for number in range(dice.randrange(1, 40)):
        first = dice.randrange(0, 900)
        day = pd.Timestamp("2021-06-01") + pd.Timedelta(first, "D")
        rows.append({
            "statement_id": f"R{number:03}", "project_id": dice.choice("abcdef"), "measure": dice.choice(KINDS[:2]),
            "is_part": dice.choice([True, False]), "quality_flag": None, "unit": dice.choice(["hemat", "m_eur"]),
            "value_low": float(dice.randrange(1, 50)), "value_high": float("nan"),
            "said_first_day": day, "said_last_day": day + pd.Timedelta(dice.choice([0, 40]), "D"),
            "said_first_year": 1400, "said_last_year": 1400,
        })  # fmt: skip
    return pd.DataFrame(rows).astype({"is_part": "boolean", "quality_flag": "str"})


@pytest.mark.parametrize("seed", range(6))
def test_projects_are_counted_one_by_one(seed):
    statements = made_up_amounts(random.Random(seed))
    frame, projects = make_arrow_frame(statements), pd.DataFrame({"project_id": list("abcde")})
    arrow = make_arrow_frame(projects)
    stated, trail = investment.compute_stated_amounts(frame, KINDS, "irr", money.Rates({}))
    amounts = investment.sum_amounts(stated, trail, arrow, by="project_id")
    table = amount_coverage.count_projects_by_kind(amounts, arrow, KINDS)
    for row in table.iter_rows(named=True):
        mine = statements[statements["measure"] == row["measure"]] if row["measure"] else statements
        names = sorted({name for name in mine["project_id"] if name in "abcde"})
        assert (row["known"], row["of"], row["project_ids"].split()) == (len(names), 5, names)


def test_when_each_amount_was_said_and_which_no_longer_count(shipped):
    rows = list(queries.query_dated_amounts(shipped, Selection()).iter_rows(named=True))
    found = {row["statement_ids"]: row for row in rows}
    assert [row["said_last_day"] for row in rows] == sorted(row["said_last_day"] for row in rows)
    # a part, of a project whose whole was stated
    assert [name for name, row in found.items() if not row["in_force"]] == ["S09"]
    k01 = found["K01"]
    assert (k01["low"], k01["high"], k01["unit"]) == (60, 60, "thousand_bn_irr")
    assert (k01["said_first_day"].date(), k01["said_last_day"].date()) == (date(2023, 12, 22), date(2024, 3, 19))
    # euro have no rate, and C11 is a part: its figure stays what it was
    assert found["S02"]["unit"] == "m_eur" and (found["C11"]["low"], found["C11"]["high"]) == (3, 3)


def test_a_later_word_takes_the_place_of_an_earlier_one(invented):
    rows = queries.query_dated_amounts(invented, Selection(unit="bn_toman")).iter_rows(named=True)
    assert {row["statement_ids"]: row["in_force"] for row in rows} == {
        "M01": False, "M02": True, "M03": True, "M04": False, "M05": True, "M06": True, "M07": True,
    }  # fmt: skip
