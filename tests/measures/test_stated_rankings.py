"""Ranking: what a climb allows and no more; growth and level kept apart."""

import pytest
import twins

from khoosheh import queries, register
from khoosheh.measures import stated_rankings
from khoosheh.measures.scope import Selection
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
