"""Ranking: what a climb allows and no more; growth and level kept apart."""

from datetime import datetime

import pandas as pd
import pytest
import twins

from khoosheh import queries, register
from khoosheh.engines import make_arrow_frame
from khoosheh.measures import stated_rankings
from khoosheh.measures.computed_rankings import ComputedRankingRow
from khoosheh.measures.rows import build_table, read_rows
from khoosheh.measures.scope import Selection
from khoosheh.measures.stated_rankings import ProvinceRankingRow, StatedRankingRow
from testing import made_up


def rows_of(register, **question) -> dict:
    table = queries.query_province_rankings(register, Selection(**question))
    return {(row["indicator_id"], row["kind"]): row for row in table.iter_rows(named=True)}


def test_climbs_agree_with_trying_every_place():
    steps = [(size, step) for size in range(2, 40) for step in range(-size + 1, size)]
    for size, step in steps:
        before, after = twins.climbs(size, step)
        found = stated_rankings.compute_climb_interval(size, step)
        expected = {"climb_before": (min(before), max(before)), "climb_after": (min(after), max(after))}
        assert found == expected, (size, step)


def test_a_climb_beyond_the_field_is_refused():
    with pytest.raises(ValueError, match="no climb of 31"):
        stated_rankings.compute_climb_interval(31, 31)


def test_up_22_of_31_is_not_from_23_to_1(shipped):
    rows = rows_of(shipped)
    before, after = rows["kb-growth", "climb_before"], rows["kb-growth", "climb_after"]
    assert (before["low"], before["high"], before["statement_ids"]) == (23, 31, "A13")
    assert (after["low"], after["high"]) == (1, 9)
    first = rows["kb-growth", "stated"]
    assert (first["low"], first["high"], first["aspect"], first["statement_ids"]) == (1, 1, "growth", "A12")


def test_a_level_that_nobody_stated_is_not_stated(shipped):
    row = rows_of(shipped)["kb-level", "stated"]
    assert row["known"] == 0 and row["low"] is None
    assert row["statement_ids"] == "A15"


def test_the_third_tier_allows_places_20_to_31(shipped):
    """Tiers of 7, 12 and 11 named provinces; the one that is missing may stand in any of them."""
    row = rows_of(shipped)["slogan-1401", "tier"]
    assert (row["low"], row["high"], row["known"], row["of"]) == (20, 31, 30, 31)


def test_a_field_of_unknown_size_stays_unknown(shipped):
    row = rows_of(shipped)["science-park", "stated"]
    assert row["low"] == 24 and row["of"] is None


def test_places_of_other_provinces_are_not_ours(shipped):
    assert rows_of(shipped)["kb-firms", "stated"]["known"] == 0


def test_before_anything_was_said_nothing_is_known(invented):
    from datetime import date

    assert all(row["known"] == 0 for row in rows_of(invented, as_of=date(2023, 1, 1)).values())


def test_made_up_field_of_ten(invented):
    rows = rows_of(invented)
    assert (rows["speed", "climb_before"]["low"], rows["speed", "climb_before"]["high"]) == (5, 10)
    assert (rows["speed", "climb_after"]["low"], rows["speed", "climb_after"]["high"]) == (1, 6)
    assert (rows["height", "tier"]["low"], rows["height", "tier"]["high"]) == (2, 3)


@pytest.mark.parametrize(("low", "high"), [(2, 5), (-6, -4), (-2, 3), (0, 0), (2, ""), (-3, "")])
def test_a_climb_stated_as_an_interval_allows_the_places_of_every_climb_in_it(low, high, tmp_path):
    size, tables = 10, made_up.tables()
    row = ("C1", "", "", "rank_change", low, high, "places", "1402-06", "1402-06", {"indicator_id": "speed"})
    tables["statements"] = [made_up.statement(row)]
    rows = rows_of(register.load_register(made_up.write(tmp_path, tables)))
    # "at least" allows every climb of which a field of ten has room
    climbs = [twins.climbs(size, step) for step in range(low, size if high == "" else high + 1)]
    for place, kind in enumerate(("climb_before", "climb_after")):
        allowed = {one for climb in climbs for one in climb[place]}
        assert (rows["speed", kind]["low"], rows["speed", kind]["high"]) == (min(allowed), max(allowed))


INDICATORS = make_arrow_frame(
    pd.DataFrame({
        "indicator_id": ["size", "speed", "height"], "aspect": ["level", "growth", "level"], "seq": [3, 1, 2],
        "field_size": pd.array([None, 10, 20], dtype="Int64"),
    })
)  # fmt: skip


def stated(*values: tuple):
    """Return statements about the province "IR-24": indicator, measure, both values, day of March 2024."""
    return make_arrow_frame(
        pd.DataFrame([
            {"statement_id": f"A{place}", "source_id": "s", "iso_3166_2": "IR-24", "quality_flag": None,
             "indicator_id": indicator, "measure": measure, "value_low": low, "value_high": high,
             "said_first_day": datetime(2024, 3, day), "said_last_day": datetime(2024, 3, day)}
            for place, (indicator, measure, low, high, day) in enumerate(values)
        ]).astype({"quality_flag": "str", "indicator_id": "str", "value_low": float, "value_high": float})
    )  # fmt: skip


def ranked(*rows: tuple):
    """Return rows of tiers of "height": province, year, first and last place."""
    return make_arrow_frame(
        pd.DataFrame([
            {"indicator_id": "height", "iso_3166_2": province, "period_from": str(year),
             "period_last_day": datetime(year, 3, 19), "rank_low": low, "rank_high": high}
            for province, year, low, high in rows
        ]).astype({"rank_low": "Int64", "rank_high": "Int64"})
    )  # fmt: skip


def places(statements, ranks) -> list[tuple]:
    table = stated_rankings.compute_stated_rankings(statements, INDICATORS, ranks, "IR-24")
    return [tuple(row.values()) for row in read_rows(table, StatedRankingRow)]


NO_RANKS = ranked(("IR-99", 2023, 1, 1))


def test_places_and_climbs_in_force_worked_out_by_hand():
    statements = stated(
        ("height", "rank", 3, 5, 2), ("height", "rank", 4, None, 2), ("height", "rank", 9, 9, 1),
        ("speed", "rank_change", 2, 2, 2), ("speed", "rank_change", -3, -3, 2), ("speed", "rank_change", 9, 9, 1),
        ("speed", "other", 1, 1, 3), ("size", "rank", None, None, 1), ("size", "rank_change", 2, 2, 1),
        (None, "rank", 1, 1, 1),
    )  # fmt: skip
    assert places(statements, NO_RANKS) == [
        # up 2: from 3..10 to 1..8; down 3: from 1..7 to 4..10
        ("speed", "growth", "climb_before", 1, 10, 1, 10, "A3 A4"),
        ("speed", "growth", "climb_after", 1, 10, 1, 10, "A3 A4"),
        ("height", "level", "stated", 4, 5, 1, 20, "A0 A1"),
        # a climb among nobody knows how many allows any place
        ("size", "level", "stated", None, None, 0, None, "A7 A8"),
    ]
    assert [row[3:5] for row in places(stated(("speed", "rank_change", 2, 3, 1)), NO_RANKS)][:2] == [(3, 10), (1, 8)]


@pytest.mark.parametrize(
    ("climb", "before", "after"),
    [
        ((1, 3), (2, 10), (1, 9)), ((0, 3), (1, 10), (1, 10)), ((-2, 3), (1, 10), (1, 10)),
        ((-3, 0), (1, 10), (1, 10)), ((-3, None), (1, 10), (1, 10)), ((-6, -4), (1, 6), (5, 10)),
    ],
)  # fmt: skip
def test_the_shortest_climb_of_an_interval_allows_most_places(climb, before, after):
    rows = places(stated(("speed", "rank_change", *climb, 1)), NO_RANKS)
    assert [row[2:5] for row in rows[:2]] == [("climb_before", *before), ("climb_after", *after)]


@pytest.mark.parametrize(("printed", "ends"), [((4, 9), (4, 9)), ((None, 9), (1, 9)), ((4, None), (4, None))])
def test_a_tier_is_that_of_the_newest_period_and_may_lack_an_end(printed, ends):
    ranks = ranked(
        ("IR-24", 2023, *printed), ("IR-24", 2022, 1, 1), ("IR-24", 2021, 2, 2), ("IR-01", 2023, 1, 3), ("IR-01", 2022, 2, 2),
        ("IR-02", 2022, 3, 3),
    )  # fmt: skip
    statements = stated(("height", "tier", None, None, 1), ("height", "other", None, None, 1))
    assert places(statements, ranks)[1] == ("height", "level", "tier", *ends, 2, 20, "A0")


def test_a_tier_without_printed_places_allows_any():
    ranks = ranked(("IR-24", 2023, None, None), ("IR-24", 2022, 1, 1))
    row = places(stated(("height", "tier", None, None, 1)), ranks)[1]
    assert row == ("height", "level", "stated", None, None, 0, 20, "A0")


def test_the_newest_computed_place_stands_beside_what_was_stated_and_before_nothing():
    def computed(indicator: str, year: int, place: int) -> ComputedRankingRow:
        return ComputedRankingRow(
            indicator_id=indicator, iso_3166_2="IR-24", joint_iso_3166_2=None, year=year, value=1.0, obs_status="A",
            quality_flag=None, source_id=f"book-{year}", place=place, of=31, tied=False, to_better=None,
            to_worse=None,
        )  # fmt: skip

    statements = stated(("height", "rank", 3, 5, 2))
    of_words = stated_rankings.compute_stated_rankings(statements, INDICATORS, NO_RANKS, "IR-24")
    of_tables = [computed("height", 1402, 7), computed("height", 1401, 8), computed("size", 1400, 9)]
    table = build_table(of_tables, ComputedRankingRow, of_words)
    found = stated_rankings.add_computed_rankings(of_words, table, INDICATORS)
    assert [tuple(row.values()) for row in read_rows(found, ProvinceRankingRow)] == [
        ("size", "level", "computed", 9, 9, 31, 31, "", 1400, "book-1400"),
        ("speed", "growth", "stated", None, None, 0, 10, "", None, ""),
        ("height", "level", "stated", 3, 5, 1, 20, "A0", None, ""),
        ("height", "level", "computed", 7, 7, 31, 31, "", 1402, "book-1402"),
    ]


def test_a_climb_from_an_assumed_place_is_counted_towards_the_first():
    assert stated_rankings.compute_climbed_place(23, 22) == 1
    assert stated_rankings.compute_climbed_place(3, -2) == 5
