"""The next missing link and the shortage of tonnes: by hand for steel and copper, and by trying every stage."""

import random

import pandas as pd
import pytest

from khoosheh import calendar, queries
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import missing_links
from khoosheh.measures.capacity_balance import LinkBalanceRow
from khoosheh.measures.missing_links import StageAdditionRow
from khoosheh.measures.rows import build_table, read_rows
from khoosheh.measures.scope import Selection
from khoosheh.measures.value_chains import StageStateRow
from khoosheh.topics.value_chains import missing_link_sentences as findings
from testing import made_up

ALL = Selection()
RUNGS = ("not_started", "exploring", "licensed", "building", "commissioning", "operating")


def of_chain(found, chain: str) -> list[dict]:
    return [row for row in found.iter_rows(named=True) if row["chain_id"] == chain]


def test_the_next_missing_link_in_steel_is_the_sponge_iron_that_is_being_built(shipped):
    rows = of_chain(queries.query_stage_additions(shipped, ALL), "steel")
    # billet and sections certainly operate: a run of two, which only the stage before them can lengthen
    assert [row["stage_id"] for row in rows] == [
        "steel-sponge-iron",
        "steel-mining",
        "steel-concentrate",
        "steel-pellet",
    ]
    assert [(row["run_low_stages"], row["run_low_stages_after"]) for row in rows] == [(2, 3), (2, 2), (2, 2), (2, 2)]
    # two of five rungs of one of six stages
    assert rows[0]["readiness_gain"] == pytest.approx(2 / 30)
    assert rows[3]["readiness_gain"] == pytest.approx(1 / 6)
    # 400 kt of billet at 1.15 to 1.17; 1.2 Mt of sponge iron at 1.45
    assert (rows[0]["wanted_low_t_per_year"], rows[0]["wanted_high_t_per_year"]) == pytest.approx((460_000, 468_000))
    assert rows[3]["wanted_high_t_per_year"] == pytest.approx(1_740_000)


def test_steel_is_shortest_of_pellets_and_then_of_concentrate(shipped):
    short = queries.find_chain_bottleneck(shipped, ALL, "steel")
    assert (short["stage_id"], short["input_stage_id"], short["cover"]) == ("steel-sponge-iron", "steel-pellet", 0)
    fed = queries.find_chain_bottleneck(shipped, ALL, "steel", (("steel-pellet", 1_740_000.0),))
    assert (fed["stage_id"], fed["input_stage_id"]) == ("steel-pellet", "steel-concentrate")
    half = (("steel-pellet", 870_000.0), ("steel-concentrate", 870_000.0), ("steel-mining", 2_000_000.0))
    assert queries.find_chain_bottleneck(shipped, ALL, "steel", half)["cover"] == pytest.approx(0.5)


def test_figures_that_do_not_fit_are_not_judged(shipped):
    assert queries.find_chain_bottleneck(shipped, ALL, "copper") is None
    assert missing_links.compute_link_covers(queries.query_chain_links(shipped, ALL, "copper")) == []


@pytest.mark.parametrize(("lang", "parts"), [
    ("en", ("Sponge iron", "Building", "from 2 to 3")), ("fa", ("«آهن اسفنجی»", "در حال ساخت", "از ۲ به ۳")),
])  # fmt: skip
def test_the_page_answers_in_words(shipped, lang, parts):
    ladder = queries.list_stage_states(shipped)
    rows, states = (
        of_chain(ask(shipped, ALL), "steel") for ask in (queries.query_stage_additions, queries.query_stage_states)
    )
    said = findings.format_next_link(shipped, rows, states, ladder, lang)
    assert all(part in said for part in parts)
    tonnes = findings.format_chain_bottleneck(shipped, queries.query_chain_links(shipped, ALL, "steel"), lang)
    assert ("1,740" if lang == "en" else "۱٬۷۴۰") in tonnes


def test_of_a_chain_nobody_spoke_of_no_next_link_is_named(shipped):
    rows, states = (
        of_chain(ask(shipped, ALL), "engineering_services")
        for ask in (queries.query_stage_additions, queries.query_stage_states)
    )
    said = findings.format_next_link(shipped, rows, states, queries.list_stage_states(shipped), "en")
    assert said == "Nothing was stated of the state of any stage, so no next link can be named"


def test_before_1404_04_nothing_was_known_of_steel(shipped):
    early = Selection(as_of=calendar.parse_jalali_date("1403-12").last_day)
    assert {row["run_low_stages"] for row in of_chain(queries.query_stage_additions(shipped, early), "steel")} == {0}


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_trying_every_stage(seed):
    dice = random.Random(seed)
    tables = made_up.tables()
    tables["statements"] = [row for row in tables["statements"] if row["measure"] != "state"]
    rungs = {}
    for place, stage in enumerate(tables["stages"]):
        rung = dice.choice([None, *range(6)])
        rungs[stage["stage_id"]] = rung
        if rung is not None:
            state = {"state_low": RUNGS[rung], "state_high": RUNGS[rung]}
            row = (f"Z{place}", "", stage["stage_id"], "state", "", "", "", "1402-01", "1402-01", state)
            tables["statements"].append(made_up.statement(row))
    found = made_up.unchecked(tables)
    for chain in ("tea", "glass"):
        stages = [f"{chain}-{seq}" for seq in (1, 2, 3)]
        tried = []
        for seq, stage in enumerate(stages):
            if rungs[stage] != 5:
                line = "".join("x" if rungs[one] == 5 or one == stage else " " for one in stages)
                tried.append((-max(map(len, line.split())), -(rungs[stage] or 0), seq, stage))
        rows = of_chain(queries.query_stage_additions(found, ALL), chain)
        assert [row["stage_id"] for row in rows] == [stage for *_, stage in sorted(tried)]
        assert [-row["run_low_stages_after"] for row in rows] == [gain for gain, *_ in sorted(tried)]


LIKE = make_arrow_frame(pd.DataFrame({"any": [1]}))


def links(*rows: tuple):
    """Return links of the chain "x": a stage, the one before it, need, supply and verdict."""
    told = []
    for stage, before, need, supply, verdict in rows:
        ends = {f"{name}_{end}_t_per_year": None for name in ("capacity", "makes", "gap") for end in ("low", "high")}
        ends |= {"need_low_t_per_year": need[0], "need_high_t_per_year": need[1]}
        ends |= {"supply_low_t_per_year": supply[0], "supply_high_t_per_year": supply[1]}
        told.append(LinkBalanceRow(
            chain_id="x", stage_id=stage, input_stage_id=before, verdict=verdict, coefficient_source_id=None,
            statement_ids="", **ends,
        ))  # fmt: skip
    return build_table(told, LinkBalanceRow, LIKE)


def test_the_cover_is_the_least_supply_over_the_greatest_need():
    found = missing_links.compute_link_covers(links(
        ("some", "a", (10, 40), (30, 60), "either"),
        ("open", "a", (10, None), (30, 60), "either"),
        ("alone", "a", (10, 40), (None, None), "no_supply"),
        ("idle", "a", (0, 0), (None, None), "no_supply"),
        ("one", "a", (0.5, 1), (0.25, 1), "either"),
        ("much", "a", (10, 40), (80, 80), "surplus"),
        ("unknown", "a", (None, None), (30, 60), "no_capacity"),
        ("unlikely", "a", (900, 900), (1, 1), "implausible"),
    ))  # fmt: skip
    assert {row["stage_id"]: row["cover"] for row in found} == {
        "some": 0.75, "open": 0, "alone": 0, "idle": 1, "one": 0.25, "much": 2,
    }  # fmt: skip


def test_the_bottleneck_is_the_least_covered_link_and_none_where_each_is_covered():
    half, most = ("half", "a", (20, 20), (10, 10), "deficit"), ("most", "a", (20, 20), (19, 19), "deficit")
    full, ample = ("full", "a", (20, 20), (20, 20), "surplus"), ("ample", "a", (20, 20), (30, 30), "surplus")
    assert missing_links.find_bottleneck(links(full, most, half, ample))["stage_id"] == "half"
    assert missing_links.find_bottleneck(links(ample, most))["stage_id"] == "most"
    assert missing_links.find_bottleneck(links(full, ample)) is None


def test_what_a_stage_would_add_worked_out_by_hand():
    def state(chain: str, stage: str, seq: int, low: float, known: int = 1) -> StageStateRow:
        return StageStateRow(
            chain_id=chain, stage_id=stage, seq=seq, low=low, high=5, known=known, of=1, statement_ids=f"S-{stage}"
        )

    states = [
        state("x", "d", 4, 5), state("x", "b", 2, 5), state("x", "c", 3, 2), state("x", "a", 1, 0, 0),
        state("w", "v", 2, 1), state("w", "u", 1, 1),
    ]  # fmt: skip
    table = missing_links.compute_stage_additions(
        build_table(states, StageStateRow, LIKE),
        links(
            ("b", "a", (10, 20), (None, None), "no_supply"),
            ("c", "a", (3, 4), (None, None), "no_supply"),
            ("d", "c", (7, None), (1, 1), "deficit"),
            ("z", "c", (900, 900), (1, 1), "implausible"),
            ("y", "a", (None, None), (1, 1), "no_capacity"),
        ),
        5,
    )
    # x is ". o . o": c joins both, a only comes before one
    assert [tuple(row.values()) for row in read_rows(table, StageAdditionRow)] == [
        ("w", "u", 1, 1, 5, 1, 0, 1, pytest.approx(0.4), None, None, "S-u"),
        ("w", "v", 2, 1, 5, 1, 0, 1, pytest.approx(0.4), None, None, "S-v"),
        ("x", "c", 3, 2, 5, 1, 1, 3, pytest.approx(3 / 20), 7, None, "S-c"),
        ("x", "a", 1, 0, 5, 0, 1, 2, pytest.approx(5 / 20), 13, 24, "S-a"),
    ]
