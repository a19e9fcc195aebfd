"""The board of commitments: against a slow count of each promise, and by hand."""

from datetime import date

import narwhals as nw
import pytest
import random_registers

from khoosheh import queries
from khoosheh.measures.commitment_board import GROUPS, find_subject, group_commitments, select_whole_subjects
from khoosheh.measures.scope import Selection

DAYS = (date(2023, 3, 20), date(2024, 9, 1), date(2026, 11, 22))


def rows(table) -> list[dict]:
    return list(table.iter_rows(named=True))


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("day", DAYS)
def test_each_promise_is_counted_once_where_it_belongs(seed, day):
    found = random_registers.register(seed)
    selection = Selection(as_of=day)
    promises = rows(queries.query_commitments(found, selection))
    board = rows(queries.query_commitment_board(found, selection))
    assert sum(row["count"] for row in board) == len(promises)
    for row in board:
        mine = [
            one
            for one in promises
            if find_subject(one) == find_subject(row) and GROUPS[one["verdict"]] == row["group"]
        ]
        assert row["count"] == len(mine)
        assert set(row["statement_ids"].split()) == {key for one in mine for key in one["statement_ids"].split()}
        now = queries.find_as_of_day(found, selection)
        overdue = [now - one["deadline_high_day"].date() for one in mine if row["group"] == "silent"]
        assert row["overdue_low_days"] == (max(overdue).days if overdue else None)
        assert row["overdue_low_days"] is None or 0 < row["overdue_low_days"] <= row["overdue_high_days"]
        if row["group"] != "moved":
            assert row["slip_low_months"] is None


def test_the_silence_of_nassaji_by_hand(shipped):
    row = next(
        row
        for row in rows(queries.query_commitment_board(shipped, Selection()))
        if row["project_id"] == "nassaji-ardabil"
    )
    # T01 was due by the end of 1393 to 1402, T02 by that of 1393 to 1403; the register ends on 1 Azar 1405
    assert (row["group"], row["count"], row["statement_ids"]) == ("silent", 2, "T01 T02")
    assert row["overdue_low_days"] == (date(2026, 11, 22) - date(2024, 3, 19)).days == 978
    assert row["overdue_high_days"] == (date(2026, 11, 22) - date(2015, 3, 20)).days == 4265


def test_the_longest_overdue_come_first_and_an_open_delay_has_no_end(shipped):
    board = rows(queries.query_commitment_board(shipped, Selection()))
    silent = [row["overdue_low_days"] for row in board if row["group"] == "silent"]
    assert silent == sorted(silent, reverse=True) and len(silent) == 3
    late = (
        queries.query_commitments(shipped, Selection())
        .head(1)
        .with_columns(nw.lit("late").alias("verdict"), nw.lit(5.0).alias("slip_low_months"))
    )
    (row,) = rows(group_commitments(late, DAYS[2]))
    assert (row["group"], row["slip_low_months"], row["slip_high_months"]) == ("moved", 5, None)


def test_subjects_are_selected_whole(shipped):
    promises = queries.query_commitments(shipped, Selection())
    first = select_whole_subjects(promises, 1)
    assert first["statement_id"].to_list() == ["T01", "T02"], "both promises of the first project"
    assert select_whole_subjects(promises, 100) is promises
