"""Scope: a selection takes rows by chain, county, sector and day, each by its own column."""

from datetime import date, datetime

import pandas as pd
import pytest

from khoosheh.engines import make_arrow_frame
from khoosheh.measures import scope
from khoosheh.measures.scope import Selection

STATEMENTS = make_arrow_frame(
    pd.DataFrame({
        "statement_id": ["A0", "A1", "A2", "A3"],
        "chain_id": ["steel", "textile", "steel", None],
        "county_id": ["khalkhal", "steel", None, "ardabil"],
        "sector": ["mining", "industry", "industry", "steel"],
        "project_id": ["mine", None, "mill", "mine"],
        "said_last_day": [datetime(2024, 3, day) for day in (1, 2, 3, 4)],
    })
)  # fmt: skip


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), ["A0", "A1", "A2", "A3"]),
        (Selection(chains=("steel",)), ["A0", "A2"]),
        (Selection(counties=("steel", "ardabil")), ["A1", "A3"]),
        (Selection(sectors=("steel",)), ["A3"]),
        (Selection(chains=("steel", "textile"), sectors=("industry",)), ["A1", "A2"]),
        (Selection(projects=("mine",)), ["A0", "A3"]),
        (Selection(projects=("mine", "mill"), chains=("steel",)), ["A0", "A2"]),
        (Selection(chains=("none",)), []),
        (Selection(as_of=date(2024, 3, 2)), ["A0", "A1"]),
        (Selection(as_of=date(2024, 3, 3), sectors=("industry",)), ["A1", "A2"]),
    ],
)
def test_rows_are_those_of_all_that_is_selected_and_known(selection, expected):
    assert scope.filter_known_in_scope(STATEMENTS, selection)["statement_id"].to_list() == expected


def test_the_scope_alone_asks_for_no_day():
    selection = Selection(as_of=date(2024, 3, 1), chains=("steel",))
    assert scope.filter_by_scope(STATEMENTS, selection)["statement_id"].to_list() == ["A0", "A2"]
