"""Rules that all measures share: known on a day, in force, agreed; worked out by hand, line by line."""

from datetime import date, datetime

import pandas as pd
import pytest

from khoosheh.engines import make_arrow_frame
from khoosheh.measures import common


def said(*spans: tuple[str, int, int]):
    """Return statements about subjects, said between two days of March 2024."""
    return make_arrow_frame(
        pd.DataFrame({
            "statement_id": [f"A{place}" for place in range(len(spans))],
            "subject": [subject for subject, _, _ in spans],
            "said_first_day": [datetime(2024, 3, first) for _, first, _ in spans],
            "said_last_day": [datetime(2024, 3, last) for _, _, last in spans],
        })
    )  # fmt: skip


def ids(table) -> list[str]:
    return table["statement_id"].to_list()


def test_a_statement_is_known_from_its_last_day_and_perhaps_from_its_first():
    statements = said(("x", 5, 5), ("x", 4, 6), ("x", 5, 9), ("x", 6, 8))
    assert ids(common.statements_known_on(statements, date(2024, 3, 4))) == []
    assert ids(common.statements_known_on(statements, date(2024, 3, 5))) == ["A0"]
    assert ids(common.statements_known_on(statements, date(2024, 3, 6))) == ["A0", "A1"]
    assert ids(common.statements_known_on(statements, None)) == ["A0", "A1", "A2", "A3"]
    assert ids(common.statements_perhaps_known_on(statements, date(2024, 3, 5))) == ["A1", "A2"]
    assert ids(common.statements_perhaps_known_on(statements, date(2024, 3, 6))) == ["A2", "A3"]


def test_a_statement_without_a_flag_is_plausible_and_one_without_a_province_is_about_none():
    statements = make_arrow_frame(
        pd.DataFrame({
            "statement_id": ["A0", "A1", "A2"],
            "quality_flag": ["implausible", None, "unchecked"],
            "iso_3166_2": ["IR-24", None, "IR-26"],
        })
    )  # fmt: skip
    assert ids(common.plausible_statements(statements)) == ["A1", "A2"]
    assert ids(common.filter_by_province(statements, "IR-24")) == ["A0"]
    assert ids(common.filter_by_province(statements, "IR-99")) == []


def test_blanks_in_keys_become_empty_texts_and_other_columns_keep_theirs():
    table = make_arrow_frame(pd.DataFrame({"one": ["a", None], "other": [None, "b"], "note": [None, "c"]}))
    filled = common.fill_blank_keys(table, ["one", "other"])
    assert filled.rows() == [("a", "", None), ("", "b", "c")]


def test_a_statement_is_in_force_until_another_of_its_subject_was_certainly_said_later():
    # of x: 3 to 5 has ended when 6 to 7 begins; 4 to 6 has not. y stands alone, however early
    statements = said(("x", 3, 5), ("x", 4, 6), ("x", 6, 7), ("y", 1, 1))
    in_force = common.latest_statements(statements, ["subject"])
    assert sorted(ids(in_force)) == ["A1", "A2", "A3"]
    assert in_force.columns == statements.columns


@pytest.mark.parametrize(
    ("spans", "agreed"),
    [
        ([(2, 5)], (2, 5)),
        ([(2, None)], (2, None)),
        # both can be true: what they have in common, be it one point
        ([(2, 5), (4, 9)], (4, 5)),
        ([(2, 5), (4, None)], (4, 5)),
        ([(2, 5), (5, 9)], (5, 5)),
        ([(2, None), (4, None)], (4, None)),
        # they contradict each other: all that either says
        ([(2, 3), (5, 9)], (2, 9)),
        ([(2, 3), (5, None)], (2, None)),
        # each two of the first three agree, but not with the last
        ([(1, 4), (2, 5), (3, 6), (7, 8)], (1, 8)),
    ],
)
def test_statements_narrow_each_other_or_cover_their_contradiction(spans, agreed):
    frame = pd.DataFrame(
        [("x", low, high, "note") for low, high in spans], columns=["subject", "least", "most", "note"]
    ).astype({"least": float, "most": float})
    table = common.reconcile_intervals(make_arrow_frame(frame), ["subject"], "least", "most")
    assert table.columns == ["subject", "least", "most"]
    assert table.rows() == [("x", *agreed)]


def test_subjects_are_reconciled_apart():
    frame = pd.DataFrame({"subject": ["x", "y", "x"], "least": [1.0, 5.0, 2.0], "most": [3.0, 6.0, 4.0]})
    table = common.reconcile_intervals(make_arrow_frame(frame), ["subject"], "least", "most")
    assert sorted(table.rows()) == [("x", 2, 3), ("y", 5, 6)]


def test_ids_of_statements_are_sorted_without_repeats_and_empty_where_there_are_none():
    statements = make_arrow_frame(
        pd.DataFrame({
            "statement_id": ["B2", "A1", "B2", "C3"],
            "one": ["x", "x", "x", "y"],
            "other": ["p", "p", "p", "q"],
        })
    )  # fmt: skip
    keys = ["one", "other"]
    assert common.group_statement_ids(statements, keys) == {("x", "p"): "A1 B2", ("y", "q"): "C3"}
    table = make_arrow_frame(pd.DataFrame({"one": ["y", "x", "x"], "other": ["q", "q", "p"], "low": [1, 2, 3]}))
    told = common.add_statement_ids(table, statements, keys)
    assert told.columns == ["one", "other", "low", "statement_ids"]
    assert told["statement_ids"].to_list() == ["C3", "", "A1 B2"]
    assert common.join_ids(["B2 A1", "", "C3 A1"]) == "A1 B2 C3"


def test_ids_of_a_table_without_rows_are_texts():
    statements = make_arrow_frame(pd.DataFrame({"statement_id": ["A1"], "one": ["x"]}))
    none = statements.filter([False]).select("one")
    assert common.add_statement_ids(none, statements, ["one"]).schema["statement_ids"] == statements.schema["one"]
