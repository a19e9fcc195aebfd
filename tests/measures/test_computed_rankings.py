"""Standings: every place against a slow count, against ranks that the sources state, and margins worked out by hand."""

import csv
import random
from datetime import date
from pathlib import Path

import narwhals as nw
import pandas as pd
import pytest
import twins

from khoosheh import queries, register
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import computed_rankings
from khoosheh.measures.scope import Selection
from testing import made_up

ARDABIL = "IR-24"
# As printed in the note of who transcribed the tables: Ardabil's place by year.
STATED = {
    "unemployment-15plus": {1398: 15, 1399: 5, 1400: 21, 1401: 23, 1402: 24},
    "urban-income": {1394: 23, 1395: 29, 1396: 24, 1397: 23, 1398: 24, 1399: 27, 1400: 29, 1401: 24, 1402: 17},
    "shdi": {year: 24 if year < 2010 else 25 for year in range(1990, 2020)},
}
# What others printed of the same tables, by place: (indicator, year) -> places of provinces.
ELSEWHERE = {
    # Semnan had the lowest rate of 1401, 6.4 per cent
    ("unemployment-15plus", 1401): {"IR-20": 1},
    # Zanjan, Razavi Khorasan and Mazandaran were lowest in 1400; Hormozgan, Kermanshah and Khuzestan highest
    ("unemployment-15plus", 1400): {"IR-19": 1, "IR-09": 2, "IR-02": 3, "IR-22": 31, "IR-05": 30, "IR-06": 29},
    ("urban-income", 1400): {"IR-23": 1},
}


def rows_of(table) -> list[dict]:
    return list(table.iter_rows(named=True))


@pytest.fixture(scope="module")
def every(shipped):
    return rows_of(queries.query_computed_rankings(shipped, Selection()))


def test_every_place_agrees_with_a_slow_count(every, shipped):
    best = dict(
        zip(shipped.table("indicators")["indicator_id"], shipped.table("indicators")["direction"], strict=True)
    )
    groups = {(row["indicator_id"], row["year"]) for row in every}
    assert len(groups) == 5 + 9 + 30 and len(every) == 1334
    for group in groups:
        mine = [row for row in every if (row["indicator_id"], row["year"]) == group]
        slow = twins.places({row["iso_3166_2"]: row["value"] for row in mine}, best[group[0]] == "highest_is_best")
        for row in mine:
            place, of, tied, better, worse = slow[row["iso_3166_2"]]
            assert (row["place"], row["of"], row["tied"]) == (place, of, tied)
            for told, expected in ((row["to_better"], better), (row["to_worse"], worse)):
                assert told == pytest.approx(expected) if expected is not None else pd.isna(told)


@pytest.mark.parametrize("indicator", STATED)
def test_ardabils_places_are_those_that_were_stated(every, indicator):
    found = {r["year"]: r["place"] for r in every if r["indicator_id"] == indicator and r["iso_3166_2"] == ARDABIL}
    assert found == STATED[indicator]


@pytest.mark.parametrize("group", ELSEWHERE)
def test_places_agree_with_what_others_printed(every, group):
    found = {r["iso_3166_2"]: r["place"] for r in every if (r["indicator_id"], r["year"]) == group}
    assert {code: found[code] for code in ELSEWHERE[group]} == ELSEWHERE[group]


def test_eight_provinces_had_more_than_ten_per_cent_in_1401_and_1402(every):
    for year in (1401, 1402):
        high = [
            r for r in every if (r["indicator_id"], r["year"]) == ("unemployment-15plus", year) and r["value"] > 10
        ]
        assert len(high) == 8


def test_a_shared_place_is_said_to_be_shared(every):
    row = next(
        r for r in every if (r["indicator_id"], r["year"], r["iso_3166_2"]) == ("unemployment-15plus", 1399, ARDABIL)
    )
    assert (row["place"], row["tied"], row["of"]) == (5, True, 31)


def test_a_unit_of_two_provinces_has_one_place(every, shipped):
    table = queries.query_computed_rankings(shipped, Selection())
    for code in ("IR-23", "IR-30"):
        mine = rows_of(
            computed_rankings.select_province_rankings(table, code).filter(nw.col("indicator_id") == "shdi")
        )
        assert len(mine) == 30 and {row["of"] for row in mine} == {30}
    assert {
        row["joint_iso_3166_2"] for row in every if row["indicator_id"] == "shdi" and row["iso_3166_2"] == "IR-23"
    } == {"IR-30"}


def test_doubtful_values_are_flagged(every):
    income = {
        r["year"]: r["quality_flag"]
        for r in every
        if r["indicator_id"] == "urban-income" and r["iso_3166_2"] == ARDABIL
    }
    assert income[1402] == "unchecked" and pd.isna(income[1401])
    assert {r["quality_flag"] for r in every if r["indicator_id"] == "shdi"} == {"interpolated"}


def test_made_up_tables_with_ties_and_holes_agree_with_a_slow_count():
    dice = random.Random(40)
    highest = {f"x{number}": dice.random() < 0.5 for number in range(40)}
    values = {
        indicator: {f"XA-{n:02}": dice.choice([1.0, 2.0, 2.5, 3.25, 7.0]) for n in range(dice.randint(1, 12))}
        for indicator in highest
    }
    rows = [
        {"indicator_id": indicator, "iso_3166_2": code, "joint_iso_3166_2": None, "year": 1400, "value": value,
         "obs_status": "A", "quality_flag": None, "source_id": "s"}
        for indicator, of_places in values.items() for code, value in of_places.items()
    ]  # fmt: skip
    directions = {one: "highest_is_best" if high else "lowest_is_best" for one, high in highest.items()}
    way = pd.DataFrame({"indicator_id": list(directions), "direction": list(directions.values())})
    told = nw.from_native(pd.DataFrame(rows), eager_only=True)
    found = computed_rankings.compute_rankings(told, nw.from_native(way, eager_only=True))
    slow = {one: twins.places(of_places, highest[one]) for one, of_places in values.items()}
    listed = rows_of(found)
    assert len(listed) == len(rows)
    for row in listed:
        place, of, tied, better, worse = slow[row["indicator_id"]][row["iso_3166_2"]]
        assert (row["place"], row["of"], row["tied"]) == (place, of, tied)
        assert (better is None and pd.isna(row["to_better"])) or row["to_better"] == pytest.approx(better)
        assert (worse is None and pd.isna(row["to_worse"])) or row["to_worse"] == pytest.approx(worse)


def test_a_margin_is_what_moves_the_place(every):
    """Take the margin from Ardabil's value, count anew, and the place has moved; take less, and it has not."""
    for indicator, highest in (("unemployment-15plus", False), ("urban-income", True)):
        year = 1402
        values = {r["iso_3166_2"]: r["value"] for r in every if (r["indicator_id"], r["year"]) == (indicator, year)}
        row = next(r for r in every if (r["indicator_id"], r["year"], r["iso_3166_2"]) == (indicator, year, ARDABIL))
        sign = 1 if highest else -1
        for share, moves in ((1.0, True), (0.99, False)):
            changed = {
                **values,
                ARDABIL: values[ARDABIL] + sign * share * row["to_better"] + (sign * 1e-9 if moves else 0),
            }
            assert (twins.places(changed, highest)[ARDABIL][0] < row["place"]) == moves


def test_between_two_years(shipped):
    table = queries.query_computed_rankings(shipped, Selection())
    climbs = {
        r["iso_3166_2"]: r["climb"]
        for r in rows_of(computed_rankings.compare_ranking_years(table, "unemployment-15plus", (1398, 1402)))
    }
    assert climbs[ARDABIL] == -9 and len(climbs) == 31


def test_a_table_is_known_from_the_day_its_source_was_published(shipped):
    def known(day: date) -> set:
        return set(queries.query_computed_rankings(shipped, Selection(as_of=day))["indicator_id"].to_list())

    assert known(date(2025, 4, 8)) == set()
    assert known(date(2025, 4, 9)) == {"unemployment-15plus", "urban-income"}
    assert known(date(2026, 11, 23)) == {"unemployment-15plus", "urban-income", "shdi"}


def test_the_ladder_has_stated_and_computed_places(shipped):
    found = {
        (r["indicator_id"], r["kind"]): r for r in rows_of(queries.query_province_rankings(shipped, Selection()))
    }
    assert found["unemployment-15plus", "computed"]["low"] == 24
    assert found["unemployment-15plus", "computed"]["year"] == 1402
    assert found["shdi", "computed"]["of"] == 30
    assert found["science-park", "stated"]["low"] == 24
    assert not [key for key in found if key[0] == "urban-income" and key[1] != "computed"]


def test_the_file_holds_the_table_it_was_taken_from(shipped):
    with (Path(made_up.SHIPPED) / "observations.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    keys = {(row["indicator_id"], row["iso_3166_2"], row["year"]) for row in rows}
    assert len(keys) == len(rows) == 1334
    sums = {}
    for row in rows:
        sums[row["indicator_id"]] = sums.get(row["indicator_id"], 0) + 1
    assert sums == {"unemployment-15plus": 155, "urban-income": 279, "shdi": 900}


def test_a_package_without_tables_has_no_standings(tmp_path):
    tables = made_up.tables()
    tables["observations"] = []
    found = register.load_register(made_up.write(tmp_path, tables))
    assert (
        queries.list_tabulated_indicators(found) == []
        and len(queries.query_computed_rankings(found, Selection())) == 0
    )
    assert {r["kind"] for r in rows_of(queries.query_province_rankings(found, Selection()))} == {
        "stated",
        "climb_before",
        "climb_after",
        "tier",
    }


def observed(*values: tuple[str, int, str, float]):
    """Return values of indicators, by year and province."""
    rest = {"joint_iso_3166_2": None, "obs_status": "A", "quality_flag": None, "source_id": "s"}
    names = ("indicator_id", "year", "iso_3166_2", "value")
    return make_arrow_frame(
        pd.DataFrame([{**dict(zip(names, row, strict=True)), **rest} for row in values]).astype(
            {
                "joint_iso_3166_2": "str",
                "quality_flag": "str",
            }
        )
    )


def test_only_values_with_a_direction_are_ranked_by_indicator_year_place_and_province():
    told = observed(
        ("y", 1401, "b", 1), ("x", 1402, "a", 5), ("x", 1401, "c", 2), ("x", 1401, "b", 8), ("x", 1401, "a", 2),
        ("tier", 1401, "a", 1), ("unknown", 1401, "a", 1),
    )  # fmt: skip
    ways = pd.DataFrame({
        "indicator_id": ["x", "y", "tier"], "direction": ["lowest_is_best", "highest_is_best", "lists_of_tiers"],
    })  # fmt: skip
    table = computed_rankings.compute_rankings(told, make_arrow_frame(ways))
    found = [(r["indicator_id"], r["year"], r["iso_3166_2"], r["place"], r["of"], r["tied"]) for r in rows_of(table)]
    assert found == [
        ("x", 1401, "a", 1, 3, True), ("x", 1401, "c", 1, 3, True), ("x", 1401, "b", 3, 3, False),
        ("x", 1402, "a", 1, 1, False), ("y", 1401, "b", 1, 1, False),
    ]  # fmt: skip
    assert [(row["to_better"], row["to_worse"]) for row in rows_of(table)][:3] == [(None, 6), (None, 6), (6, None)]
    assert computed_rankings.list_ranking_years(table, "x") == [1401, 1402]
    assert computed_rankings.list_ranking_years(table, "tier") == []


def test_two_years_are_compared_by_the_later_place_without_provinces_of_one_year():
    told = observed(
        ("x", 1401, "a", 1), ("x", 1401, "b", 2), ("x", 1401, "c", 3), ("x", 1402, "b", 3), ("x", 1402, "c", 4),
        ("x", 1403, "c", 1), ("x", 1403, "b", 2), ("x", 1403, "d", 3), ("y", 1401, "d", 1),
    )  # fmt: skip
    ways = pd.DataFrame({"indicator_id": ["x", "y"], "direction": "lowest_is_best"})
    table = computed_rankings.compute_rankings(told, make_arrow_frame(ways))
    compared = computed_rankings.compare_ranking_years(table, "x", (1401, 1403))
    assert rows_of(compared) == [
        {"iso_3166_2": "c", "place_first": 3, "place_last": 1, "climb": 2},
        {"iso_3166_2": "b", "place_first": 2, "place_last": 2, "climb": 0},
    ]
