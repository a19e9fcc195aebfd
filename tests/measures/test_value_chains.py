"""Value chains: states of stages, and completion as an interval over all that could be."""

import random
from datetime import date, datetime

import narwhals as nw
import pandas as pd
import pytest
import twins

from khoosheh import calendar, queries, register, synthetic
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import value_chains
from khoosheh.measures.rows import read_rows
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import CompletionRow, StageStateByDayRow, StageStateRow
from khoosheh.queries import value_chains as of_chains

LADDER = ["not_started", "exploring", "licensed", "building", "commissioning", "operating"]
TOP = len(LADDER) - 1


def states_of(register, **question) -> dict:
    return {
        row["stage_id"]: row
        for row in queries.query_stage_states(register, Selection(**question)).iter_rows(named=True)
    }


def completion_of(register, **question) -> dict:
    table = queries.query_chain_completion(register, Selection(**question))
    return {(row["chain_id"], row["definition"]): row for row in table.iter_rows(named=True)}


def test_made_up_chain_worked_out_by_hand(invented):
    states = states_of(invented)
    assert [(states[f"tea-{n}"]["low"], states[f"tea-{n}"]["high"]) for n in (1, 2, 3)] == [(5, 5), (5, 5), (2, 4)]
    assert (states["glass-1"]["low"], states["glass-1"]["known"]) == (1, 1)
    assert (states["glass-2"]["low"], states["glass-2"]["high"], states["glass-2"]["known"]) == (0, 5, 0)
    found = completion_of(invented)
    assert (found["tea", "operating_share"]["low"], found["tea", "operating_share"]["high"]) == pytest.approx(
        (2 / 3, 2 / 3)
    )
    assert (found["tea", "readiness"]["low"], found["tea", "readiness"]["high"]) == pytest.approx((12 / 15, 14 / 15))
    assert (found["tea", "longest_run"]["low"], found["tea", "longest_run"]["high"]) == (2, 2)
    assert (found["glass", "operating_share"]["low"], found["glass", "operating_share"]["high"]) == pytest.approx(
        (0, 2 / 3)
    )
    assert (
        found["glass", "longest_run"]["high"],
        found["glass", "longest_run"]["known"],
        found["glass", "longest_run"]["of"],
    ) == (2, 1, 3)


def test_a_later_state_replaces_an_earlier_one(invented):
    assert states_of(invented)["tea-1"]["statement_ids"] == "M09"
    early = states_of(invented, as_of=pd.Timestamp("2022-05-01").date())
    assert (early["tea-1"]["low"], early["tea-1"]["high"], early["tea-1"]["statement_ids"]) == (3, 3, "M08")


def test_steel_of_the_shipped_register_worked_out_by_hand(shipped):
    """Ore, concentrate and pellet: nobody said. Sponge iron is being built. Billet and sections run."""
    found = completion_of(shipped, chains=("steel",))
    assert found.keys() == {("steel", definition) for definition in value_chains.DEFINITIONS}
    assert (found["steel", "operating_share"]["low"], found["steel", "operating_share"]["high"]) == pytest.approx(
        (2 / 6, 5 / 6)
    )
    assert (found["steel", "readiness"]["low"], found["steel", "readiness"]["high"]) == pytest.approx(
        (13 / 30, 28 / 30)
    )
    assert (found["steel", "longest_run"]["low"], found["steel", "longest_run"]["high"]) == (2, 3)
    assert (found["steel", "readiness"]["known"], found["steel", "readiness"]["of"]) == (3, 6)


def test_a_chain_nobody_spoke_of_is_wholly_open(shipped):
    row = completion_of(shipped, chains=("engineering_services",))["engineering_services", "readiness"]
    assert (row["low"], row["high"], row["known"], row["of"]) == (0, 1, 0, 5)


def drawn_rows(dice: random.Random, chain: int, size: int) -> list[dict]:
    """Up to 13 statements about the states of a chain's stages, at random."""
    rows = []
    for number in range(dice.randrange(0, 14)):
        low = dice.randrange(0, TOP + 1)
        day = dice.randrange(0, 300)
        rows.append({
            "statement_id": f"R{chain}-{number:02}", "stage_id": f"c{chain}s{dice.randrange(size)}",
            "project_id": dice.choice([f"p{chain}", f"q{chain}", None]),
            "state_low": LADDER[low], "state_high": LADDER[dice.randrange(low, TOP + 1)], "quality_flag": None,
            "said_first_day": pd.Timestamp("2023-01-01") + pd.Timedelta(day, "D"),
            "said_last_day": pd.Timestamp("2023-01-01") + pd.Timedelta(day + dice.choice([0, 100]), "D"),
        })  # fmt: skip
    return rows


@pytest.mark.parametrize(("seed", "chains"), [*((seed, 12) for seed in range(5)), (5, 0)])
def test_agrees_with_trying_every_world(seed, chains):
    # chains that have nothing to do with each other in one table; at last one of which nothing was said
    dice = random.Random(seed)
    sizes = {chain: dice.randrange(1, 6) for chain in range(max(chains, 1))}
    told = {chain: drawn_rows(dice, chain, size) if chains else [] for chain, size in sizes.items()}
    rows = [row for listed in told.values() for row in listed]
    stages = pd.DataFrame(
        [
            {"chain_id": f"c{chain}", "stage_id": f"c{chain}s{n}", "seq": n}
            for chain, size in sizes.items()
            for n in range(size)
        ]
    )
    names = ["statement_id", "stage_id", "project_id", "state_low", "state_high", "quality_flag"]
    frame = pd.DataFrame(rows, columns=[*names, "said_first_day", "said_last_day"]).astype(
        dict.fromkeys(names, "str")
    )
    frame = frame.astype({"said_first_day": "datetime64[us]", "said_last_day": "datetime64[us]"})
    states = value_chains.compute_stage_states(make_arrow_frame(frame), make_arrow_frame(stages), LADDER)
    listed = [{**row, "low": LADDER.index(row["state_low"]), "high": LADDER.index(row["state_high"])} for row in rows]
    expected = {
        stage: twins.stage([row for row in listed if row["stage_id"] == stage], TOP) for stage in stages["stage_id"]
    }
    found = {row["stage_id"]: (row["low"], row["high"], row["known"]) for row in states.iter_rows(named=True)}
    assert found == expected
    order = pd.DataFrame({"chain_id": [f"c{chain}" for chain in sizes], "seq": list(sizes)})
    table = list(value_chains.compute_chain_completion(states, make_arrow_frame(order), TOP).iter_rows(named=True))
    for chain, size in sizes.items():
        worlds = twins.worlds([expected[f"c{chain}s{n}"][:2] for n in range(size)], TOP)
        of_chain = {row["definition"]: (row["low"], row["high"]) for row in table if row["chain_id"] == f"c{chain}"}
        assert of_chain == {name: pytest.approx(span) for name, span in worlds.items()}


def test_longest_run():
    assert value_chains.compute_longest_run([]) == 0
    assert value_chains.compute_longest_run([True, True, False, True]) == 2


def test_the_province_counts_every_stage_once(shipped):
    rows = {
        row["definition"]: row for row in queries.query_overall_completion(shipped, Selection()).iter_rows(named=True)
    }
    assert set(rows) == {"operating_share", "readiness"}, "stages of two chains do not follow each other"
    states = list(queries.query_stage_states(shipped, Selection()).iter_rows(named=True))
    assert rows["readiness"]["low"] == pytest.approx(sum(row["low"] for row in states) / 5 / len(states))
    assert rows["operating_share"]["low"] == pytest.approx(2 / 27), "billet and sections"
    assert (rows["readiness"]["known"], rows["readiness"]["of"]) == (9, 27)


def test_history_is_what_each_day_would_have_said(shipped):
    found = queries.query_completion_history(shipped, Selection())
    days = sorted(set(found["day"].to_list()))
    assert len(days) > 5 and days[-1] == queries.find_as_of_day(shipped, Selection())
    for day in days:
        asked = Selection(as_of=day)
        then = [
            *queries.query_chain_completion(shipped, asked).iter_rows(named=True),
            *queries.query_overall_completion(shipped, asked).iter_rows(named=True),
        ]
        mine = found.filter(nw.col("day") == day).drop("day").rows(named=True)
        assert mine == then


def test_history_knows_nothing_after_its_day(shipped):
    early = Selection(as_of=calendar.parse_jalali_date("1403-06").last_day)
    found = queries.query_completion_history(shipped, early)
    assert found["day"].max() == calendar.parse_jalali_date("1403-06").last_day
    readiness = found.filter(nw.col("chain_id") == "steel", nw.col("definition") == "readiness")
    assert readiness["low"].max() == 0


def test_a_project_is_in_the_states_that_its_statements_in_force_leave(invented):
    told = queries.select_statements(invented, Selection())
    rows = value_chains.compute_project_states(told, queries.list_stage_states(invented)).iter_rows(named=True)
    # worked out by hand: M09 replaced M08; M11 leaves an interval; M20 is about a stage, not a project
    assert {row["project_id"]: (row["low"], row["high"], row["statement_ids"]) for row in rows} == {
        "garden": (5, 5, "M09"),
        "dryer": (5, 5, "M10"),
        "packer": (2, 4, "M11"),
    }


def test_the_history_of_a_large_register_has_ends_of_periods(tmp_path):
    synthetic.write_synthetic_package(tmp_path, 6000, 3)
    found = register.load_register(tmp_path)
    days, months = queries.list_history_days(found, Selection())
    assert months == 1
    assert 20 < len(days) <= of_chains.MOST_DAYS
    last = queries.find_as_of_day(found, Selection())
    assert all(calendar.find_period_end(day, months) == day or day == last for day in days)
    history = queries.query_completion_history(found, Selection())
    for day in days[5::20]:
        of_day = history.filter(nw.col("day") == day, nw.col("chain_id") != "").drop("day")
        asked = queries.query_chain_completion(found, Selection(as_of=day))
        assert of_day.rows(named=True) == asked.rows(named=True)


def stated(*states: tuple):
    """Return statements of states: stage, project, both states, day of March 2024."""
    frame = pd.DataFrame([
        {"statement_id": f"A{place}", "stage_id": stage, "project_id": project, "state_low": low, "state_high": high,
         "quality_flag": None, "said_first_day": datetime(2024, 3, day), "said_last_day": datetime(2024, 3, day)}
        for place, (stage, project, low, high, day) in enumerate(states)
    ])  # fmt: skip
    texts = ("stage_id", "project_id", "state_low", "state_high", "quality_flag")
    frame = frame.astype(dict.fromkeys(texts, "str"))
    days = dict.fromkeys(("said_first_day", "said_last_day"), "datetime64[us]")
    return make_arrow_frame(frame.astype(days))


STATED = stated(
    ("x2", "mill", "building", None, 1), ("x2", "loom", None, "licensed", 2), ("x2", None, "exploring", "exploring", 2),
    ("x1", None, None, None, 1), (None, "far", "operating", "operating", 1), ("y1", "inn", "operating", "operating", 3),
)  # fmt: skip
STAGES = make_arrow_frame(
    pd.DataFrame({"chain_id": ["y", "x", "x"], "stage_id": ["y1", "x2", "x1"], "seq": [1, 2, 1]})
)
CHAINS = make_arrow_frame(pd.DataFrame({"chain_id": ["x", "y", "z"], "seq": [2, 1, 3]}))


def test_an_end_of_a_state_that_was_not_stated_is_the_end_of_the_ladder():
    states = value_chains.compute_stage_states(STATED, STAGES, LADDER)
    assert [tuple(row.values()) for row in read_rows(states, StageStateRow)] == [
        ("x", "x1", 1, 0, 5, 0, 1, ""), ("x", "x2", 2, 3, 5, 3, 3, "A0 A1 A2"), ("y", "y1", 1, 5, 5, 1, 1, "A5"),
    ]  # fmt: skip
    projects = value_chains.compute_project_states(STATED, LADDER)
    assert projects.rows() == [
        ("far", 5, 5, "A4"), ("inn", 5, 5, "A5"), ("loom", 0, 2, "A1"), ("mill", 3, 5, "A0"),
    ]  # fmt: skip
    spoken = value_chains.select_stage_state_statements(STATED, LADDER, ["quality_flag"])
    assert spoken.columns == [*value_chains.STATE_COLUMNS, "quality_flag"]


def test_states_of_each_day_are_listed_by_day_chain_and_place():
    spoken = value_chains.select_stage_state_statements(STATED, LADDER)
    days = [date(2024, 3, 3), date(2024, 3, 1)]
    states = value_chains.compute_states_by_day(spoken, STAGES, TOP, days)
    found = [(row["day"].day, row["stage_id"], row["known"]) for row in read_rows(states, StageStateByDayRow)]
    assert found == [(1, "x1", 0), (1, "x2", 1), (1, "y1", 0), (3, "x1", 0), (3, "x2", 3), (3, "y1", 1)]
    history = value_chains.compute_completion_history(states, CHAINS, TOP)
    names = ("day", "chain_id", "definition", "low", "high", "known", "of", "statement_ids")
    share = history.filter(nw.col("definition") == "operating_share").select(*names).rows()
    assert share == [
        (date(2024, 3, 1), "y", "operating_share", 0, 1, 0, 1, ""),
        (date(2024, 3, 1), "x", "operating_share", 0, 1, 1, 2, "A0"),
        (date(2024, 3, 1), "", "operating_share", 0, 1, 1, 3, "A0"),
        (date(2024, 3, 3), "y", "operating_share", 1, 1, 1, 1, "A5"),
        (date(2024, 3, 3), "x", "operating_share", 0, 1, 1, 2, "A0 A1 A2"),
        (date(2024, 3, 3), "", "operating_share", pytest.approx(1 / 3), 1, 2, 3, "A0 A1 A2 A5"),
    ]


def test_the_province_has_no_run_and_no_rows_without_stages():
    states = value_chains.compute_stage_states(STATED, STAGES, LADDER)
    found = [
        tuple(row.values()) for row in read_rows(value_chains.compute_overall_completion(states, TOP), CompletionRow)
    ]
    assert found == [
        ("", "operating_share", pytest.approx(1 / 3), 1, 2, 3, "A0 A1 A2 A5"),
        ("", "readiness", pytest.approx(8 / 15), 1, 2, 3, "A0 A1 A2 A5"),
    ]
    assert len(value_chains.compute_overall_completion(states.head(0), TOP)) == 0
